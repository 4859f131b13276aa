//! What a case begins a period with, how that moves, and what it ends with.

use crate::figures::show_value;
use jcm_calculus::{Settlement, Type, Value};
use jcm_eval::{Case, Outcome};

/// One balance of a case in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceMoved {
    /// Title.
    pub title: String,
    /// What the period begins with.
    pub opening: String,
    /// What it adds; below zero where it takes away.
    pub movement: String,
    /// What it ends with.
    pub closing: String,
}

/// What a case begins a period with: the opening figure, or what the period before left.
pub(crate) fn opening(
    carried: &jcm_calculus::Carried,
    id: jcm_calculus::CarriedId,
    case: &Case,
) -> Option<Value> {
    if carried.begins_in(case.period) {
        return Some(Value::Number(carried.opening.clone()));
    }
    case.carried.get(&id).cloned()
}

/// The balances of a settled case, in the order of the contract; those that the case does not come to are left out.
pub(crate) fn moved(settlement: &Settlement, case: &Case, outcome: &Outcome) -> Vec<BalanceMoved> {
    let left = outcome.left(settlement);
    let all = (0u32..).map(jcm_calculus::CarriedId).zip(&settlement.carried);
    let one = |(id, carried): (jcm_calculus::CarriedId, &jcm_calculus::Carried)| {
        let opening = opening(carried, id, case)?;
        let closing = left.get(&id)?.clone();
        let movement = match (&opening, &closing) {
            (Value::Number(opening), Value::Number(closing)) => Value::Number(closing - opening),
            _ => Value::Missing,
        };
        let ty = Type::Number(carried.unit.clone());
        let show = |value: &Value| show_value(value, &ty, settlement);
        let title = if carried.title.is_empty() { &carried.name } else { &carried.title };
        Some(BalanceMoved {
            title: title.clone(),
            opening: show(&opening),
            movement: show(&movement),
            closing: show(&closing),
        })
    };
    all.filter_map(one).collect()
}
