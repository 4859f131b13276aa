//! Examples and the shapes of data files.

use crate::{BalanceId, Constant, Def, FlowId, Head, InputId, LineId, PartnerId, Rounding};
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
    /// What balances begin with.
    pub opening: Vec<(BalanceId, Constant)>,
    /// What must come out.
    pub expect: Vec<Expect>,
    /// The periods right after the first, in order, where the example runs over several.
    pub later: Vec<ExamplePeriod>,
    /// Where the figures come from.
    pub source: String,
}

/// What is given and expected in one period of an example.
#[derive(Debug, Clone, Copy)]
pub struct PeriodOfExample<'a> {
    /// Given inputs of the case.
    pub given: &'a [(InputId, Constant)],
    /// Given results of lines.
    pub given_lines: &'a [(LineId, Constant)],
    /// What must come out.
    pub expect: &'a [Expect],
}

impl Example {
    /// What is given and expected in each of its periods, the first first.
    pub fn periods(&self) -> impl DoubleEndedIterator<Item = PeriodOfExample<'_>> + ExactSizeIterator {
        let first =
            PeriodOfExample { given: &self.given, given_lines: &self.given_lines, expect: &self.expect };
        let later = self.later.iter().map(|period| PeriodOfExample {
            given: &period.given,
            given_lines: &period.given_lines,
            expect: &period.expect,
        });
        let all: Vec<PeriodOfExample<'_>> = std::iter::once(first).chain(later).collect();
        all.into_iter()
    }
}

/// One more period of an example.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExamplePeriod {
    /// Given inputs of the case.
    pub given: Vec<(InputId, Constant)>,
    /// Given results of lines, instead of computing them.
    pub given_lines: Vec<(LineId, Constant)>,
    /// What must come out.
    pub expect: Vec<Expect>,
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
    /// The header of the column that says which period a row is of.
    pub period_column: Option<String>,
    /// Headers that together name a case.
    pub key: Vec<String>,
    /// Headers that with the key name a row; empty for one row per case.
    pub row_key: Vec<String>,
    /// The header of the column that says which part of the settlement period a row is of, and which parts these are.
    pub part: Option<(String, crate::PartOfPeriod)>,
    /// The headers of the columns that name the figure of a row and that hold it.
    pub figures: Option<(String, String)>,
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
    /// The part of the settlement period, from 1, in whose rows the figure stands.
    pub part: Option<u32>,
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
