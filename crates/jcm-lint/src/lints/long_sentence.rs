//! L0121: a sentence of a clause with more words than people hold in mind.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::Paragraph;
use jcm_quantity::Exact;
use jcm_source::Span;

pub(super) fn find(view: &View<'_>, above: &Exact) -> Vec<Diagnostic> {
    let clauses = view.program.clauses.iter().flat_map(|clause| &clause.paragraphs);
    let definitions = view.program.definitions.iter().flat_map(|definition| &definition.paragraphs);
    clauses.chain(definitions).flat_map(|paragraph| long(view, paragraph, above)).collect()
}

fn long(view: &View<'_>, paragraph: &Paragraph, above: &Exact) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut start = paragraph.span.start;
    for sentence in view.sources.text_of(paragraph.span).split_inclusive(". ") {
        let length = u32::try_from(sentence.len()).unwrap_or(u32::MAX);
        let words = sentence.split_whitespace().count();
        if Exact::from_int(i64::try_from(words).unwrap_or(i64::MAX)) > *above {
            let span = Span::new(paragraph.span.file, start, start.saturating_add(length));
            let said = format!("a sentence of {words} words");
            found.push(
                finding(said, span, format!("more than {}", above.text()))
                    .help("Say one thing in a sentence; make a list of conditions"),
            );
        }
        start = start.saturating_add(length);
    }
    found
}
