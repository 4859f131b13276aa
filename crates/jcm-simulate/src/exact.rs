//! One run, settled by the exact evaluator: the definition of what a block must give.

use crate::begins::{Begins, Figures};
use crate::{Stopped, Varied, Year};
use jcm_calculus::{CarriedId, DisputedRule, InputId, PartyId, Value};
use jcm_eval::{Case, Outcome, Prepared};
use jcm_quantity::Exact;
use std::collections::BTreeMap;

/// One run of one year.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// The figures of the year, in grains: one, or one for each row; nothing where nobody reports it.
    pub figures: Vec<Vec<Option<i64>>>,
    /// Other figures that are held against them: of which figure, in which row, and what it is in grains.
    pub disputed: Vec<(usize, usize, i64)>,
    /// What the year before left.
    pub carried: BTreeMap<CarriedId, Value>,
    /// What was reported last of a figure, in grains, and how many years ago, by the place of the figure.
    pub reported: BTreeMap<usize, (i64, u32)>,
}

impl From<&[i64]> for Run {
    fn from(figures: &[i64]) -> Self {
        Run { figures: figures.iter().map(|figure| vec![Some(*figure)]).collect(), ..Run::default() }
    }
}

/// What one run of one year came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// What each payee gets, in grains.
    pub payments: Vec<i64>,
    /// Which watched steps hold.
    pub holds: Vec<bool>,
    /// What it leaves to the next year.
    pub left: BTreeMap<CarriedId, Value>,
}

impl Run {
    /// A run of a block.
    pub(crate) fn of(begins: &Begins<'_>, run: usize, runs: usize) -> Run {
        let figures = begins.figures.iter().map(|figures| {
            let many = figures.grains.len().checked_div(runs).unwrap_or(0);
            let places = run * many..(run + 1) * many;
            let shown = |place: usize| {
                let there = figures.missing.binary_search(&place).is_err();
                figures.grains.get(place).copied().filter(|_| there)
            };
            places.map(shown).collect()
        });
        let mut disputed = Vec::new();
        for (number, figures) in begins.figures.iter().enumerate() {
            let many = figures.grains.len().checked_div(runs).unwrap_or(0);
            let from = figures.disputed.partition_point(|(place, _)| *place < run * many);
            let own = figures.disputed.iter().skip(from).take_while(|(place, _)| *place < (run + 1) * many);
            disputed.extend(own.map(|(place, other)| (number, place - run * many, *other)));
        }
        let last = begins.before.reported.iter().enumerate();
        let reported = last.filter_map(|(figure, runs)| Some((figure, (*runs.get(run)?)?))).collect();
        Run { figures: figures.collect(), disputed, carried: begins.before.carried.of_run(run), reported }
    }

    /// The case of these figures.
    pub(crate) fn case(&self, year: &Year<'_>) -> Case {
        let value = |varied: &Varied, grains: i64| {
            Value::Number(Exact::from_int(grains) * &varied.distribution.grain)
        };
        let mut case = Case { period: year.period, carried: self.carried.clone(), ..Case::default() };
        case.rows = vec![BTreeMap::new(); year.rows];
        for (place, (varied, grains)) in year.varied.iter().zip(&self.figures).enumerate() {
            let Some(input) = varied.input else { continue };
            if varied.per_row {
                for (row, grains) in case.rows.iter_mut().zip(grains) {
                    row.extend(grains.map(|grains| (input, value(varied, grains))));
                }
            } else {
                case.inputs.extend(grains.first().copied().flatten().map(|one| (input, value(varied, one))));
                let last = self.reported.get(&place);
                case.last_reported.extend(last.map(|(one, age)| (input, (value(varied, *one), *age))));
            }
        }
        case
    }

    /// The same run with the other figures of some disputes, by their places.
    fn with(&self, taken: impl Fn(usize) -> bool) -> Run {
        let mut run = Run { disputed: Vec::new(), ..self.clone() };
        for (dispute, (figure, row, other)) in self.disputed.iter().enumerate() {
            let place = run.figures.get_mut(*figure).and_then(|rows| rows.get_mut(*row));
            if let Some(place) = place.filter(|_| taken(dispute)) {
                *place = Some(*other);
            }
        }
        run
    }
}

/// Settles one run; the payments in the order of `payees`.
///
/// Of figures in dispute that the contract does not decide, every combination is settled: a payee gets what it gets under
/// all of them, and nothing where the contract holds the payment.
pub fn settle_exactly(
    year: &Year<'_>,
    prepared: &Prepared<'_>,
    run: &Run,
    payees: &[(usize, PartyId)],
) -> Result<Settled, Stopped> {
    let settle = |run: &Run| {
        prepared.settle(&run.case(year)).map_err(|stop| Stopped::of(stop, year, &run_figures(run)))
    };
    of_outcome(year, run, payees, &settle(run)?, settle)
}

/// What a case came to, of its outcome with the figures as they are reported; `settle` settles it with others.
pub(crate) fn of_outcome(
    year: &Year<'_>,
    run: &Run,
    payees: &[(usize, PartyId)],
    outcome: &Outcome,
    settle: impl Fn(&Run) -> Result<Outcome, Stopped>,
) -> Result<Settled, Stopped> {
    let in_grains = |outcome: &Outcome| -> Result<Vec<i64>, Stopped> {
        let one = |(allocation, party): &(usize, PartyId)| {
            let grain = &year.settlement.allocations.get(*allocation)?.rounding.grain;
            let (grains, below) = outcome.receives(*allocation, *party)?.checked_div(grain)?.parts()?;
            if below == 1 { i64::try_from(grains).ok() } else { None }
        };
        let all: Option<Vec<i64>> = payees.iter().map(one).collect();
        all.ok_or_else(|| Stopped::too_large(year, &run_figures(run)))
    };
    let payments = in_grains(outcome)?;
    let payments = beyond_dispute(year, run, payees, payments, |run| in_grains(&settle(run)?))?;
    let holds = year.watched.iter();
    let holds = holds.map(|step| outcome.value(*step, None) == Some(&Value::Truth(true))).collect();
    Ok(Settled { payments, holds, left: outcome.left(year.settlement) })
}

/// The payments that are beyond dispute, of those that the figures as reported give.
fn beyond_dispute(
    year: &Year<'_>,
    run: &Run,
    payees: &[(usize, PartyId)],
    reported: Vec<i64>,
    settle: impl Fn(&Run) -> Result<Vec<i64>, Stopped>,
) -> Result<Vec<i64>, Stopped> {
    let open = open(year, run);
    let mut held = vec![false; reported.len()];
    let mut payments = reported.clone();
    for combination in 1..1_usize << open.len() {
        let is_in = |place: usize| combination >> place & 1 == 1;
        let taken = |dispute: usize| open.iter().position(|(of, _)| *of == dispute).is_some_and(is_in);
        let holds = open.iter().enumerate().all(|(place, (_, holds))| *holds || !is_in(place));
        let others = settle(&run.with(taken))?;
        let known = payments.iter_mut().zip(&mut held).zip(&reported);
        for (((payment, held), reported), other) in known.zip(others) {
            *held |= holds && other != *reported;
            *payment = nearer_to_nought(*payment, other);
        }
    }
    let is_held =
        |allocation: usize| payees.iter().zip(&held).any(|((of, _), held)| *of == allocation && *held);
    for (payment, (allocation, _)) in payments.iter_mut().zip(payees) {
        if is_held(*allocation) {
            *payment = 0;
        }
    }
    Ok(payments)
}

pub(crate) fn run_figures(run: &Run) -> Vec<Option<i64>> {
    run.figures.iter().map(|rows| rows.first().copied().flatten()).collect()
}

/// The disputes that leave money open, by their places, and whether they hold it; six at most, as many as are settled.
fn open(year: &Year<'_>, run: &Run) -> Vec<(usize, bool)> {
    let rule = |figure: usize| {
        let input: InputId = year.varied.get(figure)?.input?;
        year.settlement.inputs.get(input.index())?.doubt.disputed
    };
    let of = |(place, (figure, ..)): (usize, &(usize, usize, i64))| match rule(*figure)? {
        DisputedRule::Undisputed => Some((place, false)),
        DisputedRule::Hold => Some((place, true)),
        DisputedRule::AsCollected | DisputedRule::AsVerified => None,
    };
    run.disputed.iter().enumerate().filter_map(of).take(6).collect()
}

fn nearer_to_nought(one: i64, other: i64) -> i64 {
    let (low, high) = (one.min(other), one.max(other));
    if low > 0 {
        low
    } else if high < 0 {
        high
    } else {
        0
    }
}

/// What is reported last after this year: the figure of each run, or an older one where nobody reports it.
pub(crate) fn reported(
    figures: &Figures,
    before: Option<&Vec<Option<(i64, u32)>>>,
) -> Vec<Option<(i64, u32)>> {
    let older = |run: usize| before.and_then(|runs| *runs.get(run)?).map(|(figure, age)| (figure, age + 1));
    let of = |(run, grains): (usize, &i64)| match figures.missing.binary_search(&run) {
        Ok(_) => older(run),
        Err(_) => Some((*grains, 1)),
    };
    figures.grains.iter().enumerate().map(of).collect()
}
