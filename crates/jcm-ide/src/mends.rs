//! The mend of an example that differs: the figure that the contract gives, where the example expects another.

use crate::analysis::Analysis;
use jcm_diagnostics::{Diagnostic, Fix, TextEdit};
use jcm_source::Span;

/// Problems of examples, each that can be mended with its mend. It is never one to apply without being read: the example
/// may be right and the contract wrong.
pub(crate) fn with_mends(analysis: &Analysis, mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let differences = || analysis.worked().iter().flat_map(|worked| &worked.result.differences);
    for problem in &mut problems {
        let found = differences().find(|difference| difference.span == problem.primary.span);
        let mend = found.and_then(|difference| mend(analysis, difference));
        problem.fixes.extend(mend);
    }
    problems
}

fn mend(analysis: &Analysis, difference: &jcm::Difference) -> Option<Fix> {
    let found = &difference.found;
    // What is cut off or is no figure cannot be written in the contract.
    let is_figure = found.chars().any(|c| c.is_ascii_digit()) && !found.contains(['…', '(', '“']);
    let text = analysis.text_of(difference.span);
    let (before, expected) = text.split_once('=')?;
    // A figure that is compared after rounding says so behind it.
    if !is_figure || expected.contains(" to ") {
        return None;
    }
    let space = expected.len().saturating_sub(expected.trim_start().len());
    let begins = u32::try_from(before.len().saturating_add(1).saturating_add(space)).ok()?;
    let span = difference.span;
    let place = Span::new(span.file, span.start.saturating_add(begins), span.end);
    Some(Fix {
        title: format!("Expect {found}, as the contract gives"),
        edits: vec![TextEdit { span: place, new_text: found.clone() }],
        safe: false,
    })
}
