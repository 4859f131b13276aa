//! Problems that follow from another one, and are not told: one slip is one problem.

use jcm_diagnostics::Diagnostic;
use jcm_source::{Sources, Span};

/// Codes of what one party does alone, which is no wonder where another party has its name.
const ALONE: &[&str] = &["E0505", "E0547"];

/// What the parser found, and what the checker found besides.
pub(crate) fn told(
    sources: &Sources,
    mut diagnostics: Vec<Diagnostic>,
    checked: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    // What could not be read explains why there is no contract, or half of one.
    let unread = !diagnostics.is_empty();
    let places: Vec<Span> = diagnostics.iter().map(|problem| problem.primary.span).collect();
    let unread_names: Vec<&str> =
        diagnostics.iter().filter_map(|problem| behind_misspelt_kind(sources, problem)).collect();
    let double: Vec<&str> = checked
        .iter()
        .filter(|problem| problem.code.0 == "E0203")
        .map(|problem| sources.text_of(problem.primary.span))
        .collect();
    // What begins where a character could not be read says the same again.
    let says_again = |span: Span| {
        places
            .iter()
            .any(|place| place.file == span.file && (place.start == span.start || place.start == span.end))
    };
    let follows = |problem: &Diagnostic| {
        let code = problem.code.0;
        let span = problem.primary.span;
        let has = |names: &[&str]| {
            let text = sources.text_of(span);
            text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| names.contains(&word))
        };
        (unread && (jcm_sema::FOLLOWS_FROM_SYNTAX.contains(&code) || says_again(span)))
            || (code == "E0202" && has(&unread_names))
            || (ALONE.contains(&code) && has(&double))
    };
    let checked: Vec<Diagnostic> = checked.iter().filter(|problem| !follows(problem)).cloned().collect();
    diagnostics.extend(checked);
    diagnostics
}

/// The name that a declaration would declare if its kind were spelt right.
fn behind_misspelt_kind<'s>(sources: &'s Sources, problem: &Diagnostic) -> Option<&'s str> {
    let is_misspelt = problem.code.0 == "E0101" && !problem.fixes.is_empty();
    let span = problem.primary.span;
    let text = sources.get(span.file).filter(|_| is_misspelt)?.text();
    let name = text.get(span.end as usize..)?.lines().next()?.trim_start();
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    name.get(..end).filter(|name| !name.is_empty())
}
