//! The conditions that every settlement meets, however it came about: compiled, read back or edited by hand.

mod allocations;
mod carried;
mod flaw;
mod functions;
mod pools;
mod tables;
mod types;
mod values;

pub use flaw::Flaw;
pub use types::type_of;

use crate::{Expectation, InputId, Level, Origin, Settlement, Step, StepId, TestVector, Type};
use std::collections::BTreeSet;
use types::Typing;

/// How deep an expression may nest; beyond that no reader of the calculus need follow.
pub const DEEPEST: usize = 200;

/// Checks every condition of a settlement and names each thing that fails one.
///
/// It is total: it ends, without a panic, on whatever it is given.
pub fn verify(settlement: &Settlement) -> Result<(), Vec<Flaw>> {
    let mut flaws = Vec::new();
    check_names(settlement, &mut flaws);
    check_periods(settlement, &mut flaws);
    values::check_inputs(settlement, &mut flaws);
    tables::check_parameters(settlement, &mut flaws);
    for (place, step) in settlement.steps.iter().enumerate() {
        check_step(settlement, place, step, &mut flaws);
    }
    carried::check(settlement, &mut flaws);
    pools::check(settlement, &mut flaws);
    for allocation in &settlement.allocations {
        allocations::check(settlement, allocation, &mut flaws);
    }
    for dataset in &settlement.datasets {
        values::check_dataset(settlement, dataset, &mut flaws);
    }
    for vector in &settlement.vectors {
        check_vector(settlement, vector, &mut flaws);
    }
    if flaws.is_empty() { Ok(()) } else { Err(flaws) }
}

/// How a thing is called in a message: by its title, and by its name for who edits the specification.
fn called(kind: &str, title: &str, name: &str) -> String {
    if title.is_empty() || title == name {
        format!("{kind} `{name}`")
    } else {
        format!("{kind} “{title}” (`{name}`)")
    }
}

fn check_names(settlement: &Settlement, flaws: &mut Vec<Flaw>) {
    let mut unique = |what: &'static str, names: &mut dyn Iterator<Item = &String>| {
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(name) {
                flaws.push(Flaw::NameTwice { what, name: name.clone() });
            }
        }
    };
    unique("parties", &mut settlement.parties.iter().map(|party| &party.name));
    unique("periods", &mut settlement.periods.iter().map(|period| &period.label));
    unique("lists of choices", &mut settlement.choices.iter().map(|choice| &choice.name));
    unique("inputs", &mut settlement.inputs.iter().map(|input| &input.name));
    unique("parameters", &mut settlement.parameters.iter().map(|parameter| &parameter.name));
    unique("lines", &mut settlement.steps.iter().map(|step| &step.name));
    unique("balances", &mut settlement.carried.iter().map(|carried| &carried.name));
    unique("pools", &mut settlement.pools.iter().map(|pool| &pool.name));
    unique("payments", &mut settlement.allocations.iter().map(|allocation| &allocation.name));
    unique("datasets", &mut settlement.datasets.iter().map(|dataset| &dataset.name));
    for choice in &settlement.choices {
        unique("members of one list of choices", &mut choice.members.iter().map(|(name, _)| name));
    }
}

fn check_periods(settlement: &Settlement, flaws: &mut Vec<Flaw>) {
    for period in &settlement.periods {
        if period.start >= period.end {
            flaws.push(Flaw::Period { label: period.label.clone(), problem: "holds no day".to_string() });
        }
    }
    for pair in settlement.periods.windows(2) {
        if let [earlier, later] = pair
            && later.start < earlier.end
        {
            let problem = format!("begins before the period {} ends", earlier.label);
            flaws.push(Flaw::Period { label: later.label.clone(), problem });
        }
    }
}

fn check_step(settlement: &Settlement, place: usize, step: &Step, flaws: &mut Vec<Flaw>) {
    let at = called("line", &step.title, &step.name);
    let result = values::check_type(settlement, &at, &step.ty)
        .and_then(|()| Typing::of_step(settlement, &at, place, step.level).expect(&step.expr, &step.ty));
    flaws.extend(result.err());
}

fn check_vector(settlement: &Settlement, vector: &TestVector, flaws: &mut Vec<Flaw>) {
    let at = called("example", &vector.title, &origin_words(&vector.origin));
    if let Err(flaw) = vector_facts(settlement, vector, &at) {
        flaws.push(flaw);
    }
    let later = vector.later.iter().flat_map(|period| &period.expect);
    for expectation in vector.expect.iter().chain(later) {
        let result = match expectation {
            Expectation::Step { step, row, value, to, .. } => {
                let grain = to.as_ref().map_or(Ok(()), |rounding| tables::check_grain(&at, rounding));
                grain
                    .and_then(|()| expected_step(settlement, vector, &at, *step, *row))
                    .and_then(|ty| values::check_value(settlement, &at, value, ty))
            }
            Expectation::Receives { allocation, party, .. } => {
                let there = settlement.allocations.get(*allocation);
                there
                    .ok_or_else(|| Flaw::not_there(&at, "payment", *allocation))
                    .and_then(|_| values::party(settlement, &at, *party).map(|_| ()))
            }
        };
        flaws.extend(result.err());
    }
}

fn origin_words(origin: &Origin) -> String {
    if origin.clause.is_empty() { format!("{}:{}", origin.file, origin.line) } else { origin.clause.clone() }
}

fn vector_facts(settlement: &Settlement, vector: &TestVector, at: &str) -> Result<(), Flaw> {
    values::check_period(settlement, at, Some(vector.period))?;
    let of_level = |id: InputId, level: Level| {
        let input = values::input(settlement, at, id)?;
        if input.level == level {
            Ok(&input.ty)
        } else {
            Err(Flaw::Level { at: at.to_string(), name: input.name.clone() })
        }
    };
    let later = vector.later.iter().flat_map(|period| &period.given);
    for (id, value) in vector.given.iter().chain(vector.others.iter().flatten()).chain(later) {
        values::check_value(settlement, at, value, of_level(*id, Level::Case)?)?;
    }
    for (id, value) in vector.rows.iter().flatten() {
        values::check_value(settlement, at, value, of_level(*id, Level::Row)?)?;
    }
    carried::check_vector(settlement, vector, at)?;
    let later = vector.later.iter().flat_map(|period| &period.given_steps);
    for (id, value) in vector.given_steps.iter().chain(later) {
        let step = values::step(settlement, at, *id)?;
        values::check_value(settlement, at, value, &step.ty)?;
    }
    Ok(())
}

/// The type of an expected step; a step of row level is expected of a row of the vector, and no other is.
fn expected_step<'a>(
    settlement: &'a Settlement,
    vector: &TestVector,
    at: &str,
    id: StepId,
    row: Option<usize>,
) -> Result<&'a Type, Flaw> {
    let step = values::step(settlement, at, id)?;
    match (step.level, row) {
        (Level::Case, None) => Ok(&step.ty),
        (Level::Row, Some(row)) if row < vector.rows.len() => Ok(&step.ty),
        (Level::Row, Some(row)) => Err(Flaw::not_there(at, "row", row)),
        _ => Err(Flaw::Level { at: at.to_string(), name: step.name.clone() }),
    }
}
