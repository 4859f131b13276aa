//! Rows of the same key make one case; every cell that the contract reads becomes an exact value.

use super::cell::{Unread, read_cell};
use super::fit::Places;
use super::rows::{Row, Sheet};
use crate::problem::{DataProblem, Problems, codes};
use crate::table::{CaseData, Table};
use jcm_calculus::{Column, Dataset, Input, InputId, Level, MissingRule, Settlement, Value};
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Reads every row; says everything that is wrong.
pub(super) fn gather(
    settlement: &Settlement,
    file: &str,
    sheet: Sheet,
    places: Places,
    period: usize,
) -> Result<Table, Problems> {
    let Some(shape) = settlement.datasets.get(places.dataset) else {
        return Err(DataProblem::of_file(codes::NO_DATASET, file, "the contract has no such dataset").into());
    };
    let mut gathering = Gathering {
        settlement,
        shape,
        file,
        places: &places,
        reads_rows: !shape.row_key.is_empty() || columns_of(settlement, shape, Level::Row).next().is_some(),
        found: HashMap::new(),
        row_keys: HashMap::new(),
        cases: Vec::new(),
        problems: Problems::default(),
    };
    for (source, row) in sheet.rows.iter().enumerate() {
        gathering.take(source, row);
    }
    let Gathering { cases, problems, .. } = gathering;
    let file = file.to_owned();
    problems.or(Table { file, places, period, rows: sheet.rows, cases })
}

/// The columns of one level, with their places among the dataset's columns.
fn columns_of<'a>(
    settlement: &'a Settlement,
    shape: &'a Dataset,
    level: Level,
) -> impl Iterator<Item = (usize, &'a Column, &'a Input)> {
    let columns = shape.columns.iter().enumerate();
    let with_input =
        columns.filter_map(|(i, column)| Some((i, column, settlement.inputs.get(column.input.index())?)));
    with_input.filter(move |(_, _, input)| input.level == level)
}

struct Gathering<'a> {
    settlement: &'a Settlement,
    shape: &'a Dataset,
    file: &'a str,
    places: &'a Places,
    reads_rows: bool,
    /// The place of the case of a key. It is only looked up in, never walked through.
    found: HashMap<Vec<String>, usize>,
    /// The number of the first row of a case and row key.
    row_keys: HashMap<(usize, Vec<String>), usize>,
    cases: Vec<CaseData>,
    problems: Problems,
}

impl Gathering<'_> {
    fn take(&mut self, source: usize, row: &Row) {
        if self.is_left_out(row) {
            return;
        }
        let Some(key) = self.key(row, &self.shape.key, &self.places.key) else { return };
        let Some(row_key) = self.key(row, &self.shape.row_key, &self.places.row_key) else { return };
        let (case, is_new) = match self.found.get(&key) {
            Some(case) => (*case, false),
            None => (self.cases.len(), true),
        };
        match self.row_keys.entry((case, row_key)) {
            Entry::Vacant(free) => {
                free.insert(row.number);
            }
            Entry::Occupied(first) => {
                let ((_, row_key), first) = (first.key(), *first.get());
                let name = key.iter().chain(row_key).map(String::as_str).collect::<Vec<_>>().join(" / ");
                self.say_twice(row, &name, first);
                return;
            }
        }
        if is_new {
            self.found.insert(key.clone(), case);
        }
        let inputs = self.inputs(row, Level::Case);
        if is_new {
            self.cases.push(CaseData {
                key,
                sources: Vec::new(),
                inputs,
                carried: BTreeMap::new(),
                rows: Vec::new(),
            });
        } else {
            self.check_agreement(case, &inputs, row);
        }
        let of_row = if self.reads_rows { Some(self.inputs(row, Level::Row)) } else { None };
        if let Some(case) = self.cases.get_mut(case) {
            case.sources.push(source);
            case.rows.extend(of_row);
        }
    }

    fn say_twice(&mut self, row: &Row, name: &str, first: usize) {
        let message = format!("the key `{name}` stands in row {first} already");
        let help = if self.shape.row_key.is_empty() {
            "remove one of the two, or say in the dataset which columns name a row of a case"
        } else {
            "remove one of the two"
        };
        self.problems.push(self.problem(codes::DUPLICATE_KEY, row, message).help(help));
    }

    fn is_left_out(&self, row: &Row) -> bool {
        let rules = self.shape.leave_out.iter().zip(&self.places.leave_out);
        rules.into_iter().any(|((_, texts), place)| texts.iter().any(|text| text == row.cell(*place)))
    }

    /// The cells of a key; `None` (and a problem) where one is empty.
    fn key(&mut self, row: &Row, headers: &[String], places: &[usize]) -> Option<Vec<String>> {
        let empty = headers.iter().zip(places).find(|(_, place)| row.cell(**place).is_empty());
        if let Some((header, _)) = empty {
            let message = "this cell is part of the key, and it is empty";
            let problem = self.problem(codes::EMPTY_KEY, row, message).cell(header, "");
            self.problems.push(problem.help("fill it in, or remove the row"));
            return None;
        }
        Some(places.iter().map(|place| row.cell(*place).to_owned()).collect())
    }

    /// The inputs of one level that a row gives; a missing one is left out.
    fn inputs(&mut self, row: &Row, level: Level) -> BTreeMap<InputId, Value> {
        let mut inputs = BTreeMap::new();
        for (i, column, input) in columns_of(self.settlement, self.shape, level) {
            let text = row.cell(self.places.columns.get(i).copied().unwrap_or(usize::MAX));
            if is_missing(self.shape, text) {
                if input.missing == MissingRule::Refuse {
                    let problem = self.missing(row, column, input, text);
                    self.problems.push(problem);
                }
                continue;
            }
            match read_cell(text, &input.ty, &column.reading, self.settlement) {
                Ok(cell) => {
                    inputs.insert(column.input, cell.value);
                }
                Err(Unread { message, help }) => {
                    let problem = self.problem(codes::UNREADABLE_CELL, row, message);
                    self.problems.push(problem.cell(&column.header, text).help(help));
                }
            }
        }
        inputs
    }

    fn missing(&self, row: &Row, column: &Column, input: &Input, text: &str) -> DataProblem {
        let message = format!("{} is missing, and the contract cannot be settled without it", input.title);
        let help = "fill the cell in; if it may be missing, say in the contract what that means for money";
        self.problem(codes::MISSING_VALUE, row, message).cell(&column.header, text).help(help)
    }

    /// What is said of the case must be the same in all of its rows.
    fn check_agreement(&mut self, case: usize, inputs: &BTreeMap<InputId, Value>, row: &Row) {
        let Some(case) = self.cases.get(case) else { return };
        let columns = self.shape.columns.iter().zip(&self.places.columns);
        let differs = |column: &Column| {
            let is_of_case =
                self.settlement.inputs.get(column.input.index()).is_some_and(|i| i.level == Level::Case);
            is_of_case && case.inputs.get(&column.input) != inputs.get(&column.input)
        };
        let Some((column, place)) = columns.into_iter().find(|(column, _)| differs(column)) else { return };
        let message =
            format!("the rows of `{}` disagree about a figure that is one for the whole case", case.name());
        let problem = self.problem(codes::ROWS_DISAGREE, row, message).cell(&column.header, row.cell(*place));
        self.problems.push(problem.help("give every row of the case the same figure"));
    }

    fn problem(&self, code: &'static str, row: &Row, message: impl Into<String>) -> DataProblem {
        DataProblem::of_file(code, self.file, message).row(row.number)
    }
}

/// Whether a cell stands for "not known".
pub(crate) fn is_missing(shape: &Dataset, text: &str) -> bool {
    text.is_empty() || shape.missing.iter().any(|missing| missing == text)
}
