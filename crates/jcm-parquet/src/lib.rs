//! A table as a Parquet file, for the tools that analysts load data with.
//!
//! [`fn@parquet`] writes what a table of figures needs: every cell is there, words stand in a dictionary, and a number is a
//! decimal of 38 digits, which is exact, and not a float. Pages are not compressed: words that stand in many rows cost a
//! few bits each. The same table gives the same bytes.

use ::parquet::basic::{LogicalType, Repetition, Type as PhysicalType};
use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::{ByteArray, FixedLenByteArray};
use ::parquet::errors::{ParquetError, Result};
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::{Type, TypePtr};
use std::sync::Arc;

/// The most rows of a group; a reader holds one group at a time.
const MOST_ROWS: usize = 200_000;
/// The digits of a decimal number, and the bytes that hold them.
const DIGITS: i32 = 38;
const BYTES: i32 = 16;

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
    write(columns, rows, notes).ok()
}

fn write(columns: &[Column<'_>], rows: usize, notes: &[(&str, &str)]) -> Result<Vec<u8>> {
    let note = |(name, text): &(&str, &str)| KeyValue::new((*name).to_owned(), (*text).to_owned());
    let properties = WriterProperties::builder()
        .set_created_by("jcm".to_owned())
        .set_key_value_metadata(Some(notes.iter().map(note).collect()))
        .build();
    let fields: Vec<TypePtr> =
        columns.iter().map(|column| field(column).map(Arc::new)).collect::<Result<_>>()?;
    let schema = Type::group_type_builder("schema").with_fields(fields).build()?;
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut first = 0;
    while first < rows {
        let last = rows.min(first + MOST_ROWS);
        let mut group = writer.next_row_group()?;
        for column in columns {
            let mut cells =
                group.next_column()?.ok_or_else(|| ParquetError::General("one column too few".to_owned()))?;
            put(cells.untyped(), &column.cells, first..last)?;
            cells.close()?;
        }
        group.close()?;
        first = last;
    }
    writer.into_inner()
}

/// What a column is in the file: a text, or a decimal number; no cell is missing.
fn field(column: &Column<'_>) -> Result<Type> {
    let (physical, logical) = match &column.cells {
        Cells::Words(_) => (PhysicalType::BYTE_ARRAY, LogicalType::String),
        Cells::Decimals(_, scale) => {
            (PhysicalType::FIXED_LEN_BYTE_ARRAY, LogicalType::decimal(i32::from(*scale), DIGITS))
        }
    };
    let field = Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(logical));
    match &column.cells {
        Cells::Words(_) => field.build(),
        Cells::Decimals(_, scale) => {
            field.with_length(BYTES).with_precision(DIGITS).with_scale(i32::from(*scale)).build()
        }
    }
}

fn put(writer: &mut ColumnWriter<'_>, cells: &Cells<'_>, rows: std::ops::Range<usize>) -> Result<()> {
    match (writer, cells) {
        (ColumnWriter::ByteArrayColumnWriter(writer), Cells::Words(words)) => {
            let words: Vec<ByteArray> =
                words.get(rows).unwrap_or_default().iter().map(|&word| word.into()).collect();
            writer.write_batch(&words, None, None)?;
        }
        (ColumnWriter::FixedLenByteArrayColumnWriter(writer), Cells::Decimals(numbers, _)) => {
            let numbers = numbers.get(rows).unwrap_or_default().iter();
            let numbers: Vec<FixedLenByteArray> =
                numbers.map(|number| ByteArray::from(number.to_be_bytes().to_vec()).into()).collect();
            writer.write_batch(&numbers, None, None)?;
        }
        _ => return Err(ParquetError::General("a column of another type".to_owned())),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::parquet::file::reader::{FileReader, SerializedFileReader};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a file of its own in the folder for what is not kept")]
    fn what_is_written_is_read_and_is_the_same_each_time() {
        let words = Column { name: "who", cells: Cells::Words(vec!["a", "b", "a"]) };
        let numbers = Column { name: "much", cells: Cells::Decimals(vec![150, -1, i128::MAX / 10], 2) };
        let columns = [words, numbers];
        let file = parquet(&columns, &[("hash", "0")]).unwrap();
        assert_eq!(parquet(&columns, &[("hash", "0")]).unwrap(), file);
        let path = std::env::temp_dir().join(format!("jcm-parquet-{}.parquet", std::process::id()));
        std::fs::write(&path, &file).unwrap();
        let reader = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
        std::fs::remove_file(&path).unwrap();
        let notes = reader.metadata().file_metadata().key_value_metadata().unwrap();
        assert_eq!((notes[0].key.as_str(), notes[0].value.as_deref()), ("hash", Some("0")));
        let rows: Vec<String> =
            reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        assert_eq!(rows[0], "{who: \"a\", much: 1.50}");
        assert_eq!(rows[1], "{who: \"b\", much: -0.01}");
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn columns_of_several_lengths_are_no_table() {
        let words = Column { name: "who", cells: Cells::Words(vec!["a"]) };
        let numbers = Column { name: "much", cells: Cells::Decimals(Vec::new(), 2) };
        assert_eq!(parquet(&[words, numbers], &[]), None);
    }
}
