//! What can be done at a place with one press: the mends of problems, what a criterion misses, a figure with a name.

mod accept;
mod as_told;
mod as_written;
mod criteria;
mod facts;
mod figures;
mod rows;
mod slips;
mod spreadsheet;

use crate::analysis::Analysis;
use jcm_diagnostics::{Diagnostic, TextEdit};
use jcm_source::{FileId, Span};

/// What an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionKind {
    /// It mends a problem.
    Mend,
    /// It gives a figure a name of its own.
    Extract,
    /// It says the same in another way.
    Rewrite,
}

/// Something that can be done at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it is.
    pub kind: ActionKind,
    /// What it does, as an order.
    pub title: String,
    /// The problem that it mends.
    pub problem: Option<Diagnostic>,
    /// The edits, which do not overlap.
    pub edits: Vec<TextEdit>,
    /// Whether it is the only mend of its problem.
    pub only: bool,
}

/// What can be done with what a range touches: the mends of its problems first.
pub fn actions(analysis: &Analysis, range: Span) -> Vec<Action> {
    let touched = |problem: &&Diagnostic| {
        let spans = std::iter::once(&problem.primary).chain(&problem.secondary).map(|label| label.span);
        spans
            .into_iter()
            .any(|span| span.file == range.file && span.start <= range.end && range.start <= span.end)
    };
    let mut found = Vec::new();
    for problem in analysis.problems_of(range.file).filter(touched) {
        found.extend(problem.fixes.iter().map(|fix| Action {
            kind: ActionKind::Mend,
            title: fix.title.clone(),
            problem: Some(problem.clone()),
            edits: fix.edits.clone(),
            only: problem.fixes.len() == 1,
        }));
        found.extend(as_written::mends(analysis, problem));
        found.extend(as_told::mends(analysis, problem));
        found.extend(accept::accept(analysis, problem));
        found.extend(criteria::mends(analysis, problem));
    }
    found.extend(figures::extract(analysis, range));
    found.extend(figures::knob_of_parameter(analysis, range));
    found
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

/// An edit that writes something at a place.
fn written(file: FileId, at: usize, new_text: String) -> TextEdit {
    TextEdit { span: crate::shape::span(file, at, at), new_text }
}

/// Where the line begins that a place is in.
fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found.saturating_add(1))
}

/// A place with the rest of its lines, the last line break too.
fn lines(analysis: &Analysis, place: Span) -> Span {
    let text = analysis.text(place.file);
    let start = line_start(text, place.start as usize);
    let last = (place.start as usize).saturating_add(analysis.text_of(place).trim_end().len());
    let rest = text.get(last..).and_then(|rest| rest.find('\n'));
    let end = rest.map_or(text.len(), |rest| last.saturating_add(rest).saturating_add(1));
    crate::shape::span(place.file, start, end)
}

/// Where a declaration begins with the comments above it.
fn with_comments(text: &str, start: usize) -> usize {
    let mut start = line_start(text, start);
    while let Some(above) = start.checked_sub(1).map(|end| line_start(text, end)) {
        if !text.get(above..start).is_some_and(|line| line.trim_start().starts_with("//")) {
            break;
        }
        start = above;
    }
    start
}
