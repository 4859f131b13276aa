//! Where a span lies in its text, made to fit: never past the end and never inside a character.

use jcm_source::{LineColumn, SourceFile, Sources, Span};

/// A span that fits its text. In a file that is not known, it is the start of an empty text.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The file, if it is known.
    pub(crate) file: Option<&'a SourceFile>,
    /// Byte offset of the first byte, on a character boundary.
    pub(crate) start: usize,
    /// Byte offset after the last byte, on a character boundary and not before `start`.
    pub(crate) end: usize,
}

impl<'a> Place<'a> {
    /// The place of a span.
    pub(crate) fn of(span: Span, sources: &'a Sources) -> Self {
        let file = sources.get(span.file);
        let text = file.map_or("", |file| file.text());
        let start = boundary_before(text, span.range().start);
        // A span that covers part of a character is taken to cover all of it.
        let end = if span.end > span.start { boundary_after(text, span.range().end) } else { start };
        Self { file, start, end: end.max(start) }
    }

    /// What messages call the file, if it is known.
    pub(crate) fn name(&self) -> Option<&'a str> {
        self.file.map(SourceFile::name)
    }

    /// The whole text of the file.
    pub(crate) fn text(&self) -> &'a str {
        self.file.map_or("", |file| file.text())
    }

    /// Line and column of a byte offset of this file, the column in characters.
    pub(crate) fn line_column(&self, offset: usize) -> LineColumn {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        self.file.map_or(LineColumn { line: 1, column: 1 }, |file| file.line_column(offset))
    }

    /// Line and column of a byte offset of this file, the column in UTF-16 units, both from 1.
    pub(crate) fn line_column_utf16(&self, offset: usize) -> (u32, usize) {
        let before = self.text().get(line_start(self.text(), offset)..offset).unwrap_or("");
        (self.line_column(offset).line, before.encode_utf16().count().saturating_add(1))
    }
}

/// The start of the line that holds `offset`.
pub(crate) fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline.saturating_add(1))
}

/// The end of the line that holds `offset`, before its new line.
pub(crate) fn line_end(text: &str, offset: usize) -> usize {
    text.get(offset..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| offset.saturating_add(at))
}

fn boundary_before(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn boundary_after(text: &str, offset: usize) -> usize {
    (offset..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}
