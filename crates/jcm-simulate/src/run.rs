//! All runs of a plan, on several threads.

use crate::block::payees;
use crate::real::{Draws, Noted, Sums};
use crate::{Begins, Left, Plan, PreparedYear, Unfit, Year, happenings, settle_block};
use jcm_calculus::PartyId;
use jcm_eval::Stop;
use jcm_quantity::Exact;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many cases are settled at once: a run, or the cases of some.
const BLOCK: usize = 1024;

/// What every run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Whom each column of money is paid to, by allocation.
    pub payees: Vec<(usize, PartyId)>,
    /// By year, then by payee: what is paid in each run, in grains.
    pub payments: Vec<Vec<Vec<i64>>>,
    /// By year, then by figure: in which part of its distribution each run's figure lies; [`crate::driver`] reads it. After
    /// the figures, the same of what [`crate::happenings`] gives.
    pub parts: Vec<Vec<Vec<u8>>>,
    /// By year, then by figure: the middle figure of each part of its distribution, in grains; the mean one where a
    /// figure is not the one that was drawn, and of figures of rows.
    pub middles: Vec<Vec<Vec<i64>>>,
    /// Of the one case that each run tells of; empty where a run is one case.
    pub of_one: OfOne,
    /// By year, then by watched step: in how many cases of runs it holds.
    pub holds: Vec<Vec<u64>>,
    /// How many years of runs the exact evaluator settled.
    pub exactly: usize,
}

/// What one case of every run came to: of each run another one, in turn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfOne {
    /// As [`Sample::payments`].
    pub payments: Vec<Vec<Vec<i64>>>,
    /// As [`Sample::parts`].
    pub parts: Vec<Vec<Vec<u8>>>,
    /// As [`Sample::middles`].
    pub middles: Vec<Vec<Vec<i64>>>,
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
        /// Each figure drawn, by name; nothing where nobody reports it.
        figures: Vec<(String, Option<Exact>)>,
    },
    /// A payment is larger than can be kept.
    TooLarge {
        /// The period, in words.
        period: String,
        /// Each figure drawn, by name; nothing where nobody reports it.
        figures: Vec<(String, Option<Exact>)>,
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
    pub(crate) fn of(stop: Stop, year: &Year<'_>, figures: &[Option<i64>]) -> Stopped {
        Stopped::Case { stop: Box::new(stop), period: period(year), figures: named(year, figures) }
    }

    pub(crate) fn too_large(year: &Year<'_>, figures: &[Option<i64>]) -> Stopped {
        Stopped::TooLarge { period: period(year), figures: named(year, figures) }
    }
}

fn period(year: &Year<'_>) -> String {
    year.settlement.periods.get(year.period).map_or_else(String::new, |period| period.label.clone())
}

fn named(year: &Year<'_>, figures: &[Option<i64>]) -> Vec<(String, Option<Exact>)> {
    let named = year.varied.iter().zip(figures);
    named
        .map(|(varied, grains)| {
            let figure = grains.map(|grains| Exact::from_int(grains) * &varied.distribution.grain);
            (varied.name.clone(), figure)
        })
        .collect()
}

/// A block that is done: its place, and for each year what it came to.
type Done = (usize, Vec<DoneYear>);

/// What a year of a block came to, and what is noted of its figures: over all cases of a run, and of one.
type DoneYear = (crate::Block, Noted, Noted);

/// Draws and settles every run. Of runs that stop, the first is told.
pub fn simulate(plan: &Plan<'_>) -> Result<Sample, Stopped> {
    let draws = Draws::of(plan).map_err(|(year, figure, unfit)| Stopped::Unfit { year, figure, unfit })?;
    let runs = usize::try_from(plan.runs).unwrap_or(usize::MAX);
    let cases = plan.years.first().map_or(1, Year::cases_of_a_run);
    let at_once = (BLOCK / cases).max(1);
    let blocks = runs.div_ceil(at_once);
    let prepared: Vec<PreparedYear<'_>> = plan.years.iter().map(PreparedYear::new).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done: Vec<Done> = Vec::new();
        loop {
            let block = next.fetch_add(1, Ordering::Relaxed);
            if block >= blocks {
                return Ok(done);
            }
            let first = block * at_once;
            let size = at_once.min(runs - first);
            let mut years: Vec<DoneYear> = Vec::with_capacity(plan.years.len());
            let mut before = Left::default();
            for (place, prepared) in prepared.iter().enumerate() {
                let drawn = draws.block(place, first, size);
                let (figures, exactly) = (&drawn.figures, plan.exactly);
                let begins = Begins { figures, before: &before, first, exactly };
                let mut settled = settle_block(prepared, begins).map_err(|stopped| (block, stopped))?;
                before = std::mem::take(&mut settled.left);
                years.push((settled, drawn.noted, drawn.of_one));
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
    let middles: Vec<Vec<Vec<i64>>> = (0..plan.years.len()).map(|year| draws.middles(year)).collect();
    let (mut all, mut one) = (OfOne::of(plan, &payees, &middles), OfOne::of(plan, &payees, &middles));
    let mut holds: Vec<Vec<u64>> = plan.years.iter().map(|year| vec![0; year.watched.len()]).collect();
    let (mut sums, mut sums_of_one) =
        (vec![Vec::new(); plan.years.len()], vec![Vec::new(); plan.years.len()]);
    let mut exactly = 0;
    for (_, years) in done {
        for (place, (year, noted, of_one)) in years.into_iter().enumerate() {
            exactly += year.exactly;
            all.grow(place, year.payments, noted, &mut sums);
            one.grow(place, year.of_one, of_one, &mut sums_of_one);
            for (count, column) in holds.get_mut(place).into_iter().flatten().zip(year.holds) {
                *count += column.into_iter().map(u64::from).sum::<u64>();
            }
        }
    }
    all.mean(sums);
    one.mean(sums_of_one);
    let is_one = plan.years.iter().all(|year| year.cases == 0);
    let OfOne { payments, parts, middles } = all;
    let of_one = if is_one { OfOne::default() } else { one };
    Sample { payments, parts, middles, of_one, holds, payees, exactly }
}

impl OfOne {
    /// Of no run yet.
    fn of(plan: &Plan<'_>, payees: &[(usize, PartyId)], middles: &[Vec<Vec<i64>>]) -> OfOne {
        let drawn = |year: &Year<'_>| year.varied.len() + happenings(&year.varied).len();
        OfOne {
            payments: plan.years.iter().map(|_| vec![Vec::new(); payees.len()]).collect(),
            parts: plan.years.iter().map(|year| vec![Vec::new(); drawn(year)]).collect(),
            middles: middles.to_vec(),
        }
    }

    /// Takes up a year of a block.
    fn grow(&mut self, place: usize, payments: Vec<Vec<i64>>, noted: Noted, sums: &mut [Vec<Sums>]) {
        if let Some(sums) = sums.get_mut(place) {
            add(sums, noted.sums);
        }
        for (to, column) in self.parts.get_mut(place).into_iter().flatten().zip(noted.parts) {
            to.extend(column);
        }
        for (to, column) in self.payments.get_mut(place).into_iter().flatten().zip(payments) {
            to.extend(column);
        }
    }

    /// Takes the mean figure of each part for its middle one, where the parts were summed up.
    fn mean(&mut self, sums: Vec<Vec<Sums>>) {
        for (middles, sums) in self.middles.iter_mut().zip(sums) {
            for (middles, sums) in middles.iter_mut().zip(sums) {
                for (middle, (sum, count)) in middles.iter_mut().zip(sums) {
                    *middle = i64::try_from(sum / count.max(1)).unwrap_or(*middle);
                }
            }
        }
    }
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
