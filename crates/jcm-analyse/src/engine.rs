//! Boxes of figures, followed through the steps and split until something is decided or the budget is used up.

use crate::poly::Poly;
use crate::reading::{Boxed, Cell, Decision, Layout, Notes};
use crate::span::{Span, Trend};
use jcm_calculus::{Comparison, Settlement, StepId, Value};
use jcm_eval::{Held, Prepared, follow};
use jcm_quantity::{End, Exact, Range};
use std::cell::Cell as Counter;

/// The most ways through the steps of one box.
const MOST_WAYS: usize = 64;

/// The most boxes that one question looks at.
pub(crate) const MOST_BOXES: usize = 600;

/// Why something is left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Open {
    /// The boxes are used up.
    Budget,
    /// A line cannot be followed over all figures, in words.
    Cannot(String),
}

/// One way through the steps over a box.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub(crate) decisions: Vec<Decision>,
    pub(crate) values: Vec<Held<Span>>,
    /// The box as far as the decisions leave it open.
    pub(crate) numbers: Vec<Range>,
}

/// What a box comes to.
#[derive(Debug, Clone, Default)]
pub(crate) struct View {
    pub(crate) ways: Vec<Way>,
    pub(crate) notes: Notes,
}

/// A settlement in one period with the figures that are asked about.
pub(crate) struct Engine<'a> {
    pub(crate) prepared: &'a Prepared<'a>,
    pub(crate) layout: Layout,
    /// Every combination of choices and of yes and no, each with the whole domain of the numbers.
    pub(crate) whole: Vec<Cell>,
    /// Boxes looked at in all; what is beyond the budget of a contract stays open.
    pub(crate) left: Counter<usize>,
}

impl<'a> Engine<'a> {
    pub(crate) fn settlement(&self) -> &'a Settlement {
        self.prepared.settlement()
    }

    /// Every way through the steps over a box.
    pub(crate) fn view(&self, cell: &Cell, steps: &[StepId]) -> Result<View, Open> {
        let mut view = View::default();
        let mut answers: Vec<bool> = Vec::new();
        for _ in 0..MOST_WAYS {
            let taken = answers.clone();
            let reading = Boxed::new(&self.layout, cell, &taken);
            let followed = follow(self.prepared, reading, steps)
                .map_err(|stop| Open::Cannot(stop.words(self.settlement())))?;
            let (numbers, void) = (followed.reading.numbers, followed.reading.void);
            let notes = followed.reading.notes.into_inner();
            if notes.lost {
                return Err(Open::Cannot("A line turns a figure into a date or takes a function of it that does not exist for every figure.".to_owned()));
            }
            view.notes.borders.extend(notes.borders);
            view.notes.jumps.extend(notes.jumps);
            view.notes.stops |= notes.stops;
            let decisions = followed.reading.decisions;
            answers = decisions.iter().map(|decision| decision.taken).collect();
            match followed.values {
                Ok(_) if void => {}
                Ok(values) => {
                    let values = values.into_iter().map(|value| match value {
                        Held::Number(span) => Held::Number(span.sharpened(&numbers)),
                        other => other,
                    });
                    let values = values.collect();
                    view.ways.push(Way { decisions, values, numbers });
                }
                Err(_) if void => {}
                Err(
                    jcm_eval::Stop::DivisionByZero { .. }
                    | jcm_eval::Stop::NoRow { .. }
                    | jcm_eval::Stop::NoValue { .. },
                ) => view.notes.stops = true,
                Err(stop) => return Err(Open::Cannot(stop.words(self.settlement()))),
            }
            // The last question that was answered with yes is answered with no; what came after it is forgotten.
            while answers.last() == Some(&false) {
                answers.pop();
            }
            match answers.last_mut() {
                Some(last) => *last = false,
                None => return Ok(view),
            }
        }
        Err(Open::Budget)
    }

    /// Whether something holds of every box, splitting those of which it is not yet known.
    pub(crate) fn holds(
        &self,
        start: &[Cell],
        steps: &[StepId],
        is_shown: impl FnMut(&Cell, &View) -> bool,
    ) -> Result<(), Open> {
        self.holds_within(MOST_BOXES, start, steps, is_shown)
    }

    /// The same with no more than so many boxes.
    pub(crate) fn holds_within(
        &self,
        most: usize,
        start: &[Cell],
        steps: &[StepId],
        mut is_shown: impl FnMut(&Cell, &View) -> bool,
    ) -> Result<(), Open> {
        let mut waiting: Vec<Cell> = start.to_vec();
        let mut looked = 0;
        while let Some(cell) = waiting.pop() {
            looked += 1;
            if looked > most || self.left.get() == 0 {
                return Err(Open::Budget);
            }
            self.left.set(self.left.get().saturating_sub(1));
            let borders = match self.view(&cell, steps) {
                Ok(view) if is_shown(&cell, &view) => continue,
                Ok(view) => view.notes.borders,
                Err(Open::Budget) => Vec::new(),
                Err(open) => return Err(open),
            };
            let (one, other) = split(&cell, &borders).ok_or(Open::Budget)?;
            waiting.push(other);
            waiting.push(one);
        }
        Ok(())
    }

    /// The whole domain split at every border that shows, as far as the budget goes: boxes that count inside only.
    pub(crate) fn pieces(
        &self,
        start: &Cell,
        steps: &[StepId],
        most: usize,
    ) -> Result<Vec<(Cell, View)>, Open> {
        let mut waiting = vec![start.clone()];
        let mut found = Vec::new();
        while let Some(cell) = waiting.pop() {
            let view = self.view(&cell, steps)?;
            match at_border(&cell, &view.notes.borders) {
                Some((one, other)) if found.len() + waiting.len() < most => {
                    waiting.push(other);
                    waiting.push(one);
                }
                _ => found.push((cell, view)),
            }
        }
        Ok(found)
    }
}

/// A box in two: at a border that shows, or else halved where it is widest.
fn split(cell: &Cell, borders: &[(usize, Exact)]) -> Option<(Cell, Cell)> {
    at_border(cell, borders).or_else(|| {
        let closed = cell.numbers.iter().enumerate().filter_map(|(place, range)| {
            let (low, high) = (range.low.number()?, range.high.number()?);
            (low < high).then_some((place, low, high))
        });
        // Figures of different units cannot be compared in width, so the one with the most parts left goes first.
        let relative = |low: &Exact, high: &Exact| {
            (high - low).checked_div(&(high.abs() + low.abs() + Exact::one())).unwrap_or_default()
        };
        let (place, low, high) =
            closed.reduce(|a, b| if relative(b.1, b.2) > relative(a.1, a.2) { b } else { a })?;
        let middle = (low + high).checked_div(&Exact::from_int(2))?;
        (middle.excess_bits() == 0).then(|| cut(cell, place, &middle)).flatten()
    })
}

fn at_border(cell: &Cell, borders: &[(usize, Exact)]) -> Option<(Cell, Cell)> {
    borders.iter().find_map(|(place, at)| cut(cell, *place, at))
}

/// A box cut at a number of one figure that is strictly inside.
pub(crate) fn cut(cell: &Cell, place: usize, at: &Exact) -> Option<(Cell, Cell)> {
    let range = cell.numbers.get(place)?;
    let end = End::At(at.clone());
    if range.low >= end || range.high <= end {
        return None;
    }
    let with = |range: Range| {
        let mut cell = cell.clone();
        if let Some(own) = cell.numbers.get_mut(place) {
            *own = range;
        }
        cell
    };
    Some((
        with(Range { low: range.low.clone(), high: end.clone() }),
        with(Range { low: end, high: range.high.clone() }),
    ))
}

impl View {
    /// Whether a number never goes against a trend along one figure over the box, from one way to another included.
    pub(crate) fn keeps(
        &self,
        cell: &Cell,
        figure: usize,
        wanted: Trend,
        number: impl Fn(&Way) -> Option<Span>,
    ) -> bool {
        let spans: Option<Vec<Span>> = self.ways.iter().map(number).collect();
        let Some(spans) = spans else { return false };
        let within = spans.iter().all(|span| {
            let trend = span.trends.get(figure).copied().unwrap_or(Trend::Unknown);
            trend == wanted || trend == Trend::Level
        });
        let ways: Vec<(&Way, &Span)> = self.ways.iter().zip(&spans).collect();
        within
            && ways.iter().enumerate().all(|(place, (one, span))| {
                let others = ways.iter().skip(place + 1);
                others
                    .into_iter()
                    .all(|(other, beside)| crossing_keeps(cell, figure, wanted, (one, span), (other, beside)))
            })
    }
}

/// Whether going from the points of one way to those of the other along a figure keeps a trend.
fn crossing_keeps(
    cell: &Cell,
    figure: usize,
    wanted: Trend,
    (one, span): (&Way, &Span),
    (other, beside): (&Way, &Span),
) -> bool {
    let mut pairs = one.decisions.iter().zip(&other.decisions);
    let Some((first, _)) = pairs.find(|(a, b)| a.taken != b.taken) else { return false };
    // Where the one goes over into the other they come to the same, and each goes the right way by itself.
    let forms = span.form.as_ref().zip(beside.form.as_ref()).zip(first.beyond.form.as_ref());
    let joined = forms.and_then(|((one, other), border)| {
        one.plus(&other.scaled(&-&Exact::one())).and_then(|apart| apart.where_nought(border))
    });
    if joined == Some(Poly::default()) {
        return true;
    }
    let trend = first.beyond.trends.get(figure).copied().unwrap_or(Trend::Unknown);
    // Whether "yes" comes after "no" as the figure rises.
    let yes_later = match (first.op, trend) {
        // Along the figure the answer stays.
        (_, Trend::Level) => return true,
        (Comparison::Greater | Comparison::GreaterOrEqual, Trend::Rises)
        | (Comparison::Less | Comparison::LessOrEqual, Trend::Falls) => true,
        (Comparison::Greater | Comparison::GreaterOrEqual, Trend::Falls)
        | (Comparison::Less | Comparison::LessOrEqual, Trend::Rises) => false,
        _ => return false,
    };
    let (earlier, later) = if first.taken == yes_later { (beside, span) } else { (span, beside) };
    let keeps = |rise: &Range| match wanted {
        Trend::Rises => !rise.can_be_negative(),
        Trend::Falls => !rise.can_be_positive(),
        _ => false,
    };
    // Either every point of the one lies on the right side of every point of the other,
    if keeps(&later.range.plus(&earlier.range.negated())) {
        return true;
    }
    // or the one lies on the right side of the other at each point of the whole box, and one of them goes the right way
    // over all of it: from the earlier point along it, and over to the other.
    let (Some(from), Some(to)) = (&earlier.form, &later.form) else { return false };
    let goes = |form: &Poly| keeps(&form.slope(figure).range(&cell.numbers));
    let apart = to.plus(&from.scaled(&-&Exact::one()));
    (goes(from) || goes(to)) && apart.is_some_and(|apart| keeps(&apart.range(&cell.numbers)))
}

/// The yes or no of a value.
pub(crate) fn truth(held: &Held<Span>) -> Option<bool> {
    match held {
        Held::Other(Value::Truth(truth)) => Some(*truth),
        _ => None,
    }
}
