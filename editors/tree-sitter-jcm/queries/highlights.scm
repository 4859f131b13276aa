; Made from grammar/jcm.pest by `cargo run -p xtask -- codegen`.
; Later patterns win in some editors and earlier ones in others: no two of these name the same node for different words.
(edition) @keyword.directive
(kind) @keyword
(name) @type
(title) @markup.heading
(comment) @comment
(doc_comment) @comment.documentation
(phrase (text) @string)
(header (text) @string)
(address) @string.special
[(number) (percent) (money) (year) (date)] @number
(operator) @operator
[":" ","] @punctuation.delimiter
["{" "}" "(" ")" "[" "]"] @punctuation.bracket
(hole "{" @punctuation.special "}" @punctuation.special)
(prose_text) @markup.raw

; Words that shape a statement or join its parts.
((identifier) @keyword.operator
  (#any-of? @keyword.operator
    "when" "otherwise" "of" "and" "or" "not" "at" "least"
    "most" "from" "to" "per" "in" "by" "is" "for"
    "if" "missing" "rounded" "than" "more" "less" "below" "above"
    "over" "under" "within" "with" "without" "between" "after" "before"
    "until" "every" "each" "on" "then" "likely" "losing" "line"
    "input" "pays" "given" "expect" "receives" "vary" "moving" "together"
    "rising" "evenly" "shall"))
