;;; jcm.el --- JCM in Emacs: a mode for contracts, and the language server -*- lexical-binding: t -*-

;; For Emacs 28 and later with eglot (part of Emacs since 29; before that the package `eglot', or `elpa-eglot' of Debian).
;;
;; Put this file where Emacs looks for Lisp, and into your init file:
;;
;;     (require 'jcm)
;;
;; `jcm' must be on the path; another one is named by `jcm-command'.  Problems stand under the text and in
;; `M-x flymake-show-buffer-diagnostics', mends in `M-x eglot-code-actions', and the layout is `M-x eglot-format-buffer'.

;;; Code:

(require 'eglot)

(defgroup jcm nil "Contracts in JCM." :group 'languages)

(defcustom jcm-command "jcm"
  "The command that serves contracts."
  :type 'string)

(defvar jcm-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 12" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?\" "\"" table)
    table)
  "Comments begin with two strokes; texts stand in quotation marks.")

(defconst jcm-font-lock
  '(("^\\(jcm\\) \\([0-9]+\\)" (1 font-lock-keyword-face) (2 font-lock-constant-face))
    ("^\\(use\\|include\\)\\_>" 1 font-lock-keyword-face)
    ;; A declaration begins in the first column: its kind, and its name.
    ("^\\([a-z_]+\\) +\\([a-z0-9_]+\\)" (1 font-lock-keyword-face) (2 font-lock-function-name-face))
    ("^ +\\(line\\|input\\|balance\\|each\\|pays\\|given\\|expect\\|takes\\|gives\\)\\_>" 1 font-lock-keyword-face)
    ("^ +\\([a-z_]+\\) *:" 1 font-lock-variable-name-face)
    ("{\\([a-z0-9_., ]+\\)}" 1 font-lock-constant-face)
    ("[£$€]?[0-9][0-9,]*\\(\\.[0-9]+\\)?%?" 0 font-lock-constant-face))
  "Colours until the server sends better ones.")

;;;###autoload
(define-derived-mode jcm-mode prog-mode "JCM"
  "A contract in JCM."
  (setq-local comment-start "// ")
  (setq-local comment-start-skip "//+ *")
  (setq-local indent-tabs-mode nil)
  (setq-local tab-width 4)
  (setq-local font-lock-defaults '(jcm-font-lock))
  (when (and buffer-file-name (not (jcm-is-library buffer-file-name)))
    (eglot-ensure)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.jcm\\'" . jcm-mode))

(add-to-list 'eglot-server-programs '(jcm-mode . jcm--server))

(defun jcm--server (&rest _)
  "The command that serves contracts, with its arguments."
  (list jcm-command "lsp"))

;; Files of the standard library have addresses such as jcm-std:/std/prelude.jcm, whose text the server gives.

(defun jcm-is-library (file)
  "Whether FILE is one of the standard library."
  (string-match-p "jcm-std:" file))

(defun jcm-open-library (address)
  "Show the file of the standard library at ADDRESS; it cannot be changed."
  (interactive "sAddress: ")
  (let ((text (jsonrpc-request (eglot--current-server-or-lose) :jcm/libraryText (list :name address))))
    (with-current-buffer (get-buffer-create address)
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert text))
      (jcm-mode)
      (setq buffer-read-only t)
      (set-buffer-modified-p nil)
      (goto-char (point-min))
      (pop-to-buffer (current-buffer)))))

(defun jcm--library-handler (operation &rest arguments)
  "Do OPERATION with ARGUMENTS on a file of the standard library, which no disk has."
  (cond
   ((eq operation 'insert-file-contents)
    (let* ((name (car arguments))
           (address (substring name (string-match "jcm-std:" name)))
           (server (car (apply #'append (hash-table-values eglot--servers-by-project))))
           (text (jsonrpc-request server :jcm/libraryText (list :name address))))
      (insert text)
      (setq buffer-read-only t)
      (setq buffer-file-name (nth 0 arguments))
      (goto-char (point-min))
      (list name (length text))))
   ((memq operation '(file-exists-p file-readable-p)) t)
   ((memq operation '(file-writable-p file-directory-p file-remote-p vc-registered)) nil)
   ((memq operation '(expand-file-name file-truename abbreviate-file-name)) (car arguments))
   ((eq operation 'file-name-directory) "jcm-std:/")
   ((eq operation 'verify-visited-file-modtime) t)
   ((memq operation '(set-visited-file-modtime file-attributes file-modes)) nil)
   (t (let ((inhibit-file-name-handlers (cons 'jcm--library-handler inhibit-file-name-handlers))
            (inhibit-file-name-operation operation))
        (apply operation arguments)))))

(add-to-list 'file-name-handler-alist '("jcm-std:" . jcm--library-handler))

(provide 'jcm)
;;; jcm.el ends here
