//! From bytes to rows of cells, each with the number by which a spreadsheet knows it.

use crate::problem::{DataProblem, Problems, codes};
use csv::{ReaderBuilder, StringRecord};
use jcm_quantity::csv_said;

/// How many rows of titles may stand above a header for it to be looked for.
const MOST_TITLES: usize = 20;
/// As many headers as a message shows.
const MOST_HEADERS: usize = 8;

/// A file as rows of cells.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// A row below the header.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The row as a spreadsheet counts.
    pub(crate) number: usize,
    cells: StringRecord,
    /// Of a row that was put together from several: the number of the row that each cell stands in.
    numbers: Vec<usize>,
}

impl Row {
    /// The text of a cell, without the spaces around it; empty where the row has no such cell.
    pub(crate) fn cell(&self, place: usize) -> &str {
        self.cells.get(place).unwrap_or_default().trim()
    }

    /// The number of the row in the file that a cell stands in.
    pub(crate) fn number_at(&self, place: usize) -> usize {
        self.numbers.get(place).copied().unwrap_or(self.number)
    }

    /// A row put together from cells of several, each with the number of its row.
    pub(super) fn together(number: usize, cells: &[(String, usize)]) -> Self {
        let texts: Vec<&str> = cells.iter().map(|(text, _)| text.as_str()).collect();
        let numbers = cells.iter().map(|(_, number)| *number).collect();
        Self { number, cells: StringRecord::from(texts), numbers }
    }

    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// How files begin that hold no comma-separated values, and what they are.
const NO_TABLES: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a workbook, a Word document or an archive"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old workbook or Word document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "a text with formatting"),
];

/// The text of a file, or why it has none.
pub(crate) fn text_of<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Problems> {
    let not_text = |message: &str| {
        let help = "save the file as \"CSV UTF-8 (comma delimited)\"";
        DataProblem::of_file(codes::NOT_UTF8, file, message).help(help)
    };
    if let Some((_, what)) = NO_TABLES.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return Err(not_text(&format!("this is {what}, not a CSV file")).into());
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(not_text("this file is UTF-16 text, and a data file must be UTF-8").into());
    }
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let before = bytes.get(..e.valid_up_to()).unwrap_or_default();
        let row = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        not_text("the text is not UTF-8: it has a letter or sign in an older encoding").row(row)
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Splits a text into rows. The separator is the comma, unless a semicolon or a tab finds more of the wanted headers.
pub(crate) fn split(file: &str, text: &str, wanted: &[&str]) -> Result<Sheet, Problems> {
    let empty = |what| {
        let headers: Vec<&str> = wanted.iter().take(MOST_HEADERS).copied().collect();
        let more = if headers.len() < wanted.len() { ", …" } else { "" };
        let help = format!(
            "give it a row of headers, `{}{more}`, and below it a row for each case",
            headers.join(",")
        );
        Problems::from(DataProblem::of_file(codes::EMPTY, file, what).help(help))
    };
    let separator = separator(text, wanted);
    let mut rows = Rows::new(text, separator);
    let header = rows.next_full().ok_or_else(|| empty("this file is empty"))?;
    let header: Vec<String> = header.cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let mut sheet = Sheet { header, rows: Vec::new() };
    let mut problems = Problems::default();
    if !sheet.header.iter().any(|header| wanted.contains(&header.as_str()))
        && let Some(below) = header_below(&mut rows, wanted)
    {
        let message = format!("the header seems to stand in row {below}, below other text");
        let help = format!("remove the rows above row {below}, so that the file begins with its header");
        return Err(DataProblem::of_file(codes::MISSING_COLUMN, file, message).row(below).help(help).into());
    }
    let mut rows = Rows::new(text, separator);
    rows.next_full();
    while let Some(row) = rows.next_full() {
        if rows.quote_is_open {
            let message = "a quotation mark in this row is opened and not closed, or closed and not opened";
            let help = "write a quotation mark inside a quoted cell twice";
            problems.push(DataProblem::of_file(codes::RAGGED_ROW, file, message).row(row.number).help(help));
        } else if let Some(problem) = ragged(file, &sheet.header, &row) {
            problems.push(problem);
        }
        sheet.rows.push(row);
    }
    if sheet.rows.is_empty() {
        return Err(empty("this file has a header and no rows below it"));
    }
    problems.or(sheet)
}

/// The row with at least two wanted headers, where it stands below the first, under the title of a report.
fn header_below(rows: &mut Rows<'_>, wanted: &[&str]) -> Option<usize> {
    let below = std::iter::from_fn(|| rows.next_full()).take(MOST_TITLES);
    below.filter(|row| headers_in(row, wanted) > 1).map(|row| row.number).next()
}

/// How many wanted headers a row holds.
fn headers_in(row: &Row, wanted: &[&str]) -> usize {
    row.cells.iter().filter(|cell| wanted.contains(&cell.trim())).count()
}

fn separator(text: &str, wanted: &[&str]) -> u8 {
    let found = |separator: u8| {
        let mut rows = Rows::new(text, separator);
        let first = std::iter::from_fn(|| rows.next_full()).take(MOST_TITLES);
        first.map(|row| headers_in(&row, wanted)).max().unwrap_or(0)
    };
    let comma = found(b',');
    let other = [b';', b'\t'].into_iter().find(|other| found(*other) > comma);
    other.unwrap_or(b',')
}

/// Too few cells, or more than the header has where the rest is not empty.
fn ragged(file: &str, header: &[String], row: &Row) -> Option<DataProblem> {
    let (expected, found) = (header.len(), row.cells.len());
    let rest_is_empty = || row.cells.iter().skip(expected).all(|cell| cell.trim().is_empty());
    let help = match found.cmp(&expected) {
        std::cmp::Ordering::Less => {
            "fill the row up with empty cells, or look for a line break inside a cell"
        }
        std::cmp::Ordering::Greater if !rest_is_empty() => "put a cell that holds a comma in quotation marks",
        _ => return None,
    };
    let message = format!("this row has {found} cells where the header has {expected}");
    Some(DataProblem::of_file(codes::RAGGED_ROW, file, message).row(row.number).help(help))
}

/// The rows of a text, with the numbers that a spreadsheet gives them: empty lines count, line breaks inside cells do
/// not.
struct Rows<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    number: usize,
    /// Whether the row last read has an odd number of quotation marks, so that its end cannot be trusted.
    quote_is_open: bool,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, separator: u8) -> Self {
        let mut builder = ReaderBuilder::new();
        let reader =
            builder.has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
        Self { text, reader, number: 0, quote_is_open: false }
    }

    /// The next row that holds anything. A text in memory has no read errors, and it is UTF-8 already.
    fn next_full(&mut self) -> Option<Row> {
        loop {
            let mut cells = StringRecord::new();
            let start = self.place();
            if !self.reader.read_record(&mut cells).unwrap_or(false) {
                return None;
            }
            let raw = self.text.as_bytes().get(start..self.place()).unwrap_or_default();
            let after_return =
                start.checked_sub(1).and_then(|before| self.text.as_bytes().get(before)) == Some(&b'\r');
            self.number += 1 + empty_lines(raw, after_return);
            self.quote_is_open = raw.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
            // What was guarded against spreadsheets is what it was; a case has one key in every file.
            let cells: StringRecord = cells.iter().map(|cell| csv_said(cell.trim())).collect();
            let row = Row { number: self.number, cells, numbers: Vec::new() };
            if !row.is_empty() || self.quote_is_open {
                return Some(row);
            }
        }
    }

    fn place(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }
}

/// The empty lines that the CSV reader passed over before a row. A line feed right after a carriage return belongs to
/// the line before.
fn empty_lines(raw: &[u8], after_return: bool) -> usize {
    let breaks = raw.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let (mut lines, mut last) = (0, if after_return { b'\r' } else { b' ' });
    for byte in breaks {
        lines += usize::from(!(last == b'\r' && *byte == b'\n'));
        last = *byte;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Sheet, split, text_of};

    fn sheet(text: &str) -> Sheet {
        split("a.csv", text, &["a", "b"]).unwrap()
    }

    fn numbers(text: &str) -> Vec<(usize, String)> {
        sheet(text).rows.iter().map(|row| (row.number, row.cell(0).to_owned())).collect()
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does() {
        let expected = [(2, "1".to_owned()), (4, "2\n2".to_owned()), (7, "3".to_owned())];
        assert_eq!(numbers("a,b\n1,x\n\n\"2\n2\",x\n,\n\n3,x\n"), expected);
        let crlf = [(2, "1".to_owned()), (4, "2\r\n2".to_owned()), (7, "3".to_owned())];
        assert_eq!(numbers("a,b\r\n1,x\r\n\r\n\"2\r\n2\",x\r\n,\r\n\r\n3,x\r\n"), crlf);
        assert_eq!(numbers("\n\na,b\n1,x")[0].0, 4);
    }

    #[test]
    fn the_separator_is_the_one_that_finds_the_headers() {
        assert_eq!(sheet("a;b\n1;2").header, ["a", "b"]);
        assert_eq!(sheet("a\tb\n1\t2").header, ["a", "b"]);
        assert_eq!(sheet("a,b;c\n1,2").header, ["a", "b;c"]);
        assert_eq!(sheet("x;y,z\n1,2").header, ["x;y", "z"]);
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_header() {
        let text = text_of("a.csv", b"\xef\xbb\xbfa,b\n1,2").unwrap();
        assert_eq!(sheet(text).header, ["a", "b"]);
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_loses_no_rows_in_silence() {
        let problems = split("a.csv", "a,b\n1,\"x\n2,y\n3,z\n", &["a"]).unwrap_err();
        assert_eq!((problems.list[0].code, problems.list[0].row), ("E0706", Some(2)));
    }
}
