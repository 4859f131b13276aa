//! An example gives every figure that its lines need.

use super::uses::Uses;
use crate::checker::Checker;
use crate::problems::ExampleGiven;
use jcm_model::{BalanceId, Example, Expected, InputId, InputOwner, LineId, Missing, PeriodOfExample};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Holds every example to give what is needed for what it expects.
pub(super) fn check(cx: &mut Checker<'_>, uses: &[Option<Arc<Uses>>]) {
    let problems: Vec<ExampleGiven> =
        cx.parts.examples.iter().flatten().filter_map(|example| lacking(cx, uses, example)).collect();
    for problem in problems {
        cx.report::<()>(problem);
    }
}

/// What the lines of one period need.
#[derive(Default)]
struct Needed {
    inputs: Vec<InputId>,
    balances: Vec<BalanceId>,
    open: Vec<LineId>,
}

fn lacking(cx: &Checker<'_>, uses: &[Option<Arc<Uses>>], example: &Example) -> Option<ExampleGiven> {
    let mut missing: Vec<String> = Vec::new();
    // From the last period back: what a period begins with, the one before must come to.
    let mut closings: Vec<LineId> = Vec::new();
    for (after, part) in example.periods().enumerate().rev() {
        let period = example.period.saturating_add(after);
        let needed = needed(cx, uses, &part, std::mem::take(&mut closings));
        let lacks = |id: &InputId| not_given(cx, example, &part, *id);
        missing.extend(needed.inputs.iter().filter_map(|id| {
            let name = lacks(id)?;
            // Of a measure of which no part is given, the figure of the period is asked for.
            Some(whole_of(cx, *id, |part| lacks(&part).is_some()).unwrap_or(name))
        }));
        let carried = needed.balances.iter().filter_map(|id| Some((id, cx.balance(*id)?)));
        let contract = cx.parts.contract.as_ref()?;
        for (id, balance) in carried.filter(|(_, balance)| !balance.begins(contract).contains(&period)) {
            if after > 0 {
                closings.push(balance.closing);
            } else if !example.opening.iter().any(|(given, _)| given == id) {
                missing.push(name_of(&balance.head.name));
            }
        }
    }
    (!missing.is_empty()).then(|| ExampleGiven {
        example: example.head.title.clone(),
        span: example.head.name_span,
        inputs: once_each(missing),
    })
}

/// Each once, in the order of the contract.
fn once_each(mut names: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// The measure that an input is a part of, by its name, where something holds of all its parts.
fn whole_of(cx: &Checker<'_>, id: InputId, holds: impl Fn(InputId) -> bool) -> Option<String> {
    let InputOwner::Measure(measure) = cx.input(id)?.owner else { return None };
    let measure = cx.parts.measures.get(measure.index())?.as_ref()?;
    let parts = &measure.combined.as_ref()?.inputs;
    parts.iter().all(|part| holds(*part)).then(|| measure.head.name.clone())
}

/// What a figure is called in its incentive.
fn name_of(name: &str) -> String {
    let (_, own) = name.split_once('.').unwrap_or(("", name));
    own.to_owned()
}

fn not_given(cx: &Checker<'_>, example: &Example, part: &PeriodOfExample<'_>, id: InputId) -> Option<String> {
    let input = cx.input(id)?;
    let case = part.given.iter().any(|(given, _)| *given == id);
    let rows =
        input.per_row && example.rows.iter().all(|(_, given)| given.iter().any(|(given, _)| *given == id));
    (input.missing == Missing::Refuse && !case && !rows).then(|| name_of(&input.head.name))
}

fn needed(
    cx: &Checker<'_>,
    uses: &[Option<Arc<Uses>>],
    part: &PeriodOfExample<'_>,
    closings: Vec<LineId>,
) -> Needed {
    let mut needed = Needed { open: closings, ..Needed::default() };
    let expected = part.expect.iter().filter_map(|expect| match &expect.what {
        Expected::Line { line, .. } => Some(*line),
        Expected::Receives { flow, .. } => cx.flow(*flow).map(|flow| flow.amount),
    });
    needed.open.extend(expected);
    let mut seen: FxHashSet<LineId> = part.given_lines.iter().map(|(line, _)| *line).collect();
    while let Some(line) = needed.open.pop() {
        if seen.insert(line)
            && let Some(Some(uses)) = uses.get(line.index())
        {
            needed.inputs.extend(&uses.needed.inputs);
            needed.balances.extend(&uses.needed.balances);
            needed.open.extend(&uses.needed.lines);
        }
    }
    needed.inputs.sort_unstable();
    needed.inputs.dedup();
    needed.balances.sort_unstable();
    needed.balances.dedup();
    needed
}
