//! A table as a Parquet file, for the tools that analysts load data with.
//!
//! [`parquet`] writes what a table of figures needs and nothing else: every cell is there, words stand in a dictionary,
//! and a number is a decimal of 38 digits, which is exact, and not a float. Pages are not compressed: words that stand
//! in many rows cost a few bits each. The format is that of <https://parquet.apache.org>, version 1 of its pages, which
//! every reader knows.

mod compact;
mod metadata;
mod pages;

use metadata::{Chunk, Group};

/// The most rows of a group; a reader holds one group at a time.
const MOST_ROWS: usize = 200_000;
/// What a Parquet file begins and ends with.
const MAGIC: &[u8] = b"PAR1";

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column<'t> {
    /// Its name.
    pub name: &'t str,
    /// Its cells.
    pub cells: Cells<'t>,
}

/// The cells of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cells<'t> {
    /// Texts.
    Words(Vec<&'t str>),
    /// Decimal numbers of at most 38 digits, so many of them after the point: `150` with two of them is 1.50.
    Decimals(Vec<i128>, u8),
}

impl Cells<'_> {
    fn len(&self) -> usize {
        match self {
            Cells::Words(words) => words.len(),
            Cells::Decimals(numbers, _) => numbers.len(),
        }
    }
}

/// The file. `notes` are names and texts about the table, which readers show as its metadata.
///
/// `None` where columns differ in length, or a page is larger than the format allows.
pub fn parquet(columns: &[Column<'_>], notes: &[(&str, &str)]) -> Option<Vec<u8>> {
    let rows = columns.first().map_or(0, |column| column.cells.len());
    if columns.iter().any(|column| column.cells.len() != rows) {
        return None;
    }
    let mut file = MAGIC.to_vec();
    let mut groups = Vec::new();
    let mut first = 0;
    while first < rows {
        let last = rows.min(first + MOST_ROWS);
        let mut chunks = Vec::with_capacity(columns.len());
        for column in columns {
            chunks.push(chunk(&mut file, column, first..last)?);
        }
        groups.push(Group { chunks, rows: last - first });
        first = last;
    }
    let footer = metadata::footer(columns, &groups, rows, notes);
    let length = u32::try_from(footer.len()).ok()?;
    file.extend(footer);
    file.extend(length.to_le_bytes());
    file.extend(MAGIC);
    Some(file)
}

/// Writes some rows of a column, and says where they are.
fn chunk(file: &mut Vec<u8>, column: &Column<'_>, rows: std::ops::Range<usize>) -> Option<Chunk> {
    let count = rows.len();
    let begin = file.len();
    let dictionary = match &column.cells {
        Cells::Words(words) => {
            let (dictionary, places) = pages::dictionary(words.get(rows)?);
            file.extend(pages::dictionary_page(&dictionary)?);
            let pages = file.len();
            file.extend(pages::places_page(dictionary.len(), &places)?);
            Some(pages)
        }
        Cells::Decimals(numbers, _) => {
            file.extend(pages::decimals_page(numbers.get(rows)?)?);
            None
        }
    };
    Some(Chunk { begin, data: dictionary.unwrap_or(begin), end: file.len(), count })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_begins_and_ends_with_its_mark_and_says_how_long_its_end_is() {
        let words = Column { name: "who", cells: Cells::Words(vec!["a", "b", "a"]) };
        let numbers = Column { name: "much", cells: Cells::Decimals(vec![150, -1, 0], 2) };
        let file = parquet(&[words, numbers], &[("hash", "0")]).unwrap();
        assert!(file.starts_with(MAGIC) && file.ends_with(MAGIC));
        let length = file.len();
        let footer = u32::from_le_bytes(file[length - 8..length - 4].try_into().unwrap());
        // Within the file, after the pages: two of the words, one of 48 bytes of numbers.
        assert!(usize::try_from(footer).unwrap() + 12 + 48 < length);
        assert!(file.windows(4).any(|window| window == b"much"));
    }

    #[test]
    fn columns_of_several_lengths_are_no_table() {
        let words = Column { name: "who", cells: Cells::Words(vec!["a"]) };
        let numbers = Column { name: "much", cells: Cells::Decimals(Vec::new(), 2) };
        assert_eq!(parquet(&[words, numbers], &[]), None);
    }
}
