//! The open texts, and edits to them.

use crate::places::{Encoding, Lines};
use tower_lsp::ls_types::TextDocumentContentChangeEvent;

/// An open text.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) version: i32,
    pub(crate) text: String,
    lines: Lines,
}

impl Document {
    pub(crate) fn new(version: i32, text: String) -> Self {
        let lines = Lines::of(&text);
        Self { version, text, lines }
    }

    /// Applies changes in their order. A range that does not lie in the text is moved into it.
    pub(crate) fn change(&mut self, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            let Some(range) = change.range else {
                *self = Self::new(self.version, change.text);
                continue;
            };
            let start = self.lines.offset(&self.text, range.start, encoding);
            let end = self.lines.offset(&self.text, range.end, encoding).max(start);
            self.lines.replace(start, end, &change.text);
            self.text.replace_range(start..end, &change.text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tower_lsp::ls_types::{Position, Range};

    #[test]
    fn changes_apply_one_after_the_other_and_stray_ranges_are_moved_in() {
        let mut document = Document::new(1, "£5\nab\n".to_owned());
        let change = |from: (u32, u32), to: (u32, u32), text: &str| TextDocumentContentChangeEvent {
            range: Some(Range::new(Position::new(from.0, from.1), Position::new(to.0, to.1))),
            range_length: None,
            text: text.to_owned(),
        };
        document.change(vec![change((0, 1), (0, 2), "6"), change((1, 0), (1, 1), "")], Encoding::Utf16);
        assert_eq!(document.text, "£6\nb\n");
        document.change(vec![change((9, 9), (9, 9), "c"), change((1, 9), (0, 0), "d")], Encoding::Utf16);
        assert_eq!(document.text, "£6\nbd\nc");
        document.change(
            vec![change((0, 0), (0, 2), "a\n\nb\n"), change((3, 0), (4, 1), "\n\ne\n")],
            Encoding::Utf16,
        );
        assert_eq!(document.text, "a\n\nb\n\n\ne\nd\nc");
        assert_eq!(document.lines.starts(), Lines::of(&document.text).starts());
    }
}
