//! A block of runs of one year, settled at once where that can be done, and run by run where not.

use crate::begins::{Balances, Begins, Left};
use crate::cases::settle_cases;
use crate::columns::Numbers;
use crate::exact::{Run, Settled, reported, settle_exactly};
use crate::expressions::{Column, Runs};
use crate::money::Split;
use crate::{Stopped, Year};
use jcm_calculus::PartyId;
use jcm_eval::Prepared;
use std::sync::Arc;

/// What a block of runs came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// Whom each column of money is paid to, by allocation; in the order of allocations and payees.
    pub payees: Vec<(usize, PartyId)>,
    /// The payments, in grains of their allocation: a column for each payee.
    pub payments: Vec<Vec<i64>>,
    /// Where a run has several cases, which [`Block::payments`] sums up, those of the one that it tells of.
    pub of_one: Vec<Vec<i64>>,
    /// Which watched steps hold, in each case of each run: a column for each.
    pub holds: Vec<Vec<bool>>,
    /// How many runs the exact evaluator settled.
    pub exactly: usize,
    /// What is left to the next year.
    pub left: Left,
}

/// One year with what is the same for every block of it.
pub struct PreparedYear<'a> {
    pub(crate) year: &'a Year<'a>,
    pub(crate) prepared: Prepared<'a>,
    pub(crate) payees: Vec<(usize, PartyId)>,
    /// How each allocation is split, in order; `None` where one is split by the exact evaluator alone.
    splits: Option<Vec<Split<'a>>>,
}

impl<'a> PreparedYear<'a> {
    /// Makes a year ready to be settled.
    pub fn new(year: &'a Year<'a>) -> PreparedYear<'a> {
        PreparedYear {
            year,
            prepared: Prepared::new(year.settlement),
            payees: payees(year),
            splits: year.settlement.allocations.iter().map(Split::of).collect(),
        }
    }
}

/// Whom each allocation of a settlement pays, in the order of the payments.
pub(crate) fn payees(year: &Year<'_>) -> Vec<(usize, PartyId)> {
    let mut payees: Vec<(usize, PartyId)> = Vec::new();
    for (place, allocation) in year.settlement.allocations.iter().enumerate() {
        let first = allocation.first.iter().map(|tranche| tranche.party);
        let shares = allocation.shares.iter().map(|share| share.party);
        let excess = match allocation.excess {
            Some(jcm_calculus::Excess::To(party)) => Some(party),
            _ => None,
        };
        for party in first.chain(shares).chain(excess) {
            if !payees.contains(&(place, party)) {
                payees.push((place, party));
            }
        }
    }
    payees
}

/// Settles a block of runs of one year.
pub fn settle_block(prepared: &PreparedYear<'_>, begins: Begins<'_>) -> Result<Block, Stopped> {
    let year = prepared.year;
    let count = |(varied, figures): (&crate::Varied, &crate::Figures)| {
        let of_a_run = year.figures_of_a_case(varied) * year.cases_of_a_run();
        figures.grains.len().checked_div(of_a_run).unwrap_or(0)
    };
    let runs = year.varied.iter().zip(begins.figures).next().map_or(0, count);
    if year.cases > 0 {
        return settle_cases(prepared, begins, runs);
    }
    let mut block = Block {
        payments: vec![Vec::new(); prepared.payees.len()],
        holds: vec![Vec::new(); year.watched.len()],
        payees: prepared.payees.clone(),
        ..Block::default()
    };
    let left = if begins.exactly { None } else { at_once(prepared, begins, runs, &mut block) };
    let left = left.unwrap_or_else(|| {
        block.left.carried = Balances::default();
        (0..runs).collect()
    });
    block.exactly = left.len();
    block.payments.iter_mut().for_each(|column| column.resize(runs, 0));
    block.holds.iter_mut().for_each(|column| column.resize(runs, false));
    let mut balances = Vec::new();
    for run in left {
        let settled = settle_exactly(year, &prepared.prepared, &Run::of(&begins, run, runs), &block.payees)?;
        if !year.settlement.carried.is_empty() {
            balances.push((run, settled.left.clone()));
        }
        put(&mut block, run, settled);
    }
    block.left.carried = std::mem::take(&mut block.left.carried).with(&balances, runs);
    block.left.reported = last_reported(year, begins);
    Ok(block)
}

/// What was reported last of each figure that may be missing; nothing where none is ever asked for.
pub(crate) fn last_reported(year: &Year<'_>, begins: Begins<'_>) -> Vec<Vec<Option<(i64, u32)>>> {
    if year.varied.iter().all(|varied| varied.changes.missing.is_zero()) {
        return Vec::new();
    }
    let of = |(place, (varied, figures)): (usize, (&crate::Varied, &crate::Figures))| {
        if varied.changes.missing.is_zero() || varied.per_row {
            Vec::new()
        } else {
            reported(figures, begins.before.reported.get(place))
        }
    };
    year.varied.iter().zip(begins.figures).enumerate().map(of).collect()
}

fn put(block: &mut Block, run: usize, settled: Settled) {
    for (column, amount) in block.payments.iter_mut().zip(settled.payments) {
        if let Some(place) = column.get_mut(run) {
            *place = amount;
        }
    }
    for (column, holds) in block.holds.iter_mut().zip(settled.holds) {
        if let Some(place) = column.get_mut(run) {
            *place = holds;
        }
    }
}

/// Settles what can be settled at once, and gives the runs that are left; `None` if that is all of them.
fn at_once(
    prepared: &PreparedYear<'_>,
    begins: Begins<'_>,
    runs: usize,
    block: &mut Block,
) -> Option<Vec<usize>> {
    let (year, splits) = (prepared.year, prepared.splits.as_ref()?);
    let Balances::Columns(carried) = &begins.before.carried else { return None };
    let mut columns = Runs::new(year, runs, carried);
    let mut left = vec![false; runs];
    for (varied, figures) in year.varied.iter().zip(begins.figures) {
        let Some(input) = varied.input else { continue };
        let numbers = Numbers::of_grains(&figures.grains, &varied.distribution.grain)?;
        *columns.inputs.get_mut(input.index())? = Some(Arc::new(numbers));
        let many = year.figures_of_a_case(varied);
        let doubted = figures.missing.iter().chain(figures.disputed.iter().map(|(place, _)| place));
        for place in doubted {
            *left.get_mut(place / many)? = true;
        }
    }
    columns.compute()?;
    for (to, step) in block.holds.iter_mut().zip(&year.watched) {
        match columns.steps.get(step.index())? {
            Column::Truths(truths) => *to = truths.truths(),
            Column::Numbers(_) => return None,
        }
    }
    let closing = |carried: &jcm_calculus::Carried| columns.numbers_of(carried.closing);
    block.left.carried = Balances::Columns(year.settlement.carried.iter().map(closing).collect());
    pay(year, splits, &columns, block, &mut left)?;
    if !left.contains(&true) {
        return Some(Vec::new());
    }
    Some(left.into_iter().enumerate().filter(|(_, left)| *left).map(|(run, _)| run).collect())
}

/// Splits every amount, and marks the runs that are left.
fn pay(
    year: &Year<'_>,
    splits: &[Split<'_>],
    columns: &Runs<'_>,
    block: &mut Block,
    left: &mut [bool],
) -> Option<()> {
    for ((place, allocation), split) in year.settlement.allocations.iter().enumerate().zip(splits) {
        let amounts =
            columns.numbers_of(allocation.amount)?.in_grains(split.grain(), allocation.rounding.mode)?;
        let (amounts, bound) = amounts.narrowed()?;
        let parts = split.parts(&amounts, bound, left)?;
        for (party, part) in split.parties().into_iter().zip(parts) {
            let column = block.payees.iter().position(|payee| *payee == (place, party))?;
            *block.payments.get_mut(column)? = part;
        }
    }
    Some(())
}
