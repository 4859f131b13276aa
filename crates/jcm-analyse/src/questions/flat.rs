//! Stretches of a figure over which a payment does not change, whatever the other figures are.

use crate::asking::{Asking, Bench, Number, range_words};
use crate::ray::{Piece, ray};
use crate::reading::Cell;
use crate::span::{Span, Trend};
use crate::{Claim, Kind, Place, Statement, Verdict};
use jcm_eval::Held;
use jcm_quantity::{End, Exact, Range, RoundingMode, show};

/// Rays along each figure that stretches are looked for on.
const MOST_RAYS: usize = 4;

/// Boxes for one stretch: one that is flat shows it soon.
const MOST_BOXES: usize = 40;

pub(super) fn ask(asking: &Asking<'_>, payment: usize) -> Vec<Statement> {
    let Ok(bench) = asking.bench(&[], &[payment]) else { return Vec::new() };
    let mut found = Vec::new();
    for (figure, number) in bench.numbers.iter().enumerate() {
        for range in stretches(&bench, figure) {
            let ends = bench.engine.whole.first().and_then(|cell| cell.numbers.get(figure));
            let touches =
                ends.map(|ends| (ends.low == range.low, ends.high == range.high)).unwrap_or_default();
            let inner = within(&range, &bench.asking.grain_of(*number), touches);
            let flat =
                [Some(range), inner].into_iter().flatten().find(|range| is_flat(&bench, figure, range));
            found.extend(flat.map(|range| Statement {
                about: format!("{payment} {figure} {touches:?}"),
                ..describe(&bench, payment, *number, &range)
            }));
        }
    }
    found
}

/// A ray as far as it is followed: each piece with what is paid on it, where that stays.
type Levels = Vec<(Range, Option<Exact>)>;

/// Stretches that are flat on some ray on which another piece is not, and that no other ray shows not to be flat.
fn stretches(bench: &Bench<'_>, figure: usize) -> Vec<Range> {
    let rays = rays(bench, figure);
    let mut found: Vec<Range> = Vec::new();
    for levels in &rays {
        let first = levels.first().and_then(|(_, level)| level.as_ref());
        if first.is_some() && levels.iter().all(|(_, level)| level.as_ref() == first) {
            continue;
        }
        let mut before: Option<(&Exact, Range)> = None;
        for (range, now) in levels {
            before = match (before, now) {
                (Some((amount, known)), Some(now)) if amount == now && known.high == range.low => {
                    Some((now, Range { low: known.low, high: range.high.clone() }))
                }
                (known, now) => {
                    found.extend(known.map(|(_, range)| range));
                    now.as_ref().map(|now| (now, range.clone()))
                }
            };
        }
        found.extend(before.map(|(_, range)| range));
    }
    found.sort_by(|a, b| (&a.low, &a.high).cmp(&(&b.low, &b.high)));
    found.dedup();
    found.retain(|range| rays.iter().all(|levels| stays(levels, range)));
    found
}

/// The payment along some rays of a figure.
fn rays(bench: &Bench<'_>, figure: usize) -> Vec<Levels> {
    let levels = |(cell, point): (&Cell, Vec<Exact>)| -> Option<Levels> {
        let pieces = ray(bench, cell, &point, figure, &bench.steps).ok()?;
        let level = |piece: &Piece| piece.forms.first()?.as_ref()?.number();
        Some(pieces.into_iter().map(|piece| (piece.range.clone(), level(&piece))).collect())
    };
    bench.sampler().rays(MOST_RAYS, figure).into_iter().filter_map(levels).collect()
}

/// Whether nothing changes inside a stretch on one ray.
fn stays(levels: &Levels, stretch: &Range) -> bool {
    let mut inside = levels.iter().filter(|(range, _)| range.low < stretch.high && range.high > stretch.low);
    let Some((_, first)) = inside.next() else { return true };
    first.is_some() && inside.all(|(_, level)| level == first)
}

/// The same without its ends, unless those are the ends of the domain, at which something may jump.
fn within(range: &Range, grain: &Exact, (first, last): (bool, bool)) -> Option<Range> {
    let inner_low =
        |low: &Exact| if first { low.clone() } else { low.round(grain, RoundingMode::Floor) + grain };
    let inner_high =
        |high: &Exact| if last { high.clone() } else { high.round(grain, RoundingMode::Ceiling) - grain };
    let low = range.low.number().map(inner_low);
    let high = range.high.number().map(inner_high);
    let within = Range { low: low.map_or(End::Below, End::At), high: high.map_or(End::Above, End::At) };
    (within.low < within.high).then_some(within)
}

/// Whether nothing changes along a stretch, whatever the other figures are.
fn is_flat(bench: &Bench<'_>, figure: usize, range: &Range) -> bool {
    let cells: Vec<Cell> = bench
        .engine
        .whole
        .iter()
        .map(|cell| {
            let mut cell = Cell { inside: false, ..cell.clone() };
            if let Some(own) = cell.numbers.get_mut(figure) {
                *own = range.clone();
            }
            cell
        })
        .collect();
    let amount = |way: &crate::engine::Way| -> Option<Span> {
        match way.values.first() {
            Some(Held::Number(span)) => Some(span.clone()),
            _ => None,
        }
    };
    let flat = bench.engine.holds_within(MOST_BOXES, &cells, &bench.steps, |cell, view| {
        !view.notes.stops
            && view.keeps(cell, figure, Trend::Rises, amount)
            && view.keeps(cell, figure, Trend::Falls, amount)
    });
    flat.is_ok()
}

fn describe(bench: &Bench<'_>, payment: usize, number: Number, range: &Range) -> Statement {
    let asking = bench.asking;
    // An end of a stretch is no figure that is reported: rounded, it would leave the stretch.
    let shown = |value: &Exact| show(value, &asking.unit(number));
    let words = match (&range.low, &range.high) {
        (End::At(low), End::At(high)) if low != high => {
            format!("lies between {} and {}", shown(low), shown(high))
        }
        _ => format!("is {}", range_words(range, shown)),
    };
    let own = match number {
        Number::Input(id) => asking.subject.figures.get(id.index()).is_some_and(|one| one.better.is_some()),
        Number::Carried(_) => false,
    };
    let closed = matches!((&range.low, &range.high), (End::At(_), End::At(_)));
    Statement {
        kind: Kind::FlatZone,
        verdict: Verdict::Proved,
        said: format!(
            "“{}” does not change while “{}” {words}, whatever the other figures are",
            asking.payment(payment),
            bench.title(number)
        ),
        about: String::new(),
        given: String::new(),
        claim: match number {
            Number::Input(id) => Claim::Level(payment, id, range.clone()),
            Number::Carried(_) => Claim::None,
        },
        periods: asking.periods.clone(),
        place: Place::Payment(payment),
        size: None,
        to_look_at: own && closed,
        witnesses: Vec::new(),
    }
}
