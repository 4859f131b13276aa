//! A table of cases has exactly one row for every case: over each choice, and over every figure.
//!
//! The ends of the rows cut each figure into points and the gaps between them; within one of these no row begins or
//! ends, so one look at each combination decides for all figures in it.

use crate::checker::Checker;
use crate::problems::{CaseGap, CaseOverlap, Shape};
use jcm_model::{CaseKey, End};
use jcm_quantity::{Exact, Unit, show};
use jcm_source::Span;
use std::collections::BTreeSet;

/// What a table of cases is of.
pub(crate) enum Axis {
    /// A choice.
    Choice {
        /// As it is written.
        words: String,
        /// Every member.
        members: Vec<String>,
    },
    /// A figure.
    Figure {
        /// As it is written.
        words: String,
        /// Its unit.
        unit: Unit,
    },
    /// A condition.
    Truth {
        /// As it is written.
        words: String,
    },
}

/// A row, for this check.
pub(crate) struct Row {
    /// One for each axis.
    pub(crate) keys: Vec<CaseKey>,
    /// Where its key stands.
    pub(crate) span: Span,
}

/// The most combinations that are looked at.
const MOST: usize = 20_000;

/// The most overlaps that are told of one table.
const TOLD: usize = 3;

/// Reports what no row holds, and what two rows hold. `otherwise` is the place of a row for everything else.
pub(crate) fn check_cases(
    cx: &mut Checker<'_>,
    axes: &[Axis],
    rows: &[Row],
    head: Span,
    otherwise: Option<Span>,
) -> Option<()> {
    let pieces: Vec<Vec<CaseKey>> =
        axes.iter().enumerate().map(|(place, axis)| pieces(axis, place, rows)).collect();
    let count = pieces.iter().try_fold(1usize, |count, pieces| count.checked_mul(pieces.len()));
    if count.is_none_or(|count| count > MOST) {
        return cx.report(Shape {
            what: "this table of cases".to_owned(),
            span: head,
            expected: "at most 20,000 combinations".to_owned(),
            example: "a table of fewer things, used in another".to_owned(),
        });
    }
    let mut holes: Vec<Vec<CaseKey>> = Vec::new();
    let mut doubles: Vec<(usize, usize, Vec<CaseKey>)> = Vec::new();
    for cell in combinations(&pieces) {
        let mut holding = (0usize..).zip(rows).filter(|(_, row)| holds(&row.keys, &cell)).map(|(at, _)| at);
        match (holding.next(), holding.next()) {
            (None, _) => holes.push(cell),
            (Some(first), Some(second)) => {
                if !doubles.iter().any(|(a, b, _)| (*a, *b) == (first, second)) {
                    doubles.push((first, second, cell));
                }
            }
            (Some(_), None) => {}
        }
    }
    let before = cx.problems();
    for (first, second, cell) in doubles.iter().take(TOLD) {
        let (Some(first), Some(second)) = (rows.get(*first), rows.get(*second)) else { continue };
        let both = words(axes, cell);
        cx.report::<()>(CaseOverlap { span: second.span, first: first.span, both: Some(both) });
    }
    match (otherwise, holes.first()) {
        (Some(span), None) => cx.report::<()>(CaseOverlap { span, first: head, both: None }),
        (None, Some(_)) => gap(cx, axes, &holes, rows, head),
        _ => None,
    };
    (cx.problems() == before).then_some(())
}

/// The pieces of one axis within which no row begins or ends, in ascending order.
fn pieces(axis: &Axis, place: usize, rows: &[Row]) -> Vec<CaseKey> {
    match axis {
        Axis::Choice { members, .. } => {
            members.iter().map(|member| CaseKey::Members(vec![member.clone()])).collect()
        }
        Axis::Truth { .. } => vec![CaseKey::Truth(true), CaseKey::Truth(false)],
        Axis::Figure { .. } => {
            let mut ends: BTreeSet<Exact> = BTreeSet::new();
            for row in rows {
                if let Some(CaseKey::Range { lower, upper }) = row.keys.get(place) {
                    ends.extend(lower.iter().chain(upper).map(|end| end.value.clone()));
                }
            }
            let mut pieces = Vec::new();
            let mut before: Option<End> = None;
            for value in ends {
                let open = End { value: value.clone(), included: false };
                pieces.push(CaseKey::Range { lower: before.take(), upper: Some(open.clone()) });
                let point = End { value, included: true };
                pieces.push(CaseKey::Range { lower: Some(point.clone()), upper: Some(point) });
                before = Some(open);
            }
            pieces.push(CaseKey::Range { lower: before, upper: None });
            pieces
        }
    }
}

/// Every combination of one piece of each axis, the last axis fastest.
fn combinations(pieces: &[Vec<CaseKey>]) -> Vec<Vec<CaseKey>> {
    pieces.iter().fold(vec![Vec::new()], |cells, pieces| {
        let with = |cell: &Vec<CaseKey>, piece: &CaseKey| {
            let mut cell = cell.clone();
            cell.push(piece.clone());
            cell
        };
        cells.iter().flat_map(|cell| pieces.iter().map(move |piece| with(cell, piece))).collect()
    })
}

/// Whether a row holds a combination.
fn holds(keys: &[CaseKey], cell: &[CaseKey]) -> bool {
    keys.iter().zip(cell).all(|(key, piece)| match (key, piece) {
        (CaseKey::Any, _) => true,
        (CaseKey::Members(members), CaseKey::Members(one)) => one.iter().all(|one| members.contains(one)),
        (CaseKey::Truth(key), CaseKey::Truth(one)) => key == one,
        (CaseKey::Range { lower, upper }, CaseKey::Range { lower: from, upper: to }) => {
            lower.as_ref().is_none_or(|lower| from.as_ref().is_some_and(|from| is_from(lower, from)))
                && upper.as_ref().is_none_or(|upper| to.as_ref().is_some_and(|to| is_up_to(upper, to)))
        }
        _ => false,
    })
}

/// Whether a piece that begins at `from` lies above a lower end.
fn is_from(lower: &End, from: &End) -> bool {
    lower.value < from.value || (lower.value == from.value && (lower.included || !from.included))
}

/// Whether a piece that ends at `to` lies below an upper end.
fn is_up_to(upper: &End, to: &End) -> bool {
    to.value < upper.value || (upper.value == to.value && (upper.included || !to.included))
}

/// Tells the first hole, with as much of the last figure as no row holds, and how many others there are.
fn gap(cx: &mut Checker<'_>, axes: &[Axis], holes: &[Vec<CaseKey>], rows: &[Row], head: Span) -> Option<()> {
    let joined = joined(holes);
    let first = joined.first()?;
    let mend = axes.iter().zip(first).map(|(axis, key)| as_written(axis, key)).collect::<Vec<_>>().join(", ");
    cx.report(CaseGap {
        span: head,
        last: rows.last().map(|row| row.span),
        hole: words(axes, first),
        others: joined.len().saturating_sub(1),
        mend,
    })
}

/// Holes that follow each other along one figure as one hole.
fn joined(holes: &[Vec<CaseKey>]) -> Vec<Vec<CaseKey>> {
    let mut joined: Vec<Vec<CaseKey>> = Vec::new();
    for hole in holes {
        let merged = joined.iter_mut().find_map(|known| {
            let (place, both) = touching(known, hole)?;
            *known.get_mut(place)? = both;
            Some(())
        });
        if merged.is_none() {
            joined.push(hole.clone());
        }
    }
    joined
}

/// The one axis on which two holes differ, and what they are there together.
fn touching(first: &[CaseKey], second: &[CaseKey]) -> Option<(usize, CaseKey)> {
    let mut differing = first.iter().zip(second).enumerate().filter(|(_, (a, b))| a != b);
    let (place, (first, second)) = differing.next()?;
    if differing.next().is_some() {
        return None;
    }
    let (CaseKey::Range { lower, upper: Some(end) }, CaseKey::Range { lower: Some(start), upper }) =
        (first, second)
    else {
        return None;
    };
    let meet = end.value == start.value && end.included != start.included;
    meet.then(|| (place, CaseKey::Range { lower: lower.clone(), upper: upper.clone() }))
}

/// `track is enhanced and progress is exactly 50%`
fn words(axes: &[Axis], cell: &[CaseKey]) -> String {
    let parts = axes.iter().zip(cell).map(|(axis, key)| match (axis, key) {
        (Axis::Choice { words, .. }, CaseKey::Members(members)) => {
            format!("`{words}` is {}", members.join(" or "))
        }
        (Axis::Truth { words }, CaseKey::Truth(truth)) => {
            format!("`{words}` {}", if *truth { "holds" } else { "does not hold" })
        }
        (Axis::Figure { words, unit }, CaseKey::Range { lower, upper }) => {
            format!("`{words}` is {}", range_words(unit, lower.as_ref(), upper.as_ref()))
        }
        (Axis::Choice { words, .. } | Axis::Truth { words } | Axis::Figure { words, .. }, _) => {
            format!("`{words}` is anything")
        }
    });
    parts.collect::<Vec<_>>().join(" and ")
}

fn range_words(unit: &Unit, lower: Option<&End>, upper: Option<&End>) -> String {
    match (lower, upper) {
        (Some(lower), Some(upper)) if lower.value == upper.value => {
            format!("exactly {}", show(&lower.value, unit))
        }
        (None, None) => "anything".to_owned(),
        _ => range_written(unit, lower, upper),
    }
}

/// A key as it is written in a row.
fn as_written(axis: &Axis, key: &CaseKey) -> String {
    match (axis, key) {
        (_, CaseKey::Members(members)) => members.join(" or "),
        (_, CaseKey::Truth(truth)) => if *truth { "yes" } else { "no" }.to_owned(),
        (Axis::Figure { unit, .. }, CaseKey::Range { lower, upper })
            if lower.is_some() || upper.is_some() =>
        {
            range_written(unit, lower.as_ref(), upper.as_ref())
        }
        _ => "any".to_owned(),
    }
}

fn range_written(unit: &Unit, lower: Option<&End>, upper: Option<&End>) -> String {
    let figure = |end: &End| show(&end.value, unit);
    match (lower, upper) {
        (Some(lower), Some(upper)) if lower.value == upper.value => figure(lower),
        (Some(lower), Some(upper)) => {
            let above = if lower.included { "" } else { "above " };
            let below = if upper.included { "" } else { "below " };
            format!("{above}{} to {below}{}", figure(lower), figure(upper))
        }
        (Some(lower), None) if lower.included => format!("{} or more", figure(lower)),
        (Some(lower), None) => format!("above {}", figure(lower)),
        (None, Some(upper)) if upper.included => format!("up to {}", figure(upper)),
        (None, Some(upper)) => format!("below {}", figure(upper)),
        (None, None) => "any".to_owned(),
    }
}
