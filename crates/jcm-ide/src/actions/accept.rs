//! Accepting what a lint finds: a comment above it with a day and a reason.

use super::{Action, ActionKind, line_start, written};
use crate::analysis::Analysis;
use jcm::LINTS;
use jcm_diagnostics::Diagnostic;
use jcm_quantity::{add_months, show_date};

/// How long something is accepted, unless the partners write another day.
const MONTHS: i32 = 12;

/// Writes above what a lint has found that the partners accept it, for a year.
pub(super) fn accept(analysis: &Analysis, problem: &Diagnostic) -> Option<Action> {
    let lint = LINTS.iter().find(|lint| lint.code == problem.code)?;
    let until = add_months(analysis.today()?, MONTHS)?;
    let place = problem.primary.span;
    let text = analysis.text(place.file);
    let start = line_start(text, place.start as usize);
    let line = text.get(start..)?.lines().next()?;
    let indent = line.get(..line.len().saturating_sub(line.trim_start().len()))?;
    let comment = format!("{indent}// jcm: allow {} until {until} because (say here why)\n", lint.name);
    Some(Action {
        kind: ActionKind::Mend,
        title: format!("Accept this until {}, and say why", show_date(until)),
        problem: Some(problem.clone()),
        edits: vec![written(place.file, start, comment)],
        only: false,
    })
}
