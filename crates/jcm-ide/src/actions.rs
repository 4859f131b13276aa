//! The mends of problems, as edits that an editor can offer.

use crate::analysis::Analysis;
use jcm_diagnostics::{Diagnostic, TextEdit};
use jcm_source::{FileId, Span};

/// A mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does, as an order.
    pub title: String,
    /// The problem that it mends.
    pub problem: Diagnostic,
    /// The edits, which do not overlap.
    pub edits: Vec<TextEdit>,
    /// Whether it is the only mend of its problem.
    pub only: bool,
}

/// The mends of the problems that a range touches.
pub fn actions(analysis: &Analysis, range: Span) -> Vec<Action> {
    let touched = |problem: &&Diagnostic| {
        let spans = std::iter::once(&problem.primary).chain(&problem.secondary).map(|label| label.span);
        spans
            .into_iter()
            .any(|span| span.file == range.file && span.start <= range.end && range.start <= span.end)
    };
    let problems = analysis.problems_of(range.file).filter(touched);
    problems
        .flat_map(|problem| {
            problem.fixes.iter().map(|fix| Action {
                title: fix.title.clone(),
                problem: problem.clone(),
                edits: fix.edits.clone(),
                only: problem.fixes.len() == 1,
            })
        })
        .collect()
}

/// Every mend of a file that need not be read first, as one set of edits; of those that overlap, the first.
pub fn fix_all(analysis: &Analysis, file: FileId) -> Vec<TextEdit> {
    let fixes = analysis.problems_of(file).flat_map(|problem| &problem.fixes).filter(|fix| fix.safe);
    let mut edits: Vec<TextEdit> = Vec::new();
    for fix in fixes {
        let overlaps = |edit: &TextEdit| {
            edits.iter().any(|other| {
                other.span.file == edit.span.file
                    && edit.span.start < other.span.end.max(other.span.start.saturating_add(1))
                    && other.span.start < edit.span.end.max(edit.span.start.saturating_add(1))
            })
        };
        if !fix.edits.iter().any(overlaps) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    edits.sort_by_key(|edit| edit.span);
    edits
}
