//! An example over several periods: `given actual_cost : £97m, £99m` and `expect in_bank : £1m, £2m`, a figure for
//! each period, in order.

use super::example::{Figure, decimals, figure, payment, shape, value};
use crate::checker::Checker;
use crate::problems::{CommasMissing, WrongCount};
use jcm_model::{Example, ExamplePeriod, Expect, Expected};
use jcm_source::Span;
use jcm_syntax::ast::{Member, Name, Phrase, Term, Word};
use jcm_syntax::expression::Reader;

/// `given actual_cost : £97,000,000, £99,500,000`; a figure that is not known is `missing`.
pub(super) fn given(cx: &mut Checker<'_>, example: &mut Example, member: &Member) -> Option<()> {
    let Named { path, .. } = named(cx, member)?;
    let figures = columns(cx, example, member, path)?;
    match figure(cx, example.of, path)? {
        Figure::Input(id, ty, false) => {
            for (place, phrase) in figures.iter().enumerate() {
                let value = value(cx, &phrase.terms, &ty, path)?;
                period(example, place)?.0.push((id, value));
            }
        }
        Figure::Line(id, ty, false) => {
            for (place, phrase) in figures.iter().enumerate() {
                if is_none(phrase) {
                    continue;
                }
                let value = value(cx, &phrase.terms, &ty, path)?;
                period(example, place)?.1.push((id, value));
            }
        }
        Figure::Balance(..) | Figure::Input(..) | Figure::Line(..) => return shape(cx, member.span),
    }
    Some(())
}

/// `expect in_bank : £1,500,000, £1,750,000` and `expect acute receives : £1, £2`; where nothing is expected, `none`.
pub(super) fn expect(cx: &mut Checker<'_>, example: &mut Example, member: &Member) -> Option<()> {
    let Named { path, receives, of_line } = named(cx, member)?;
    let figures = columns(cx, example, member, path)?.to_vec();
    let of = example.of;
    for (place, phrase) in figures.iter().enumerate() {
        if is_none(phrase) {
            continue;
        }
        let what = match receives {
            Some(receives) => {
                let terms = [phrase.terms.as_slice(), of_line].concat();
                payment(cx, of, path, &terms, receives, phrase.span)?
            }
            None => line(cx, of, path, phrase)?,
        };
        period(example, place)?.2.push(Expect { what, span: phrase.span });
    }
    Some(())
}

fn line(cx: &mut Checker<'_>, of: jcm_model::Def, path: &[Name], phrase: &Phrase) -> Option<Expected> {
    let Figure::Line(line, ty, false) = figure(cx, of, path)? else { return shape(cx, phrase.span) };
    let mut reader = Reader::new(phrase);
    let value = value(cx, reader.until(&[Word::To]), &ty, path)?;
    let to = if reader.word(Word::To) { Some(decimals(cx, &mut reader, &ty, phrase.span)?) } else { None };
    Some(Expected::Line { line, row: None, value, to })
}

/// What the figures of a row are of.
struct Named<'a> {
    path: &'a [Name],
    /// Whether a partner `receives` or `pays`.
    receives: Option<bool>,
    /// `for payable`, where the partner is paid by several lines.
    of_line: &'a [Term],
}

/// What stands behind `given` or `expect`.
fn named<'a>(cx: &mut Checker<'_>, member: &'a Member) -> Option<Named<'a>> {
    let Some([phrase]) = member.key.as_deref() else { return shape(cx, member.span) };
    let mut reader = Reader::new(phrase);
    reader.next();
    let Some(path) = reader.path() else { return shape(cx, phrase.span) };
    let receives = if reader.word(Word::Receives) {
        Some(true)
    } else if reader.spelled("pays") || reader.word(Word::Pays) {
        Some(false)
    } else {
        None
    };
    let of_line = reader.rest();
    let names_a_line = of_line.first().is_some_and(|term| term.word() == Some(Word::For));
    if !of_line.is_empty() && (receives.is_none() || !names_a_line) {
        return shape(cx, phrase.span);
    }
    Some(Named { path, receives, of_line })
}

/// The figures of a row, one for each period.
fn columns<'a>(
    cx: &mut Checker<'_>,
    example: &Example,
    member: &'a Member,
    path: &[Name],
) -> Option<&'a [Phrase]> {
    let periods = example.later.len().saturating_add(1);
    if member.value.len() == periods {
        return Some(&member.value);
    }
    let what = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
    let span: Span = crate::fields::value_span(member);
    let expected = format!("one figure for each of the {periods} periods, between commas");
    if let Some(commas) = CommasMissing::found(&what, &member.value, periods, &expected) {
        return cx.report(commas);
    }
    cx.report(WrongCount { what, span, found: member.value.len(), expected })
}

fn is_none(phrase: &Phrase) -> bool {
    phrase.single().and_then(Term::name).is_some_and(|name| name.text == "none")
}

type Lists<'a> = (
    &'a mut Vec<(jcm_model::InputId, jcm_model::Constant)>,
    &'a mut Vec<(jcm_model::LineId, jcm_model::Constant)>,
    &'a mut Vec<Expect>,
);

/// What is given and expected in one of the periods.
fn period(example: &mut Example, place: usize) -> Option<Lists<'_>> {
    match place.checked_sub(1) {
        None => Some((&mut example.given, &mut example.given_lines, &mut example.expect)),
        Some(later) => {
            let ExamplePeriod { given, given_lines, expect } = example.later.get_mut(later)?;
            Some((given, given_lines, expect))
        }
    }
}
