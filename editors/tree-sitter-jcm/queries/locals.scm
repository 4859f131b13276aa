; Lines and inputs are known within their incentive, takings within their function; what is declared is known everywhere.
(source_file) @local.scope
(declaration) @local.scope
(name (path (identifier) @local.definition))
(member
  head: (phrases
    (phrase
      .
      (path (identifier) @word)
      .
      (path (identifier) @local.definition)))
  (#any-of? @word "line" "input" "takes" "balance"))
(path (identifier) @local.reference)
