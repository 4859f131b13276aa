//! Examples and the shapes of data files.

use crate::{Constant, Def, FlowId, Head, InputId, LineId, PartnerId, Rounding};
use jcm_source::Span;

/// A worked example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Name (made from the title where there is none), title, place.
    pub head: Head,
    /// What it is an example of.
    pub of: Def,
    /// The period settled, by its place in the contract's periods.
    pub period: usize,
    /// Given inputs of the case.
    pub given: Vec<(InputId, Constant)>,
    /// Given results of lines (a score, say), instead of computing them.
    pub given_lines: Vec<(LineId, Constant)>,
    /// Rows in long form: the row's name and its given inputs.
    pub rows: Vec<(String, Vec<(InputId, Constant)>)>,
    /// Other cases of the settlement, for lines over all cases: the name and the given inputs of each.
    pub others: Vec<(String, Vec<(InputId, Constant)>)>,
    /// What must come out.
    pub expect: Vec<Expect>,
    /// Where the figures come from.
    pub source: String,
}

/// A figure that must come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expect {
    /// What.
    pub what: Expected,
    /// Its place.
    pub span: Span,
}

/// What must come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// A line's value.
    Line {
        /// Which line.
        line: LineId,
        /// Which row of the example, for a line of rows.
        row: Option<usize>,
        /// The value.
        value: Constant,
        /// The rounding under which it is compared; none means exactly.
        to: Option<Rounding>,
    },
    /// What a partner receives (negative: pays).
    Receives {
        /// From which flow.
        flow: FlowId,
        /// Who.
        partner: PartnerId,
        /// How much.
        amount: jcm_quantity::Exact,
    },
}

/// The shape of a data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    /// Name, title, place.
    pub head: Head,
    /// The period it holds, by its place in the contract's periods.
    pub period: Option<usize>,
    /// Headers that together name a case.
    pub key: Vec<String>,
    /// Headers that with the key name a row; empty for one row per case.
    pub row_key: Vec<String>,
    /// Columns that become inputs.
    pub columns: Vec<Column>,
    /// Columns of published results.
    pub published: Vec<Published>,
    /// Cell texts that stand for missing, besides the empty cell.
    pub missing: Vec<String>,
    /// Cell texts that stand for a figure suppressed because it is small.
    pub suppressed: Vec<String>,
    /// Rows left out: `(header, texts)`.
    pub leave_out: Vec<(String, Vec<String>)>,
}

/// A column that becomes an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The header in the file.
    pub header: String,
    /// The input.
    pub input: InputId,
    /// How a cell is read.
    pub reading: Reading,
    /// Whether its last place is in doubt.
    pub rounded: bool,
    /// The column that says on which day the figure came, with how its date is read.
    pub received: Option<(String, Reading)>,
    /// Its place.
    pub span: Span,
}

/// A column of published results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The header in the file.
    pub header: String,
    /// The line it is compared with.
    pub line: LineId,
    /// How a cell is read.
    pub reading: Reading,
    /// Whether its last place is in doubt.
    pub rounded: bool,
    /// Its place.
    pub span: Span,
}

/// How the text of a cell is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A number in the unit of what it becomes.
    Number,
    /// A percentage with its sign.
    Percent,
    /// A percentage without a sign.
    PercentWithoutSign,
    /// A choice, by `(text in the file, member)`; empty means by the members' names.
    Coded(Vec<(String, Constant)>),
    /// Text.
    Text,
    /// `year-month-day`.
    DateYearFirst,
    /// `day/month/year`.
    DateDayFirst,
    /// `month/day/year`.
    DateMonthFirst,
}
