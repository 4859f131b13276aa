//! The machine: computes the steps of a settlement in order, over whatever numbers its reading has.
//!
//! One file for each family of operators; missing passes through all of them but those that say otherwise.

mod dates;
mod logic;
mod names;
mod numbers;
mod rows;

use crate::exact::{Plain, value_of};
use crate::reading::{Held, Reading};
use crate::{Line, Outcome, Prepared, Stop};
use jcm_calculus::{DEEPEST, Expr, Level, Settlement, StepId};

/// Bits beyond the ordinary at which a figure is no use to anyone: about twenty thousand digits.
const MOST_EXCESS_BITS: usize = 65_536;

/// A step that was computed or given.
struct Done<N> {
    value: Held<N>,
    before_rounding: Option<Held<N>>,
    given: bool,
    /// What was computed, where a value was awarded in its place.
    computed: Option<Held<N>>,
}

pub(crate) struct Machine<'a, R: Reading> {
    prepared: &'a Prepared<'a>,
    reading: R,
    /// The steps of case level that are done, by their place.
    case_steps: Vec<Option<Done<R::Number>>>,
    /// For each row, the steps of row level that are done, by their place.
    row_steps: Vec<Vec<Option<Done<R::Number>>>>,
    /// The step being computed.
    at: StepId,
    /// The row being computed.
    row: Option<usize>,
    depth: usize,
    /// What parts that are worked out over all cases came to.
    over_all: Vec<(&'a Expr, Held<R::Number>)>,
}

type Result<N> = std::result::Result<Held<N>, Stop>;

impl<'a, R: Reading> Machine<'a, R> {
    pub(crate) fn new(prepared: &'a Prepared<'a>, reading: R) -> std::result::Result<Self, Stop> {
        let period = reading.period();
        if !prepared.has_period(period) {
            return Err(Stop::NoPeriod { period });
        }
        let none = |_| Vec::new();
        let row_steps = (0..reading.rows()).map(none).collect();
        let count = prepared.settlement().steps.len();
        let case_steps = Vec::with_capacity(count);
        Ok(Machine {
            prepared,
            reading,
            case_steps,
            row_steps,
            at: StepId(0),
            row: None,
            depth: 0,
            over_all: Vec::new(),
        })
    }

    /// Computes the steps in order: all, or those that are marked.
    pub(crate) fn run(&mut self, needed: Option<&[bool]>) -> std::result::Result<(), Stop> {
        self.run_until(self.settlement().steps.len(), needed)
    }

    /// Goes on from the last step that is done to the one before `end`.
    pub(crate) fn run_until(&mut self, end: usize, needed: Option<&[bool]>) -> std::result::Result<(), Stop> {
        let settlement = self.settlement();
        let done = self.case_steps.len();
        for (id, step) in (0u32..).map(StepId).zip(&settlement.steps).take(end).skip(done) {
            self.at = id;
            let wanted = needed.is_none_or(|needed| needed.get(id.index()) == Some(&true));
            let in_case =
                if wanted && step.level == Level::Case { Some(self.compute(id, &step.expr)?) } else { None };
            self.case_steps.push(in_case);
            for row in 0..self.row_steps.len() {
                let in_row = if wanted && step.level == Level::Row {
                    self.row = Some(row);
                    let done = self.compute(id, &step.expr);
                    self.row = None;
                    Some(done?)
                } else {
                    None
                };
                if let Some(steps) = self.row_steps.get_mut(row) {
                    steps.push(in_row);
                }
            }
        }
        Ok(())
    }

    /// A part of a step of case level that comes next.
    pub(crate) fn part(&mut self, step: StepId, expr: &Expr) -> Result<R::Number> {
        self.at = step;
        self.eval(expr)
    }

    /// What a step came to, if it was computed.
    pub(crate) fn result(&self, step: StepId, row: Option<usize>) -> Option<&Held<R::Number>> {
        let steps = match row {
            Some(row) => self.row_steps.get(row)?,
            None => &self.case_steps,
        };
        steps.get(step.index())?.as_ref().map(|done| &done.value)
    }

    pub(crate) fn into_reading(self) -> R {
        self.reading
    }

    fn settlement(&self) -> &'a Settlement {
        self.prepared.settlement()
    }

    fn compute(&mut self, id: StepId, expr: &Expr) -> std::result::Result<Done<R::Number>, Stop> {
        if let Some(value) = self.reading.given_step(id) {
            return Ok(Done { value, before_rounding: None, given: true, computed: None });
        }
        let (value, before_rounding) = match expr {
            Expr::Round { value, .. } | Expr::RoundToFigures { value, .. } => {
                let before = self.eval(value)?;
                (self.rounded_as(expr, before.clone())?, Some(before))
            }
            _ => (self.eval(expr)?, None),
        };
        Ok(match self.reading.award(id, self.row) {
            Some(award) => Done { value: award, before_rounding, given: false, computed: Some(value) },
            None => Done { value, before_rounding, given: false, computed: None },
        })
    }

    fn eval(&mut self, expr: &Expr) -> Result<R::Number> {
        if self.depth >= DEEPEST {
            return Err(self.broken("nests too deep"));
        }
        self.depth += 1;
        let held = self.eval_inside(expr);
        self.depth -= 1;
        held
    }

    fn eval_inside(&mut self, expr: &Expr) -> Result<R::Number> {
        match expr {
            Expr::Literal { value, .. } => Ok(self.reading.held(value)),
            Expr::Input(id) => self.input(*id),
            Expr::Step(id) => self.step(*id),
            Expr::Carried(id) => self.carried(*id),
            Expr::InPeriods(places) => Ok(Held::truth(places.contains(&self.reading.period()))),
            Expr::Parameter { parameter, column, keys } => self.parameter(*parameter, *column, keys),
            Expr::Arithmetic { op, left, right } => self.arithmetic(*op, left, right),
            Expr::Negate(value) => self.on_number(value, |reading, number| reading.negate(number)),
            Expr::Absolute(value) => self.on_number(value, |reading, number| reading.absolute(number)),
            Expr::Least(parts) => self.extreme(parts, |reading, a, b| reading.lesser(a, b)),
            Expr::Greatest(parts) => self.extreme(parts, |reading, a, b| reading.greater(a, b)),
            Expr::Round { value, .. } | Expr::RoundToFigures { value, .. } => {
                let value = self.eval(value)?;
                self.rounded_as(expr, value)
            }
            Expr::Irrational { function, value, decimals } => self.irrational(*function, value, *decimals),
            Expr::Power { value, exponent } => self.power(value, *exponent),
            Expr::Statistic { statistic, parts } => self.statistic(statistic, parts),
            Expr::OverAll { .. } => self.over_all(expr),
            Expr::Scale { value, rows } => self.scale(value, rows),
            Expr::Bands { value, rows } => {
                self.on_number(value, |reading, number| reading.bands(number, rows))
            }
            Expr::Compare { op, left, right } => self.compare(*op, left, right),
            Expr::All(parts) => self.until(parts, false),
            Expr::Any(parts) => self.until(parts, true),
            Expr::Not(part) => Ok(self.truth(part)?.map_or(Held::MISSING, |truth| Held::truth(!truth))),
            Expr::Choose { cases, otherwise } => self.choose(cases, otherwise),
            Expr::IsMissing(value) => Ok(Held::truth(self.eval(value)?.is_missing())),
            Expr::IfMissing(value, otherwise) => {
                let value = self.eval(value)?;
                if value.is_missing() { self.eval(otherwise) } else { Ok(value) }
            }
            Expr::Weighted { parts, missing } => self.weighted(parts, *missing),
            Expr::MoveDate { date, by, count } => self.move_date(date, by, *count),
            Expr::CountBetween { from, to, count } => self.count_between(from, to, *count),
            Expr::MarkDate { date, mark } => self.mark_date(date, *mark),
            Expr::SumOfRows(part) => self.sum_of_rows(part),
            Expr::CountOfRows(part) => self.count_of_rows(part),
            Expr::StatisticOfRows { statistic, value } => self.statistic_of_rows(statistic, value),
        }
    }

    /// A part that is worked out over all cases is known beforehand.
    fn over_all(&self, expr: &Expr) -> Result<R::Number> {
        let known = self.over_all.iter().find(|(known, _)| *known == expr);
        let known = known.map(|(_, value)| value.clone()).or_else(|| self.reading.over_all(expr));
        known.ok_or(Stop::NeedsAllCases { step: self.at })
    }

    fn wrong_kind(&self, wanted: &'static str) -> Stop {
        Stop::WrongKind { step: self.at, wanted }
    }

    fn broken(&self, problem: &'static str) -> Stop {
        Stop::Broken { step: self.at, problem }
    }
}

impl<'a> Machine<'a, Plain<'_>> {
    /// Notes what a part of a step that is worked out over all cases came to; missing if it is none.
    pub(crate) fn note(
        &mut self,
        step: StepId,
        part: &'a Expr,
        found: Option<jcm_quantity::Exact>,
    ) -> std::result::Result<(), Stop> {
        if found.as_ref().is_some_and(|number| number.excess_bits() > MOST_EXCESS_BITS) {
            return Err(Stop::TooLarge { step });
        }
        self.over_all.push((part, found.map_or(Held::MISSING, Held::Number)));
        Ok(())
    }

    /// The trace: the lines of the case and those of each row, and what was worked out over all cases.
    pub(crate) fn into_outcome(self) -> Outcome {
        let over_all = self.over_all.into_iter().map(|(expr, value)| (expr.clone(), value_of(value)));
        Outcome {
            lines: lines_of(self.case_steps),
            rows: self.row_steps.into_iter().map(lines_of).collect(),
            allocations: Vec::new(),
            payments: Vec::new(),
            over_all: over_all.collect(),
        }
    }
}

fn lines_of(steps: Vec<Option<Done<jcm_quantity::Exact>>>) -> Vec<Line> {
    let done = (0u32..).map(StepId).zip(steps).filter_map(|(step, done)| Some((step, done?)));
    done.map(|(step, done)| Line {
        step,
        value: value_of(done.value),
        before_rounding: done.before_rounding.map(value_of),
        given: done.given,
        computed: done.computed.map(value_of),
    })
    .collect()
}
