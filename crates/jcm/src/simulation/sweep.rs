//! One knob turned: the same draws for each of its values, and the values at which stated goals hold.
//!
//! Every value has the same draws, so that what differs is the knob and not chance. Where a goal begins or ceases to hold
//! between two values, the place is found by halving, to the knob's smallest step; the best value is that with the most
//! room to the goal that is nearest to failing.

use super::chart::{Layout, Row, chart, ends};
use super::html::how_to_read;
use super::overview::{Total, totals};
use super::result::{Range, Simulated};
use super::tables::{aligned, amount, cell, percent};
use super::{NotSimulated, Simulating, simulate};
use crate::sheet::{sheet, table};
use jcm_model::{Constant, ParameterId, ParameterRow, Program, Simulation};
use jcm_quantity::{Exact, RoundingMode, Unit, show};
use jcm_source::Sources;
use maud::html;
use std::fmt::Write as _;

/// What is asked of a knob.
#[derive(Debug, Clone)]
pub struct Sweeping {
    /// The knob.
    pub knob: ParameterId,
    /// Its values, rising.
    pub values: Vec<Exact>,
    /// The smallest step between two values.
    pub grain: Exact,
    /// What is to hold.
    pub goals: Vec<Goal>,
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
    /// The title of the knob, and its unit.
    pub knob: (String, Unit),
    /// How many runs, and what the draws began with.
    pub draws: (u32, u64),
    /// The goals, as they were written.
    pub goals: Vec<String>,
    /// For each value, rising: what came out.
    pub rows: Vec<SweptValue>,
    /// Between which values every goal holds; the ends hold.
    pub holds: Vec<(Exact, Exact)>,
    /// The value with the most room to the nearest goal, if there are goals.
    pub best: Option<Exact>,
    money: Simulated,
}

/// What one value of a knob comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SweptValue {
    /// The value.
    pub value: Exact,
    /// Whether it is one of those that were asked for.
    pub asked: bool,
    /// For each partner, and last for everybody who pays: the title, what it comes to in all places together, and the
    /// greatest chance of loss in a place.
    pub parties: Vec<(String, Range, Exact)>,
    /// For each goal, how much room there is to its limit, as a share of the limit; it holds above nothing.
    pub room: Vec<Exact>,
}

impl SweptValue {
    /// Whether it is told: the finer ones between are only to find the ends and the best.
    fn is_told(&self, swept: &Swept) -> bool {
        let ends = || swept.holds.iter().flat_map(|(from, to)| [from, to]);
        self.asked || swept.best.as_ref() == Some(&self.value) || ends().any(|end| *end == self.value)
    }

    /// Whether every goal holds.
    pub fn holds(&self) -> bool {
        self.room.iter().all(Exact::is_positive)
    }

    fn least(&self) -> Exact {
        self.room.iter().min().cloned().unwrap_or_default()
    }
}

/// Turns a knob, and finds where the goals hold.
pub fn sweep(
    program: &Program,
    sources: &Sources,
    simulation: &Simulation,
    asked: &Simulating<'_>,
    sweeping: &Sweeping,
) -> Result<Swept, NotSimulated> {
    // What is told of one value is not told of the others.
    let quiet = Simulating { told: None, against: &[], ..*asked };
    let mut last = None;
    let mut at = |value: &Exact| -> Result<SweptValue, NotSimulated> {
        let turned = turned(program, sweeping.knob, value);
        let simulated = simulate(&turned, sources, simulation, &quiet)?;
        let totals = totals(&simulated);
        let room = sweeping.goals.iter().map(|goal| room(goal, &totals)).collect();
        let parties =
            totals.iter().map(|one| (one.title.to_owned(), one.whole.clone(), one.most_likely_loss.clone()));
        let asked = sweeping.values.contains(value);
        let row = SweptValue { value: value.clone(), asked, parties: parties.collect(), room };
        last = Some(Simulated { places: Vec::new(), ..simulated });
        Ok(row)
    };
    let mut rows: Vec<SweptValue> = Vec::with_capacity(sweeping.values.len());
    for (done, value) in sweeping.values.iter().enumerate() {
        rows.push(at(value)?);
        if let Some(told) = asked.told {
            told(done + 1, sweeping.values.len());
        }
    }
    let mut holds = Vec::new();
    if !sweeping.goals.is_empty() {
        around_the_best(&mut rows, &sweeping.grain, &mut at)?;
        holds = intervals(&mut rows, &sweeping.grain, &mut at)?;
    }
    let best = rows.iter().max_by(|a, b| a.least().cmp(&b.least()).then_with(|| b.value.cmp(&a.value)));
    let best = best.filter(|_| !sweeping.goals.is_empty()).map(|row| row.value.clone());
    let knob = program.parameters.get(sweeping.knob.index());
    let unit = knob.and_then(|knob| knob.columns.first()?.1.unit().cloned()).unwrap_or_else(Unit::none);
    let title = knob.map_or_else(String::new, |knob| knob.head.title.clone());
    let money = last.unwrap_or_else(|| Simulated::new(program, simulation, simulation.runs, simulation.seed));
    Ok(Swept {
        title: format!("{}: {}", money.contract, money.title),
        knob: (title, unit),
        draws: (money.runs, money.seed),
        goals: sweeping.goals.iter().map(|goal| goal.text.clone()).collect(),
        rows,
        holds,
        best,
        money,
    })
}

/// The contract with another value of a knob, in every place.
fn turned(program: &Program, knob: ParameterId, value: &Exact) -> Program {
    let mut turned = program.clone();
    if let Some(parameter) = turned.parameters.get_mut(knob.index()) {
        let values = vec![Constant::Number(value.clone())];
        parameter.rows = vec![ParameterRow { keys: Vec::new(), from: None, until: None, values }];
    }
    for locality in &mut turned.localities {
        locality.sets.retain(|setting| setting.parameter != knob);
    }
    turned
}

/// How far what came out is on the right side of a limit, as a share of the limit.
fn room(goal: &Goal, totals: &[Total<'_>]) -> Exact {
    let of = |name: &str| totals.iter().find(|total| total.name == name);
    let partners = || totals.iter().filter(|total| !total.name.is_empty());
    let losses = |partner: &Total<'_>| partner.most_likely_loss.clone();
    let found = match &goal.of {
        GoalOf::Loss(Some(name)) => of(name).map(losses),
        GoalOf::Loss(None) if goal.under => partners().map(losses).max(),
        GoalOf::Loss(None) => partners().map(losses).min(),
        GoalOf::Gain(name) => of(name).map(|total| total.whole.mean.clone()),
        GoalOf::Cost => of("").map(|total| total.whole.mean.clone()),
    };
    let found = found.unwrap_or_default();
    let room = if goal.under { &goal.limit - &found } else { &found - &goal.limit };
    room.checked_div(&goal.limit.abs()).unwrap_or(room)
}

type At<'a> = dyn FnMut(&Exact) -> Result<SweptValue, NotSimulated> + 'a;

/// The middle of two values, to the grain; nothing where there is none between them.
fn middle(low: &Exact, high: &Exact, grain: &Exact) -> Option<Exact> {
    let half = (low + high).checked_div(&Exact::from_int(2))?.round(grain, RoundingMode::Floor);
    (half > *low && half < *high).then_some(half)
}

/// Looks between the best value and its neighbours, each time halving the wider gap, until there is nothing finer.
fn around_the_best(rows: &mut Vec<SweptValue>, grain: &Exact, at: &mut At<'_>) -> Result<(), NotSimulated> {
    const MOST: usize = 24;
    for _ in 0..MOST {
        let best = rows.iter().enumerate().max_by(|(_, a), (_, b)| a.least().cmp(&b.least()));
        let Some((place, best)) = best.map(|(place, row)| (place, row.value.clone())) else { return Ok(()) };
        let before = place.checked_sub(1).and_then(|before| rows.get(before));
        let below = before.and_then(|row| middle(&row.value, &best, grain));
        let above = rows.get(place + 1).and_then(|row| middle(&best, &row.value, grain));
        let gap = |value: &Option<Exact>| value.as_ref().map(|value| (value - &best).abs());
        let (wanted, to) = if gap(&below) >= gap(&above) { (below, place) } else { (above, place + 1) };
        let Some(wanted) = wanted else { return Ok(()) };
        rows.insert(to, at(&wanted)?);
    }
    Ok(())
}

/// Between which values every goal holds: the ends found by halving.
fn intervals(
    rows: &mut Vec<SweptValue>,
    grain: &Exact,
    at: &mut At<'_>,
) -> Result<Vec<(Exact, Exact)>, NotSimulated> {
    let mut place = 1;
    while let (Some(before), Some(here)) = (rows.get(place - 1), rows.get(place)) {
        let between = middle(&before.value, &here.value, grain).filter(|_| before.holds() != here.holds());
        match between {
            Some(value) => rows.insert(place, at(&value)?),
            None => place += 1,
        }
    }
    let mut found: Vec<(Exact, Exact)> = Vec::new();
    let mut open = false;
    for row in rows.iter() {
        match found.last_mut().filter(|_| open) {
            Some(interval) if row.holds() => interval.1 = row.value.clone(),
            _ if row.holds() => found.push((row.value.clone(), row.value.clone())),
            _ => {}
        }
        open = row.holds();
    }
    Ok(found)
}

/// The table of a sweep for people: a row for each value.
pub fn sweep_text(swept: &Swept) -> String {
    let (runs, seed) = swept.draws;
    let mut text =
        format!("{}\n{} runs for each value, seed {seed}\n\n", swept.title, super::tables::whole(runs));
    text.push_str(&aligned(&rows(swept)));
    if !swept.goals.is_empty() {
        let _ = write!(text, "\n{}", verdict(swept));
    }
    text
}

/// The goals, where they hold, and the best value, a line for each.
fn verdict(swept: &Swept) -> String {
    let mut text = String::new();
    if swept.goals.is_empty() {
        return text;
    }
    let shown = |value: &Exact| show(value, &swept.knob.1);
    let _ = writeln!(text, "{}", swept.goals.join("\n"));
    for (from, to) in &swept.holds {
        let _ = match from == to {
            true => writeln!(text, "holds at {}", shown(from)),
            false => writeln!(text, "holds from {} to {}", shown(from), shown(to)),
        };
    }
    if swept.holds.is_empty() {
        text.push_str("holds at no value that was looked at\n");
    }
    if let Some(best) = &swept.best {
        let what = if swept.holds.is_empty() { "nearest" } else { "most room" };
        let _ = writeln!(text, "{what} at {}", shown(best));
    }
    text
}

/// The heads of the table of a sweep, and its rows.
fn rows(swept: &Swept) -> Vec<Vec<String>> {
    let mut heads = vec![swept.knob.0.clone()];
    let first = swept.rows.first().map(|row| row.parties.as_slice()).unwrap_or_default();
    let partners = first.len().saturating_sub(1);
    for (title, ..) in first.iter().take(partners) {
        heads.extend([title.clone(), "loss".to_owned()]);
    }
    heads.extend(first.last().map(|(title, ..)| title.clone()));
    if !swept.goals.is_empty() {
        heads.extend(["goals".to_owned()]);
    }
    let mut rows = vec![heads];
    for row in swept.rows.iter().filter(|row| row.is_told(swept)) {
        let mut cells = vec![show(&row.value, &swept.knob.1)];
        for (_, range, loss) in row.parties.iter().take(partners) {
            cells.extend([amount(&swept.money, &range.mean), percent(loss)]);
        }
        cells.extend(row.parties.last().map(|(_, range, _)| amount(&swept.money, &range.mean)));
        if !swept.goals.is_empty() {
            cells.push(if row.holds() { "hold" } else { "fail" }.to_owned());
        }
        rows.push(cells);
    }
    rows
}

/// A sweep as a page: for each partner a drawing of its range at each value, and the table.
pub fn sweep_html(swept: &Swept) -> String {
    let ranges = swept.rows.iter().flat_map(|row| &row.parties).map(|(_, range, _)| range);
    let scale = ends(ranges);
    let count = swept.rows.first().map_or(0, |row| row.parties.len());
    let drawing = |number: usize| {
        let rows: Vec<Row<'_>> = swept
            .rows
            .iter()
            .filter(|row| row.is_told(swept))
            .filter_map(|row| {
                let (_, range, _) = row.parties.get(number)?;
                Some((show(&row.value, &swept.knob.1), Some(range)))
            })
            .collect();
        scale.as_ref().map(|scale| chart(&swept.money, &rows, scale, Layout::WIDE))
    };
    let titles: Vec<&str> = swept
        .rows
        .first()
        .into_iter()
        .flat_map(|row| &row.parties)
        .map(|(title, ..)| title.as_str())
        .collect();
    let (runs, seed) = swept.draws;
    let body = html! {
        h1 { (swept.title) ": " (swept.knob.0) }
        p { (super::tables::whole(runs)) " runs for each value, seed " (seed) ". Every value has the same draws." }
        ul { @for line in verdict(swept).lines() { li { (line) } } }
        (table(&rows(swept)))
        p { (how_to_read()) }
        @for number in 0..count {
            h2 { (titles.get(number).copied().unwrap_or_default()) }
            @if let Some(drawing) = drawing(number) { (drawing) }
        }
    };
    sheet(&format!("{}: {}", swept.title, swept.knob.0), &body)
}

/// Every figure of a sweep, one to a row: value, what, statistic, figure.
pub fn sweep_csv(swept: &Swept) -> String {
    let mut text = format!("{},what,statistic,figure\n", cell(&swept.knob.0));
    for row in &swept.rows {
        let value = (&row.value * &swept.knob.1.scale()).fixed(6, RoundingMode::HalfEven);
        for (title, range, loss) in &row.parties {
            for (statistic, figure) in super::tables::statistics(&swept.money, range) {
                let figure = if statistic == super::tables::LOSS { loss.clone() } else { figure };
                let figure = figure.fixed(6, RoundingMode::HalfEven);
                let _ = writeln!(text, "{value},{},{},{figure}", cell(title), cell(&statistic));
            }
        }
        for (goal, room) in swept.goals.iter().zip(&row.room) {
            let _ = writeln!(text, "{value},{},room,{}", cell(goal), room.fixed(6, RoundingMode::HalfEven));
        }
    }
    text
}
