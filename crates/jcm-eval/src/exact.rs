//! The exact reading: a number is itself. This is the definition of every result.

use crate::Case;
use crate::reading::{Held, Reading};
use jcm_calculus::{
    Arithmetic, BandRow, CarriedId, Comparison, End, Expr, InputId, Rounding, ScaleResult, ScaleRow, StepId,
    Value,
};
use jcm_quantity::{Exact, Figures, Irrational, RoundingMode, Statistic};

/// The exact reading of a case.
pub(crate) struct Plain<'c> {
    case: &'c Case,
}

impl<'c> Plain<'c> {
    pub(crate) fn new(case: &'c Case) -> Plain<'c> {
        Plain { case }
    }
}

impl Reading for Plain<'_> {
    type Number = Exact;

    fn period(&self) -> usize {
        self.case.period
    }

    fn rows(&self) -> usize {
        self.case.rows.len()
    }

    fn input(&self, input: InputId, row: Option<usize>) -> Held<Exact> {
        let given = match row {
            None => Some(&self.case.inputs),
            Some(row) => self.case.rows.get(row),
        };
        given.and_then(|given| given.get(&input)).map_or(Held::MISSING, |value| self.held(value))
    }

    fn last_reported(&self, input: InputId) -> Option<(Held<Exact>, u32)> {
        self.case.last_reported.get(&input).map(|(value, age)| (self.held(value), *age))
    }

    fn carried(&self, carried: CarriedId) -> Option<Held<Exact>> {
        self.case.carried.get(&carried).map(|value| self.held(value))
    }

    fn given_step(&self, step: StepId) -> Option<Held<Exact>> {
        self.case.given_steps.get(&step).map(|value| self.held(value))
    }

    fn award(&self, step: StepId, row: Option<usize>) -> Option<Held<Exact>> {
        self.case.awards.get(&(step, row)).map(|value| self.held(value))
    }

    fn over_all(&self, expr: &Expr) -> Option<Held<Exact>> {
        let known = self.case.over_all.iter().find(|(known, _)| known == expr);
        known.map(|(_, value)| self.held(value))
    }

    fn exactly(&self, number: &Exact) -> Exact {
        number.clone()
    }

    fn combine(&mut self, op: Arithmetic, left: &Exact, right: &Exact) -> Option<Exact> {
        match op {
            Arithmetic::Add => Some(left + right),
            Arithmetic::Subtract => Some(left - right),
            Arithmetic::Multiply => Some(left * right),
            Arithmetic::Divide => left.checked_div(right),
        }
    }

    fn negate(&self, number: &Exact) -> Exact {
        -number
    }

    fn absolute(&self, number: &Exact) -> Exact {
        number.abs()
    }

    fn lesser(&mut self, left: Exact, right: Exact) -> Exact {
        left.min(right)
    }

    fn greater(&mut self, left: Exact, right: Exact) -> Exact {
        left.max(right)
    }

    fn round(&self, number: &Exact, rounding: &Rounding) -> Exact {
        number.round(&rounding.grain, rounding.mode)
    }

    fn round_to_figures(&self, number: &Exact, figures: u32, mode: RoundingMode) -> Exact {
        number.round_to_figures(figures, mode)
    }

    fn irrational(&mut self, function: Irrational, number: &Exact, decimals: u32) -> Option<Exact> {
        function.of(number, decimals)
    }

    fn power(&self, number: &Exact, times: u32) -> Exact {
        number.pow(times)
    }

    fn statistic(&self, statistic: &Statistic, numbers: &[Exact]) -> Option<Exact> {
        Figures::new(numbers.to_vec()).statistic(statistic)
    }

    fn whole(&mut self, number: &Exact) -> Option<i64> {
        whole(number)
    }

    fn compare(&mut self, op: Comparison, left: &Exact, right: &Exact) -> bool {
        holds(op, left, right)
    }

    fn scale(&mut self, number: &Exact, rows: &[ScaleRow]) -> Option<Exact> {
        rows.iter().find(|row| has(row, number)).and_then(|row| result_at(row, number))
    }

    fn bands(&self, number: &Exact, rows: &[BandRow]) -> Exact {
        rows.iter().map(|row| &row.rate * part_inside(number, row)).sum()
    }

    fn excess_bits(&self, number: &Exact) -> usize {
        number.excess_bits()
    }

    fn some_point(&self, number: &Exact) -> Exact {
        number.clone()
    }
}

/// A number as a whole one.
pub(crate) fn whole(number: &Exact) -> Option<i64> {
    number.parts().filter(|(_, below)| *below == 1).and_then(|(whole, _)| i64::try_from(whole).ok())
}

/// Whether a comparison holds of two things that have an order.
pub fn holds<T: Ord>(op: Comparison, left: &T, right: &T) -> bool {
    match op {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::Less => left < right,
        Comparison::LessOrEqual => left <= right,
        Comparison::Greater => left > right,
        Comparison::GreaterOrEqual => left >= right,
    }
}

/// Whether a row of a whole-amount table holds the number.
fn has(row: &ScaleRow, number: &Exact) -> bool {
    let above = |end: &End| *number > end.value || (end.included && *number == end.value);
    let below = |end: &End| *number < end.value || (end.included && *number == end.value);
    row.lower.as_ref().is_none_or(above) && row.upper.as_ref().is_none_or(below)
}

/// What a row gives at a number inside it; `None` for a row that runs evenly without two ends to run between.
pub fn result_at(row: &ScaleRow, number: &Exact) -> Option<Exact> {
    match &row.result {
        ScaleResult::Flat(result) => Some(result.clone()),
        ScaleResult::Even { from, to } => {
            let (lower, upper) = (&row.lower.as_ref()?.value, &row.upper.as_ref()?.value);
            let way = (number - lower).checked_div(&(upper - lower))?;
            Some(from + (to - from) * way)
        }
    }
}

/// How much of the way from zero to the number lies inside the band; negative for a number below zero.
pub fn part_inside(number: &Exact, band: &BandRow) -> Exact {
    let zero = Exact::zero();
    let (start, end) = if number.is_negative() { (number, &zero) } else { (&zero, number) };
    let start = band.lower.as_ref().map_or(start, |lower| start.max(lower));
    let end = band.upper.as_ref().map_or(end, |upper| end.min(upper));
    let length = if start < end { end - start } else { Exact::zero() };
    if number.is_negative() { -length } else { length }
}

/// The exact value that the machine holds.
pub(crate) fn value_of(held: Held<Exact>) -> Value {
    match held {
        Held::Number(number) => Value::Number(number),
        Held::Other(value) => value,
    }
}
