//! Operands: figures with their units, names, calls and brackets.

use super::between;
use super::precedence::Climb;
use super::problem::{no_operand, nothing, problem, shown};
use super::value;
use super::{Expr, ExprKind, ExprProblem, Literal, Reader, UnitWords};
use crate::ast::{Name, Phrase, Term, TermKind, Word};
use jcm_source::Span;

/// Reads one operand; there is at least one term.
pub(super) fn read(climb: &mut Climb<'_, '_>) -> Result<Expr, ExprProblem> {
    let at = climb.reader.span_here();
    let Some(term) = climb.reader.next() else { return Err(nothing(at)) };
    climb.budget.spend(at)?;
    let kind = match &term.kind {
        TermKind::Number(digits) => {
            let unit = unit(&mut climb.reader, at, true)?;
            ExprKind::Literal(Literal::Number { digits: digits.clone(), unit })
        }
        TermKind::Percent(digits) => {
            let unit = unit(&mut climb.reader, at, false)?;
            ExprKind::Literal(Literal::Percent { digits: digits.clone(), unit })
        }
        TermKind::Money { symbol, digits } => {
            let unit = unit(&mut climb.reader, at, false)?;
            ExprKind::Literal(Literal::Money { symbol: *symbol, digits: digits.clone(), unit })
        }
        TermKind::Date(date) => ExprKind::Literal(Literal::Date(date.clone())),
        TermKind::Year(year) => ExprKind::Literal(Literal::Year(year.clone())),
        TermKind::Text(text) => ExprKind::Literal(Literal::Text(text.clone())),
        TermKind::Path(names) => return name_or_call(climb, names, at),
        TermKind::Group(phrases) => group(climb, phrases, at)?,
        TermKind::List(phrases) => ExprKind::List(items(climb, phrases)?),
        TermKind::Operator(_) | TermKind::Address(_) | TermKind::Block(_) | TermKind::Bad(_) => {
            return Err(no_operand(term));
        }
    };
    let span = match &kind {
        ExprKind::Literal(
            Literal::Number { unit, .. } | Literal::Percent { unit, .. } | Literal::Money { unit, .. },
        ) => at.to(unit.span),
        _ => at,
    };
    Ok(Expr { kind, span })
}

fn name_or_call(climb: &mut Climb<'_, '_>, names: &[Name], at: Span) -> Result<Expr, ExprProblem> {
    if let Some((count, words)) = between::counted(names, &climb.reader) {
        return between::read(climb, count, words, at);
    }
    let Some((arguments, end)) = climb.reader.peek().and_then(arguments) else {
        return Ok(Expr { kind: ExprKind::Path(names.to_vec()), span: at });
    };
    climb.reader.next();
    let words: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
    let name = Name { text: words.join("."), span: at };
    Ok(Expr { kind: ExprKind::Call { name, args: items(climb, arguments)? }, span: at.to(end) })
}

/// The arguments, where a term is round brackets that touch the name before them.
fn arguments(term: &Term) -> Option<(&[Phrase], Span)> {
    match &term.kind {
        TermKind::Group(phrases) if !term.spaced => Some((phrases, term.span)),
        _ => None,
    }
}

/// Round brackets: one value, also with its cases and limits, or a list.
fn group(climb: &mut Climb<'_, '_>, phrases: &[Phrase], at: Span) -> Result<ExprKind, ExprProblem> {
    if value::is_one_value(phrases) {
        let inner = value::read(phrases, climb.budget)?.kind;
        return if is_figure(&inner) { Err(in_brackets(phrases, at)) } else { Ok(inner) };
    }
    Ok(ExprKind::List(items(climb, phrases)?))
}

fn is_figure(kind: &ExprKind) -> bool {
    matches!(
        kind,
        ExprKind::Literal(Literal::Number { .. } | Literal::Percent { .. } | Literal::Money { .. })
    )
}

/// `(£500)`: accounts mean £500 below nothing by it, and a calculation would take it for £500.
fn in_brackets(phrases: &[Phrase], at: Span) -> ExprProblem {
    let found = problem(
        at,
        "a figure alone in brackets can be read in two ways",
        "in accounts this is below nothing, in a calculation it is not",
    )
    .case("figure-in-brackets");
    let terms: Vec<&Term> = phrases.iter().flat_map(|phrase| &phrase.terms).collect();
    match terms.as_slice() {
        [only] => {
            let figure = shown(only).replace('`', "");
            let help =
                format!("Write `-{figure}` for a figure below nothing, and `{figure}` for one above it");
            found.with_help(help)
        }
        _ => found.with_help("Write a minus sign for a figure below nothing, and leave out the brackets"),
    }
}

fn items(climb: &Climb<'_, '_>, phrases: &[Phrase]) -> Result<Vec<Expr>, ExprProblem> {
    phrases.iter().map(|phrase| value::read_one(&phrase.terms, climb.budget)).collect()
}

/// The unit after a figure: up to two words where `words` are allowed, then each `per`.
fn unit(reader: &mut Reader<'_>, figure: Span, words: bool) -> Result<UnitWords, ExprProblem> {
    let words = if words { unit_words(reader) } else { Vec::new() };
    let mut span = words_span(&words).unwrap_or(figure.after());
    let mut per = Vec::new();
    while reader.peek_word() == Some(Word::Per) {
        let start = reader.span_here();
        reader.next();
        let digits = reader.number().map(str::to_owned);
        let names = unit_words(reader);
        let Some(end) = words_span(&names) else {
            return Err(problem(
                reader.span_here(),
                "a unit is missing after `per`",
                "what is it counted per?",
            )
            .with_help("Write, for example, `per year` or `per 100,000 people`."));
        };
        span = if words.is_empty() && per.is_empty() { start.to(end) } else { span.to(end) };
        per.push((digits, names));
    }
    Ok(UnitWords { words, per, span })
}

/// Up to two words that are neither connectives nor the name of a call.
fn unit_words(reader: &mut Reader<'_>) -> Vec<Name> {
    let mut words = Vec::new();
    while words.len() < 2 {
        let connective = reader.peek_word().is_some_and(Word::is_connective);
        let is_call = reader.rest().get(1).and_then(arguments).is_some();
        if connective || is_call {
            break;
        }
        let Some(name) = reader.name() else { break };
        words.push(name.clone());
    }
    words
}

fn words_span(words: &[Name]) -> Option<Span> {
    Some(words.first()?.span.to(words.last()?.span))
}
