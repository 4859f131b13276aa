//! `cases of track, progress { basic, below 50% : 0%  enhanced, any : 20% }`: a table of cases.

use super::precedence::{Budget, Climb};
use super::problem::problem;
use super::{Expr, ExprKind, ExprProblem, Reader};
use crate::ast::{Member, Phrase, Term, Word};

/// Reads a table of cases at the start of a value, and gives the phrases that come after it. What does not end in a
/// block of rows is no table.
pub(super) fn read<'a>(
    phrases: &'a [Phrase],
    budget: &Budget,
) -> Result<(Option<Expr>, &'a [Phrase]), ExprProblem> {
    let last =
        phrases.iter().position(|phrase| phrase.terms.last().is_some_and(|term| term.as_block().is_some()));
    let Some((table, rest)) = last.and_then(|last| phrases.split_at_checked(last.saturating_add(1))) else {
        return Ok((None, phrases));
    };
    let Some((first, start)) = table.first().and_then(|first| Some((first, first.terms.first()?))) else {
        return Ok((None, phrases));
    };
    let mut reader = Reader::new(first);
    if !reader.spelled("cases") || !reader.word(Word::Of) {
        return Ok((None, phrases));
    }
    let mut of = Vec::new();
    let mut rows: &[Member] = &[];
    let mut end = start.span;
    for (place, phrase) in table.iter().enumerate() {
        let terms = if place == 0 { reader.rest() } else { phrase.terms.as_slice() };
        let terms = match terms.split_last() {
            Some((last, before)) if last.as_block().is_some() => {
                rows = last.as_block().unwrap_or(&[]);
                end = last.span;
                before
            }
            _ => terms,
        };
        of.push(subject(terms, phrase, budget)?);
    }
    let kind = ExprKind::Cases { of, rows: rows.to_vec() };
    Ok((Some(Expr { kind, span: start.span.to(end) }), rest))
}

/// One thing that the cases are of.
fn subject(terms: &[Term], phrase: &Phrase, budget: &Budget) -> Result<Expr, ExprProblem> {
    let Some(last) = terms.last() else {
        let found = problem(
            phrase.span,
            "the table of cases does not say of what",
            "a choice or a figure belongs here",
        );
        return Err(found.with_help("Write, for example, `cases of track, progress {`."));
    };
    let mut climb = Climb::new(Reader::over(terms, last.span.after()), budget);
    let subject = climb.expression("of")?;
    match climb.reader.peek() {
        None => Ok(subject),
        Some(term) => Err(super::problem::left_over(term)),
    }
}
