//! Places: byte offsets on one side, lines and columns in the editor's units on the other.

use jcm_ide::Analysis;
use jcm_source::{FileId, Span};
use std::cell::RefCell;
use std::collections::BTreeMap;
use tower_lsp::ls_types::{Location, Position, PositionEncodingKind, Range};

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of two bytes, as every editor can.
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The first of those that an editor offers which is cheap here; what every editor can where it offers none.
    pub(crate) fn chosen(offered: Option<&[PositionEncodingKind]>) -> Self {
        let known = offered.unwrap_or(&[]).iter().find_map(|kind| match kind.as_str() {
            "utf-8" => Some(Self::Utf8),
            "utf-32" => Some(Self::Utf32),
            "utf-16" => Some(Self::Utf16),
            _ => None,
        });
        known.unwrap_or(Self::Utf16)
    }

    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// How many units a text has.
    pub(crate) fn length(self, text: &str) -> u32 {
        let length = match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Utf32 => text.chars().count(),
        };
        u32::try_from(length).unwrap_or(u32::MAX)
    }

    /// The byte offset in a line after so many units; its end where it has fewer.
    fn offset(self, line: &str, units: u32) -> usize {
        let mut left = units;
        for (at, letter) in line.char_indices() {
            let width = self.length(letter.encode_utf8(&mut [0; 4]));
            if left < width {
                return at;
            }
            left = left.saturating_sub(width);
        }
        line.len()
    }
}

/// Where the lines of a text begin.
#[derive(Debug, Clone)]
pub(crate) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at.saturating_add(1));
        Self { starts: std::iter::once(0).chain(after).collect() }
    }

    /// The byte offset of a position; one beyond a line is its end, one beyond the text the text's.
    pub(crate) fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let Some(start) = self.starts.get(position.line as usize).copied() else { return text.len() };
        let end = self.starts.get((position.line as usize).saturating_add(1)).copied().unwrap_or(text.len());
        let line = text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r']);
        start.saturating_add(encoding.offset(line, position.character))
    }

    pub(crate) fn position(&self, text: &str, offset: u32, encoding: Encoding) -> Position {
        let offset = (offset as usize).min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = text.get(start..offset).unwrap_or("");
        Position::new(u32::try_from(line).unwrap_or(u32::MAX), encoding.length(before))
    }
}

/// The places of one reading.
pub(crate) struct Places<'a> {
    analysis: &'a Analysis,
    encoding: Encoding,
    lines: RefCell<BTreeMap<FileId, Lines>>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(analysis: &'a Analysis, encoding: Encoding) -> Self {
        Self { analysis, encoding, lines: RefCell::default() }
    }

    fn with<T>(&self, file: FileId, ask: impl FnOnce(&Lines, &str) -> T) -> T {
        let text = self.analysis.text(file);
        let mut lines = self.lines.borrow_mut();
        ask(lines.entry(file).or_insert_with(|| Lines::of(text)), text)
    }

    pub(crate) fn offset(&self, file: FileId, position: Position) -> u32 {
        let offset = self.with(file, |lines, text| lines.offset(text, position, self.encoding));
        u32::try_from(offset).unwrap_or(u32::MAX)
    }

    pub(crate) fn position(&self, file: FileId, offset: u32) -> Position {
        self.with(file, |lines, text| lines.position(text, offset, self.encoding))
    }

    pub(crate) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.file, span.start), self.position(span.file, span.end))
    }

    pub(crate) fn span(&self, file: FileId, range: Range) -> Span {
        Span::new(file, self.offset(file, range.start), self.offset(file, range.end))
    }

    pub(crate) fn location(&self, span: Span) -> Option<Location> {
        let uri = crate::names::uri_of(&self.analysis.name_of(span.file))?;
        Some(Location::new(uri, self.range(span)))
    }

    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_the_editor_counts() {
        let text = "a\r\n£𝄞b\n";
        let lines = Lines::of(text);
        for (encoding, column) in [(Encoding::Utf8, 6), (Encoding::Utf16, 3), (Encoding::Utf32, 2)] {
            let at = u32::try_from(text.find('b').unwrap()).unwrap();
            let position = lines.position(text, at, encoding);
            assert_eq!(position, Position::new(1, column));
            assert_eq!(lines.offset(text, position, encoding), at as usize);
        }
        assert_eq!(lines.offset(text, Position::new(0, 99), Encoding::Utf16), 1);
        assert_eq!(lines.offset(text, Position::new(99, 0), Encoding::Utf16), text.len());
    }

    #[test]
    fn the_cheapest_offered_encoding_is_taken() {
        assert_eq!(Encoding::chosen(None), Encoding::Utf16);
        let offered = [PositionEncodingKind::new("utf-7"), PositionEncodingKind::UTF8];
        assert_eq!(Encoding::chosen(Some(&offered)), Encoding::Utf8);
    }
}
