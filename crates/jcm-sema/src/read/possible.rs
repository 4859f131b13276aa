//! `possible: 0% to 100%`: the figures that a measure can have at all, so that any other is a slip and not a result.

use super::measure::in_unit;
use crate::checker::Checker;
use crate::constants::range;
use crate::fields::Fields;
use crate::problems::OutOfRange;
use jcm_model::{Constant, InputId, Possible};
use jcm_quantity::{Exact, Unit, show};
use jcm_source::Span;
use jcm_syntax::ast::{Phrase, Term, Word};
use jcm_syntax::expression::Reader;

const WHAT: &str = "a figure that is possible";

/// The ends that a measure states; `None` where they cannot be read.
pub(super) fn read<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, unit: &Unit) -> Option<Possible> {
    let Some(member) = fields.get("possible") else { return Some(Possible::default()) };
    let mut possible = Possible::default();
    for phrase in &member.value {
        let before = cx.problems();
        if end(cx, phrase, unit, &mut possible).is_none() {
            return if cx.problems() > before { None } else { fields.shape(cx, "possible") };
        }
    }
    if let (Some(least), Some(most)) = (&possible.least, &possible.most)
        && least > most
    {
        return cx.report(OutOfRange {
            what: "the range of what is possible".to_owned(),
            span: fields.span_of("possible"),
            value: range(least, most, unit),
            range: "what a range can be: its smaller end comes first".to_owned(),
        });
    }
    Some(possible)
}

/// One phrase: `0% to 100%`, `at least 0` or `at most 24`.
fn end(cx: &mut Checker<'_>, phrase: &Phrase, unit: &Unit, possible: &mut Possible) -> Option<()> {
    let mut reader = Reader::new(phrase);
    let place = if reader.word(Word::At) {
        let is_least = reader.word(Word::Least);
        if !is_least && !reader.word(Word::Most) {
            return None;
        }
        if is_least { &mut possible.least } else { &mut possible.most }
    } else {
        reader.word(Word::From);
        let from = reader.until(&[Word::To]);
        let from = from.split_last().filter(|(last, _)| is_up(last)).map_or(from, |(_, before)| before);
        if !reader.word(Word::To) || possible.least.is_some() {
            return None;
        }
        possible.least = Some(figure(cx, from, unit)?);
        &mut possible.most
    };
    if place.is_some() {
        return None;
    }
    *place = Some(figure(cx, reader.rest(), unit)?);
    Some(())
}

/// The first word of `up to`.
fn is_up(term: &Term) -> bool {
    term.name().is_some_and(|name| name.text == "up")
}

fn figure(cx: &mut Checker<'_>, terms: &[Term], unit: &Unit) -> Option<Exact> {
    if terms.is_empty() {
        return None;
    }
    match in_unit(cx, terms, unit, WHAT)? {
        Constant::Number(value) => Some(value),
        _ => None,
    }
}

/// Holds a figure of the contract itself to be one that is possible.
pub(super) fn check(
    cx: &mut Checker<'_>,
    possible: &Possible,
    unit: &Unit,
    what: &str,
    value: &Constant,
    span: Span,
) -> Option<()> {
    let Constant::Number(value) = value else { return Some(()) };
    let below = possible.least.as_ref().is_some_and(|least| value < least);
    let above = possible.most.as_ref().is_some_and(|most| value > most);
    if !below && !above {
        return Some(());
    }
    let range = format!("what is possible, which is {}", said(possible, unit));
    cx.report(OutOfRange { what: what.to_owned(), span, value: show(value, unit), range })
}

/// The ends in words.
fn said(possible: &Possible, unit: &Unit) -> String {
    match (&possible.least, &possible.most) {
        (Some(least), Some(most)) => range(least, most, unit),
        (Some(least), None) => format!("at least {}", show(least, unit)),
        (None, Some(most)) => format!("at most {}", show(most, unit)),
        (None, None) => "any figure".to_owned(),
    }
}

/// What is possible of a numerator, whose figure over its denominator is that of the measure.
pub(super) fn of_numerator(possible: &Possible, denominator: InputId, times: Exact) -> Possible {
    Possible { over: Some((denominator, times)), ..possible.clone() }
}

/// What is possible of what is counted, where the measure says what is possible of it.
pub(super) fn of_count(possible: &Possible) -> Possible {
    let least = (*possible != Possible::default()).then(Exact::zero);
    Possible { least, most: None, over: None }
}
