//! An example gives every figure that its lines need.

use crate::checker::Checker;
use crate::problems::ExampleGiven;
use jcm_model::{Example, Expected, Expr, ExprKind, InputId, LineId, Missing};
use std::collections::BTreeSet;

/// Holds every example to give what is needed for what it expects.
pub(super) fn check(cx: &mut Checker<'_>) {
    let problems: Vec<ExampleGiven> =
        cx.parts.examples.iter().filter_map(|example| lacking(cx, example)).collect();
    for problem in problems {
        cx.report::<()>(problem);
    }
}

fn lacking(cx: &Checker<'_>, example: &Example) -> Option<ExampleGiven> {
    let mut needed: BTreeSet<InputId> = BTreeSet::new();
    let mut seen: BTreeSet<LineId> = example.given_lines.iter().map(|(line, _)| *line).collect();
    let mut open: Vec<LineId> = example
        .expect
        .iter()
        .filter_map(|expect| match &expect.what {
            Expected::Line { line, .. } => Some(*line),
            Expected::Receives { flow, .. } => cx.parts.flows.get(flow.index()).map(|flow| flow.amount),
        })
        .collect();
    while let Some(line) = open.pop() {
        if seen.insert(line)
            && let Some(line) = cx.line(line)
        {
            uses(&line.expr, &mut needed, &mut open);
        }
    }
    let missing: Vec<String> = needed
        .into_iter()
        .filter_map(|id| Some((id, cx.input(id)?)))
        .filter(|(id, input)| {
            let case = example.given.iter().any(|(given, _)| given == id);
            let rows = input.per_row
                && example.rows.iter().all(|(_, given)| given.iter().any(|(given, _)| given == id));
            input.missing == Missing::Refuse && !case && !rows
        })
        .map(|(_, input)| format!("`{}`", input.head.name.rsplit('.').next().unwrap_or_default()))
        .collect();
    (!missing.is_empty()).then(|| ExampleGiven {
        example: example.head.title.clone(),
        span: example.head.name_span,
        inputs: missing,
    })
}

fn uses(expr: &Expr, inputs: &mut BTreeSet<InputId>, lines: &mut Vec<LineId>) {
    match &expr.kind {
        ExprKind::Input(id) => {
            inputs.insert(*id);
        }
        ExprKind::Line(id) => lines.push(*id),
        // A branch that is not taken needs nothing: only the conditions are certain to be worked out.
        ExprKind::When { cases, .. } => {
            if let Some((_, test)) = cases.first() {
                uses(test, inputs, lines);
            }
            return;
        }
        ExprKind::Cases { rows, .. } => {
            if let Some((_, test)) = rows.first() {
                uses(test, inputs, lines);
            }
            return;
        }
        ExprKind::IfMissing { .. } | ExprKind::IsMissing(_) => return,
        _ => {}
    }
    for part in expr.parts() {
        uses(part, inputs, lines);
    }
}
