//! L0119: an abbreviation in a clause that nothing in the contract explains.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Paragraph, Piece};
use jcm_source::Span;
use std::collections::BTreeMap;

pub(super) fn find(view: &View<'_>, _: &jcm_quantity::Exact) -> Vec<Diagnostic> {
    let program = view.program;
    let clauses = program.clauses.iter().flat_map(|clause| &clause.paragraphs);
    let definitions = program.definitions.iter().flat_map(|definition| &definition.paragraphs);
    let paragraphs: Vec<&Paragraph> = clauses.chain(definitions).collect();
    let explained = explained(view, &paragraphs);
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for paragraph in paragraphs {
        let text = view.sources.text_of(paragraph.span);
        for (at, word) in words(text).filter(|(_, word)| is_abbreviation(word)) {
            let start = paragraph.span.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
            let end = start.saturating_add(u32::try_from(word.len()).unwrap_or(u32::MAX));
            let bare = word.strip_suffix('s').unwrap_or(word);
            if !explained.iter().any(|known| known == bare) {
                first.entry(bare.to_owned()).or_insert(Span::new(paragraph.span.file, start, end));
            }
        }
    }
    first.into_iter().map(|(word, span)| describe(&word, span)).collect()
}

/// Abbreviations that a title has, that a definition explains, or that a clause writes out: `Mental Health Act (MHA)`.
fn explained(view: &View<'_>, paragraphs: &[&Paragraph]) -> Vec<String> {
    let program = view.program;
    let titles = program
        .definitions
        .iter()
        .map(|definition| &definition.head.title)
        .chain(program.partners.iter().map(|partner| &partner.head.title))
        .chain(program.measures.iter().map(|measure| &measure.head.title))
        .chain(program.services.iter().map(|service| &service.head.title))
        .chain(program.boards.iter().map(|board| &board.head.title))
        .chain(program.outcomes.iter().map(|outcome| &outcome.head.title))
        .chain([&program.contract.head.title, &program.contract.currency.code]);
    let in_titles = titles.flat_map(|title| words(title).map(|(_, word)| word.to_owned()));
    let texts = paragraphs.iter().flat_map(|paragraph| &paragraph.pieces).filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Reference { .. } | Piece::Figure { .. } => None,
    });
    let in_brackets = texts.flat_map(|text| {
        let parts = text.split('(').skip(1).filter_map(|part| part.split(')').next());
        parts.map(|part| part.trim_matches(['"', '“', '”', ' ']).to_owned()).collect::<Vec<_>>()
    });
    in_titles.chain(in_brackets).collect()
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').map(move |word| {
        let start = at;
        // Every character between words has at least one byte; the next word is found from here.
        at = start
            + word.len()
            + text.get(start + word.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (start, word)
    })
}

/// Two to six capitals, perhaps with an `s`.
fn is_abbreviation(word: &str) -> bool {
    let capitals = word.strip_suffix('s').unwrap_or(word);
    (2..=6).contains(&capitals.len()) && capitals.chars().all(|letter| letter.is_ascii_uppercase())
}

fn describe(word: &str, span: Span) -> Diagnostic {
    finding(format!("nothing says what “{word}” stands for"), span, "used first here").help(format!(
        "Write it out here, with “({word})” after it, or define it: `definition {} \"{word}\" {{ … }}`",
        word.to_lowercase()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        let found: Vec<(usize, &str)> =
            words("The £5 MDT, née X").filter(|(_, word)| !word.is_empty()).collect();
        assert_eq!(found, [(0, "The"), (6, "5"), (8, "MDT"), (13, "née"), (18, "X")]);
    }

    #[test]
    fn an_abbreviation_is_of_capitals() {
        assert!(is_abbreviation("MDT") && is_abbreviation("PCNs"));
        assert!(!is_abbreviation("A") && !is_abbreviation("Act") && !is_abbreviation("IMPORTANT"));
    }
}
