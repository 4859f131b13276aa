//! One figure moved through its whole domain while the others stay: the payment in pieces, each a straight line or
//! curve that is known exactly.

use crate::asking::Bench;
use crate::engine::Open;
use crate::poly::Poly;
use crate::reading::Cell;
use jcm_calculus::StepId;
use jcm_eval::Held;
use jcm_quantity::{Exact, Range};

/// The most pieces of one ray.
const MOST_PIECES: usize = 80;

/// A piece of a ray: between which figures, and what each step is there.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) range: Range,
    /// For each step that was asked for; `None` where it is no number, or not known as one.
    pub(crate) forms: Vec<Option<Poly>>,
}

/// The pieces of one ray in ascending order; why it is left open where one of them is not known.
pub(crate) fn ray(
    bench: &Bench<'_>,
    cell: &Cell,
    point: &[Exact],
    figure: usize,
    steps: &[StepId],
) -> Result<Vec<Piece>, Open> {
    let fixed = |(place, value): (usize, &Exact)| {
        if place == figure {
            cell.numbers.get(place).cloned().unwrap_or(Range::ALL)
        } else {
            Range::point(value.clone())
        }
    };
    let numbers = point.iter().enumerate().map(fixed).collect();
    let start = Cell { numbers, fixed: cell.fixed.clone(), inside: true };
    let mut pieces = Vec::new();
    for (cell, view) in bench.engine.pieces(&start, steps, MOST_PIECES)? {
        let range = cell.numbers.get(figure).cloned().unwrap_or(Range::ALL);
        let way = match view.ways.as_slice() {
            [way] => way,
            [] => continue,
            _ => return Err(Open::Budget),
        };
        let form = |held: &Held<crate::span::Span>| match held {
            Held::Number(span) => span.form.clone(),
            Held::Other(_) => None,
        };
        pieces.push(Piece { range, forms: way.values.iter().map(form).collect() });
    }
    pieces.sort_by(|a, b| a.range.low.cmp(&b.range.low));
    Ok(pieces)
}

impl Piece {
    /// What a step comes to as the figure nears a border of the piece.
    pub(crate) fn limit(&self, step: usize, figure: usize, at: &Exact) -> Option<Exact> {
        self.forms.get(step)?.as_ref()?.with(figure, at).number()
    }
}
