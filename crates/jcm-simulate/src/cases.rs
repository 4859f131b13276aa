//! Runs of several cases that are settled together: what a contract compares with each other, ranks or shares out.
//!
//! The exact evaluator settles every run, all of its cases at once; the columns are not used, because a figure over all
//! cases makes each depend on every other.

use crate::begins::{Balances, Begins};
use crate::block::{Block, PreparedYear, last_reported};
use crate::exact::{Run, Settled, of_outcome};
use crate::{Stopped, Year};
use jcm_eval::{Case, Outcome, Prepared, Stop};

/// Settles a block of such runs, the first of which tells of the case at this place.
pub(crate) fn settle_cases(
    ready: &PreparedYear<'_>,
    begins: Begins<'_>,
    runs: usize,
) -> Result<Block, Stopped> {
    let (year, prepared, payees) = (ready.year, &ready.prepared, ready.payees.clone());
    let cases = year.cases_of_a_run();
    let mut block = Block {
        payments: payees.iter().map(|_| Vec::with_capacity(runs)).collect(),
        of_one: payees.iter().map(|_| Vec::with_capacity(runs)).collect(),
        holds: year.watched.iter().map(|_| Vec::with_capacity(runs * cases)).collect(),
        payees,
        exactly: runs,
        ..Block::default()
    };
    let mut balances = Vec::new();
    for run in 0..runs {
        let drawn: Vec<Run> =
            (0..cases).map(|case| Run::of(&begins, run * cases + case, runs * cases)).collect();
        let settled = settle_together(year, prepared, &drawn, &block.payees)?;
        for (column, payments) in (0..).zip(&mut block.payments) {
            payments.push(sum(&settled, column).ok_or_else(|| too_large(year, &drawn))?);
        }
        let told = settled.get((begins.first + run) % cases).map(|one| one.payments.as_slice());
        for (column, amount) in block.of_one.iter_mut().zip(told.unwrap_or_default()) {
            column.push(*amount);
        }
        for (case, settled) in settled.into_iter().enumerate() {
            for (column, holds) in block.holds.iter_mut().zip(settled.holds) {
                column.push(holds);
            }
            if !year.settlement.carried.is_empty() {
                balances.push((run * cases + case, settled.left));
            }
        }
    }
    block.left.carried = Balances::default().with(&balances, runs * cases);
    block.left.reported = last_reported(year, begins);
    Ok(block)
}

/// The cases of one run, in their order. What is beyond dispute is settled case by case, the others as they report.
fn settle_together(
    year: &Year<'_>,
    prepared: &Prepared<'_>,
    drawn: &[Run],
    payees: &[(usize, jcm_calculus::PartyId)],
) -> Result<Vec<Settled>, Stopped> {
    let all = |runs: &[&Run]| -> Result<Vec<Outcome>, Stopped> {
        let cases: Vec<Case> = runs.iter().map(|run| run.case(year)).collect();
        prepared.settle_all(&cases).map_err(|stops| {
            let none = (0, Stop::NoPeriod { period: year.period });
            let (place, stop) = stops.into_iter().next().unwrap_or(none);
            let figures = runs.get(place).map_or_else(Vec::new, |run| crate::exact::run_figures(run));
            Stopped::of(stop, year, &figures)
        })
    };
    let reported: Vec<&Run> = drawn.iter().collect();
    let outcomes = all(&reported)?;
    let mut settled = Vec::with_capacity(drawn.len());
    for (place, (run, outcome)) in drawn.iter().zip(&outcomes).enumerate() {
        settled.push(of_outcome(year, run, payees, outcome, |other| {
            let mut with: Vec<&Run> = reported.clone();
            if let Some(one) = with.get_mut(place) {
                *one = other;
            }
            all(&with)?.into_iter().nth(place).ok_or_else(|| too_large(year, drawn))
        })?);
    }
    Ok(settled)
}

fn sum(settled: &[Settled], column: usize) -> Option<i64> {
    settled.iter().try_fold(0_i64, |sum, case| sum.checked_add(*case.payments.get(column)?))
}

fn too_large(year: &Year<'_>, drawn: &[Run]) -> Stopped {
    Stopped::too_large(year, &drawn.first().map_or_else(Vec::new, crate::exact::run_figures))
}
