//! The end of a file: its columns, where their pages are, and what is said of it.

use crate::compact::{Kind, Struct, signed, text};
use crate::pages::{PLACES, PLAIN, RUN_LENGTHS};
use crate::{Cells, Column};

/// How many digits a decimal has, and in how many bytes it stands.
const DIGITS: i32 = 38;
const BYTES: i32 = 16;

const BYTE_ARRAY: i32 = 6;
const FIXED_BYTES: i32 = 7;
const REQUIRED: i32 = 0;
const UTF8: i32 = 0;
const DECIMAL: i32 = 5;
const NOT_COMPRESSED: i32 = 0;
const VERSION: i32 = 1;

/// Where some rows of a column are.
pub(crate) struct Chunk {
    /// Where its first page begins.
    pub(crate) begin: usize,
    /// Where its page of data begins.
    pub(crate) data: usize,
    /// Where its last page ends.
    pub(crate) end: usize,
    /// How many cells it has.
    pub(crate) count: usize,
}

/// Some rows of every column.
pub(crate) struct Group {
    pub(crate) chunks: Vec<Chunk>,
    pub(crate) rows: usize,
}

pub(crate) fn footer(
    columns: &[Column<'_>],
    groups: &[Group],
    rows: usize,
    notes: &[(&str, &str)],
) -> Vec<u8> {
    let count = i32::try_from(columns.len()).unwrap_or(i32::MAX);
    let root = Struct::default().text(4, "table").number(5, count).done();
    let schema: Vec<Vec<u8>> = std::iter::once(root).chain(columns.iter().map(element)).collect();
    let groups: Vec<Vec<u8>> = groups.iter().map(|group| of_group(columns, group)).collect();
    let note = |(name, words): &(&str, &str)| Struct::default().text(1, name).text(2, words).done();
    let notes: Vec<Vec<u8>> = notes.iter().map(note).collect();
    Struct::default()
        .number(1, VERSION)
        .list(2, Kind::Struct, &schema)
        .long(3, rows)
        .list(4, Kind::Struct, &groups)
        .list(5, Kind::Struct, &notes)
        .text(6, "jcm")
        .done()
}

/// What a column is, in the words of old readers and of new ones.
fn element(column: &Column<'_>) -> Vec<u8> {
    match &column.cells {
        Cells::Words(_) => Struct::default()
            .number(1, BYTE_ARRAY)
            .number(3, REQUIRED)
            .text(4, column.name)
            .number(6, UTF8)
            .inner(10, Struct::default().inner(1, Struct::default())),
        Cells::Decimals(_, scale) => {
            let scale = i32::from(*scale);
            let decimal = Struct::default().number(1, scale).number(2, DIGITS);
            Struct::default()
                .number(1, FIXED_BYTES)
                .number(2, BYTES)
                .number(3, REQUIRED)
                .text(4, column.name)
                .number(6, DECIMAL)
                .number(7, scale)
                .number(8, DIGITS)
                .inner(10, Struct::default().inner(5, decimal))
        }
    }
    .done()
}

fn of_group(columns: &[Column<'_>], group: &Group) -> Vec<u8> {
    let size = group.chunks.iter().map(|chunk| chunk.end - chunk.begin).sum();
    let chunks: Vec<Vec<u8>> =
        columns.iter().zip(&group.chunks).map(|(column, chunk)| of_chunk(column, chunk)).collect();
    Struct::default().list(1, Kind::Struct, &chunks).long(2, size).long(3, group.rows).done()
}

fn of_chunk(column: &Column<'_>, chunk: &Chunk) -> Vec<u8> {
    let is_words = matches!(column.cells, Cells::Words(_));
    let (kind, encodings) = match is_words {
        true => (BYTE_ARRAY, vec![PLAIN, RUN_LENGTHS, PLACES]),
        false => (FIXED_BYTES, vec![PLAIN, RUN_LENGTHS]),
    };
    let encodings: Vec<Vec<u8>> = encodings.into_iter().map(|encoding| signed(i64::from(encoding))).collect();
    let size = chunk.end - chunk.begin;
    let mut own = Struct::default()
        .number(1, kind)
        .list(2, Kind::Number, &encodings)
        .list(3, Kind::Text, &[text(column.name)])
        .number(4, NOT_COMPRESSED)
        .long(5, chunk.count)
        .long(6, size)
        .long(7, size)
        .long(9, chunk.data);
    if is_words {
        own = own.long(11, chunk.begin);
    }
    Struct::default().long(2, chunk.begin).inner(3, own).done()
}
