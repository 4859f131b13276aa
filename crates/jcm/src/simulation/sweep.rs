//! Knobs turned: the same draws for each of their values, and the values at which stated goals hold.
//!
//! Every value has the same draws, so that what differs is the knobs and not chance. The best value is that with the most
//! room to the goal that is nearest to failing: an optimiser looks for it from the best of the values that were asked for.
//! Of one knob, where a goal begins or ceases to hold between two values, the place is found by halving: a chance is the
//! same over many steps of a knob and jumps between them, which halving takes as it is.

use super::overview::{Total, totals};
use super::result::{Range, Simulated};
use super::{NotSimulated, Simulating, simulate};
use jcm_model::{Constant, ParameterId, ParameterRow, Program, Simulation};
use jcm_quantity::{Exact, RoundingMode, Unit};
use jcm_simulate::{Choice, greatest};
use jcm_source::Sources;
use std::collections::BTreeMap;

/// What is asked of knobs.
#[derive(Debug, Clone)]
pub struct Sweeping {
    /// The knobs, one at least.
    pub knobs: Vec<Turning>,
    /// What is to hold.
    pub goals: Vec<Goal>,
}

/// What is asked of a knob.
#[derive(Debug, Clone)]
pub struct Turning {
    /// The knob.
    pub knob: ParameterId,
    /// Its values, rising.
    pub values: Vec<Exact>,
    /// The smallest step between two values.
    pub grain: Exact,
}

/// Something that is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// As it was written.
    pub text: String,
    /// Of what.
    pub of: GoalOf,
    /// Whether it must be under the limit; over it otherwise.
    pub under: bool,
    /// The limit.
    pub limit: Exact,
}

/// Of what a goal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoalOf {
    /// The chance of loss of a partner, by name, in every place; of each partner without one.
    Loss(Option<String>),
    /// The expected gain of a partner, in all places together.
    Gain(String),
    /// What the payers are expected to pay, in all places together.
    Cost,
}

/// What came of a sweep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swept {
    /// The contract and the simulation.
    pub title: String,
    /// The titles of the knobs, and their units.
    pub knobs: Vec<(String, Unit)>,
    /// How many runs, and what the draws began with.
    pub draws: (u32, u64),
    /// The goals.
    pub goals: Vec<Goal>,
    /// For each value, rising: what came out.
    pub rows: Vec<SweptValue>,
    /// Of one knob, between which values every goal holds; the ends hold.
    pub holds: Vec<(Exact, Exact)>,
    /// The values with the most room to the nearest goal, if there are goals.
    pub best: Option<Vec<Exact>>,
    pub(super) money: Simulated,
}

/// What one value of each knob comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SweptValue {
    /// The value of each knob.
    pub at: Vec<Exact>,
    /// Whether people are told of it: the others were only looked at to find the ends and the best.
    pub told: bool,
    /// For each partner, and last for everybody who pays: the title, what it comes to in all places together, and the
    /// greatest chance of loss in a place, of those who do not only pay.
    pub parties: Vec<(String, Range, Option<Exact>)>,
    /// For each goal, what came out of that which has the limit.
    pub found: Vec<Exact>,
    /// For each goal, how much room there is to its limit, as a share of the limit; it holds above nothing.
    pub room: Vec<Exact>,
}

impl SweptValue {
    /// Whether every goal holds.
    pub fn holds(&self) -> bool {
        self.room.iter().all(Exact::is_positive)
    }

    /// The room to the goal that is nearest to failing.
    pub(super) fn least(&self) -> Exact {
        self.room.iter().min().cloned().unwrap_or_default()
    }
}

/// So many more values of each knob it usually takes to find where goals hold and what is best: no more than a guess, for
/// the time that is left.
const MORE_SOUGHT: usize = 30;
/// Of several knobs, so many of the best values that were asked for are told.
const MOST_TOLD: usize = 10;

/// Turns the knobs, and finds where the goals hold.
pub fn sweep(
    program: &Program,
    sources: &Sources,
    simulation: &Simulation,
    asked: &Simulating<'_>,
    sweeping: &Sweeping,
) -> Result<Swept, NotSimulated> {
    // What is told of one value is not told of the others.
    let quiet = Simulating { told: None, against: &[], ..*asked };
    let grid = grid(&sweeping.knobs);
    let sought = if sweeping.goals.is_empty() { 0 } else { MORE_SOUGHT * sweeping.knobs.len() };
    let mut search = Search {
        program,
        sources,
        simulation,
        asked: quiet,
        sweeping,
        rows: BTreeMap::new(),
        money: None,
        told: asked.told,
        likely: grid.len() + sought,
    };
    for at in &grid {
        search.at(at)?;
    }
    let (mut best, mut holds) = (None, Vec::new());
    if !sweeping.goals.is_empty() {
        best = search.best(&grid)?;
        if let [knob] = sweeping.knobs.as_slice() {
            holds = search.intervals(&knob.grain)?;
        }
    }
    search.tell(&grid, best.as_deref(), &holds)?;
    let money =
        search.money.unwrap_or_else(|| Simulated::new(program, simulation, simulation.runs, simulation.seed));
    Ok(Swept {
        title: format!("{}: {}", money.contract, money.title),
        knobs: sweeping.knobs.iter().map(|knob| words(program, knob.knob)).collect(),
        draws: (money.runs, money.seed),
        goals: sweeping.goals.clone(),
        rows: search.rows.into_values().collect(),
        holds,
        best,
        money,
    })
}

/// The title of a knob, and its unit.
fn words(program: &Program, knob: ParameterId) -> (String, Unit) {
    let knob = program.parameters.get(knob.index());
    let unit = knob.and_then(|knob| knob.columns.first()?.1.unit().cloned()).unwrap_or_else(Unit::none);
    (knob.map_or_else(String::new, |knob| knob.head.title.clone()), unit)
}

/// Every value of one knob; of several, as many of each as can be looked at together.
fn grid(knobs: &[Turning]) -> Vec<Vec<Exact>> {
    let most = match knobs.len() {
        0 | 1 => usize::MAX,
        2 => 11,
        3 => 5,
        _ => 3,
    };
    let mut grid = vec![Vec::new()];
    for knob in knobs {
        let values = thinned(&knob.values, most);
        let longer = |at: &Vec<Exact>| {
            let with = |value: &&Exact| [at.as_slice(), &[(*value).clone()]].concat();
            values.iter().map(with).collect::<Vec<_>>()
        };
        grid = grid.iter().flat_map(longer).collect();
    }
    grid
}

/// At most so many of some values, evenly among them, the ends included.
fn thinned(values: &[Exact], most: usize) -> Vec<&Exact> {
    if values.len() <= most {
        return values.iter().collect();
    }
    let last = values.len() - 1;
    (0..most).filter_map(|place| values.get(place * last / (most - 1))).collect()
}

struct Search<'a> {
    program: &'a Program,
    sources: &'a Sources,
    simulation: &'a Simulation,
    asked: Simulating<'a>,
    sweeping: &'a Sweeping,
    rows: BTreeMap<Vec<Exact>, SweptValue>,
    money: Option<Simulated>,
    /// Called with how many values were worked out in how many places, and how many it is likely to take.
    told: Option<&'a dyn Fn(usize, usize)>,
    likely: usize,
}

impl Search<'_> {
    /// What some values come to, worked out once.
    fn at(&mut self, at: &[Exact]) -> Result<&SweptValue, NotSimulated> {
        let row = match self.rows.remove(at) {
            Some(row) => row,
            None => self.simulated(at)?,
        };
        Ok(self.rows.entry(at.to_vec()).or_insert(row))
    }

    fn simulated(&mut self, at: &[Exact]) -> Result<SweptValue, NotSimulated> {
        let turned = turned(self.program, &self.sweeping.knobs, at);
        let before = self.rows.len();
        let likely = self.likely.max(before + 1);
        // Each place of each value is a step, so that one knob turned in thousands of places is seen to move.
        let told = |done: usize, places: usize| {
            if let Some(told) = self.told {
                told(before * places + done, likely * places);
            }
        };
        let asked = Simulating { told: Some(&told), ..self.asked };
        let simulated = simulate(&turned, self.sources, self.simulation, &asked)?;
        let totals = totals(&simulated);
        let goals = &self.sweeping.goals;
        let found: Vec<Exact> = goals.iter().map(|goal| found(goal, &totals)).collect();
        let room = goals.iter().zip(&found).map(|(goal, found)| room(goal, found)).collect();
        let party = |one: &Total<'_>| {
            let loss = one.may_lose.then(|| one.most_likely_loss.clone());
            (one.title.to_owned(), one.whole.clone(), loss)
        };
        let parties = totals.iter().map(party).collect();
        drop(totals);
        self.money = Some(Simulated { places: Vec::new(), ..simulated });
        Ok(SweptValue { at: at.to_vec(), told: false, parties, found, room })
    }

    /// The values with the most room: from the best that were asked for, as far as an optimiser gets.
    fn best(&mut self, grid: &[Vec<Exact>]) -> Result<Option<Vec<Exact>>, NotSimulated> {
        let Some(start) = most_room(self.rows.values()) else { return Ok(None) };
        let choices = |(knob, start): (&Turning, &Exact)| {
            let (from, to) = (knob.values.first()?.clone(), knob.values.last()?.clone());
            let step = step(knob, grid.len() > knob.values.len());
            Some(Choice { from, to, grain: knob.grain.clone(), start: start.clone(), step })
        };
        let choices: Option<Vec<Choice>> = self.sweeping.knobs.iter().zip(&start).map(choices).collect();
        let Some(choices) = choices else { return Ok(None) };
        greatest(&choices, &mut |at| Ok(self.at(at)?.least()))?;
        Ok(most_room(self.rows.values()))
    }

    /// Between which values of the only knob every goal holds: the ends found by halving.
    fn intervals(&mut self, grain: &Exact) -> Result<Vec<(Exact, Exact)>, NotSimulated> {
        let mut values: Vec<Exact> = self.rows.keys().filter_map(|at| at.first().cloned()).collect();
        let mut place = 1;
        while let (Some(before), Some(here)) = (values.get(place - 1).cloned(), values.get(place).cloned()) {
            let is_end = self.at(std::slice::from_ref(&before))?.holds()
                != self.at(std::slice::from_ref(&here))?.holds();
            match middle(&before, &here, grain).filter(|_| is_end) {
                Some(value) => {
                    self.at(std::slice::from_ref(&value))?;
                    values.insert(place, value);
                }
                None => place += 1,
            }
        }
        let mut found: Vec<(Exact, Exact)> = Vec::new();
        let mut open = false;
        for (value, row) in values.into_iter().zip(self.rows.values()) {
            match found.last_mut().filter(|_| open) {
                Some(interval) if row.holds() => interval.1 = value,
                _ if row.holds() => found.push((value.clone(), value)),
                _ => {}
            }
            open = row.holds();
        }
        Ok(found)
    }

    /// Marks what people are told of: the values that were asked for, the best with what is beside it, and the ends.
    fn tell(
        &mut self,
        grid: &[Vec<Exact>],
        best: Option<&[Exact]>,
        holds: &[(Exact, Exact)],
    ) -> Result<(), NotSimulated> {
        let one = self.sweeping.knobs.len() == 1;
        let mut told: Vec<Vec<Exact>> = grid.to_vec();
        if !one {
            let room = |at: &Vec<Exact>| self.rows.get(at).map(SweptValue::least);
            told.sort_by_key(|at| std::cmp::Reverse(room(at)));
            told.truncate(MOST_TOLD);
        }
        told.extend(holds.iter().flat_map(|(from, to)| [vec![from.clone()], vec![to.clone()]]));
        for (place, knob) in self.sweeping.knobs.iter().enumerate() {
            let Some(best) = best else { break };
            told.push(best.to_vec());
            let wide = if one { knob.grain.clone() } else { step(knob, true) };
            for wide in [-&wide, wide] {
                let mut beside = best.to_vec();
                let (Some(here), Some(from), Some(to)) =
                    (beside.get_mut(place), knob.values.first(), knob.values.last())
                else {
                    continue;
                };
                *here = (&*here + &wide).max(from.clone()).min(to.clone());
                told.push(beside);
            }
        }
        for at in told {
            self.at(&at)?;
            if let Some(row) = self.rows.get_mut(&at) {
                row.told = true;
            }
        }
        Ok(())
    }
}

/// From one value of a knob to the next that is looked at first.
fn step(knob: &Turning, of_several: bool) -> Exact {
    let values = thinned(&knob.values, if of_several { 11 } else { usize::MAX });
    let gaps = values.windows(2).filter_map(|pair| match pair {
        [low, high] => Some(*high - *low),
        _ => None,
    });
    gaps.max().unwrap_or_else(|| knob.grain.clone())
}

/// The values with the most room to the nearest goal, the lowest of equals.
fn most_room<'r>(rows: impl Iterator<Item = &'r SweptValue>) -> Option<Vec<Exact>> {
    let best = rows.max_by(|a, b| a.least().cmp(&b.least()).then_with(|| b.at.cmp(&a.at)));
    best.map(|row| row.at.clone())
}

/// The contract with other values of knobs, in every place.
fn turned(program: &Program, knobs: &[Turning], at: &[Exact]) -> Program {
    let mut turned = program.clone();
    for (knob, value) in knobs.iter().zip(at) {
        if let Some(parameter) = turned.parameters.get_mut(knob.knob.index()) {
            let values = vec![Constant::Number(value.clone())];
            parameter.rows = vec![ParameterRow { keys: Vec::new(), from: None, until: None, values }];
        }
        for locality in &mut turned.localities {
            locality.sets.retain(|setting| setting.parameter != knob.knob);
        }
    }
    turned
}

/// What came out of that which a goal limits.
fn found(goal: &Goal, totals: &[Total<'_>]) -> Exact {
    let of = |name: &str| totals.iter().find(|total| total.name == name);
    let partners = || totals.iter().filter(|total| total.may_lose);
    let losses = |partner: &Total<'_>| partner.most_likely_loss.clone();
    let found = match &goal.of {
        GoalOf::Loss(Some(name)) => of(name).map(losses),
        GoalOf::Loss(None) if goal.under => partners().map(losses).max(),
        GoalOf::Loss(None) => partners().map(losses).min(),
        GoalOf::Gain(name) => of(name).map(|total| total.whole.mean.clone()),
        GoalOf::Cost => of("").map(|total| total.whole.mean.clone()),
    };
    found.unwrap_or_default()
}

/// How far what came out is on the right side of a limit, as a share of the limit.
fn room(goal: &Goal, found: &Exact) -> Exact {
    let room = if goal.under { &goal.limit - found } else { found - &goal.limit };
    room.checked_div(&goal.limit.abs()).unwrap_or(room)
}

/// The middle of two values, to the grain; nothing where there is none between them.
fn middle(low: &Exact, high: &Exact, grain: &Exact) -> Option<Exact> {
    let half = (low + high).checked_div(&Exact::from_int(2))?.round(grain, RoundingMode::Floor);
    (half > *low && half < *high).then_some(half)
}
