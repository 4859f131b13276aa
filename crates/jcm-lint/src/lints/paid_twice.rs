//! L0108: a measure that is paid for more than once: by two incentives, twice in a score, or under two names.

use super::finding;
use crate::reach::Reach;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{BalanceKind, Def, Flow, Measure, ScoreId};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn find(view: &View<'_>, _: &jcm_quantity::Exact) -> Vec<Diagnostic> {
    let mut payers: BTreeMap<Def, Reach> = BTreeMap::new();
    for flow in &view.program.flows {
        let Some(payer) = view.payer_of(flow).filter(|_| !is_remainder(view, flow)) else { continue };
        let of_flow = Reach::of(view.program, flow.amount);
        let reach = payers.entry(payer).or_default();
        reach.inputs.extend(of_flow.inputs);
        reach.lines.extend(of_flow.lines);
    }
    let mut found = Vec::new();
    for measure in &view.program.measures {
        let Some(input) = measure.inputs().first().copied() else { continue };
        let paying: Vec<Def> =
            payers.iter().filter(|(_, reach)| reach.inputs.contains(&input)).map(|(def, _)| *def).collect();
        if let [first, second, ..] = paying.as_slice() {
            let (first, second) = (view.program.title(*first), view.program.title(*second));
            let ways = format!("by “{first}” and by “{second}”");
            found.push(describe(measure, &ways));
        } else if !paying.is_empty() {
            found.extend(twice_in_score(view, measure, input, payers.values()));
        }
    }
    found.extend(same_count(view, &payers));
    found
}

/// Whether a flow pays out what is left of a balance at its end: what others were paid is not in it.
fn is_remainder(view: &View<'_>, flow: &Flow) -> bool {
    view.program.balances.iter().any(|balance| match &balance.kind {
        BalanceKind::Declared { remainder, .. } => *remainder == Some(flow.amount),
        _ => false,
    })
}

/// A measure that is a part of two scores, or two parts of one, behind one payment.
fn twice_in_score<'r>(
    view: &View<'_>,
    measure: &Measure,
    input: jcm_model::InputId,
    payers: impl Iterator<Item = &'r Reach>,
) -> Option<Diagnostic> {
    for reach in payers {
        let mut parts: Vec<ScoreId> = Vec::new();
        for (id, score) in (0u32..).map(ScoreId).zip(&view.program.scores) {
            if !reach.lines.contains(&score.line) {
                continue;
            }
            let has =
                |part: &&(_, jcm_model::LineId)| Reach::of(view.program, part.1).inputs.contains(&input);
            parts.extend(score.parts.iter().filter(has).map(|_| id));
        }
        if let [first, second, ..] = parts.as_slice() {
            let title = |id: &ScoreId| view.program.title(Def::Score(*id)).to_owned();
            let ways = if first == second {
                format!("as two parts of “{}”", title(first))
            } else {
                format!("in “{}” and in “{}”", title(first), title(second))
            };
            return Some(describe(measure, &ways));
        }
    }
    None
}

/// Two measures that count the same and both move money.
fn same_count(view: &View<'_>, payers: &BTreeMap<Def, Reach>) -> Vec<Diagnostic> {
    let paid: BTreeSet<_> = payers.values().flat_map(|reach| &reach.inputs).collect();
    let mut known: BTreeMap<String, &Measure> = BTreeMap::new();
    let mut found = Vec::new();
    for measure in &view.program.measures {
        if measure.numerator.is_empty() || !measure.inputs().iter().any(|input| paid.contains(input)) {
            continue;
        }
        if let Some(first) = known.get(&measure.numerator.to_lowercase()) {
            let said = format!(
                "“{}” and “{}” count the same, and both are paid for",
                first.head.title, measure.head.title
            );
            let found_here =
                finding(said, measure.head.name_span, format!("it counts: {}", measure.numerator));
            found.push(
                found_here
                    .also(first.head.name_span, "and so does this")
                    .help("Pay for one of them, or say what each counts that the other does not"),
            );
        } else {
            known.insert(measure.numerator.to_lowercase(), measure);
        }
    }
    found
}

fn describe(measure: &Measure, ways: &str) -> Diagnostic {
    let said = format!("the measure “{}” is paid for twice, {ways}", measure.head.title);
    finding(said, measure.head.name_span, "one improvement earns two payments")
        .help("Pay for it once, or say in a clause that both payments are meant and why")
}
