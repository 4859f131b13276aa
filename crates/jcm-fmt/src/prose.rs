//! Legal text: it keeps its lines, without the blanks around them, and its paragraphs one blank line apart.

use crate::tree::{RunReader, What, has_line_break};
use jcm_syntax::{Element, Node, SyntaxKind};

/// The legal text of a clause or definition.
pub(crate) struct Prose {
    /// The lines without what stands around them; an empty one between paragraphs.
    pub(crate) lines: Vec<String>,
    /// Whether it is empty or a person wrote it without a line break.
    pub(crate) on_one_line: bool,
}

impl Prose {
    pub(crate) fn read(node: Node<'_>) -> Self {
        let mut text = String::new();
        for child in node.children() {
            match child {
                Element::Token(token) if token.kind == SyntaxKind::ProseText => {
                    add_words(&mut text, token.text)
                }
                Element::Node(hole) => add_hole(&mut text, hole),
                Element::Token(_) => {}
            }
        }
        let mut lines: Vec<String> = Vec::new();
        for line in text.split('\n') {
            let line = line.trim_matches(is_blank);
            // A blank line is kept where it parts two paragraphs.
            if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(line.to_owned());
            }
        }
        if lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        let on_one_line = lines.is_empty() || !has_line_break(node);
        Self { lines, on_one_line }
    }
}

/// Spaces that only lay the text out; one that must not break is part of the text.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r')
}

/// Adds words, with a plain space for each run of blanks that has more than spaces.
fn add_words(text: &mut String, words: &str) {
    let mut rest = words;
    while let Some(start) = rest.find(['\t', '\r']) {
        let (before, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
        text.push_str(before.trim_end_matches(is_blank));
        text.push(' ');
        rest = from.trim_start_matches(is_blank);
    }
    text.push_str(rest);
}

/// Adds a hole: a comment in it and a line that a person broke in it stay.
fn add_hole(text: &mut String, hole: Node<'_>) {
    let mut reader = RunReader::default();
    for child in hole.children() {
        match child {
            Element::Token(token) if matches!(token.kind, SyntaxKind::HoleOpen | SyntaxKind::HoleClose) => {}
            _ => reader.element(child, hole.kind),
        }
    }
    text.push('{');
    for (at, piece) in reader.finish_hole().iter().enumerate() {
        for comment in &piece.comments {
            text.push(if comment.own_line { '\n' } else { ' ' });
            text.push_str(comment.text);
        }
        if !piece.comments.is_empty() || piece.broken && at > 0 {
            text.push('\n');
        } else if piece.space {
            text.push(' ');
        }
        if let What::Token(_, word) = &piece.what {
            text.push_str(word);
        }
    }
    text.push('}');
}
