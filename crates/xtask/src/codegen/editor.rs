//! `editors/vscode/syntaxes/jcm.tmLanguage.json`: words, literals and comments for the editor's first colouring.

use crate::grammar::Grammar;
use pest_meta::ast::Expr;
use serde_json::{Value, json};

/// Rules that become patterns, with the scope that colours them, in the order in which they are tried.
const LITERALS: [(&str, &str); 9] = [
    ("doc_comment", "comment.line.documentation.jcm"),
    ("comment", "comment.line.double-slash.jcm"),
    ("text", "string.quoted.double.jcm"),
    ("address", "string.unquoted.address.jcm"),
    ("date", "constant.numeric.date.jcm"),
    ("year", "constant.numeric.year.jcm"),
    ("money", "constant.numeric.money.jcm"),
    ("percent", "constant.numeric.percent.jcm"),
    ("number", "constant.numeric.jcm"),
];

/// The TextMate grammar.
pub(crate) fn textmate(grammar: &Grammar) -> Result<String, String> {
    let mut patterns = vec![edition(grammar)?, declaration(grammar)?];
    for (name, scope) in LITERALS {
        patterns.push(json!({ "name": scope, "match": rule(grammar, name)? }));
    }
    patterns.push(json!({ "name": "variable.other.property.jcm", "match": format!("{}(?=\\s*:)", rule(grammar, "word")?) }));
    patterns.push(json!({ "name": "keyword.control.jcm", "match": word_choice(grammar, "word_") }));
    patterns.push(json!({ "name": "keyword.operator.jcm", "match": rule(grammar, "operator")? }));
    let document = json!({
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "comment": "Made from grammar/jcm.pest by `cargo run -p xtask -- codegen`.",
        "name": "JCM",
        "scopeName": "source.jcm",
        "fileTypes": ["jcm"],
        "patterns": patterns,
    });
    serde_json::to_string_pretty(&document).map(|text| text + "\n").map_err(|e| e.to_string())
}

fn edition(grammar: &Grammar) -> Result<Value, String> {
    Ok(json!({
        "match": format!("^({})\\s+({})", rule(grammar, "edition_word")?, rule(grammar, "edition_value")?),
        "captures": { "1": { "name": "keyword.other.edition.jcm" }, "2": { "name": "constant.language.jcm" } },
    }))
}

/// The first words of a declaration; its kind is a keyword only there.
fn declaration(grammar: &Grammar) -> Result<Value, String> {
    let name = rule(grammar, "plain_name")?;
    Ok(json!({
        "match": format!("^({})\\s+({name})?", word_choice(grammar, "kind_")),
        "captures": { "1": { "name": "keyword.declaration.jcm" }, "2": { "name": "entity.name.type.jcm" } },
    }))
}

fn word_choice(grammar: &Grammar, mark: &str) -> String {
    let words: Vec<&str> = grammar.spelled(mark).flat_map(|word| word.spellings).collect();
    format!("\\b(?:{})\\b", words.join("|"))
}

fn rule(grammar: &Grammar, name: &str) -> Result<String, String> {
    let rule = grammar.rule(name).ok_or_else(|| format!("the grammar has no rule `{name}`"))?;
    regex(grammar, &rule.expr)
}

/// The regular expression of a rule that does not refer to itself.
fn regex(grammar: &Grammar, expr: &Expr) -> Result<String, String> {
    let group = |inner: &Expr, mark: &str| regex(grammar, inner).map(|text| format!("(?:{text}){mark}"));
    Ok(match expr {
        Expr::Str(text) => escape(text),
        Expr::Range(from, to) => format!("[{}-{}]", escape(from), escape(to)),
        Expr::Ident(name) => match name.as_str() {
            "ANY" => ".".to_owned(),
            "ASCII_DIGIT" => "[0-9]".to_owned(),
            "EOI" => "$".to_owned(),
            _ => rule(grammar, name).map(|text| format!("(?:{text})"))?,
        },
        Expr::Seq(first, second) => regex(grammar, first)? + &regex(grammar, second)?,
        Expr::Choice(first, second) => format!("(?:{}|{})", regex(grammar, first)?, regex(grammar, second)?),
        Expr::Opt(inner) => group(inner, "?")?,
        Expr::Rep(inner) => group(inner, "*")?,
        Expr::RepOnce(inner) => group(inner, "+")?,
        Expr::RepExact(inner, count) => group(inner, &format!("{{{count}}}"))?,
        Expr::PosPred(inner) => format!("(?={})", regex(grammar, inner)?),
        Expr::NegPred(inner) => format!("(?!{})", regex(grammar, inner)?),
        other => return Err(format!("no regular expression for {other}")),
    })
}

fn escape(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        '\r' => "\\r".to_owned(),
        c if c.is_ascii_punctuation() => format!("\\{c}"),
        c if c.is_whitespace() || c == '\u{FEFF}' => format!("\\x{{{:04X}}}", u32::from(c)),
        c => c.to_string(),
    });
    escaped.collect()
}
