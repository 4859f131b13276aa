//! How far an amount goes over all figures: between which ends it lies, and on which side it really goes on without end.

use crate::asking::Bench;
use crate::engine::Open;
use crate::ray::ray;
use jcm_calculus::StepId;
use jcm_eval::Held;
use jcm_quantity::{End, Range};

/// Boxes that the figures are split into.
const MOST_PIECES: usize = 200;

/// Rays along each figure on which an amount may go on without end.
const MOST_RAYS: usize = 6;

/// How far an amount goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reach {
    /// It never lies elsewhere.
    pub(crate) range: Range,
    /// Whether it is shown to rise without end.
    pub(crate) up: bool,
    /// Whether it is shown to fall without end.
    pub(crate) down: bool,
}

impl Reach {
    /// What lies within a range, of which no more is known.
    pub(crate) fn within(range: Range) -> Reach {
        Reach { range, up: false, down: false }
    }

    /// How far one of the steps behind a bench goes; `None` where it is never a number.
    pub(crate) fn of(bench: &Bench<'_>, amount: StepId) -> Result<Option<Reach>, Open> {
        let mut outer: Option<Range> = None;
        for start in &bench.engine.whole {
            for (_, view) in bench.engine.pieces(start, &[amount], MOST_PIECES)? {
                for way in &view.ways {
                    let Some(Held::Number(span)) = way.values.first() else { continue };
                    outer = Some(outer.map_or(span.range.clone(), |known| known.or(&span.range)));
                }
            }
        }
        let Some(range) = outer else { return Ok(None) };
        let [down, up] = endless(bench, amount, &range);
        Ok(Some(Reach { range, up, down }))
    }
}

/// Whether an amount falls and rises without end. Along a ray it is a line or curve that is known exactly, and one that
/// still has a slope where its figure goes on without end does so as well.
fn endless(bench: &Bench<'_>, amount: StepId, range: &Range) -> [bool; 2] {
    let wanted = [range.low == End::Below, range.high == End::Above];
    let mut found = [false; 2];
    let free = |figure: &usize| {
        let ranges = bench.engine.whole.first().and_then(|cell| cell.numbers.get(*figure));
        ranges.is_some_and(|range| range.low == End::Below || range.high == End::Above)
    };
    for figure in (0..bench.numbers.len()).filter(free) {
        for (cell, point) in bench.sampler().rays(MOST_RAYS, figure) {
            if found == wanted {
                return found;
            }
            let pieces = ray(bench, cell, &point, figure, &[amount]).unwrap_or_default();
            for piece in pieces {
                let Some(Some(form)) = piece.forms.first() else { continue };
                let mut numbers = cell.numbers.clone();
                if let Some(own) = numbers.get_mut(figure) {
                    *own = piece.range.clone();
                }
                let slope = form.slope(figure).range(&numbers);
                // A slope that is bounded away from nought.
                let rises = slope.low > End::At(jcm_quantity::Exact::zero());
                let falls = slope.high < End::At(jcm_quantity::Exact::zero());
                let (above, below) = (piece.range.high == End::Above, piece.range.low == End::Below);
                found[0] |= (falls && above) || (rises && below);
                found[1] |= (rises && above) || (falls && below);
            }
        }
    }
    [found[0] && wanted[0], found[1] && wanted[1]]
}
