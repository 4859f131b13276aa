//! The interval reading: a number is a closed interval, and a result is every interval that it can lie in.
//!
//! A comparison that the intervals do not decide forks: the machine runs again for the other answer. So does a table
//! whose rows the interval crosses.

use crate::exact::{holds, part_inside, result_at, whole};
use crate::follow::steps_behind;
use crate::machine::Machine;
use crate::reading::{Held, Reading};
use crate::{Prepared, Stop};
use jcm_calculus::{
    Arithmetic, BandRow, CarriedId, Comparison, Expr, InputId, Rounding, ScaleRow, Settlement, StepId, Value,
};
use jcm_quantity::{Exact, Figures, Irrational, RoundingMode, Statistic};
use std::collections::BTreeMap;

/// The most ways through the steps that are followed.
pub const MOST_PATHS: usize = 256;

/// What is known of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Range {
    /// A number between two, both included.
    Between(Exact, Exact),
    /// This value.
    Fixed(Value),
}

/// A case whose numbers are known within intervals; as [`crate::Case`] otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntervalCase {
    /// The period, by its place in the settlement.
    pub period: usize,
    /// Inputs of the case.
    pub inputs: BTreeMap<InputId, Range>,
    /// Inputs of each row of the case.
    pub rows: Vec<BTreeMap<InputId, Range>>,
    /// Figures reported before, with how many reporting periods ago.
    pub last_reported: BTreeMap<InputId, (Range, u32)>,
    /// What the period before left.
    pub carried: BTreeMap<CarriedId, Range>,
    /// Values that stand in for the computed ones of a step.
    pub given_steps: BTreeMap<StepId, Range>,
    /// Values awarded in place of the computed ones.
    pub awards: BTreeMap<(StepId, Option<usize>), Value>,
}

/// Why nothing can be said of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unclear {
    /// Every way through the steps stops; this is why the first does.
    Stop(Stop),
    /// There are more than [`MOST_PATHS`] ways through the steps.
    TooManyPaths,
    /// A divisor can be zero or a function can be without a value, so the result has no bounds.
    Unbounded,
    /// It depends on all cases, and the roundings in the others are not followed.
    OverAll,
    /// The step does not give a number.
    NotANumber,
}

impl Unclear {
    /// Why nothing can be said, by the titles of the contract.
    pub fn words(&self, settlement: &Settlement) -> String {
        match self {
            Unclear::Stop(stop) => stop.words(settlement),
            Unclear::TooManyPaths => {
                format!("The figures leave more than {MOST_PATHS} ways through the lines open.")
            }
            Unclear::Unbounded => {
                "Within the rounding of the figures, a divisor can be zero or a function without a value."
                    .to_string()
            }
            Unclear::OverAll => {
                "The line depends on all cases, and the rounding of their figures is not followed."
                    .to_string()
            }
            Unclear::NotANumber => "The line does not give a number.".to_string(),
        }
    }
}

/// The intervals that a step's value can lie in, in ascending order; none where it can only be missing.
///
/// Whatever points the inputs are at inside their intervals, the exact result lies in one of them.
pub fn possible(
    prepared: &Prepared<'_>,
    case: &IntervalCase,
    step: StepId,
    row: Option<usize>,
) -> Result<Vec<(Exact, Exact)>, Unclear> {
    let needed = steps_behind(prepared.settlement(), &[step]);
    let mut decisions = Vec::new();
    let mut found = Vec::new();
    let mut stopped = None;
    let mut some_end = false;
    for _ in 0..MOST_PATHS {
        let forking = Forking { case, decisions, next: 0, unbounded: false };
        let mut machine = Machine::new(prepared, forking).map_err(Unclear::Stop)?;
        match machine.run(Some(&needed)) {
            Ok(()) => match machine.result(step, row) {
                Some(Held::Number(Interval { low, high })) => found.push((low.clone(), high.clone())),
                Some(Held::Other(Value::Missing)) => some_end = true,
                _ => return Err(Unclear::NotANumber),
            },
            Err(Stop::NeedsAllCases { .. }) => return Err(Unclear::OverAll),
            Err(stop @ Stop::TooLarge { .. }) => return Err(Unclear::Stop(stop)),
            Err(stop) => stopped = stopped.or(Some(stop)),
        }
        let forking = machine.into_reading();
        if forking.unbounded {
            return Err(Unclear::Unbounded);
        }
        match next_path(forking.decisions) {
            Some(path) => decisions = path,
            None => {
                found.sort();
                found.dedup();
                return match stopped {
                    Some(stop) if found.is_empty() && !some_end => Err(Unclear::Stop(stop)),
                    _ => Ok(found),
                };
            }
        }
    }
    Err(Unclear::TooManyPaths)
}

/// One decision: which answer was taken, of how many.
#[derive(Clone, Copy)]
struct Decision {
    taken: usize,
    of: usize,
}

/// The next path in order: the last decision that has another answer takes it, and what came after is forgotten.
fn next_path(mut decisions: Vec<Decision>) -> Option<Vec<Decision>> {
    while let Some(last) = decisions.pop() {
        let taken = last.taken + 1;
        if taken < last.of {
            decisions.push(Decision { taken, of: last.of });
            return Some(decisions);
        }
    }
    None
}

/// A closed interval; `low <= high`.
#[derive(Debug, Clone, PartialEq)]
struct Interval {
    low: Exact,
    high: Exact,
}

impl Interval {
    fn point(number: Exact) -> Interval {
        Interval { low: number.clone(), high: number }
    }

    /// The interval between two ends in any order.
    fn between(a: Exact, b: Exact) -> Interval {
        if a <= b { Interval { low: a, high: b } } else { Interval { low: b, high: a } }
    }

    fn has_zero(&self) -> bool {
        !self.low.is_positive() && !self.high.is_negative()
    }

    fn plus(&self, other: &Interval) -> Interval {
        Interval { low: &self.low + &other.low, high: &self.high + &other.high }
    }

    fn negated(&self) -> Interval {
        Interval { low: -&self.high, high: -&self.low }
    }

    fn times(&self, other: &Interval) -> Interval {
        let first = &self.low * &other.low;
        let corners = [&self.low * &other.high, &self.high * &other.low, &self.high * &other.high];
        corners.into_iter().fold(Interval::point(first), |around, corner| Interval {
            low: around.low.min(corner.clone()),
            high: around.high.max(corner),
        })
    }

    /// Of numbers without zero among them.
    fn inverse(&self) -> Option<Interval> {
        Some(Interval { low: self.high.recip()?, high: self.low.recip()? })
    }
}

/// The interval reading of a case on one path.
struct Forking<'c> {
    case: &'c IntervalCase,
    /// The answers of this path: those given beforehand, and the first of each that comes up anew.
    decisions: Vec<Decision>,
    /// The place of the next answer.
    next: usize,
    /// Whether a divisor had zero among its numbers.
    unbounded: bool,
}

impl Forking<'_> {
    /// One of so many answers.
    fn decide(&mut self, of: usize) -> usize {
        let taken = match self.decisions.get(self.next) {
            Some(decision) => decision.taken,
            None => {
                self.decisions.push(Decision { taken: 0, of });
                0
            }
        };
        self.next += 1;
        taken
    }

    fn read(&self, range: &Range) -> Held<Interval> {
        match range {
            Range::Between(a, b) => Held::Number(Interval::between(a.clone(), b.clone())),
            Range::Fixed(value) => self.held(value),
        }
    }
}

impl Forking<'_> {
    /// The mean of the squared differences from the mean, each as far as it can be.
    fn variance(&self, numbers: &[Interval]) -> Option<Interval> {
        let mean = self.statistic(&Statistic::Mean, numbers)?.negated();
        let squares: Vec<Interval> =
            numbers.iter().map(|number| self.power(&number.plus(&mean), 2)).collect();
        self.statistic(&Statistic::Mean, &squares)
    }
}

impl Reading for Forking<'_> {
    type Number = Interval;

    fn period(&self) -> usize {
        self.case.period
    }

    fn rows(&self) -> usize {
        self.case.rows.len()
    }

    fn input(&self, input: InputId, row: Option<usize>) -> Held<Interval> {
        let given = match row {
            None => Some(&self.case.inputs),
            Some(row) => self.case.rows.get(row),
        };
        given.and_then(|given| given.get(&input)).map_or(Held::MISSING, |range| self.read(range))
    }

    fn last_reported(&self, input: InputId) -> Option<(Held<Interval>, u32)> {
        self.case.last_reported.get(&input).map(|(range, age)| (self.read(range), *age))
    }

    fn carried(&self, carried: CarriedId) -> Option<Held<Interval>> {
        self.case.carried.get(&carried).map(|range| self.read(range))
    }

    fn given_step(&self, step: StepId) -> Option<Held<Interval>> {
        self.case.given_steps.get(&step).map(|range| self.read(range))
    }

    fn award(&self, step: StepId, row: Option<usize>) -> Option<Held<Interval>> {
        self.case.awards.get(&(step, row)).map(|value| self.held(value))
    }

    fn over_all(&self, _: &Expr) -> Option<Held<Interval>> {
        None
    }

    fn exactly(&self, number: &Exact) -> Interval {
        Interval::point(number.clone())
    }

    fn combine(&mut self, op: Arithmetic, left: &Interval, right: &Interval) -> Option<Interval> {
        match op {
            Arithmetic::Add => Some(left.plus(right)),
            Arithmetic::Subtract => Some(left.plus(&right.negated())),
            Arithmetic::Multiply => Some(left.times(right)),
            Arithmetic::Divide if right.has_zero() => {
                // Nought alone stops every case; nought among others leaves the quotient without bounds.
                self.unbounded |= right.low != right.high;
                None
            }
            Arithmetic::Divide => Some(left.times(&right.inverse()?)),
        }
    }

    fn negate(&self, number: &Interval) -> Interval {
        number.negated()
    }

    fn absolute(&self, number: &Interval) -> Interval {
        let (low, high) = (number.low.abs(), number.high.abs());
        if number.has_zero() {
            Interval { low: Exact::zero(), high: low.max(high) }
        } else {
            Interval::between(low, high)
        }
    }

    fn lesser(&mut self, left: Interval, right: Interval) -> Interval {
        Interval { low: left.low.min(right.low), high: left.high.min(right.high) }
    }

    fn greater(&mut self, left: Interval, right: Interval) -> Interval {
        Interval { low: left.low.max(right.low), high: left.high.max(right.high) }
    }

    fn round(&self, number: &Interval, rounding: &Rounding) -> Interval {
        let round = |end: &Exact| end.round(&rounding.grain, rounding.mode);
        Interval { low: round(&number.low), high: round(&number.high) }
    }

    fn round_to_figures(&self, number: &Interval, figures: u32, mode: RoundingMode) -> Interval {
        let round = |end: &Exact| end.round_to_figures(figures, mode);
        Interval { low: round(&number.low), high: round(&number.high) }
    }

    fn irrational(&mut self, function: Irrational, number: &Interval, decimals: u32) -> Option<Interval> {
        // Each of them grows with its number.
        let ends = (function.of(&number.low, decimals), function.of(&number.high, decimals));
        // No value anywhere stops every case; values for some of the numbers only leave the result without bounds.
        self.unbounded |= ends.0.is_some() != ends.1.is_some()
            || (ends.0.is_none() && number.low.is_negative() != number.high.is_negative());
        Some(Interval { low: ends.0?, high: ends.1? })
    }

    fn power(&self, number: &Interval, times: u32) -> Interval {
        if times.is_multiple_of(2) && number.has_zero() {
            let most = number.low.abs().max(number.high.abs());
            let low = if times == 0 { Exact::one() } else { Exact::zero() };
            return Interval { low, high: most.pow(times) };
        }
        Interval::between(number.low.pow(times), number.high.pow(times))
    }

    fn statistic(&self, statistic: &Statistic, numbers: &[Interval]) -> Option<Interval> {
        let squared = match statistic {
            Statistic::Variance | Statistic::StandardDeviation { .. } => self.variance(numbers)?,
            // The others grow with each of the numbers.
            _ => {
                let at = |end: fn(&Interval) -> &Exact| {
                    Figures::new(numbers.iter().map(end).cloned().collect()).statistic(statistic)
                };
                return Some(Interval { low: at(|number| &number.low)?, high: at(|number| &number.high)? });
            }
        };
        match statistic {
            Statistic::StandardDeviation { decimals } => {
                let root = |end: &Exact| Irrational::SquareRoot.of(end, *decimals);
                Some(Interval { low: root(&squared.low)?, high: root(&squared.high)? })
            }
            _ => Some(squared),
        }
    }

    /// Dates have no intervals, so each whole number is a path of its own.
    fn whole(&mut self, number: &Interval) -> Option<i64> {
        let grain = Exact::one();
        let first = whole(&number.low.round(&grain, RoundingMode::Ceiling))?;
        let last = whole(&number.high.round(&grain, RoundingMode::Floor))?;
        let many = usize::try_from(last.checked_sub(first)?.checked_add(1)?).ok().filter(|many| *many > 0)?;
        let taken = if many > 1 { self.decide(many) } else { 0 };
        first.checked_add(i64::try_from(taken).ok()?)
    }

    fn compare(&mut self, op: Comparison, left: &Interval, right: &Interval) -> bool {
        let apart = left.high < right.low || right.high < left.low;
        let points = left.low == left.high && right.low == right.high;
        if apart || points {
            return holds(op, &left.low, &right.low);
        }
        // Touching ends decide the comparisons that they satisfy or break whatever the points are.
        match op {
            Comparison::LessOrEqual | Comparison::Greater if left.high <= right.low => {
                op == Comparison::LessOrEqual
            }
            Comparison::GreaterOrEqual | Comparison::Less if left.low >= right.high => {
                op == Comparison::GreaterOrEqual
            }
            _ => self.decide(2) == 0,
        }
    }

    fn scale(&mut self, number: &Interval, rows: &[ScaleRow]) -> Option<Interval> {
        let inside: Vec<(&ScaleRow, Interval)> =
            rows.iter().filter_map(|row| Some((row, clipped(number, row)?))).collect();
        let taken = if inside.len() > 1 { self.decide(inside.len()) } else { 0 };
        let (row, part) = inside.get(taken)?;
        Some(Interval::between(result_at(row, &part.low)?, result_at(row, &part.high)?))
    }

    fn bands(&self, number: &Interval, rows: &[BandRow]) -> Interval {
        // The part inside a band grows with the number, so its ends are at the ends of the interval.
        let parts = rows.iter().map(|row| {
            let (low, high) = (part_inside(&number.low, row), part_inside(&number.high, row));
            Interval::between(&row.rate * low, &row.rate * high)
        });
        parts.fold(Interval::point(Exact::zero()), |sum, part| sum.plus(&part))
    }

    fn excess_bits(&self, number: &Interval) -> usize {
        number.low.excess_bits().max(number.high.excess_bits())
    }

    fn some_point(&self, number: &Interval) -> Exact {
        number.low.clone()
    }
}

/// The part of an interval inside a row; `None` where no number of it is.
fn clipped(number: &Interval, row: &ScaleRow) -> Option<Interval> {
    let (mut low, mut high) = (number.low.clone(), number.high.clone());
    let mut ends_out = false;
    if let Some(end) = &row.lower
        && low <= end.value
    {
        ends_out |= !end.included && high <= end.value;
        low = end.value.clone();
    }
    if let Some(end) = &row.upper
        && high >= end.value
    {
        ends_out |= !end.included && number.low >= end.value;
        high = end.value.clone();
    }
    (low <= high && !ends_out).then_some(Interval { low, high })
}
