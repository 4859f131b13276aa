//! A data file as cases with exact inputs.

use crate::read::Row;
use jcm_calculus::{CarriedId, DisputedRule, Input, InputId, Level, PartyId, Settlement, StepId, Value};
use jcm_quantity::{Date, show_date};
use std::collections::{BTreeMap, BTreeSet};

/// A data file that has been read: its cases in the order of the file, each with exact inputs.
#[derive(Debug)]
pub struct Table {
    pub(crate) file: String,
    pub(crate) places: crate::read::Places,
    pub(crate) period: usize,
    pub(crate) rows: Vec<Row>,
    pub(crate) cases: Vec<CaseData>,
    /// Figures in dispute, in the order of their file.
    pub(crate) disputes: Vec<Dispute>,
    /// Cases, by their places, with figures in dispute of an earlier period, by its place: what they begin with may depend
    /// on them.
    pub(crate) earlier_disputes: BTreeSet<(usize, usize)>,
    /// Figures awarded in place of computed ones, in the order of their file.
    pub(crate) awards: Vec<Award>,
}

/// One case of a table.
#[derive(Debug, Default)]
pub(crate) struct CaseData {
    /// The cells that name the case.
    pub(crate) key: Vec<String>,
    /// The rows of the file that it was read from, by their places in [`Table::rows`].
    pub(crate) sources: Vec<usize>,
    /// Inputs of the case.
    pub(crate) inputs: BTreeMap<InputId, Value>,
    /// What the period before left of the case.
    pub(crate) carried: BTreeMap<CarriedId, Value>,
    /// Inputs of each row; empty where the contract reads nothing by row.
    pub(crate) rows: Vec<BTreeMap<InputId, Value>>,
    /// What is to be said of inputs that are not simply there, by the row that they belong to.
    pub(crate) marks: BTreeMap<(InputId, Option<usize>), Mark>,
    /// The awards to lines of the case.
    pub(crate) awards: BTreeMap<(StepId, Option<usize>), Value>,
}

/// Why an input has another value than its cell, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It came so late that it counts as missing.
    Late { came: Date, last_day: Date },
    /// It was kept back because it is small.
    Suppressed { printed: String },
    /// A figure reported earlier stands in for it.
    Carried { periods: u32, file: String },
}

impl Mark {
    /// What happened, in words.
    pub(crate) fn words(&self) -> String {
        match self {
            Mark::Late { came, last_day } => {
                format!(
                    "it came on {}, after {}, the last day on which it counts",
                    show_date(*came),
                    show_date(*last_day)
                )
            }
            Mark::Suppressed { printed } => {
                format!("the file holds “{printed}”: it is kept back because it is small")
            }
            Mark::Carried { periods: 1, file } => {
                format!("not reported; carried forward from the period before, in {file}")
            }
            Mark::Carried { periods, file } => {
                format!("not reported; carried forward from {periods} reporting periods before, in {file}")
            }
        }
    }
}

/// A figure that somebody gives against the one of the data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dispute {
    pub(crate) case: usize,
    pub(crate) input: InputId,
    pub(crate) row: Option<usize>,
    pub(crate) by: String,
    pub(crate) value: Value,
    /// The figure as it was written.
    pub(crate) printed: String,
    pub(crate) reason: String,
    /// Whether it is the figure of who verifies.
    pub(crate) verified: bool,
    pub(crate) file: String,
    /// The row of the file, as a spreadsheet counts.
    pub(crate) row_number: usize,
}

impl Dispute {
    /// Whether both are about one figure.
    pub(crate) fn is_about(&self, other: &Dispute) -> bool {
        (self.case, self.input, self.row) == (other.case, other.input, other.row)
    }

    /// Whether this figure counts instead of the one of the data file.
    pub(crate) fn counts(&self, input: &Input) -> bool {
        self.verified && input.doubt.disputed == Some(DisputedRule::AsVerified)
    }

    /// Whether one party disputes one figure twice.
    pub(crate) fn is_again(&self, other: &Dispute) -> bool {
        self.is_about(other) && self.by == other.by
    }
}

/// A figure that somebody awarded in place of the one that is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Award {
    pub(crate) case: usize,
    pub(crate) what: Awarded,
    pub(crate) value: Value,
    pub(crate) reason: String,
    pub(crate) author: String,
    pub(crate) date: Date,
    pub(crate) reference: String,
    pub(crate) file: String,
    /// The row of the file, as a spreadsheet counts.
    pub(crate) row_number: usize,
}

/// What is overridden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Awarded {
    /// A line of the case, or of one of its rows.
    Line { step: StepId, row: Option<usize> },
    /// What one party is paid from one allocation.
    Part { allocation: usize, party: PartyId },
}

impl Award {
    /// Who awarded it when and why.
    pub(crate) fn words(&self) -> String {
        let reference =
            if self.reference.is_empty() { String::new() } else { format!(" ({})", self.reference) };
        format!("awarded by {} on {}: {}{reference}", self.author, show_date(self.date), self.reason)
    }
}

impl Table {
    /// The earlier periods, by their places, of which figures of a case are in dispute.
    pub(crate) fn disputed_before(&self, case: usize) -> Vec<usize> {
        self.earlier_disputes.iter().filter(|(of, _)| *of == case).map(|(_, period)| *period).collect()
    }

    /// The file's name, as it was given.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The dataset that it was read as, by its place in the settlement.
    pub fn dataset(&self) -> usize {
        self.places.dataset
    }

    /// The period that is settled, by its place in the settlement.
    pub fn period(&self) -> usize {
        self.period
    }

    /// The label of the period, where the data file says of each row which period it is of.
    pub fn named_period<'a>(&self, settlement: &'a Settlement) -> Option<&'a str> {
        settlement.datasets.get(self.dataset())?.period_column.as_ref()?;
        settlement.periods.get(self.period).map(|period| period.label.as_str())
    }

    /// How many cases there are.
    pub fn len(&self) -> usize {
        self.cases.len()
    }

    /// Whether there is no case (a file whose rows are all left out).
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// The name of each case, in the order of the file: its key cells, joined by ` / ` where there are several.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.cases.iter().map(CaseData::name)
    }

    /// The cell of the file at a column's place, in the row that a case or one of its rows was read from.
    pub(crate) fn cell(&self, source: usize, place: usize) -> &str {
        self.rows.get(source).map_or("", |row| row.cell(place))
    }

    /// The cells that name the row of a case, joined by ` / `.
    pub(crate) fn row_key(&self, source: usize) -> String {
        self.places.row_key.iter().map(|place| self.cell(source, *place)).collect::<Vec<_>>().join(" / ")
    }

    /// The number of the row in the file that a cell stands in.
    pub(crate) fn row_number_at(&self, source: usize, place: usize) -> usize {
        self.rows.get(source).map_or(0, |row| row.number_at(place))
    }

    /// The number of a row in the file, as a spreadsheet counts.
    pub(crate) fn row_number(&self, source: usize) -> usize {
        self.rows.get(source).map_or(0, |row| row.number)
    }
}

impl CaseData {
    pub(crate) fn name(&self) -> String {
        self.key.join(" / ")
    }

    /// What is given for an input of the case, or of one of its rows.
    pub(crate) fn input(&self, input: InputId, row: Option<usize>) -> Option<&Value> {
        match row {
            Some(row) => self.rows.get(row)?.get(&input),
            None => self.inputs.get(&input),
        }
    }

    /// Sets an input of the case, or of one of its rows.
    pub(crate) fn set(&mut self, input: InputId, row: Option<usize>, value: Value) {
        let inputs = match row {
            Some(row) => self.rows.get_mut(row),
            None => Some(&mut self.inputs),
        };
        if let Some(inputs) = inputs {
            inputs.insert(input, value);
        }
    }

    /// Whether an input belongs to the case, or to its rows, as `row` says.
    pub(crate) fn is_of(settlement: &Settlement, input: InputId, row: Option<usize>) -> bool {
        let level = if row.is_some() { Level::Row } else { Level::Case };
        settlement.inputs.get(input.index()).is_some_and(|input| input.level == level)
    }

    /// The row of the file that the case was first named in.
    pub(crate) fn first_source(&self) -> usize {
        self.sources.first().copied().unwrap_or(usize::MAX)
    }
}
