//! Parts of a text that belong together: what can be folded, and what grows around a place.

use crate::analysis::Analysis;
use crate::place::{each_term, holds, members};
use jcm_source::{FileId, Span};
use jcm_syntax::ast::{Body, TermKind};

/// What can be folded, in the order of the text.
pub fn folds(analysis: &Analysis, file: FileId) -> Vec<Span> {
    let mut found = Vec::new();
    for declaration in analysis.declarations(file) {
        found.push(declaration.span);
        each_term(declaration, &mut |term| {
            if matches!(term.kind, TermKind::Block(_)) {
                found.push(term.span);
            }
        });
        found.extend(members(declaration).iter().map(|member| member.span));
    }
    found.extend(comments(analysis, file));
    let text = analysis.text(file);
    found.retain(|span| text.get(span.range()).is_some_and(|text| text.contains('\n')));
    found.sort();
    found.dedup();
    found
}

/// Runs of lines that are comments.
fn comments(analysis: &Analysis, file: FileId) -> Vec<Span> {
    let (mut found, mut at) = (Vec::new(), 0_usize);
    let mut run: Option<(usize, usize)> = None;
    for line in analysis.text(file).split_inclusive('\n') {
        let end = at.saturating_add(line.trim_end().len());
        if line.trim_start().starts_with("//") {
            run = Some((run.map_or(at, |(start, _)| start), end));
        } else if let Some((start, end)) = run.take() {
            found.push(span(file, start, end));
        }
        at = at.saturating_add(line.len());
    }
    found.extend(run.map(|(start, end)| span(file, start, end)));
    found
}

pub(crate) fn span(file: FileId, start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(file, offset(start), offset(end))
}

/// The parts that hold a place, from the smallest to the whole text.
pub fn selections(analysis: &Analysis, file: FileId, at: u32) -> Vec<Span> {
    let mut found = vec![span(file, 0, analysis.text(file).len())];
    if let Some(declaration) = analysis.declaration_at(file, at) {
        found.push(declaration.span);
        found.extend(declaration.name.iter().map(|name| name.span));
        found.extend(declaration.title.iter().map(|title| title.span));
        found.extend(declaration.header.iter().map(|phrase| phrase.span));
        for member in members(declaration) {
            found.push(member.span);
            let phrases = member.key.iter().flatten().chain(&member.value);
            found.extend(phrases.map(|phrase| phrase.span));
        }
        if let Body::Prose(paragraphs) = &declaration.body {
            found.extend(paragraphs.iter().map(|paragraph| paragraph.span));
        }
        each_term(declaration, &mut |term| {
            found.push(term.span);
            if let TermKind::Path(names) = &term.kind {
                found.extend(names.iter().map(|name| name.span));
            }
        });
    }
    found.retain(|span| holds(*span, at));
    found.sort_by_key(|span| (span.end.saturating_sub(span.start), span.start));
    found.dedup();
    // Only what nests stays, so that each grows from the one before.
    let mut nested: Vec<Span> = Vec::new();
    for span in found {
        if nested.last().is_none_or(|inner| span.start <= inner.start && inner.end <= span.end) {
            nested.push(span);
        }
    }
    nested
}
