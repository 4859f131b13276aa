//! Scales and bands have neither a hole nor an overlap, at the grain of what they are of.

use crate::checker::Checker;
use crate::problems::{Shape, TableGap, TableOverlap};
use jcm_model::{Table, TableKind, TableRow};
use jcm_quantity::{Exact, show};
use jcm_source::Span;

/// Holds the rows of a table to follow each other without hole or overlap. `grain` is the smallest step of what is
/// looked up, if it has one: whole people, pennies.
pub(crate) fn check_rows(cx: &mut Checker<'_>, table: &Table, spans: &[Span], grain: Option<&Exact>) {
    if let Some((first, second)) = descending(table, spans) {
        let both =
            "the same figures when read from the lowest to the highest: they are written from high to low"
                .to_owned();
        cx.report::<()>(TableOverlap { table: table.head.name.clone(), span: second, before: first, both });
        return;
    }
    let mut reversed = false;
    for (row, span) in table.rows.iter().zip(spans) {
        if let (Some(lower), Some(upper)) = (&row.lower, &row.upper)
            && lower.value > upper.value
        {
            reversed = true;
            let both = format!(
                "nothing: {} is more than {}",
                show(&lower.value, &table.of),
                show(&upper.value, &table.of)
            );
            cx.report::<()>(TableOverlap {
                table: table.head.name.clone(),
                span: *span,
                before: *span,
                both,
            });
        }
        if table.kind == TableKind::Bands && row.to.is_some() {
            cx.report::<()>(Shape {
                what: "this band".to_owned(),
                span: *span,
                expected: "one rate for the whole band".to_owned(),
                example: "5% to 10% : 35%".to_owned(),
            });
        }
    }
    if reversed {
        return;
    }
    let rows: Vec<(&TableRow, Span)> = table.rows.iter().zip(spans.iter().copied()).collect();
    for pair in rows.windows(2) {
        if let [(first, first_span), (second, second_span)] = pair {
            neighbours(cx, table, first, *first_span, second, *second_span, grain);
        }
    }
}

/// The first two rows of a table that is written from high to low.
fn descending(table: &Table, spans: &[Span]) -> Option<(Span, Span)> {
    let end = |row: &TableRow| row.lower.as_ref().or(row.upper.as_ref()).map(|end| end.value.clone());
    let ends: Vec<Exact> = table.rows.iter().map(end).collect::<Option<_>>()?;
    let falls = ends.len() > 1 && ends.windows(2).all(|pair| matches!(pair, [a, b] if a > b));
    match spans {
        [first, second, ..] if falls => Some((*first, *second)),
        _ => None,
    }
}

fn neighbours(
    cx: &mut Checker<'_>,
    table: &Table,
    first: &TableRow,
    first_span: Span,
    second: &TableRow,
    second_span: Span,
    grain: Option<&Exact>,
) {
    let name = table.head.name.clone();
    let of = |value: &Exact| show(value, &table.of);
    let (Some(end), Some(start)) = (&first.upper, &second.lower) else {
        let both = "the same figures, because one of them has no end there".to_owned();
        cx.report::<()>(TableOverlap { table: name, span: second_span, before: first_span, both });
        return;
    };
    if start.value < end.value {
        let both = format!("what lies between {} and {}", of(&start.value), of(&end.value));
        cx.report::<()>(TableOverlap { table: name, span: second_span, before: first_span, both });
        return;
    }
    if start.value == end.value {
        // Bands are integrated, so that a single point weighs nothing and need not belong to one of the two.
        if table.kind == TableKind::Bands || start.included != end.included {
            return;
        }
        if start.included {
            let both = of(&start.value);
            cx.report::<()>(TableOverlap { table: name, span: second_span, before: first_span, both });
        } else {
            let mend = format!("Let one of the two rows hold {}", of(&start.value));
            cx.report::<()>(TableGap {
                table: name,
                span: second_span,
                before: first_span,
                hole: of(&start.value),
                mend,
            });
        }
        return;
    }
    let meets = table.kind == TableKind::Scale
        && grain.is_some_and(|grain| end.included && start.included && &end.value + grain == start.value);
    if !meets {
        if let Some(only) = only_value(grain, end, start) {
            let mend = format!("Let one of the two rows hold {}", of(&only));
            cx.report::<()>(TableGap {
                table: name,
                span: second_span,
                before: first_span,
                hole: of(&only),
                mend,
            });
            return;
        }
        let hole = format!("what lies between {} and {}", of(&end.value), of(&start.value));
        let mend = format!(
            "End the row before with `to below {}`, or begin this one at {}",
            of(&start.value),
            of(&end.value)
        );
        cx.report::<()>(TableGap { table: name, span: second_span, before: first_span, hole, mend });
    }
}

/// The one value that falls into the hole between two rows, where there is a grain and only one.
fn only_value(grain: Option<&Exact>, end: &jcm_model::End, start: &jcm_model::End) -> Option<Exact> {
    let grain = grain?;
    let first = if end.included { &end.value + grain } else { end.value.clone() };
    let last = if start.included { &start.value - grain } else { start.value.clone() };
    (first == last).then_some(first)
}
