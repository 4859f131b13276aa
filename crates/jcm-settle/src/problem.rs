//! What is wrong with a data file, said so that the person who made the file can put it right.

use std::fmt;

/// How many problems are kept; the rest are counted.
const MOST: usize = 100;

/// Codes of the problems of data files. A number is never used again for another problem.
pub mod codes {
    /// The file is empty, or has no header or no rows.
    pub const EMPTY: &str = "E0701";
    /// A column is missing.
    pub const MISSING_COLUMN: &str = "E0702";
    /// Two columns have one header.
    pub const DUPLICATE_HEADER: &str = "E0703";
    /// Two rows have one key.
    pub const DUPLICATE_KEY: &str = "E0704";
    /// A cell cannot be read.
    pub const UNREADABLE_CELL: &str = "E0705";
    /// A row has too few or too many cells.
    pub const RAGGED_ROW: &str = "E0706";
    /// A row does not say which case it belongs to.
    pub const EMPTY_KEY: &str = "E0707";
    /// The file is not UTF-8 text.
    pub const NOT_UTF8: &str = "E0708";
    /// A figure is missing that the contract cannot do without.
    pub const MISSING_VALUE: &str = "E0709";
    /// A case cannot be settled.
    pub const CASE_STOPS: &str = "E0710";
    /// No dataset fits the file, several do, or the name is unknown.
    pub const NO_DATASET: &str = "E0711";
    /// The period is unknown or not said.
    pub const NO_PERIOD: &str = "E0712";
    /// The rows of a case disagree about a figure of the case.
    pub const ROWS_DISAGREE: &str = "E0713";
    /// The contract's datasets have nothing to compare with, or no such case.
    pub const NOTHING_THERE: &str = "E0714";
    /// A file of disputes or overrides has a column that it cannot have.
    pub const UNKNOWN_COLUMN: &str = "E0715";
    /// A dispute or override does not say of what, by whom or why.
    pub const UNSAID: &str = "E0716";
    /// A dispute in which there are no two figures.
    pub const NO_DISPUTE: &str = "E0717";
    /// The contract does not say what the dispute means for money.
    pub const DISPUTE_UNRULED: &str = "E0718";
    /// More figures are disputed than can be settled in every combination.
    pub const TOO_MANY_DISPUTES: &str = "E0719";
    /// A figure is suppressed that the contract cannot do without.
    pub const SUPPRESSED: &str = "E0720";
    /// Awarded parts of a payment do not sum to it.
    pub const PARTS_DIFFER: &str = "E0721";
    /// The record of a run cannot be read.
    pub const NO_RECORD: &str = "E0722";
    /// The earlier run is of something else.
    pub const OTHER_RUN: &str = "E0723";
    /// The runs are not in order.
    pub const RUN_DISORDERED: &str = "E0724";
    /// What was paid before has nobody to be set against.
    pub const PAID_BEFORE_LOST: &str = "E0725";
    /// A row is the sum of the others.
    pub const TOTAL_ROW: &str = "E0726";
    /// A figure that there cannot be.
    pub const IMPOSSIBLE: &str = "E0727";
    /// A row does not say which part of the settlement period it is of, or figures of parts have no rule.
    pub const NO_PART: &str = "E0728";
}

/// One problem in a data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataProblem {
    /// The stable code, such as `E0705`.
    pub code: &'static str,
    /// The file's name.
    pub file: String,
    /// The row as a spreadsheet counts: 1 is the header.
    pub row: Option<usize>,
    /// The header of the column.
    pub column: Option<String>,
    /// The text of the cell.
    pub cell: Option<String>,
    /// What is wrong and what was expected, without a full stop.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
}

impl DataProblem {
    /// A problem of a whole file.
    pub(crate) fn of_file(code: &'static str, file: &str, message: impl Into<String>) -> Self {
        let (file, message) = (file.to_owned(), message.into());
        Self { code, file, row: None, column: None, cell: None, message, help: String::new() }
    }

    /// The same problem in a row.
    #[must_use]
    pub(crate) fn row(mut self, row: usize) -> Self {
        self.row = Some(row);
        self
    }

    /// The same problem in a cell.
    #[must_use]
    pub(crate) fn cell(mut self, column: &str, text: &str) -> Self {
        self.column = Some(column.to_owned());
        self.cell = Some(shortened(text));
        self
    }

    /// With what to do.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

/// A cell can hold a whole page; a message quotes the beginning.
fn shortened(text: &str) -> String {
    const MOST_CHARS: usize = 60;
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(MOST_CHARS).collect();
    if chars.next().is_some() { format!("{start}…") } else { start }
}

impl fmt::Display for DataProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.file)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column `{column}`")?;
        }
        if let Some(cell) = self.cell.as_ref().filter(|cell| !cell.is_empty()) {
            write!(f, ", cell `{cell}`")?;
        }
        write!(f, ": {}", self.message)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "; {}", self.help) }
    }
}

/// The problems of a data file: the first hundred, and how many more there are. If there are any, nothing is settled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems {
    /// The first ones, in the order of the file.
    pub list: Vec<DataProblem>,
    /// How many more there are.
    pub more: usize,
}

impl Problems {
    pub(crate) fn push(&mut self, problem: DataProblem) {
        if self.list.len() < MOST {
            self.list.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// Adds the problems of a part of the file.
    pub(crate) fn add(&mut self, other: Problems) {
        other.list.into_iter().for_each(|problem| self.push(problem));
        self.more += other.more;
    }

    /// The value, if nothing is wrong.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Self> {
        if self.list.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl From<DataProblem> for Problems {
    fn from(problem: DataProblem) -> Self {
        Self { list: vec![problem], more: 0 }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.list.iter().enumerate() {
            let line_break = if i == 0 { "" } else { "\n" };
            write!(f, "{line_break}{problem}")?;
        }
        if self.more > 0 { write!(f, "\nand {} more", self.more) } else { Ok(()) }
    }
}

impl std::error::Error for Problems {}
