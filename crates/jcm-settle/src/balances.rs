//! What a case begins a period with, how that moves, and what it ends with.

use crate::figures::show_value;
use crate::open::OpenFigure;
use crate::undisputed::Undisputed;
use jcm_calculus::{Settlement, Type, Value};
use jcm_eval::{Case, Outcome};

/// One balance of a case in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceMoved {
    /// Title.
    pub title: String,
    /// What the period begins with.
    pub opening: String,
    /// Where that comes from: the contract, or the period before.
    pub source: String,
    /// What it adds; below zero where it takes away.
    pub movement: String,
    /// What it ends with.
    pub closing: String,
    /// What it can end with, where a dispute leaves that open.
    pub open: Option<OpenFigure>,
    /// The period that begins with what this one leaves, if there is one.
    pub goes_on_in: Option<String>,
}

impl BalanceMoved {
    /// That what it ends with is not certain, in sentences; nothing where it is.
    pub fn doubt(&self) -> Option<String> {
        let open = self.open.as_ref()?;
        let mut words = format!(
            "What “{}” ends with is not certain: {} by the figures that count for the time being, {} when the dispute is \
             resolved.",
            self.title, self.closing, open.words
        );
        match (&open.certain, &open.range) {
            (Some(certain), _) => words.push_str(&format!(" {certain} of it is not in doubt.")),
            (None, Some(_)) => words.push_str(" No part of it is beyond doubt."),
            (None, None) => {}
        }
        if let Some(next) = &self.goes_on_in {
            words.push_str(&format!(
                " {next} begins with it, so it is not certain either what {next} begins with, and {next} waits until it is."
            ));
        }
        Some(words)
    }
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

/// Where what a period begins with comes from, in words.
fn source(settlement: &Settlement, carried: &jcm_calculus::Carried, period: usize) -> String {
    let before = period.checked_sub(1).and_then(|before| settlement.periods.get(before));
    match before.filter(|_| !carried.begins_in(period)) {
        Some(before) => format!("what {} ended with", before.label),
        None if carried.origin.clause.is_empty() => "the contract begins with it".to_owned(),
        None => format!("the contract begins with it, in {}", carried.origin.clause),
    }
}

/// That what a period begins with may depend on figures of earlier periods, by their places, which are in dispute; empty
/// where the balance begins anew after them.
fn in_doubt(
    settlement: &Settlement,
    carried: &jcm_calculus::Carried,
    period: usize,
    disputed_before: &[usize],
) -> String {
    let goes_on_from = |of: &&usize| !(**of + 1..=period).any(|begun| carried.begins_in(begun));
    let labels = disputed_before.iter().filter(goes_on_from).filter_map(|of| settlement.periods.get(*of));
    let labels: Vec<&str> = labels.map(|period| period.label.as_str()).collect();
    if labels.is_empty() {
        return String::new();
    }
    format!("; figures of {} are in dispute, so that it is not certain", labels.join(" and "))
}

/// The balances of a settled case, in the order of the contract; those that the case does not come to are left out.
pub(crate) fn moved(
    settlement: &Settlement,
    case: &Case,
    outcome: &Outcome,
    undisputed: Option<&Undisputed>,
    disputed_before: &[usize],
) -> Vec<BalanceMoved> {
    let next = case.period.saturating_add(1);
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
        let open = undisputed.and_then(|undisputed| undisputed.line(carried.closing, None));
        let goes_on = settlement.periods.get(next).filter(|_| !carried.begins_in(next));
        let title = if carried.title.is_empty() { &carried.name } else { &carried.title };
        Some(BalanceMoved {
            title: title.clone(),
            opening: show(&opening),
            source: source(settlement, carried, case.period)
                + &in_doubt(settlement, carried, case.period, disputed_before),
            movement: show(&movement),
            closing: show(&closing),
            open: open.map(|open| open.shown(&ty, settlement)),
            goes_on_in: goes_on.map(|period| period.label.clone()),
        })
    };
    all.filter_map(one).collect()
}
