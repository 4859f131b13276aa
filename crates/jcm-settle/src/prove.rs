//! The test vectors inside a specification, run: a finance system proves with them that it settles as the contract does.
//!
//! A vector computes what it expects and what that needs, and nothing else: an example of one incentive gives no figures
//! for another.

use crate::figures::show_value;
use jcm_calculus::{
    CarriedId, Expectation, Expr, InputId, PartyId, Rounding, Settlement, StepId, TestVector, Type, Value,
};
use jcm_eval::{Case, Outcome, Prepared};
use jcm_quantity::{Exact, Unit, show};
use std::collections::{BTreeMap, BTreeSet};

/// What became of one vector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The vector's title.
    pub title: String,
    /// How many figures it expects.
    pub expected: usize,
    /// What did not come out, in words: the line or payee, what was expected, what came out.
    pub differences: Vec<String>,
}

impl Proof {
    /// Whether everything that it expects came out.
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Runs every test vector of a specification.
pub fn prove(settlement: &Settlement) -> Vec<Proof> {
    settlement.vectors.iter().map(|vector| proof(settlement, vector)).collect()
}

/// What a vector gives and expects in one of its periods.
struct Part<'a> {
    period: usize,
    given: &'a [(InputId, Value)],
    given_steps: &'a [(StepId, Value)],
    expect: &'a [Expectation],
}

fn parts(vector: &TestVector) -> Vec<Part<'_>> {
    let (given, given_steps, expect) = (&vector.given, &vector.given_steps, &vector.expect);
    let mut all = vec![Part { period: vector.period, given, given_steps, expect }];
    for (period, later) in (vector.period.saturating_add(1)..).zip(&vector.later) {
        let (given, given_steps, expect) = (&later.given, &later.given_steps, &later.expect);
        all.push(Part { period, given, given_steps, expect });
    }
    all
}

fn proof(settlement: &Settlement, vector: &TestVector) -> Proof {
    let parts = parts(vector);
    let expected = parts.iter().map(|part| part.expect.len()).sum();
    let mut differences = Vec::new();
    let mut carried: BTreeMap<CarriedId, Value> = vector.opening.iter().cloned().collect();
    for (part, needed) in parts.iter().zip(needed(settlement, &parts)) {
        match outcome(settlement, vector, part, &needed, carried) {
            Ok((outcome, kept)) => {
                carried = outcome.left(settlement);
                let differs = |expectation| difference(settlement, expectation, &outcome, &kept);
                differences.extend(part.expect.iter().filter_map(differs));
            }
            Err(words) => {
                differences.push(words);
                break;
            }
        }
    }
    Proof { title: vector.title.clone(), expected, differences }
}

/// One period of a vector settled, with the places that the settlement's allocations have in what was settled.
fn outcome(
    settlement: &Settlement,
    vector: &TestVector,
    part: &Part<'_>,
    needed: &BTreeSet<StepId>,
    carried: BTreeMap<CarriedId, Value>,
) -> Result<(Outcome, BTreeMap<usize, usize>), String> {
    let mut excerpt = settlement.clone();
    let mut kept = BTreeMap::new();
    let mut allocations = Vec::new();
    for (place, allocation) in settlement.allocations.iter().enumerate() {
        if needed.contains(&allocation.amount) {
            kept.insert(place, allocations.len());
            allocations.push(allocation.clone());
        }
    }
    excerpt.allocations = allocations;
    let mut given_steps: BTreeMap<StepId, Value> = (0u32..)
        .map(StepId)
        .zip(&settlement.steps)
        .filter(|(id, _)| !needed.contains(id))
        .map(|(id, _)| (id, Value::Missing))
        .collect();
    given_steps.extend(part.given_steps.iter().cloned());
    let figures = |list: &[(InputId, Value)]| list.iter().cloned().collect::<BTreeMap<_, _>>();
    let case = Case {
        period: part.period,
        inputs: figures(part.given),
        rows: vector.rows.iter().map(|row| figures(row)).collect(),
        carried,
        given_steps,
        ..Case::default()
    };
    let prepared = Prepared::new(&excerpt);
    if vector.others.is_empty() {
        return prepared.settle(&case).map(|outcome| (outcome, kept)).map_err(|stop| stop.words(&excerpt));
    }
    let other =
        |inputs: &Vec<(InputId, Value)>| Case { inputs: figures(inputs), rows: Vec::new(), ..case.clone() };
    let others: Vec<Case> = vector.others.iter().map(other).collect();
    let cases: Vec<Case> = std::iter::once(case).chain(others).collect();
    match prepared.settle_all(&cases) {
        Ok(outcomes) => {
            let own = outcomes.into_iter().next();
            own.map(|own| (own, kept)).ok_or_else(|| "there is no case".to_owned())
        }
        Err(stops) => {
            Err(stops.into_iter().map(|(_, stop)| stop.words(&excerpt)).collect::<Vec<_>>().join(" "))
        }
    }
}

/// For each period, the steps that the expectations name, every step that those use, and what the next period begins
/// with; what is given is not worked out.
fn needed(settlement: &Settlement, parts: &[Part<'_>]) -> Vec<BTreeSet<StepId>> {
    let mut all = Vec::with_capacity(parts.len());
    let mut closings: Vec<StepId> = Vec::new();
    for part in parts.iter().rev() {
        let given: BTreeSet<StepId> = part.given_steps.iter().map(|(id, _)| *id).collect();
        let mut open = std::mem::take(&mut closings);
        open.extend(part.expect.iter().filter_map(|expectation| match expectation {
            Expectation::Step { step, .. } => Some(*step),
            Expectation::Receives { allocation, .. } => {
                settlement.allocations.get(*allocation).map(|a| a.amount)
            }
        }));
        let mut needed = BTreeSet::new();
        while let Some(id) = open.pop() {
            if needed.insert(id)
                && !given.contains(&id)
                && let Some(step) = settlement.steps.get(id.index())
            {
                steps_in(&step.expr, &mut open);
                let carried = step.expr.carried();
                let carried = carried.iter().filter_map(|id| settlement.carried.get(id.index()));
                closings.extend(carried.filter(|c| !c.begins_in(part.period)).map(|c| c.closing));
            }
        }
        all.push(needed);
    }
    all.reverse();
    all
}

fn steps_in(expr: &Expr, found: &mut Vec<StepId>) {
    if let Expr::Step(id) = expr {
        found.push(*id);
    }
    for part in expr.parts() {
        steps_in(part, found);
    }
}

fn difference(
    settlement: &Settlement,
    expectation: &Expectation,
    outcome: &Outcome,
    kept: &BTreeMap<usize, usize>,
) -> Option<String> {
    match expectation {
        Expectation::Step { step, row, value, to, .. } => {
            let line = settlement.steps.get(step.index())?;
            let found = outcome.value(*step, *row).cloned().unwrap_or(Value::Missing);
            let same = rounded(&found, to.as_ref()) == rounded(value, to.as_ref());
            let said = |value: &Value, ty: &Type| show_value(value, ty, settlement);
            (!same).then(|| {
                format!(
                    "{}: expected {}, found {}",
                    line.title,
                    said(value, &line.ty),
                    said(&found, &line.ty)
                )
            })
        }
        Expectation::Receives { allocation, party, amount, .. } => {
            let found = kept.get(allocation).and_then(|place| outcome.receives(*place, *party));
            let found = found.cloned().unwrap_or_default();
            (found != *amount).then(|| received(settlement, *party, amount, &found))
        }
    }
}

fn rounded(value: &Value, to: Option<&Rounding>) -> Value {
    match (value, to) {
        (Value::Number(number), Some(to)) => Value::Number(number.round(&to.grain, to.mode)),
        _ => value.clone(),
    }
}

fn received(settlement: &Settlement, party: PartyId, expected: &Exact, found: &Exact) -> String {
    let title = settlement.parties.get(party.index()).map_or("", |party| party.title.as_str());
    let unit = Unit::money(&settlement.currency.code);
    format!("what {title} receives: expected {}, found {}", show(expected, &unit), show(found, &unit))
}
