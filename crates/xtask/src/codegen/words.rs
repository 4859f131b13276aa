//! `editors/`: the words of the language for the editors whose colouring lists them.

use crate::grammar::Grammar;
use serde_json::json;

/// What tree-sitter's colouring has before the words.
const COLOURS: &str = r#"; Made from grammar/jcm.pest by `cargo run -p xtask -- codegen`.
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
"#;

fn spelled(grammar: &Grammar, mark: &str) -> Vec<String> {
    grammar.spelled(mark).flat_map(|word| word.spellings).map(str::to_owned).collect()
}

/// Kinds and words, for the grammar of tree-sitter. The kinds whose body is legal text are those that the grammar says.
pub(crate) fn json(grammar: &Grammar) -> Result<String, String> {
    let words = json!({
        "kinds": spelled(grammar, "kind_"),
        "prose": ["clause", "definition"],
        "words": spelled(grammar, "word_"),
    });
    serde_json::to_string_pretty(&words).map(|text| text + "\n").map_err(|e| e.to_string())
}

/// Words between quotation marks, a few on a line.
fn rows(words: &[String], indent: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let rows: Vec<String> = quoted.chunks(8).map(|row| row.join(" ")).collect();
    rows.join(&format!("\n{indent}"))
}

/// The colouring of tree-sitter.
pub(crate) fn highlights(grammar: &Grammar) -> String {
    let words = rows(&spelled(grammar, "word_"), "    ");
    format!("{COLOURS}((identifier) @keyword.operator\n  (#any-of? @keyword.operator\n    {words}))\n")
}
