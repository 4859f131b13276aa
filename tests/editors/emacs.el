;;; emacs.el --- The flagship contract in Emacs -*- lexical-binding: t -*-

;; Opens the contract that is named by JCM_CONTRACT with the set-up of `editors/emacs', breaks it, and mends it by what
;; the server offers.  Run by `cargo xtask editors'.

(package-initialize)
(require 'jcm)

(setq jcm-command (getenv "JCM")
      eglot-sync-connect 20
      eglot-autoshutdown t
      eglot-send-changes-idle-time 0)

(defun fail (why &rest more)
  "Say WHY with MORE and end."
  (message "emacs: %s" (apply #'format why more))
  (kill-emacs 1))

(defun wait (what holds)
  "Wait for WHAT until HOLDS does."
  (let ((ends (+ (float-time) 20)))
    (while (not (funcall holds))
      (when (> (float-time) ends) (fail "waited in vain for %s" what))
      (accept-process-output nil 0.05))))

(defvar found nil "The problems that the server sent last.")
(cl-defmethod eglot-handle-notification :after
  (_server (_method (eql textDocument/publishDiagnostics)) &key diagnostics &allow-other-keys)
  (setq found (append diagnostics nil)))

(defun errors (code)
  "How many problems with CODE there are."
  (length (seq-filter (lambda (one) (equal (plist-get one :code) code)) found)))

(find-file (getenv "JCM_CONTRACT"))
(unless (eq major-mode 'jcm-mode) (fail "the mode is %s" major-mode))
(call-interactively #'eglot)
(wait "the server" (lambda () (eglot-managed-p)))

(defun ask (method params)
  "Ask the server METHOD with PARAMS."
  (jsonrpc-request (eglot--current-server-or-lose) method params :timeout 20))

;; A symbol of the contract is known.
(let ((symbols (ask :textDocument/documentSymbol (list :textDocument (eglot--TextDocumentIdentifier)))))
  (when (< (length symbols) 10) (fail "the outline of the contract is not there")))

;; A partner with a wrong name is a problem, and the server knows the mend.
(goto-char (point-min))
(re-search-forward "^ +owners: +[a-z]+")
(delete-char -1)
(backward-char 1)
(eglot--signal-textDocument/didChange)
(wait "the problem" (lambda () (= (errors "E0202") 1)))
(let* ((at (list :line (1- (line-number-at-pos)) :character (- (point) (line-beginning-position))))
       (actions (ask :textDocument/codeAction
                     (list :textDocument (eglot--TextDocumentIdentifier)
                           :range (list :start at :end at)
                           :context (list :diagnostics [] :only ["quickfix"]))))
       (edit (and (> (length actions) 0) (plist-get (aref actions 0) :edit))))
  (unless edit (fail "the server knows no mend"))
  (eglot--apply-workspace-edit edit))
(eglot--signal-textDocument/didChange)
(wait "the problem to go" (lambda () (= (errors "E0202") 0)))
(unless (equal (buffer-string) (with-temp-buffer (insert-file-contents (getenv "JCM_CONTRACT")) (buffer-string)))
  (fail "the mended contract is not what it was"))

;; The layout of what is laid out already changes nothing.
(eglot-format-buffer)
(unless (equal (buffer-string) (with-temp-buffer (insert-file-contents (getenv "JCM_CONTRACT")) (buffer-string)))
  (fail "the layout of the contract changed"))

;; A file of the library is opened read-only.
(find-file "jcm-std:/std/prelude.jcm")
(unless (and buffer-read-only (string-prefix-p "jcm 1" (buffer-string)))
  (fail "the prelude of the library is not shown, or can be changed"))
(message "emacs: the flagship contract is broken and mended")
(kill-emacs 0)
