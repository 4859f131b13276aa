//! Words of source texts: which names a text uses outside of comments, texts in quotation marks and prose.

use crate::view::View;
use jcm_model::Program;
use jcm_source::{FileId, Span};

/// A name in a source text.
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    pub(crate) file: FileId,
    pub(crate) at: u32,
}

/// Every name that the contract's own texts use, but for what localities set.
pub(crate) fn words<'a>(view: &View<'a>) -> Vec<Word<'a>> {
    let prose = prose(view.program);
    let localities: Vec<Span> = view.program.localities.iter().map(|locality| locality.head.span).collect();
    let inside = |spans: &[Span], file: FileId, at: u32| {
        spans.iter().any(|span| span.file == file && span.start <= at && at < span.end)
    };
    let mut words = Vec::new();
    for (file, text) in view.own_files() {
        let mut braces = 0u32;
        for (at, token) in tokens(text) {
            let in_hole = !inside(&prose, file, at) || braces >= 2;
            match token {
                "{" => braces += 1,
                "}" => braces = braces.saturating_sub(1),
                // Within prose only what stands between braces of its own is a name.
                word if in_hole && !inside(&localities, file, at) => {
                    words.push(Word { text: word, file, at });
                }
                _ => {}
            }
        }
    }
    words
}

fn prose(program: &Program) -> Vec<Span> {
    let clauses = program.clauses.iter().map(|clause| clause.head.span);
    clauses.chain(program.definitions.iter().map(|definition| definition.head.span)).collect()
}

/// Names and braces with their places, without comments and texts in quotation marks.
fn tokens(text: &str) -> Vec<(u32, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        let mut at = start;
        while let Some(first) = rest.chars().next() {
            let length = if rest.starts_with("//") {
                rest.len()
            } else if first == '"' {
                let closing = rest.char_indices().skip(1).find(|(_, letter)| *letter == '"');
                closing.map_or(rest.len(), |(place, _)| place + 1)
            } else if is_letter(first) {
                rest.find(|letter| !is_letter(letter)).unwrap_or(rest.len())
            } else {
                first.len_utf8()
            };
            let (token, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            if is_letter(first) || first == '{' || first == '}' {
                found.push((u32::try_from(at).unwrap_or(u32::MAX), token));
            }
            at += token.len();
            rest = after;
        }
        start += line.len();
    }
    found
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_quoted_texts_hold_no_names() {
        let found: Vec<&str> =
            tokens("a = b.c // d\n\"e // f\" g £5\n").into_iter().map(|(_, token)| token).collect();
        assert_eq!(found, ["a", "b", "c", "g", "5"]);
    }
}
