//! `crates/jcm-syntax/src/generated.rs`: the kinds of the tree and the words of the language.

use crate::grammar::{Grammar, RuleWithDoc, Spelled};
use pest_meta::ast::{Expr, RuleType};
use std::fmt::Write;

/// Kinds that no rule stands for.
const EXTRA: [(&str, &str); 3] = [
    ("Whitespace", "Spaces on one line."),
    ("LineBreak", "The end of a line."),
    ("Unread", "A declaration that is nested too deeply to be read."),
];

/// The Rust source of the tables.
pub(crate) fn rust(grammar: &Grammar) -> String {
    let mut out = String::from(
        "//! The kinds of the tree and the words of the language.\n\
         //!\n\
         //! Made from `grammar/jcm.pest` by `cargo run -p xtask -- codegen`; edit the grammar, not this file.\n\n\
         use crate::grammar::Rule;\n\n",
    );
    syntax_kinds(&mut out, grammar);
    words(&mut out, "DeclarationKind", "A word that begins a declaration.", grammar.spelled("kind_"));
    words(
        &mut out,
        "Word",
        "A word that joins or begins phrases; a name may be spelled the same.",
        grammar.spelled("word_"),
    );
    connectives(&mut out, grammar);
    operators(&mut out, grammar);
    out
}

fn syntax_kinds(out: &mut String, grammar: &Grammar) {
    let rules: Vec<&RuleWithDoc> = grammar.rules.iter().filter(|rule| rule.ty != RuleType::Silent).collect();
    line(
        out,
        "/// What a node or a token of the tree is: a rule of the grammar, or what lies between terminals.",
    );
    line(
        out,
        "#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n#[repr(u16)]\npub enum SyntaxKind {",
    );
    let docs = rules.iter().map(|rule| (camel(&rule.name), doc_or(&rule.doc, &rule.name)));
    let kinds: Vec<(String, String)> =
        docs.chain(EXTRA.map(|(name, doc)| (name.to_owned(), doc.to_owned()))).collect();
    for (name, doc) in &kinds {
        line(out, &format!("    /// {doc}\n    {name},"));
    }
    line(out, "}\n\nimpl SyntaxKind {\n    /// Every kind, by its number.");
    list(out, "SyntaxKind", kinds.iter().map(|(name, _)| name.as_str()));
    line(
        out,
        "\n    /// The kind of a rule that makes a node or a token.\n    pub(crate) fn of_rule(rule: Rule) -> Option<Self> {\n        Some(match rule {",
    );
    for rule in &rules {
        line(out, &format!("            Rule::{} => Self::{},", rule.name, camel(&rule.name)));
    }
    line(
        out,
        "            _ => return None,\n        })\n    }\n\n    /// Whether the kind is a token, not a node.\n    pub fn is_token(self) -> bool {\n        matches!(\n            self,",
    );
    let tokens = rules.iter().filter(|rule| rule.ty == RuleType::Atomic).map(|rule| camel(&rule.name));
    let tokens: Vec<String> =
        tokens.chain(EXTRA.map(|(name, _)| name.to_owned())).map(|name| format!("Self::{name}")).collect();
    line(out, &format!("            {}\n        )\n    }}\n}}\n", tokens.join("\n                | ")));
    missing(out, &rules);
}

/// Rules that match nothing mark a place where something is missing; they are neither nodes nor tokens.
fn missing(out: &mut String, rules: &[&RuleWithDoc]) {
    let empty = |rule: &&&RuleWithDoc| matches!(&rule.expr, Expr::Str(text) if text.is_empty());
    let names: Vec<String> =
        rules.iter().filter(empty).map(|rule| format!("Self::{}", camel(&rule.name))).collect();
    line(
        out,
        "impl SyntaxKind {\n    /// Whether the kind marks the place of something missing; it is never in a tree.",
    );
    line(out, "    pub(crate) fn is_missing(self) -> bool {\n        matches!(self, ");
    line(out, &format!("            {}\n        )\n    }}\n}}\n", names.join("\n                | ")));
}

fn words<'a>(out: &mut String, name: &str, doc: &str, words: impl Iterator<Item = Spelled<'a>>) {
    let words: Vec<Spelled<'a>> = words.collect();
    line(
        out,
        &format!(
            "/// {doc}\n#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum {name} {{"
        ),
    );
    for word in &words {
        line(out, &format!("    /// {}\n    {},", word.doc, camel(word.name)));
    }
    line(out, &format!("}}\n\nimpl {name} {{\n    /// Every one, in the order of the grammar."));
    let variants: Vec<String> = words.iter().map(|word| camel(word.name)).collect();
    list(out, name, variants.iter().map(String::as_str));
    let spelling = |word: &Spelled<'_>| word.spellings.first().copied().unwrap_or_default().to_owned();
    table(out, "word", "How it is spelled.", &words, &spelling);
    table(out, "doc", "What it means, in one sentence.", &words, &|word| word.doc.to_owned());
    line(
        out,
        "\n    /// The one that is spelled like this.\n    pub fn from_word(word: &str) -> Option<Self> {\n        Some(match word {",
    );
    for word in &words {
        line(out, &format!("            {:?} => Self::{},", spelling(word), camel(word.name)));
    }
    line(out, "            _ => return None,\n        })\n    }\n}\n");
}

/// Connectives are the words that cannot be a unit; the others only begin statements.
fn connectives(out: &mut String, grammar: &Grammar) {
    let named = |rule: &RuleWithDoc| rule.expr.iter_top_down().filter_map(ident).collect::<Vec<String>>();
    let names = grammar.rule("connective").map(named).unwrap_or_default();
    let names: Vec<String> = names
        .iter()
        .filter_map(|name| name.strip_prefix("word_"))
        .map(|name| format!("Self::{}", camel(name)))
        .collect();
    line(
        out,
        "impl Word {\n    /// Whether the word joins the parts of a phrase, so that it is never a unit.",
    );
    line(out, "    pub fn is_connective(self) -> bool {\n        matches!(\n            self,");
    line(out, &format!("            {}\n        )\n    }}\n}}\n", names.join("\n                | ")));
}

fn operators(out: &mut String, grammar: &Grammar) {
    let operators: Vec<Spelled<'_>> = grammar.spelled("op_").collect();
    line(
        out,
        "/// An operator.\n#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum Operator {",
    );
    for operator in &operators {
        line(out, &format!("    /// {}\n    {},", operator.doc, camel(operator.name)));
    }
    line(out, "}\n\nimpl Operator {");
    table(out, "symbol", "How it is spelled.", &operators, &|op| {
        op.spellings.first().copied().unwrap_or_default().to_owned()
    });
    line(
        out,
        "\n    /// The operator of any of its spellings.\n    pub fn from_symbol(symbol: &str) -> Option<Self> {\n        Some(match symbol {",
    );
    for operator in &operators {
        let spellings: Vec<String> = operator.spellings.iter().map(|s| format!("{s:?}")).collect();
        line(out, &format!("            {} => Self::{},", spellings.join(" | "), camel(operator.name)));
    }
    line(out, "            _ => return None,\n        })\n    }\n}");
}

fn list<'a>(out: &mut String, ty: &str, variants: impl Iterator<Item = &'a str>) {
    line(out, &format!("    pub const ALL: &'static [{ty}] = &["));
    for variant in variants {
        line(out, &format!("        Self::{variant},"));
    }
    line(out, "    ];");
}

fn table(
    out: &mut String,
    name: &str,
    doc: &str,
    rows: &[Spelled<'_>],
    text: &dyn Fn(&Spelled<'_>) -> String,
) {
    line(out, &format!("\n    /// {doc}\n    pub fn {name}(self) -> &'static str {{\n        match self {{"));
    for row in rows {
        line(out, &format!("            Self::{} => {:?},", camel(row.name), text(row)));
    }
    line(out, "        }\n    }");
}

fn ident(expr: Expr) -> Option<String> {
    match expr {
        Expr::Ident(name) => Some(name),
        _ => None,
    }
}

fn doc_or(doc: &str, name: &str) -> String {
    if doc.is_empty() { format!("`{name}`.") } else { doc.to_owned() }
}

fn camel(name: &str) -> String {
    let parts = name.split('_').map(|part| {
        let mut letters = part.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
            .unwrap_or_default()
    });
    parts.collect()
}

fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{text}");
}
