//! What an example would come to if a knob, or a figure that it gives, were another.
//!
//! A [`Lever`] is such a figure. Its stops lie a round step apart, and whoever moves it names a stop or writes a figure;
//! so no figure is ever worked out by whoever draws the lever. A knob that is moved holds as if a locality had set it.

mod levers;
mod result;

use crate::examples::Bench;
use crate::{Program, Settlement, Sources, settlement};
use jcm_model::{Constant, Example, ParameterOwner};
use jcm_quantity::Exact;
use std::collections::BTreeMap;

/// A figure that can be moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    /// Its name in the source, which is unique among the levers of an example.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whether it is a knob of the contract; otherwise the example gives it.
    pub is_knob: bool,
    /// The figure as it stands in the contract, in words.
    pub stands: String,
    /// The figure as it is moved, in words.
    pub shown: String,
    /// How far it can be moved.
    pub reach: Reach,
    /// Why a figure that was written is not taken.
    pub refused: Option<String>,
}

/// How far a lever can be moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Along stops from 0 to the last.
    Stops {
        /// The stop that is nearest to the figure.
        at: u32,
        /// The last stop.
        last: u32,
        /// The figure at stop 0, in words.
        least: String,
        /// The figure at the last stop, in words.
        most: String,
        /// What is written after a figure, such as `%` or `people`.
        unit: String,
    },
    /// Between named choices.
    OneOf {
        /// The name of the choice that holds.
        chosen: String,
        /// Name and title of each.
        choices: Vec<(String, String)>,
    },
}

/// Where a lever is moved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// To a stop.
    Stop(u32),
    /// To a choice, or to a figure as people write it: `£119,000,000`, `42.5 %`, `23,705`.
    Written(String),
}

/// An example as it stands, and as it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// The example's title.
    pub title: String,
    /// The title of what it is an example of.
    pub of: String,
    /// What can be moved: knobs first, then what the example gives.
    pub levers: Vec<Lever>,
    /// What comes out, in each of its periods.
    pub periods: Vec<WhatIfPeriod>,
    /// Why nothing comes out, in the words of the contract, if it does not.
    pub stopped: Option<String>,
}

/// What comes out in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIfPeriod {
    /// Its label.
    pub label: String,
    /// The lines, by what they belong to, in the order of the contract.
    pub lines: Vec<Bar>,
    /// What each partner receives or pays.
    pub partners: Vec<Bar>,
}

/// A figure before and after, with how long a bar for it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it belongs to, for a heading; the same for neighbours that can be compared.
    pub group: String,
    /// Its name in the source.
    pub name: String,
    /// Its title.
    pub title: String,
    /// As the contract stands, in words.
    pub before: String,
    /// As it would be, in words.
    pub after: String,
    /// The exact figure as it would be, in the base of its unit.
    pub exact: String,
    /// What it would be more or less, in words; empty where it is the same.
    pub difference: String,
    /// Thousandths of the longest bar of its group, below zero to the other side: before and after.
    pub lengths: Option<(i32, i32)>,
}

/// The figures that can be moved, with where they are.
type Moves = BTreeMap<String, Moved>;

/// Works out an example of a contract, by its name, with some levers moved; `None` if it has no such example.
pub fn what_if(
    program: &Program,
    made: &Settlement,
    sources: &Sources,
    example: &str,
    moves: &Moves,
) -> Option<WhatIf> {
    let example = program.examples.iter().find(|known| known.head.name == example)?;
    let bench = Bench::new(program, made);
    let set = levers::of(program, example, &bench.parameters_of(example), moves);
    let (moved, case) = moved(program, example, &set);
    let before = bench.settle(example);
    let after_settlement = moved.as_ref().map(|moved| settlement(moved, sources));
    let after = match (&moved, &after_settlement) {
        (Some(moved), Some(made)) => Bench::new(moved, made).settle(&case),
        _ => bench.settle(&case),
    };
    let (periods, stopped) = match after {
        Ok(after) => (result::periods(program, &case, before.as_deref().unwrap_or_default(), &after), None),
        Err(stopped) => (Vec::new(), Some(stopped)),
    };
    Some(WhatIf {
        title: example.head.title.clone(),
        of: program.title(example.of).to_owned(),
        levers: set.into_iter().map(|set| set.lever).collect(),
        periods,
        stopped,
    })
}

/// The contract, if a knob of it is moved, and the example with its levers as they are moved.
fn moved(program: &Program, example: &Example, set: &[levers::Set]) -> (Option<Program>, Example) {
    let mut case = example.clone();
    let mut changed: Option<Program> = None;
    for lever in set.iter().filter(|set| set.is_moved) {
        match lever.place {
            levers::Place::Knob(id) => {
                let program = changed.get_or_insert_with(|| program.clone());
                let Some(parameter) = program.parameters.get_mut(id.index()) else { continue };
                for row in &mut parameter.rows {
                    row.values = vec![lever.value.clone()];
                }
            }
            levers::Place::Given(at) => replace(&mut case.given, at, &lever.value),
            levers::Place::GivenLine(at) => replace(&mut case.given_lines, at, &lever.value),
        }
    }
    (changed, case)
}

fn replace<Id>(given: &mut [(Id, Constant)], at: usize, value: &Constant) {
    if let Some((_, figure)) = given.get_mut(at) {
        *figure = value.clone();
    }
}

/// The range of a knob.
fn range_of(owner: &ParameterOwner) -> Option<(Exact, Exact)> {
    match owner {
        ParameterOwner::Knob { from, to } => Some((from.clone(), to.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
