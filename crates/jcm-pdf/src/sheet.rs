//! Tables: a header row that repeats on each page, rows that stay whole, columns as wide as what they hold.

use crate::program::{Writer, revised};
use jcm_doc::{Align, Columns, Revision, Table, TableRow, plain};

/// Between the margins, in twentieths of a point.
const WIDTH: usize = 9066;
/// Tables of no more rows than this are kept on one page, unless a cell is long.
const SHORT: usize = 8;
/// A cell of more letters than this may be broken between pages.
const LONG_CELL: usize = 900;
/// A letter and the space beside the text of a cell, in twentieths of a point.
const LETTER: usize = 95;
const SMALL_LETTER: usize = 80;
const SIDES: usize = 160;

/// Writes a table with its caption.
pub(crate) fn table(writer: &mut Writer<'_>, table: &Table, revision: Option<Revision>) {
    if table.header.is_empty() {
        return;
    }
    let columns = Columns::of(table, WIDTH);
    let letter = if columns.small { SMALL_LETTER } else { LETTER };
    let longest: Vec<usize> =
        columns.widths.iter().map(|width| (width.saturating_sub(SIDES) / letter).max(4)).collect();
    let long =
        table.rows.iter().flat_map(|row| &row.cells).any(|cell| plain(cell).chars().count() > LONG_CELL);

    let mut cells = vec![heads(writer, table, &longest, revision)];
    for row in &table.rows {
        cells.extend(body_row(writer, table, row, &longest, revision.or(row.revision)));
    }
    let caption = revised(writer.letters.string(&table.caption), revision);
    let widths = columns.widths.iter().map(|width| format!("{}fr,", width.max(&1)));
    let aligns = (0..columns.widths.len()).map(|place| match table.align.get(place) {
        Some(Align::Right) => "right,",
        _ => "left,",
    });
    let short = table.rows.len() <= SHORT && !long;
    writer.line(&format!(
        "sheet({caption}, ({}), ({}), {}, {short}, {long}, (\n{},\n), {})",
        widths.collect::<String>(),
        aligns.collect::<String>(),
        columns.small,
        cells.join(",\n"),
        table.rows.len()
    ));
}

fn heads(writer: &mut Writer<'_>, table: &Table, longest: &[usize], revision: Option<Revision>) -> String {
    let mut heads = Vec::new();
    for (place, (head, longest)) in table.header.iter().zip(longest).enumerate() {
        let words = format!("{{{}}}", writer.letters.breakable(head, *longest));
        let head = format!("strong({})", revised(words, revision));
        let anchor = table.anchors.get(place).and_then(Option::as_deref);
        heads.push(writer.placed(anchor, revision, head));
    }
    format!("table.header({})", heads.join(", "))
}

fn body_row(
    writer: &mut Writer<'_>,
    table: &Table,
    row: &TableRow,
    longest: &[usize],
    revision: Option<Revision>,
) -> Vec<String> {
    let nothing = Vec::new();
    let mut cells = Vec::new();
    for (place, longest) in longest.iter().enumerate() {
        let cell = writer.text_of(row.cells.get(place).unwrap_or(&nothing), revision, *longest);
        let cell = writer.placed(row.anchor.as_deref().filter(|_| place == 0), revision, cell);
        cells.push(if place == 0 && table.row_heads { format!("head({cell})") } else { cell });
    }
    cells
}
