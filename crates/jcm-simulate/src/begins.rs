//! What a block of runs of one year begins with: the figures that were drawn, and what the year before left.

use crate::columns::{Numbers, least_common_multiple};
use jcm_calculus::{CarriedId, Value};
use jcm_quantity::Exact;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a block of runs of one year begins with.
#[derive(Debug, Clone, Copy)]
pub struct Begins<'a> {
    /// The figures that were drawn, in the order of the year's.
    pub figures: &'a [Figures],
    /// What the year before left.
    pub before: &'a Left,
    /// The place of the first run among all runs.
    pub first: usize,
    /// Whether the exact evaluator settles every run.
    pub exactly: bool,
}

/// The figures of one input in a block: one for each case of each run, or one for each row of each case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// In grains, also where nobody reports it.
    pub grains: Vec<i64>,
    /// The places at which nobody reports it, rising.
    pub missing: Vec<usize>,
    /// The places at which somebody holds another figure against it, rising, and that figure in grains.
    pub disputed: Vec<(usize, i64)>,
}

impl From<Vec<i64>> for Figures {
    fn from(grains: Vec<i64>) -> Self {
        Figures { grains, ..Figures::default() }
    }
}

/// What a block of runs leaves to the next year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Left {
    pub(crate) carried: Balances,
    /// For each figure of the year: what was reported last in each run, in grains, and how many years ago.
    pub(crate) reported: Vec<Vec<Option<(i64, u32)>>>,
}

/// The balances of a block, by their places in the settlement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Balances {
    /// One column for each; nothing for one that nobody asks for.
    Columns(Vec<Option<Arc<Numbers>>>),
    /// Run by run, where a balance is missing or does not fit into a column.
    Runs(Vec<BTreeMap<CarriedId, Value>>),
}

impl Default for Balances {
    fn default() -> Self {
        Balances::Columns(Vec::new())
    }
}

impl Balances {
    /// What one run begins with.
    pub(crate) fn of_run(&self, run: usize) -> BTreeMap<CarriedId, Value> {
        match self {
            Balances::Runs(runs) => runs.get(run).cloned().unwrap_or_default(),
            Balances::Columns(columns) => {
                let known = (0u32..).map(CarriedId).zip(columns);
                known
                    .filter_map(|(id, column)| Some((id, Value::Number(column.as_ref()?.exact(run)?))))
                    .collect()
            }
        }
    }

    /// The balances with those of some runs that were settled by themselves.
    pub(crate) fn with(self, settled: &[(usize, BTreeMap<CarriedId, Value>)], runs: usize) -> Balances {
        if settled.is_empty() {
            return self;
        }
        let patched = match &self {
            Balances::Columns(columns) => patched(columns, settled, runs),
            Balances::Runs(_) => None,
        };
        patched.unwrap_or_else(|| {
            let mut all: Vec<_> = (0..runs).map(|run| self.of_run(run)).collect();
            for (run, values) in settled {
                if let Some(place) = all.get_mut(*run) {
                    place.clone_from(values);
                }
            }
            Balances::Runs(all)
        })
    }
}

/// The columns with other values in some runs; `None` where one is missing or does not fit.
fn patched(
    columns: &[Option<Arc<Numbers>>],
    settled: &[(usize, BTreeMap<CarriedId, Value>)],
    runs: usize,
) -> Option<Balances> {
    let ids = settled.iter().flat_map(|(_, values)| values.keys());
    let count = ids.map(|id| id.index() + 1).max().unwrap_or(0).max(columns.len());
    let mut made = Vec::with_capacity(count);
    for (id, place) in (0u32..).map(CarriedId).zip(0..count) {
        let column = columns.get(place).cloned().flatten();
        let values = || settled.iter().filter_map(|(run, values)| Some((*run, values.get(&id)?)));
        if column.is_none() && values().next().is_none() {
            made.push(None);
            continue;
        }
        // Without a column, every run must have been settled by itself.
        if column.is_none() && values().count() != runs {
            return None;
        }
        let numbers: Vec<(usize, Exact)> = values()
            .map(|(run, value)| match value {
                Value::Number(number) => Some((run, number.clone())),
                _ => None,
            })
            .collect::<Option<_>>()?;
        let mut below = column.as_ref().map_or(1, |column| column.below);
        for (_, number) in &numbers {
            below = least_common_multiple(below, number.parts()?.1)?;
        }
        let mut above = match column {
            Some(column) => column.over(below)?,
            None => vec![0; runs],
        };
        for (run, number) in numbers {
            let (own, own_below) = number.parts()?;
            *above.get_mut(run)? = own.checked_mul(below / own_below)?;
        }
        made.push(Some(Arc::new(Numbers::new(below, above))));
    }
    Some(Balances::Columns(made))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn third() -> Value {
        Value::Number(Exact::ratio(1, 3).unwrap())
    }

    #[test]
    fn a_balance_of_one_run_takes_the_place_of_that_in_the_column() {
        let column = Numbers::new(2, vec![1, 4]);
        let columns = Balances::Columns(vec![Some(Arc::new(column))]);
        let with = columns.with(&[(1, [(CarriedId(0), third())].into())], 2);
        assert!(matches!(with, Balances::Columns(_)));
        assert_eq!(with.of_run(0), [(CarriedId(0), Value::Number(Exact::ratio(1, 2).unwrap()))].into());
        assert_eq!(with.of_run(1), [(CarriedId(0), third())].into());
    }

    #[test]
    fn a_balance_that_is_missing_in_a_run_is_kept_run_by_run() {
        let column = Numbers::new(1, vec![7, 8]);
        let columns = Balances::Columns(vec![Some(Arc::new(column))]);
        let with = columns.with(&[(0, [(CarriedId(0), Value::Missing)].into())], 2);
        assert_eq!(with.of_run(0), [(CarriedId(0), Value::Missing)].into());
        assert_eq!(with.of_run(1), [(CarriedId(0), Value::Number(Exact::from_int(8)))].into());
    }
}
