//! Places: byte offsets on one side, lines and columns in the editor's units on the other.

use jcm_ide::Analysis;
use jcm_source::{FileId, Span};
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
    starts: Vec<u32>,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        Self { starts: std::iter::once(0).chain(after_breaks(text, 0)).collect() }
    }

    #[cfg(test)]
    pub(crate) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// A part of the text has become another.
    pub(crate) fn replace(&mut self, start: usize, end: usize, new: &str) {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let kept = self.starts.partition_point(|line| *line <= count(start));
        let gone = self.starts.partition_point(|line| *line <= count(end));
        let (less, more) = (count(end.saturating_sub(start)), count(new.len()));
        for line in self.starts.iter_mut().skip(gone) {
            *line = line.saturating_sub(less).saturating_add(more);
        }
        self.starts.splice(kept..gone.max(kept), after_breaks(new, count(start)));
    }

    /// The byte offset of a position; one beyond a line is its end, one beyond the text the text's.
    pub(crate) fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        offset(&self.starts, text, position, encoding)
    }

    pub(crate) fn position(&self, text: &str, offset: u32, encoding: Encoding) -> Position {
        position(&self.starts, text, offset, encoding)
    }
}

/// Where lines begin after the breaks of a text that itself begins at a place.
fn after_breaks(text: &str, from: u32) -> impl Iterator<Item = u32> {
    let breaks = text.as_bytes().iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    breaks.map(move |(at, _)| u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1).saturating_add(from))
}

fn offset(starts: &[u32], text: &str, position: Position, encoding: Encoding) -> usize {
    let start_of = |line: usize| starts.get(line).map(|start| *start as usize);
    let Some(start) = start_of(position.line as usize) else { return text.len() };
    let end = start_of((position.line as usize).saturating_add(1)).unwrap_or(text.len());
    let line = text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r']);
    start.saturating_add(encoding.offset(line, position.character))
}

fn position(starts: &[u32], text: &str, offset: u32, encoding: Encoding) -> Position {
    let line = starts.partition_point(|start| *start <= offset).saturating_sub(1);
    let start = starts.get(line).copied().unwrap_or(0);
    let before = text.get(start as usize..(offset as usize).min(text.len())).unwrap_or("");
    Position::new(u32::try_from(line).unwrap_or(u32::MAX), encoding.length(before))
}

/// The places of one reading.
pub(crate) struct Places<'a> {
    analysis: &'a Analysis,
    encoding: Encoding,
}

impl<'a> Places<'a> {
    pub(crate) fn new(analysis: &'a Analysis, encoding: Encoding) -> Self {
        Self { analysis, encoding }
    }

    pub(crate) fn offset(&self, file: FileId, position: Position) -> u32 {
        let (starts, text) = (self.analysis.line_starts(file), self.analysis.text(file));
        u32::try_from(offset(starts, text, position, self.encoding)).unwrap_or(u32::MAX)
    }

    pub(crate) fn position(&self, file: FileId, offset: u32) -> Position {
        let (starts, text) = (self.analysis.line_starts(file), self.analysis.text(file));
        position(starts, text, offset, self.encoding)
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
