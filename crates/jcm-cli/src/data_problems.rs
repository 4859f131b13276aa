//! Problems in a data file as problems with places, so that they are drawn like any other: with the row shown.

use crate::report::Report;
use jcm::{Diagnostic, FileId, SourceFile, Span};
use jcm_diagnostics::Code;
use jcm_settle::{DataProblem, Problems, codes};
use std::ops::Range;

/// The report of a data file that cannot be settled.
pub(crate) fn report(file_name: &str, bytes: &[u8], problems: &Problems) -> Report {
    // Places count from the text as it is drawn; a file in another encoding is drawn as well as it can be.
    let text = String::from_utf8_lossy(bytes).into_owned();
    Report::of_file(SourceFile::new(file_name, text), |file, source| {
        let grid = Grid::of(source.text());
        let mut all: Vec<Diagnostic> =
            problems.list.iter().map(|problem| diagnostic(problem, file, &grid)).collect();
        if problems.more > 0 {
            all = with_help_for_last(
                all,
                format!("Mend these first: this file has {} more problems", problems.more),
            );
        }
        all
    })
}

fn with_help_for_last(mut all: Vec<Diagnostic>, help: String) -> Vec<Diagnostic> {
    if let Some(last) = all.pop() {
        all.push(last.help(help));
    }
    all
}

fn diagnostic(problem: &DataProblem, file: FileId, grid: &Grid<'_>) -> Diagnostic {
    let range = grid.place(problem.row, problem.column.as_deref());
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span::new(file, offset(range.start), offset(range.end));
    // The place is said in words too: who mends the file knows rows and headers, not bytes. A problem of the header
    // names its column itself.
    let (place, label) = match (problem.row, &problem.column) {
        (None, None) | (Some(1), Some(_)) => (String::new(), ""),
        (Some(row), None) => (format!("row {row}: "), "this row"),
        (Some(row), Some(column)) => (format!("row {row}, column `{column}`: "), "this cell"),
        (None, Some(column)) => (format!("column `{column}`: "), ""),
    };
    let message = format!("{place}{}", problem.message);
    let diagnostic = Diagnostic::error(Code(problem.code), message, span, label);
    let diagnostic =
        if problem.help.is_empty() { diagnostic } else { diagnostic.help(capitalised(&problem.help)) };
    match on_the_command_line(problem.code) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// What to type, for problems that a word on the command line solves.
fn on_the_command_line(code: &str) -> Option<&'static str> {
    match code {
        codes::NO_DATASET => Some("Name the dataset with --dataset"),
        codes::NO_PERIOD => Some("Name the period with --period"),
        _ => None,
    }
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Where the rows and cells of a CSV text stand. Rows are counted as a spreadsheet counts them: an empty line is a
/// row, and a line break inside quotation marks does not end one.
struct Grid<'a> {
    text: &'a str,
    rows: Vec<Range<usize>>,
}

impl<'a> Grid<'a> {
    fn of(text: &'a str) -> Self {
        let mut rows = Vec::new();
        let mut start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut is_quoted = false;
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'"' => is_quoted = !is_quoted,
                b'\n' if !is_quoted => {
                    rows.push(start..at);
                    start = at + 1;
                }
                _ => {}
            }
        }
        rows.push(start..text.len());
        Self { text, rows }
    }

    /// The cell, or as much of a place as is known: the row, or the beginning of the file.
    fn place(&self, row: Option<usize>, column: Option<&str>) -> Range<usize> {
        let whole = row.and_then(|row| self.row(row)).unwrap_or_else(|| self.row(1).unwrap_or(0..0));
        column.and_then(|column| self.cell(&whole, column)).unwrap_or(whole)
    }

    /// A row, from 1, without its line break.
    fn row(&self, number: usize) -> Option<Range<usize>> {
        let row = self.rows.get(number.checked_sub(1)?)?.clone();
        let text = self.text.get(row.clone())?;
        Some(row.start..row.start + text.trim_end_matches('\r').len())
    }

    fn cell(&self, row: &Range<usize>, column: &str) -> Option<Range<usize>> {
        let header = self
            .rows
            .iter()
            .find(|row| self.text.get((*row).clone()).is_some_and(|text| !text.trim().is_empty()))?;
        let find = |separator: char| {
            let cells = self.cells(header, separator);
            let is_it = |cell: &Range<usize>| {
                self.text.get(cell.clone()).is_some_and(|text| unquoted(text) == column)
            };
            Some((separator, cells.iter().position(is_it)?))
        };
        let (separator, place) = [',', ';', '\t'].into_iter().find_map(find)?;
        self.cells(row, separator).get(place).cloned()
    }

    fn cells(&self, row: &Range<usize>, separator: char) -> Vec<Range<usize>> {
        let Some(text) = self.text.get(row.clone()) else { return Vec::new() };
        let mut is_quoted = false;
        let mut start = 0;
        let mut cells = Vec::new();
        for (at, character) in text.char_indices() {
            if character == '"' {
                is_quoted = !is_quoted;
            } else if character == separator && !is_quoted {
                cells.push(row.start + start..row.start + at);
                start = at + character.len_utf8();
            }
        }
        cells.push(row.start + start..row.start + text.trim_end_matches('\r').len().max(start));
        cells
    }
}

/// The text of a cell as the reader gives it.
fn unquoted(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) => inside.replace("\"\"", "\"").trim().to_owned(),
        None => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell<'a>(text: &'a str, row: usize, column: &str) -> &'a str {
        text.get(Grid::of(text).place(Some(row), Some(column))).unwrap()
    }

    #[test]
    fn a_cell_is_found_by_its_row_and_its_header() {
        let text = "ACO,\"Cost, actual\",Rate\r\nA1,\"1,234\",6.46\r\n\r\nA2,5,7%\r\n";
        assert_eq!(cell(text, 2, "Cost, actual"), "\"1,234\"");
        assert_eq!(cell(text, 2, "Rate"), "6.46");
        assert_eq!(cell(text, 4, "Rate"), "7%");
    }

    #[test]
    fn line_breaks_in_quotes_and_other_separators_are_understood() {
        assert_eq!(cell("a;b\n\"x\ny\";1\nz;2\n", 3, "b"), "2");
        assert_eq!(cell("\u{feff}a\tb\n1\t2", 2, "a"), "1");
    }

    #[test]
    fn what_is_not_there_is_shown_as_far_as_it_is() {
        let text = "a,b\n1\n";
        assert_eq!(cell(text, 2, "c"), "1");
        assert_eq!(cell(text, 9, "a"), "a");
        assert_eq!(text.get(Grid::of(text).place(None, None)), Some("a,b"));
        assert_eq!(Grid::of("").place(Some(1), Some("a")), 0..0);
    }
}
