//! E0104: a text without its closing quotation mark.

use super::{SyntaxProblem, range};

/// A quotation mark and what follows it on its line.
pub(crate) struct UnclosedText<'a> {
    /// The text, quotation mark included.
    pub(crate) text: &'a str,
    /// Where it starts.
    pub(crate) start: usize,
}

impl From<UnclosedText<'_>> for SyntaxProblem {
    fn from(UnclosedText { text, start }: UnclosedText<'_>) -> Self {
        let text = text.trim_end();
        let at = range(start, text.len());
        Self::new(
            "E0104",
            at,
            "this text has no closing quotation mark",
            "it must close on the line where it begins",
        )
        .fix("Insert `\"` at the end", (at.1, at.1), "\"")
    }
}
