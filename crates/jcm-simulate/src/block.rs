//! A block of runs of one year, settled at once where that can be done, and run by run where not.

use crate::columns::Numbers;
use crate::exact::{Settled, settle_exactly};
use crate::expressions::{Column, Runs};
use crate::money::Split;
use crate::{Stopped, Year};
use jcm_calculus::PartyId;
use jcm_eval::Prepared;
use jcm_quantity::Exact;
use std::rc::Rc;

/// What a block of runs came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Whom each column of money is paid to, by allocation; in the order of allocations and payees.
    pub payees: Vec<(usize, PartyId)>,
    /// The payments, in grains of their allocation: a column for each payee.
    pub payments: Vec<Vec<i64>>,
    /// Which watched steps hold: a column for each.
    pub holds: Vec<Vec<bool>>,
    /// How many runs the exact evaluator settled.
    pub exactly: usize,
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

/// Settles a block: `drawn` has a column of grains for each figure of the year.
pub fn settle_block(year: &Year<'_>, prepared: &Prepared<'_>, drawn: &[Vec<i64>]) -> Result<Block, Stopped> {
    let runs = drawn.first().map_or(0, Vec::len);
    let payees = payees(year);
    let mut block = Block {
        payments: payees.iter().map(|_| vec![0; runs]).collect(),
        holds: year.watched.iter().map(|_| vec![false; runs]).collect(),
        payees,
        exactly: 0,
    };
    let left = at_once(year, drawn, runs, &mut block).unwrap_or_else(|| (0..runs).collect());
    block.exactly = left.len();
    for run in left {
        let figures: Vec<i64> = drawn.iter().map(|column| column.get(run).copied().unwrap_or(0)).collect();
        let settled = settle_exactly(year, prepared, &figures, &block.payees)?;
        put(&mut block, run, settled);
    }
    Ok(block)
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
fn at_once(year: &Year<'_>, drawn: &[Vec<i64>], runs: usize, block: &mut Block) -> Option<Vec<usize>> {
    let mut columns = Runs {
        settlement: year.settlement,
        period: year.period,
        runs,
        inputs: vec![None; year.settlement.inputs.len()],
        steps: Vec::with_capacity(year.settlement.steps.len()),
    };
    for (varied, drawn) in year.varied.iter().zip(drawn) {
        let Some(input) = varied.input else { continue };
        *columns.inputs.get_mut(input.index())? = Some(Rc::new(in_base(drawn, &varied.distribution.grain)?));
    }
    columns.compute()?;
    for (to, step) in block.holds.iter_mut().zip(&year.watched) {
        match columns.steps.get(step.index())? {
            Column::Truths(truths) => to.clone_from(truths),
            Column::Numbers(_) => return None,
        }
    }
    let mut left = vec![false; runs];
    let mut parts = Vec::new();
    for (place, allocation) in year.settlement.allocations.iter().enumerate() {
        let split = Split::of(allocation)?;
        let amounts =
            columns.numbers_of(allocation.amount)?.in_grains(split.grain(), allocation.rounding.mode)?;
        let columns: Vec<usize> = split
            .parties()
            .into_iter()
            .map(|party| block.payees.iter().position(|payee| *payee == (place, party)))
            .collect::<Option<_>>()?;
        for (run, amount) in amounts.into_iter().enumerate() {
            if split.parts(amount, &mut parts).is_none() {
                *left.get_mut(run)? = true;
                continue;
            }
            for (column, part) in columns.iter().zip(&parts) {
                *block.payments.get_mut(*column)?.get_mut(run)? = i64::try_from(*part).ok()?;
            }
        }
    }
    Some(left.into_iter().enumerate().filter(|(_, left)| *left).map(|(run, _)| run).collect())
}

fn in_base(drawn: &[i64], grain: &Exact) -> Option<Numbers> {
    let (above, below) = grain.parts()?;
    let numbers = drawn.iter().map(|grains| i128::from(*grains).checked_mul(above)).collect::<Option<_>>()?;
    Some(Numbers { below, above: numbers })
}
