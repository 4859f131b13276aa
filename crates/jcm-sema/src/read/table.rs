//! `scale points "…" of percent : percent { below 0% : 0% … }` and `bands corridor "…" of percent : percent { … }`

use crate::checker::Checker;
use crate::constants::figure;
use crate::fields::{Fields, comma_for_point, head, read_terms};
use crate::problems::Shape;
use crate::units::{number, read_type};
use jcm_model::{End, Table, TableKind, TableRow, Ty};
use jcm_quantity::{Exact, Unit};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind, Member, Operator, Phrase, Term, TermKind, Word};
use jcm_syntax::expression::Reader;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, _id: u32) -> Option<Table> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let (of, gives) = units(cx, declaration)?;
    let grain = match fields.expression(cx, "grain") {
        Some(grain) => Some(figure(cx, &grain, &of, "the grain")?),
        None => of.grain(),
    };
    let mut rows = Vec::new();
    let mut spans = Vec::new();
    let mut failed = false;
    for member in &fields.others {
        match row(cx, &fields, member, &of, &gives) {
            Some(row) => {
                rows.push(row);
                spans.push(crate::fields::key_span(member));
            }
            None => failed = true,
        }
    }
    if failed {
        return None;
    }
    if rows.is_empty() {
        return shape(cx, declaration, fields.span);
    }
    let kind = if declaration.kind == Kind::Bands { TableKind::Bands } else { TableKind::Scale };
    let table = Table { source: fields.source(cx), head, kind, of, gives, rows };
    crate::checks::check_rows(cx, &table, &spans, grain.as_ref());
    Some(table)
}

/// `of people : percent`
fn units(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<(Unit, Unit)> {
    let Some(header) = declaration.header.first() else {
        return shape(cx, declaration, declaration.kind_span);
    };
    let colon = header.terms.iter().position(|term| term.operator() == Some(Operator::Colon));
    let Some((before, after)) = colon.and_then(|colon| header.terms.split_at_checked(colon)) else {
        return shape(cx, declaration, header.span);
    };
    let (Some((of, before)), Some((_, after))) = (before.split_first(), after.split_first()) else {
        return shape(cx, declaration, header.span);
    };
    if of.word() != Some(Word::Of) {
        return shape(cx, declaration, header.span);
    }
    match (read_type(cx, before, header.span)?, read_type(cx, after, header.span)?) {
        (Ty::Number(of), Ty::Number(gives)) => Some((of, gives)),
        _ => shape(cx, declaration, header.span),
    }
}

fn shape<T>(cx: &mut Checker<'_>, declaration: &Declaration, span: Span) -> Option<T> {
    if declaration.broken {
        return None;
    }
    let kind = declaration.kind.word();
    cx.report(Shape {
        what: format!("this {kind}"),
        span,
        expected: "`of` what is looked up, a colon and what it gives, and rows between braces".to_owned(),
        example: format!("{kind} corridor \"Corridor\" of percent : percent {{ 0% to below 5% : 50% }}"),
    })
}

fn row<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    member: &'p Member,
    of: &Unit,
    gives: &Unit,
) -> Option<TableRow> {
    let decimal = comma_for_point(cx, member.key.as_deref().unwrap_or_default());
    if let Some(decimal) = decimal.or_else(|| comma_for_point(cx, &member.value)) {
        return cx.report(decimal);
    }
    let (Some([key]), [value]) = (member.key.as_deref(), member.value.as_slice()) else {
        fields.report_stray(cx, member);
        return None;
    };
    let (lower, upper) = ends(cx, key, of)?;
    let mut reader = Reader::new(value);
    let rising = reader.word(Word::Rising);
    if !rising && !reader.spelled("falling") {
        return Some(TableRow { lower, upper, from: bound(cx, reader.rest(), gives, value.span)?, to: None });
    }
    let evenly = reader.word(Word::Evenly) && reader.word(Word::From);
    let from = reader.until(&[Word::To]);
    if !evenly || !reader.word(Word::To) || lower.is_none() || upper.is_none() {
        return row_shape(
            cx,
            value.span,
            "`rising evenly from` a figure `to` a figure, in a row with two ends",
            if rising { RISING } else { FALLING },
        );
    }
    let from = bound(cx, from, gives, value.span)?;
    let to = bound(cx, reader.rest(), gives, value.span)?;
    match rising {
        true if to < from => {
            return row_shape(cx, value.span, "`falling evenly`, because its figures fall", FALLING);
        }
        false if from < to => {
            return row_shape(cx, value.span, "`rising evenly`, because its figures rise", RISING);
        }
        _ => {}
    }
    Some(TableRow { lower, upper, from, to: Some(to) })
}

const RISING: &str = "0% to below 100% : rising evenly from 0% to 100%";
const FALLING: &str = "0% to below 100% : falling evenly from 100% to 0%";

fn row_shape<T>(cx: &mut Checker<'_>, span: Span, expected: &str, example: &str) -> Option<T> {
    cx.report(Shape {
        what: "this row".to_owned(),
        span,
        expected: expected.to_owned(),
        example: example.to_owned(),
    })
}

/// `below 0%`, `up to 5%`, `0% to below 100%`, `above 5% to 10%`, `100% or more`, `above 100%`, `7`.
pub(crate) fn ends(cx: &mut Checker<'_>, key: &Phrase, of: &Unit) -> Option<(Option<End>, Option<End>)> {
    let mut reader = Reader::new(key);
    let expected = "such as `below 5%`, `5% to below 10%` or `10% or more`";
    if reader.word(Word::Below) {
        return Some((None, Some(End { value: bound(cx, reader.rest(), of, key.span)?, included: false })));
    }
    if reader.spelled("up") && reader.word(Word::To) {
        return Some((None, Some(End { value: bound(cx, reader.rest(), of, key.span)?, included: true })));
    }
    let above = reader.word(Word::Above);
    let terms = reader.until(&[Word::To, Word::Or]);
    if let Some((from, to)) = hyphenated(cx, terms) {
        return row_shape(
            cx,
            key.span,
            &format!("`{from} to {to}` or `{from} to below {to}`: a hyphen is a minus sign"),
            RISING,
        );
    }
    let lower = End { value: bound(cx, terms, of, key.span)?, included: !above };
    if reader.is_empty() {
        let upper = if above { None } else { Some(lower.clone()) };
        return Some((Some(lower), upper));
    }
    if reader.word(Word::Or) {
        return if !above && reader.word(Word::More) && reader.is_empty() {
            Some((Some(lower), None))
        } else {
            row_shape(cx, key.span, expected, RISING)
        };
    }
    reader.word(Word::To);
    let included = !reader.word(Word::Below);
    let upper = End { value: bound(cx, reader.rest(), of, key.span)?, included };
    Some((Some(lower), Some(upper)))
}

/// The two figures of `0%-90%`, which is a subtraction and not meant as one.
fn hyphenated(cx: &Checker<'_>, terms: &[Term]) -> Option<(String, String)> {
    let place = terms.iter().skip(1).position(|term| term.operator() == Some(Operator::Minus))? + 1;
    let (before, after) = terms.split_at_checked(place)?;
    let figure = |terms: &[Term]| {
        let first = terms.iter().find(|term| term.operator().is_none())?;
        let is_figure =
            matches!(first.kind, TermKind::Number(_) | TermKind::Percent(_) | TermKind::Money { .. });
        let (start, end) = (terms.first()?, terms.last()?);
        is_figure.then(|| cx.text(start.span.to(end.span)))
    };
    Some((figure(before)?, figure(after.get(1..)?)?))
}

/// A figure of a row; a bare number stands for the counted thing that the table is of.
fn bound(cx: &mut Checker<'_>, terms: &[Term], unit: &Unit, span: Span) -> Option<Exact> {
    if terms.is_empty() {
        return row_shape(cx, span, "a figure here", RISING);
    }
    if let [only] = terms
        && let Some(digits) = only.as_number()
        && !unit.dims().is_empty()
        && unit.is_money().is_none()
    {
        return number(cx, digits, only.span)?.checked_div(&unit.scale());
    }
    let expr = read_terms(cx, terms)?;
    figure(cx, &expr, unit, "this row")
}
