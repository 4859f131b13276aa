//! A settlement with its parameters looked up by period beforehand, to settle many cases.

use crate::exact::Plain;
use crate::follow::steps_behind;
use crate::machine::Machine;
use crate::{Case, Outcome, Stop, allocation, cohort};
use jcm_calculus::{ParameterId, ParameterRow, Settlement, StepId, Value};
use std::collections::BTreeMap;
use std::ops::Range;

/// A settlement made ready for many cases.
#[derive(Debug)]
pub struct Prepared<'a> {
    settlement: &'a Settlement,
    /// By period, then by parameter: the rows in force on the first day.
    in_force: Vec<Vec<InForce<'a>>>,
}

/// The rows of one parameter in force on one day.
#[derive(Debug)]
enum InForce<'a> {
    /// A plain figure.
    Plain(Option<&'a ParameterRow>),
    /// A table by its keys.
    Keyed(BTreeMap<&'a [Value], &'a ParameterRow>),
}

impl<'a> Prepared<'a> {
    /// Makes a settlement ready.
    pub fn new(settlement: &'a Settlement) -> Prepared<'a> {
        Prepared::of_periods(settlement, 0..settlement.periods.len())
    }

    /// Makes a settlement ready for some of its periods, by their places; in no other is a parameter in force.
    pub fn of_periods(settlement: &'a Settlement, wanted: Range<usize>) -> Prepared<'a> {
        let in_force = settlement.periods.iter().enumerate().map(|(place, period)| {
            if !wanted.contains(&place) {
                return Vec::new();
            }
            let on_the_day = |row: &&ParameterRow| {
                row.from.is_none_or(|from| from <= period.start)
                    && row.until.is_none_or(|until| period.start < until)
            };
            let parameters = settlement.parameters.iter().map(|parameter| {
                let mut rows = parameter.rows.iter().filter(on_the_day);
                if parameter.keys.is_empty() {
                    return InForce::Plain(rows.next());
                }
                let mut keyed = BTreeMap::new();
                for row in rows {
                    keyed.entry(row.keys.as_slice()).or_insert(row);
                }
                InForce::Keyed(keyed)
            });
            parameters.collect()
        });
        Prepared { settlement, in_force: in_force.collect() }
    }

    /// The settlement.
    pub fn settlement(&self) -> &'a Settlement {
        self.settlement
    }

    /// Settles one case. A step that is worked out over all cases stops it, unless the case says what comes out.
    pub fn settle(&self, case: &Case) -> Result<Outcome, Stop> {
        let mut machine = Machine::new(self, Plain::new(case))?;
        machine.run(None)?;
        self.paid(machine.into_outcome())
    }

    /// Settles the steps that are asked for, those that they need, and some of the payments, by their places; the
    /// other lines and payments are not in the outcome.
    pub fn settle_part(&self, case: &Case, steps: &[StepId], payments: &[usize]) -> Result<Outcome, Stop> {
        let paid = payments.iter().filter_map(|place| self.settlement.allocations.get(*place));
        let wanted: Vec<StepId> = steps.iter().copied().chain(paid.map(|paid| paid.amount)).collect();
        let mut machine = Machine::new(self, Plain::new(case))?;
        machine.run(Some(&steps_behind(self.settlement, &wanted)))?;
        let mut outcome = machine.into_outcome();
        for place in payments {
            allocation::allocate(self.settlement, *place, &mut outcome)?;
        }
        Ok(outcome)
    }

    /// Settles all cases of a period together, which a step over all cases needs; the outcomes in their order, or
    /// why some stop. Cases of several periods are only taken together with those of their own.
    pub fn settle_all(&self, cases: &[Case]) -> Result<Vec<Outcome>, Vec<(usize, Stop)>> {
        cohort::settle(self, cases, None)
    }

    /// Some steps and payments of the first of some cases, which are settled together.
    pub fn settle_part_of_all(
        &self,
        cases: &[Case],
        steps: &[StepId],
        payments: &[usize],
    ) -> Result<Outcome, Stop> {
        let paid = payments.iter().filter_map(|place| self.settlement.allocations.get(*place));
        let wanted: Vec<StepId> = steps.iter().copied().chain(paid.map(|paid| paid.amount)).collect();
        let needed = steps_behind(self.settlement, &wanted);
        let outcomes = cohort::settle(self, cases, Some(&needed));
        let first = outcomes.map(|outcomes| outcomes.into_iter().next());
        let mut outcome = match first {
            Ok(Some(first)) => first,
            Ok(None) => return self.settle_part(&Case::default(), steps, payments),
            Err(stops) => {
                let stop = stops.into_iter().next().map(|(_, stop)| stop);
                return Err(stop.unwrap_or(Stop::NoPeriod { period: 0 }));
            }
        };
        for place in payments {
            allocation::allocate(self.settlement, *place, &mut outcome)?;
        }
        Ok(outcome)
    }

    /// Settles one case in several periods, each right after the one before, from the first on: what a period leaves
    /// is what the next one begins with. The outcomes in their order, or which place stops and why.
    pub fn settle_periods(&self, cases: &[Case]) -> Result<Vec<Outcome>, (usize, Stop)> {
        let mut outcomes: Vec<Outcome> = Vec::with_capacity(cases.len());
        for (place, case) in cases.iter().enumerate() {
            let mut case = case.clone();
            if let Some(before) = outcomes.last() {
                case.carried = before.left(self.settlement);
            }
            outcomes.push(self.settle(&case).map_err(|stop| (place, stop))?);
        }
        Ok(outcomes)
    }

    /// Whether a step is worked out over all cases, so that a case alone cannot be settled.
    pub fn needs_all_cases(&self) -> bool {
        self.settlement.steps.iter().any(|step| !step.expr.over_all().is_empty())
    }

    /// An outcome with its payments.
    pub(crate) fn paid(&self, mut outcome: Outcome) -> Result<Outcome, Stop> {
        for place in 0..self.settlement.allocations.len() {
            allocation::allocate(self.settlement, place, &mut outcome)?;
        }
        Ok(outcome)
    }

    pub(crate) fn has_period(&self, period: usize) -> bool {
        period < self.in_force.len()
    }

    /// The row of a parameter in force in a period.
    pub(crate) fn row(
        &self,
        parameter: ParameterId,
        keys: &[Value],
        period: usize,
    ) -> Option<&'a ParameterRow> {
        match self.in_force.get(period)?.get(parameter.index())? {
            InForce::Plain(row) => *row,
            InForce::Keyed(rows) => rows.get(keys).copied(),
        }
    }
}
