//! A data file as cases with exact inputs.

use crate::read::Row;
use jcm_calculus::{CarriedId, InputId, Value};
use std::collections::BTreeMap;

/// A data file that has been read: its cases in the order of the file, each with exact inputs.
#[derive(Debug)]
pub struct Table {
    pub(crate) file: String,
    pub(crate) places: crate::read::Places,
    pub(crate) period: usize,
    pub(crate) rows: Vec<Row>,
    pub(crate) cases: Vec<CaseData>,
}

/// One case of a table.
#[derive(Debug)]
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
}

impl Table {
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

    /// The number of a row in the file, as a spreadsheet counts.
    pub(crate) fn row_number(&self, source: usize) -> usize {
        self.rows.get(source).map_or(0, |row| row.number)
    }
}

impl CaseData {
    pub(crate) fn name(&self) -> String {
        self.key.join(" / ")
    }

    /// The row of the file that the case was first named in.
    pub(crate) fn first_source(&self) -> usize {
        self.sources.first().copied().unwrap_or(usize::MAX)
    }
}
