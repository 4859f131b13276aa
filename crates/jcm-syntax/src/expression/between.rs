//! `days from A to B`: how many days lead from one date to another.

use super::operand;
use super::precedence::Climb;
use super::problem::{missing_amount, problem};
use super::{Expr, ExprKind, ExprProblem, Reader};
use crate::ast::{Name, Word};
use jcm_source::Span;

/// The words that say which days are counted, if these and `from` come next after `first`.
pub(super) fn counted(first: &[Name], reader: &Reader<'_>) -> Option<(Name, usize)> {
    let [first] = first else { return None };
    let mut ahead = reader.clone();
    let single = ["days", "months", "operational_days", "working_days", "business_days"];
    if single.contains(&first.text.as_str()) {
        return ahead.word(Word::From).then(|| (first.clone(), 0));
    }
    let several = ["operational", "working", "business"];
    if several.contains(&first.text.as_str())
        && let Some(second) = ahead.name().filter(|second| second.text == "days")
        && ahead.word(Word::From)
    {
        let text = format!("{}_{}", first.text, second.text);
        return Some((Name { text, span: first.span.to(second.span) }, 1));
    }
    None
}

/// Reads what follows the words: `from A to B`. What is longer than a name or a date stands in brackets.
pub(super) fn read(
    climb: &mut Climb<'_, '_>,
    count: Name,
    words: usize,
    at: Span,
) -> Result<Expr, ExprProblem> {
    for _ in 0..=words {
        climb.reader.next();
    }
    let from = date(climb, "from")?;
    if !climb.reader.word(Word::To) {
        return Err(problem(
            climb.reader.span_here(),
            "the second date is missing",
            "`to` and a date belong here",
        )
        .with_help("Write, for example, `days from due to received`; put longer dates in brackets."));
    }
    let to = date(climb, "to")?;
    let span = at.to(to.span);
    Ok(Expr { kind: ExprKind::CountBetween { count, from: Box::new(from), to: Box::new(to) }, span })
}

fn date(climb: &mut Climb<'_, '_>, before: &str) -> Result<Expr, ExprProblem> {
    if climb.reader.is_empty() {
        return Err(missing_amount(climb.reader.span_here(), before));
    }
    operand::read(climb)
}
