//! How the columns of a data file become the inputs of a contract.

use crate::{InputId, Origin, StepId, Value};

/// A data file's shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    /// Name in the source.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The period it holds, by its place in the settlement's periods; `None` where a column or the caller says.
    pub period: Option<usize>,
    /// The header of the column that says by its label which period a row is of; `None` where all are of one.
    pub period_column: Option<String>,
    /// The headers of the columns that together name a case.
    pub key: Vec<String>,
    /// The headers of the columns that together with the key name a row; empty for one row per case.
    pub row_key: Vec<String>,
    /// What a row says besides its figures, where several rows hold the figures of one case.
    pub long: Long,
    /// Columns that become inputs.
    pub columns: Vec<Column>,
    /// Columns of published results that lines can be compared with.
    pub published: Vec<Published>,
    /// Cell texts that stand for missing, besides the empty cell.
    pub missing: Vec<String>,
    /// Cell texts that stand for a figure suppressed because it is small.
    pub suppressed: Vec<String>,
    /// Rows are left out where this column holds one of these texts (`(header, texts)`).
    pub leave_out: Vec<(String, Vec<String>)>,
    /// Where it stands in the contract.
    pub origin: Origin,
}

/// What the rows of a file in long form say besides their figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Long {
    /// The header of the column that says which part of the settlement period a row is of, and how many months a part
    /// has.
    pub part: Option<(String, u32)>,
    /// The headers of the column that names the figure of a row, and of the one that holds it. The header of each column
    /// of the dataset is then such a name.
    pub figures: Option<(String, String)>,
}

impl Long {
    /// Whether each case has one row, and each figure a column.
    pub fn is_wide(&self) -> bool {
        self.part.is_none() && self.figures.is_none()
    }
}

/// A column that becomes an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The header as it stands in the file.
    pub header: String,
    /// The input it gives.
    pub input: InputId,
    /// How a cell is read.
    pub reading: Reading,
    /// Whether the printed figure was rounded before it was printed, so that its last place is in doubt.
    pub rounded: bool,
    /// The column that says on which day the figure came, with how its date is read.
    pub received: Option<(String, Reading)>,
    /// The part of the settlement period, from 1, in whose rows the figure stands; `None` where it stands in any.
    pub part: Option<u32>,
}

/// How the text of a cell is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A number in the shown unit of the input: money with or without its sign, thousands with or without commas.
    Number,
    /// A percentage that must carry its `%`.
    Percent,
    /// A percentage without a sign: `6.46` means 6.46 %.
    PercentWithoutSign,
    /// A member of the input's choice, by name, or by these `(text in the file, value)` pairs where there are any.
    Coded(Vec<(String, Value)>),
    /// Text as it stands.
    Text,
    /// A date: `year-month-day`.
    DateYearFirst,
    /// A date: `day/month/year`.
    DateDayFirst,
    /// A date: `month/day/year`.
    DateMonthFirst,
}

/// A column of published results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The header as it stands in the file.
    pub header: String,
    /// The step it is compared with.
    pub step: StepId,
    /// How a cell is read.
    pub reading: Reading,
    /// Whether the printed figure was rounded before it was printed.
    pub rounded: bool,
}
