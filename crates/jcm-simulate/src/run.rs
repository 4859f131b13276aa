//! All runs of a plan, on several threads.

use crate::block::payees;
use crate::real::{Draws, Sums};
use crate::{Begins, Left, Plan, PreparedYear, Unfit, Year, settle_block};
use jcm_calculus::PartyId;
use jcm_eval::Stop;
use jcm_quantity::Exact;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many runs are settled at once.
const BLOCK: usize = 1024;

/// What every run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Whom each column of money is paid to, by allocation.
    pub payees: Vec<(usize, PartyId)>,
    /// By year, then by payee: what is paid in each run, in grains.
    pub payments: Vec<Vec<Vec<i64>>>,
    /// By year, then by figure: in which part of its distribution each run's figure lies; [`crate::driver`] reads it.
    pub parts: Vec<Vec<Vec<u8>>>,
    /// By year, then by figure: the middle figure of each part of its distribution, in grains; the mean one where a
    /// figure is not the one that was drawn, and of figures of rows.
    pub middles: Vec<Vec<Vec<i64>>>,
    /// By year, then by watched step: in how many runs it holds.
    pub holds: Vec<Vec<u64>>,
    /// How many years of runs the exact evaluator settled.
    pub exactly: usize,
}

/// Why a simulation stops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped {
    /// Some drawn figures cannot be settled.
    Case {
        /// Why.
        stop: Box<Stop>,
        /// The period, in words.
        period: String,
        /// Each figure drawn, by name.
        figures: Vec<(String, Exact)>,
    },
    /// A payment is larger than can be kept.
    TooLarge {
        /// The period, in words.
        period: String,
        /// Each figure drawn, by name.
        figures: Vec<(String, Exact)>,
    },
    /// A figure cannot be drawn.
    Unfit {
        /// The year, by its place.
        year: usize,
        /// The figure, by its place.
        figure: usize,
        /// Why.
        unfit: Unfit,
    },
}

impl Stopped {
    pub(crate) fn of(stop: Stop, year: &Year<'_>, figures: &[i64]) -> Stopped {
        Stopped::Case { stop: Box::new(stop), period: period(year), figures: named(year, figures) }
    }

    pub(crate) fn too_large(year: &Year<'_>, figures: &[i64]) -> Stopped {
        Stopped::TooLarge { period: period(year), figures: named(year, figures) }
    }
}

fn period(year: &Year<'_>) -> String {
    year.settlement.periods.get(year.period).map_or_else(String::new, |period| period.label.clone())
}

fn named(year: &Year<'_>, figures: &[i64]) -> Vec<(String, Exact)> {
    let named = year.varied.iter().zip(figures);
    named
        .map(|(varied, grains)| (varied.name.clone(), Exact::from_int(*grains) * &varied.distribution.grain))
        .collect()
}

/// A block that is done: its place, and for each year what it came to.
type Done = (usize, Vec<DoneYear>);

/// What a year of a block came to, in which part of its distribution each figure lies, and the sums of each part.
type DoneYear = (crate::Block, Vec<Vec<u8>>, Vec<Sums>);

/// Draws and settles every run. Of runs that stop, the first is told.
pub fn simulate(plan: &Plan<'_>) -> Result<Sample, Stopped> {
    let draws = Draws::of(plan).map_err(|(year, figure, unfit)| Stopped::Unfit { year, figure, unfit })?;
    let runs = usize::try_from(plan.runs).unwrap_or(usize::MAX);
    let blocks = runs.div_ceil(BLOCK);
    let prepared: Vec<PreparedYear<'_>> = plan.years.iter().map(PreparedYear::new).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done: Vec<Done> = Vec::new();
        loop {
            let block = next.fetch_add(1, Ordering::Relaxed);
            if block >= blocks {
                return Ok(done);
            }
            let first = block * BLOCK;
            let size = BLOCK.min(runs - first);
            let mut years: Vec<DoneYear> = Vec::with_capacity(plan.years.len());
            let mut before = Left::default();
            for (place, prepared) in prepared.iter().enumerate() {
                let drawn = draws.block(place, first, size);
                let begins = Begins { figures: &drawn.figures, before: &before, exactly: plan.exactly };
                let mut settled = settle_block(prepared, begins).map_err(|stopped| (block, stopped))?;
                before = std::mem::take(&mut settled.left);
                years.push((settled, drawn.parts, drawn.sums));
            }
            done.push((block, years));
        }
    };
    let results: Vec<Result<Vec<Done>, (usize, Stopped)>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..plan.threads.max(1)).map(|_| scope.spawn(work)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    });
    let mut done = Vec::with_capacity(blocks);
    let mut stops = Vec::new();
    for result in results {
        match result {
            Ok(blocks) => done.extend(blocks),
            Err(stop) => stops.push(stop),
        }
    }
    match stops.into_iter().min_by_key(|(block, _)| *block) {
        Some((_, stopped)) => Err(stopped),
        None => Ok(together(plan, &draws, done)),
    }
}

/// The blocks in their order.
fn together(plan: &Plan<'_>, draws: &Draws, mut done: Vec<Done>) -> Sample {
    done.sort_by_key(|(place, _)| *place);
    let payees = plan.years.first().map_or_else(Vec::new, payees);
    let mut sample = Sample {
        payments: plan.years.iter().map(|_| payees.iter().map(|_| Vec::new()).collect()).collect(),
        parts: plan.years.iter().map(|year| year.varied.iter().map(|_| Vec::new()).collect()).collect(),
        middles: (0..plan.years.len()).map(|year| draws.middles(year)).collect(),
        holds: plan.years.iter().map(|year| vec![0; year.watched.len()]).collect(),
        payees,
        exactly: 0,
    };
    let mut sums: Vec<Vec<Sums>> = vec![Vec::new(); plan.years.len()];
    for (_, years) in done {
        for (place, (year, drawn, of_parts)) in years.into_iter().enumerate() {
            if let Some(sums) = sums.get_mut(place) {
                add(sums, of_parts);
            }
            sample.exactly += year.exactly;
            let parts = sample.parts.get_mut(place);
            for (to, column) in parts.into_iter().flatten().zip(drawn) {
                to.extend(column);
            }
            let (payments, holds) = (sample.payments.get_mut(place), sample.holds.get_mut(place));
            for (to, column) in payments.into_iter().flatten().zip(year.payments) {
                to.extend(column);
            }
            for (count, column) in holds.into_iter().flatten().zip(year.holds) {
                *count += column.into_iter().map(u64::from).sum::<u64>();
            }
        }
    }
    for (middles, sums) in sample.middles.iter_mut().zip(sums) {
        for (middles, sums) in middles.iter_mut().zip(sums) {
            for (middle, (sum, count)) in middles.iter_mut().zip(sums) {
                *middle = i64::try_from(sum / count.max(1)).unwrap_or(*middle);
            }
        }
    }
    sample
}

/// Adds the sums of a block to those of the others.
fn add(all: &mut Vec<Sums>, of_block: Vec<Sums>) {
    if all.is_empty() {
        *all = of_block;
        return;
    }
    for ((sum, count), (more, others)) in all.iter_mut().flatten().zip(of_block.into_iter().flatten()) {
        *sum += more;
        *count += others;
    }
}
