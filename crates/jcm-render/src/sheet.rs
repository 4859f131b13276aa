//! The lines of source text that one diagnostic shows, made safe to draw, with its labels on them.
//!
//! miette draws labels on a text that it is given. It is given this sheet and not the file: only the lines around the
//! labels, from every file that has one, with tabs spread, long lines cut and dangerous characters replaced. The sheet
//! keeps the file, the line and the column that each label really has.

use crate::place::{Place, line_end, line_start};
use crate::visible;
use jcm_diagnostics::{Diagnostic, Label};
use jcm_source::{FileId, Sources};
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::ops::Range;

/// Columns to the next tab stop, at most.
const TAB: usize = 4;
/// A label of more lines than this is drawn on its first line only.
const LINES_OF_A_LABEL: usize = 8;
/// A long line is never cut to fewer characters than this.
const NARROWEST: usize = 20;
/// Stands for the part of a long line that is not shown.
const CUT: char = '…';
/// Stands for the name of a file that is not known.
const UNKNOWN: &str = "unknown file";

/// The lines that a diagnostic shows.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    text: String,
    excerpts: Vec<Excerpt>,
    labels: Vec<Drawn>,
}

/// Lines of one file that follow each other.
#[derive(Debug)]
struct Excerpt {
    name: String,
    /// The number of the first line, from 0.
    first_line: usize,
    lines: usize,
    /// Where the lines are on the sheet.
    on_sheet: Range<usize>,
}

/// A label with the place that it has on the sheet and in the file.
#[derive(Debug)]
struct Drawn {
    on_sheet: Range<usize>,
    /// Line in the file, from 0.
    line: usize,
    /// Column in the file in characters, from 0.
    column: usize,
    text: String,
    primary: bool,
}

impl Sheet {
    /// The sheet of a diagnostic for a terminal of `width` columns.
    pub(crate) fn of(diagnostic: &Diagnostic, sources: &Sources, width: usize) -> Self {
        let primary = Wanted::new(&diagnostic.primary, true, sources);
        let others = diagnostic.secondary.iter().map(|label| Wanted::new(label, false, sources));
        let mut sheet = Self::default();
        let mut context = 1;
        for layer in layers(std::iter::once(primary).chain(others)) {
            for group in grouped(layer, context) {
                sheet.draw(&group, width);
            }
            // A lower layer shows lines that were shown with their context above.
            context = 0;
        }
        sheet
    }

    /// The labels, with their places on the sheet.
    pub(crate) fn labels(&self) -> impl Iterator<Item = LabeledSpan> {
        self.labels.iter().map(|label| {
            let text = (!label.text.is_empty()).then(|| label.text.clone());
            let span = SourceSpan::from(label.on_sheet.clone());
            if label.primary {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })
    }

    /// Draws the lines of one group and its labels.
    fn draw(&mut self, group: &Group<'_>, width: usize) {
        let (text, from) = (group.place.text(), self.text.len());
        let last_line = group.place.line_column(group.lines.end).line;
        // miette draws " 12 │ " before a line, and an arrow where there is a label of several lines.
        let gutter = last_line.to_string().len().saturating_add(4);
        let arrows = if group.labels.iter().any(Wanted::has_several_lines) { 4 } else { 0 };
        let room = width.saturating_sub(gutter).saturating_sub(arrows).max(NARROWEST);

        let mut marks = Marks::default();
        let mut at = group.lines.start;
        let mut lines = 0_usize;
        for line in text.get(group.lines.clone()).unwrap_or("").split('\n') {
            let content = line.strip_suffix('\r').unwrap_or(line);
            let focus = group.focus(at..at.saturating_add(content.len()));
            self.draw_line(content, at, focus, room, &mut marks);
            at = at.saturating_add(line.len()).saturating_add(1);
            lines = lines.saturating_add(1);
        }
        self.excerpts.push(Excerpt {
            name: visible::one_line(group.place.name().unwrap_or(UNKNOWN)),
            first_line: (group.place.line_column(group.lines.start).line as usize).saturating_sub(1),
            lines,
            on_sheet: from..self.text.len(),
        });
        self.labels.extend(group.labels.iter().map(|label| label.drawn(&marks)));
    }

    /// Draws one line that starts at byte `at` of its file, cut to `room` characters around the byte `focus`.
    fn draw_line(&mut self, line: &str, at: usize, focus: usize, room: usize, marks: &mut Marks) {
        let mut cells: Vec<(usize, char)> = Vec::with_capacity(line.len());
        for (offset, c) in line.char_indices() {
            let wide = if c == '\t' { TAB.saturating_sub(cells.len() % TAB) } else { 1 };
            let drawn = if c == '\t' { ' ' } else { visible::shown(c) };
            cells.extend(std::iter::repeat_n((at.saturating_add(offset), drawn), wide));
        }
        let first = cells.partition_point(|(offset, _)| *offset < focus).saturating_sub(room / 4);
        let first = first.min(cells.len().saturating_sub(room));
        let cut_after = cells.len() > first.saturating_add(room);
        cells.truncate(first.saturating_add(room));
        let mut cells = cells.split_off(first);
        if let Some(cell) = cells.first_mut().filter(|_| first > 0) {
            *cell = (at, CUT);
        }
        if let Some((_, c)) = cells.last_mut().filter(|_| cut_after) {
            *c = CUT;
        }
        for (offset, c) in cells {
            marks.push(offset, self.text.len());
            self.text.push(c);
        }
        marks.push(at.saturating_add(line.len()), self.text.len());
        self.text.push('\n');
    }
}

impl SourceCode for Sheet {
    /// Gives the whole excerpt that holds the span, whose lines were chosen before. Without lines of context, miette
    /// wants to know where a label is; then the answer is its place in the file.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset().saturating_add(span.len());
        // No label covers the last new line of an excerpt, so a span that does is two labels that miette tries to join
        // and that stand on different excerpts.
        let holds =
            |excerpt: &&Excerpt| excerpt.on_sheet.start <= span.offset() && end < excerpt.on_sheet.end;
        let excerpt = self.excerpts.iter().find(holds).ok_or(MietteError::OutOfBounds)?;
        let label = self.labels.iter().find(|label| label.on_sheet == (span.offset()..end));
        let (line, column) = match label {
            Some(label) if before == 0 && after == 0 => (label.line, label.column),
            _ => (excerpt.first_line, 0),
        };
        let text = self.text.get(excerpt.on_sheet.clone()).unwrap_or("").as_bytes();
        let name = excerpt.name.clone();
        let span = SourceSpan::from(excerpt.on_sheet.clone());
        Ok(Box::new(MietteSpanContents::new_named(name, text, span, line, column, excerpt.lines)))
    }
}

/// A label that is to be drawn.
struct Wanted<'a> {
    file: Option<FileId>,
    place: Place<'a>,
    /// The bytes of the file to draw it on: no new line at the end, and not too many lines.
    range: Range<usize>,
    text: String,
    primary: bool,
}

impl<'a> Wanted<'a> {
    fn new(label: &Label, primary: bool, sources: &'a Sources) -> Self {
        let place = Place::of(label.span, sources);
        let covered = place.text().get(place.start..place.end).unwrap_or("").trim_end_matches(['\r', '\n']);
        let covered = if covered.split('\n').count() > LINES_OF_A_LABEL {
            covered.lines().next().unwrap_or("")
        } else {
            covered
        };
        let range = place.start..place.start.saturating_add(covered.len());
        let file = place.file.map(|_| label.span.file);
        Self { file, place, range, text: visible::one_line(&label.text), primary }
    }

    fn has_several_lines(&self) -> bool {
        self.place.text().get(self.range.clone()).is_some_and(|covered| covered.contains('\n'))
    }

    /// The bytes of the lines of the label, with at most `context` lines before and as many after.
    fn lines(&self, context: usize) -> Range<usize> {
        let text = self.place.text();
        let mut lines = line_start(text, self.range.start)..line_end(text, self.range.end);
        for _ in 0..context {
            lines.start = line_start(text, lines.start.saturating_sub(1));
            let next = lines.end.saturating_add(1);
            lines.end = if next < text.len() { line_end(text, next) } else { lines.end };
        }
        lines
    }

    /// Whether the two labels cannot be drawn together: miette has one row for the labels below a line and pushes those
    /// that overlap aside, and it miscounts the columns of two brackets on one line.
    fn is_in_the_way_of(&self, other: &Self) -> bool {
        let overlap = |a: &Range<usize>, b: &Range<usize>| {
            let end = |range: &Range<usize>| range.end.max(range.start.saturating_add(1));
            a.start < end(b) && b.start < end(a)
        };
        self.file == other.file
            && match (self.has_several_lines(), other.has_several_lines()) {
                (false, false) => overlap(&self.range, &other.range),
                (true, true) => overlap(&self.lines(0), &other.lines(0)),
                _ => false,
            }
    }

    fn drawn(&self, marks: &Marks) -> Drawn {
        let start = marks.start(self.range.start);
        let end = if self.range.is_empty() { start } else { marks.end(self.range.end).max(start) };
        let at = self.place.line_column(self.place.start);
        Drawn {
            on_sheet: start..end,
            line: (at.line as usize).saturating_sub(1),
            column: (at.column as usize).saturating_sub(1),
            text: self.text.clone(),
            primary: self.primary,
        }
    }
}

/// Labels of one file whose lines touch.
struct Group<'a> {
    file: Option<FileId>,
    place: Place<'a>,
    lines: Range<usize>,
    labels: Vec<Wanted<'a>>,
}

impl Group<'_> {
    /// The byte of a line that must be seen where not all of it can be: a label there, the primary one first.
    fn focus(&self, line: Range<usize>) -> usize {
        self.labels
            .iter()
            .filter(|label| label.range.start <= line.end && label.range.end >= line.start)
            .min_by_key(|label| !label.primary)
            .map_or(line.start, |label| label.range.start.max(line.start))
    }
}

/// Parts labels so that those of one part can be drawn together, the primary one in the first part.
fn layers<'a>(labels: impl Iterator<Item = Wanted<'a>>) -> Vec<Vec<Wanted<'a>>> {
    let mut layers: Vec<Vec<Wanted<'a>>> = Vec::new();
    for label in labels {
        match layers.iter_mut().find(|layer| !layer.iter().any(|other| other.is_in_the_way_of(&label))) {
            Some(layer) => layer.push(label),
            None => layers.push(vec![label]),
        }
    }
    layers
}

/// Groups labels whose lines touch: by file, the first label's first, and then by place.
fn grouped(labels: Vec<Wanted<'_>>, context: usize) -> Vec<Group<'_>> {
    let mut files: Vec<Option<FileId>> = Vec::new();
    for label in &labels {
        if !files.contains(&label.file) {
            files.push(label.file);
        }
    }
    let mut labels = labels;
    labels.sort_by_key(|label| {
        (files.iter().position(|file| *file == label.file), label.lines(context).start, label.range.start)
    });
    let mut groups: Vec<Group<'_>> = Vec::new();
    for label in labels {
        let lines = label.lines(context);
        match groups.last_mut() {
            Some(group) if group.file == label.file && lines.start <= group.lines.end.saturating_add(1) => {
                group.lines.end = group.lines.end.max(lines.end);
                group.labels.push(label);
            }
            _ => groups.push(Group { file: label.file, place: label.place, lines, labels: vec![label] }),
        }
    }
    groups
}

/// Which byte of the file each character on the sheet stands for, in order.
#[derive(Default)]
struct Marks(Vec<(usize, usize)>);

impl Marks {
    fn push(&mut self, in_file: usize, on_sheet: usize) {
        self.0.push((in_file, on_sheet));
    }

    /// The first character on the sheet that stands for the byte, or for the last one shown before it.
    fn start(&self, offset: usize) -> usize {
        let after = self.0.partition_point(|(in_file, _)| *in_file <= offset);
        let shown = after.checked_sub(1).and_then(|last| self.0.get(last)).map_or(0, |(in_file, _)| *in_file);
        self.sheet_of(self.0.partition_point(|(in_file, _)| *in_file < shown))
    }

    /// The first character on the sheet that stands for the byte, or for one after it.
    fn end(&self, offset: usize) -> usize {
        self.sheet_of(self.0.partition_point(|(in_file, _)| *in_file < offset))
    }

    fn sheet_of(&self, index: usize) -> usize {
        self.0.get(index).or(self.0.last()).map_or(0, |(_, on_sheet)| *on_sheet)
    }
}
