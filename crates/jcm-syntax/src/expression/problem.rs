//! Why terms are not an expression, in an analyst's words.

use super::ExprProblem;
use crate::ast::{Operator, Term, TermKind};
use jcm_source::Span;

/// A problem without help.
pub(super) fn problem(span: Span, message: impl Into<String>, label: impl Into<String>) -> ExprProblem {
    ExprProblem { case: "", span, message: message.into(), label: label.into(), help: Vec::new(), fix: None }
}

impl ExprProblem {
    pub(super) fn case(mut self, case: &'static str) -> Self {
        self.case = case;
        self
    }

    pub(super) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

/// An operand is missing after a word or sign.
pub(super) fn missing_amount(span: Span, before: &str) -> ExprProblem {
    problem(span, format!("an amount is missing after `{before}`"), "an amount or a name belongs here")
}

/// There is nothing at all to read.
pub(super) fn nothing(span: Span) -> ExprProblem {
    problem(span, "an amount is missing", "an amount or a name belongs here")
}

/// The words that a missing `otherwise` needs.
pub(super) fn missing_otherwise(span: Span) -> ExprProblem {
    problem(
        span,
        "`otherwise` is missing: what applies when the condition does not hold?",
        "the amount in every other case belongs here",
    )
    .case("no-otherwise")
    .with_help("Add `, otherwise` and an amount, such as `otherwise £0`.")
}

/// A term that cannot stand where an operator, a comma or the end is expected.
pub(super) fn left_over(term: &Term) -> ExprProblem {
    let shown = shown(term);
    match &term.kind {
        _ if term.operator().is_some() || term.word().is_some() => {
            problem(term.span, format!("{shown} does not fit here"), "the amount is complete before this")
        }
        TermKind::Money { symbol, digits } if digits.is_empty() => problem(
            term.span,
            format!("`{symbol}` stands after its figure"),
            "the sign belongs before the figure",
        )
        .with_help("Write the sign first, directly before its figure."),
        TermKind::Group(_) if term.spaced => problem(
            term.span,
            "an operator is missing before these brackets",
            "two things stand side by side here",
        )
        .with_help("Write `*` to multiply, or join the name and the brackets to call a function: `abs(x)`."),
        _ => problem(
            term.span,
            format!("an operator or a comma is missing before {shown}"),
            "two things stand side by side here",
        ),
    }
}

/// A term that is no operand.
pub(super) fn no_operand(term: &Term) -> ExprProblem {
    let shown = shown(term);
    match &term.kind {
        TermKind::Block(_) => {
            problem(term.span, "braces do not belong in an amount", "an amount belongs here")
                .with_help("Use round brackets `( )` to group a calculation.")
        }
        TermKind::Address(_) => {
            problem(term.span, format!("{shown} is an address, not an amount"), "an amount belongs here")
        }
        TermKind::Operator(operator) if !term.spaced => {
            let found = problem(
                term.span,
                format!("an amount is missing before {shown}"),
                "two signs stand side by side here",
            )
            .case("two-signs");
            match operator {
                Operator::Greater | Operator::GreaterOrEqual => found.with_help("Write `>=` for at least."),
                Operator::Less | Operator::LessOrEqual => found.with_help("Write `<=` for at most."),
                Operator::Equal => found.with_help("Write `=` once."),
                Operator::Times => found.with_help("Put `//` before each line of a remark."),
                _ => found,
            }
        }
        TermKind::Operator(operator) => {
            let found = problem(
                term.span,
                format!("an amount is missing before {shown}"),
                "nothing stands before this",
            );
            match operator {
                Operator::Equal => found
                    .case("second-equals")
                    .with_help("Begin with the calculation itself, without a second `=`."),
                _ => found,
            }
        }
        _ => problem(term.span, format!("{shown} is not an amount"), "an amount or a name belongs here"),
    }
}

/// A term as a message shows it.
pub(super) fn shown(term: &Term) -> String {
    match &term.kind {
        TermKind::Number(text)
        | TermKind::Date(text)
        | TermKind::Year(text)
        | TermKind::Address(text)
        | TermKind::Bad(text) => {
            format!("`{text}`")
        }
        TermKind::Percent(digits) => format!("`{digits}%`"),
        TermKind::Money { symbol, digits } => format!("`{symbol}{digits}`"),
        TermKind::Text(text) => format!("`\"{text}\"`"),
        TermKind::Path(names) => {
            let words: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
            format!("`{}`", words.join("."))
        }
        TermKind::Operator(operator) => format!("`{}`", operator.symbol()),
        TermKind::Group(_) => "`(`".to_owned(),
        TermKind::List(_) => "`[`".to_owned(),
        TermKind::Block(_) => "`{`".to_owned(),
    }
}
