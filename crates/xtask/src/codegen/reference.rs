//! `tests/reference/grammar.md`: the grammar for readers.

use crate::grammar::Grammar;
use pest_meta::ast::{Expr, RuleType};
use std::fmt::Write;

/// The reference page.
pub(crate) fn markdown(grammar: &Grammar) -> String {
    let mut out = String::from("# The grammar\n\n");
    let _ = writeln!(out, "{}\n", grammar.doc);
    out.push_str(
        "How to read it: `x?` is once or not at all, `x*` any number of times, `x+` at least once, `|` the first of\n\
         several that fits, `&x` what must follow without being taken, `!x` what must not follow. Rules in capitals are\n\
         built in: `ANY` one character, `EOI` the end of the file. This page is made from `grammar/jcm.pest`.\n",
    );
    for rule in &grammar.rules {
        if let Some(heading) = &rule.heading {
            let _ = write!(out, "\n## {heading}\n");
        }
        let mark = match rule.ty {
            RuleType::Silent => "",
            RuleType::Atomic => " (token)",
            _ => " (node)",
        };
        let doc = if rule.doc.is_empty() { String::new() } else { format!(" {}", rule.doc) };
        let _ = write!(
            out,
            "\n**{}**{mark}{doc}\n\n```ebnf\n{} ::= {}\n```\n",
            rule.name,
            rule.name,
            ebnf(&rule.expr, 0)
        );
    }
    out
}

/// An expression; `outer` says how tightly what surrounds it binds: 0 a choice, 1 a sequence, 2 a suffix.
fn ebnf(expr: &Expr, outer: u8) -> String {
    let bracket = |text: String, own: u8| if own < outer { format!("( {text} )") } else { text };
    match expr {
        Expr::Str(text) | Expr::Insens(text) => format!("{text:?}"),
        Expr::Range(from, to) => format!("'{from}'..'{to}'"),
        Expr::Ident(name) => name.clone(),
        Expr::Choice(first, second) => bracket(format!("{} | {}", ebnf(first, 0), ebnf(second, 0)), 0),
        Expr::Seq(first, second) => bracket(format!("{} {}", ebnf(first, 1), ebnf(second, 1)), 1),
        Expr::Opt(inner) => format!("{}?", ebnf(inner, 2)),
        Expr::Rep(inner) => format!("{}*", ebnf(inner, 2)),
        Expr::RepOnce(inner) => format!("{}+", ebnf(inner, 2)),
        Expr::RepExact(inner, count) => format!("{}{{{count}}}", ebnf(inner, 2)),
        Expr::PosPred(inner) => format!("&{}", ebnf(inner, 2)),
        Expr::NegPred(inner) => format!("!{}", ebnf(inner, 2)),
        other => other.to_string(),
    }
}
