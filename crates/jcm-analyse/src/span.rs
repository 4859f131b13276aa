//! A number over a whole box of figures: where it lies, how it is made of them, and whether it rises or falls with each.

use crate::poly::Poly;
use jcm_quantity::{Exact, Range};
use std::collections::BTreeSet;

/// How a number goes as one figure rises and the others stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trend {
    /// It stays.
    Level,
    /// It never falls.
    Rises,
    /// It never rises.
    Falls,
    /// It is not known.
    Unknown,
}

impl Trend {
    pub(crate) fn reversed(self) -> Trend {
        match self {
            Trend::Rises => Trend::Falls,
            Trend::Falls => Trend::Rises,
            other => other,
        }
    }

    /// Of a sum, or of the smaller or greater of two.
    pub(crate) fn with(self, other: Trend) -> Trend {
        match (self, other) {
            (Trend::Level, trend) | (trend, Trend::Level) => trend,
            (a, b) if a == b => a,
            _ => Trend::Unknown,
        }
    }

    /// Of this times a number that lies in a range and stays.
    fn times(self, range: &Range) -> Trend {
        match (self, range.can_be_negative(), range.can_be_positive()) {
            (Trend::Level, _, _) | (_, false, false) => Trend::Level,
            (trend, false, true) => trend,
            (trend, true, false) => trend.reversed(),
            _ => Trend::Unknown,
        }
    }
}

/// What is known of a number over a box.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    pub(crate) range: Range,
    /// How it is made of the figures, where that is a polynomial.
    pub(crate) form: Option<Poly>,
    /// How it goes with each figure.
    pub(crate) trends: Vec<Trend>,
}

impl Span {
    pub(crate) fn number(number: Exact, figures: usize) -> Span {
        Span {
            range: Range::point(number.clone()),
            form: Some(Poly::constant(number)),
            trends: vec![Trend::Level; figures],
        }
    }

    pub(crate) fn figure(place: usize, cell: &[Range]) -> Span {
        let range = cell.get(place).cloned().unwrap_or(Range::ALL);
        let mut trends = vec![Trend::Level; cell.len()];
        if let Some(trend) = trends.get_mut(place) {
            *trend = Trend::Rises;
        }
        Span { range, form: Some(Poly::figure(place)), trends }
    }

    /// The figures that it changes with, or may.
    pub(crate) fn figures(&self) -> BTreeSet<usize> {
        match &self.form {
            Some(form) => form.figures(),
            None => {
                let moves = self.trends.iter().enumerate().filter(|(_, trend)| **trend != Trend::Level);
                moves.map(|(place, _)| place).collect()
            }
        }
    }

    pub(crate) fn point(&self) -> Option<Exact> {
        (self.range.low == self.range.high).then(|| self.range.low.number().cloned()).flatten()
    }

    /// The same with what its form says over the cell.
    pub(crate) fn sharpened(mut self, cell: &[Range]) -> Span {
        if let Some(form) = &self.form {
            self.range = form.range(cell).and(&self.range).unwrap_or(self.range);
            for (place, trend) in self.trends.iter_mut().enumerate() {
                if *trend == Trend::Unknown {
                    let slope = form.slope(place).range(cell);
                    *trend = match (slope.can_be_negative(), slope.can_be_positive()) {
                        (false, false) => Trend::Level,
                        (false, true) => Trend::Rises,
                        (true, false) => Trend::Falls,
                        (true, true) => Trend::Unknown,
                    };
                }
            }
        }
        self
    }

    pub(crate) fn plus(&self, other: &Span, cell: &[Range]) -> Span {
        let form = self.form.as_ref().zip(other.form.as_ref()).and_then(|(a, b)| a.plus(b));
        let range = self.range.plus(&other.range);
        let trends = self.trends.iter().zip(&other.trends).map(|(a, b)| a.with(*b)).collect();
        Span { range, form, trends }.sharpened(cell)
    }

    pub(crate) fn negated(&self) -> Span {
        Span {
            range: self.range.negated(),
            form: self.form.as_ref().map(|form| form.scaled(&-&Exact::one())),
            trends: self.trends.iter().map(|trend| trend.reversed()).collect(),
        }
    }

    pub(crate) fn minus(&self, other: &Span, cell: &[Range]) -> Span {
        self.plus(&other.negated(), cell)
    }

    pub(crate) fn times(&self, other: &Span, cell: &[Range]) -> Span {
        let form = self.form.as_ref().zip(other.form.as_ref()).and_then(|(a, b)| a.times(b));
        let pairs = self.trends.iter().zip(&other.trends);
        let trends = pairs.map(|(a, b)| a.times(&other.range).with(b.times(&self.range))).collect();
        Span { range: self.range.times(&other.range), form, trends }.sharpened(cell)
    }

    /// Divided by a number that is never nought over the cell.
    pub(crate) fn over(&self, divisor: &Span, cell: &[Range]) -> Span {
        let one = Range::point(Exact::one());
        let form = divisor.form.as_ref().and_then(Poly::number).and_then(|number| number.recip());
        let inverse = Span {
            range: one.over(&divisor.range),
            form: form.map(Poly::constant),
            trends: divisor.trends.iter().map(|trend| trend.reversed()).collect(),
        };
        self.times(&inverse, cell)
    }

    /// Put through a function that never falls and is known only at ends.
    pub(crate) fn through(&self, function: impl Fn(&Exact) -> Exact) -> Span {
        Span { range: self.range.through(function), form: None, trends: self.trends.clone() }
    }

    /// What stands for either of two, of which it is not known which.
    pub(crate) fn either(&self, other: &Span, range: Range) -> Span {
        let trends = self.trends.iter().zip(&other.trends).map(|(a, b)| a.with(*b)).collect();
        let form = (range.low == range.high).then(|| range.low.number().cloned()).flatten();
        Span { range, form: form.map(Poly::constant), trends }
    }

    /// Somewhere in a range, going with each figure in a way that is known only where this stays.
    pub(crate) fn somewhere(&self, range: Range) -> Span {
        let unknown = |trend: &Trend| if *trend == Trend::Level { Trend::Level } else { Trend::Unknown };
        Span { range, form: None, trends: self.trends.iter().map(unknown).collect() }
    }
}
