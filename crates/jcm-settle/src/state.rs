//! What each case has at the end of a period, as a file: written after settling, read before the next period.

use crate::figures::show_value;
use crate::nearest::nearest;
use crate::problem::{DataProblem, Problems, codes};
use crate::read::{split, text_of};
use crate::results::Sheet;
use crate::table::Table;
use jcm_calculus::{CarriedId, Settlement, Type, Value};
use jcm_quantity::Exact;
use std::collections::BTreeMap;

/// The header of the column with the label of the period that left a row.
const PERIOD: &str = "period";

/// What each case had at the end of the period that it was last settled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    cases: BTreeMap<Vec<String>, Left>,
}

/// What one case had.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Left {
    /// At the end of which period, by its place.
    period: usize,
    values: BTreeMap<CarriedId, Value>,
}

impl State {
    /// What a case brings into a period: what it had at the end of the one right before.
    pub(crate) fn carried_into(&self, key: &[String], period: usize) -> BTreeMap<CarriedId, Value> {
        let left = self.cases.get(key).filter(|left| left.period.checked_add(1) == Some(period));
        left.map_or_else(BTreeMap::new, |left| left.values.clone())
    }

    /// The period that a case was last settled in.
    pub(crate) fn known(&self, key: &[String]) -> Option<usize> {
        self.cases.get(key).map(|left| left.period)
    }

    pub(crate) fn leave(&mut self, key: &[String], period: usize, values: BTreeMap<CarriedId, Value>) {
        self.cases.insert(key.to_vec(), Left { period, values });
    }

    /// The balances that nothing went on with: of cases that were settled before the last of these periods and not in
    /// it, in words.
    pub fn left_behind(&self, settlement: &Settlement, tables: &[Table]) -> Vec<String> {
        let Some(last) = tables.iter().map(|table| table.period()).max() else { return Vec::new() };
        let mut found = Vec::new();
        for (key, left) in self.cases.iter().filter(|(_, left)| left.period < last) {
            let period = settlement.periods.get(left.period).map_or("", |period| &period.label);
            for (id, carried) in (0u32..).map(CarriedId).zip(&settlement.carried) {
                // What begins again in between is not lost.
                let goes_on = !(left.period + 1..=last).any(|period| carried.begins_in(period));
                let open = match left.values.get(&id) {
                    Some(Value::Number(number)) => goes_on && !number.is_zero(),
                    _ => false,
                };
                if let (true, Some(value)) = (open, left.values.get(&id)) {
                    let value = show_value(value, &Type::Number(carried.unit.clone()), settlement);
                    let case = key.join(" / ");
                    found.push(format!("`{case}` has {value} in “{}” from {period}", carried.title));
                }
            }
        }
        found
    }

    /// The state as CSV: the key, the period, and a column for each balance under its name. Figures are exact, in the
    /// base of their units; where the decimals do not end they are fractions. What is missing is empty.
    pub fn csv(&self, settlement: &Settlement, table: &Table) -> String {
        let mut sheet = Sheet::default();
        for header in key_of(settlement, table.dataset()) {
            sheet.text(header);
        }
        sheet.text(PERIOD);
        settlement.carried.iter().for_each(|carried| sheet.text(&carried.name));
        sheet.end_row();
        for (key, left) in &self.cases {
            key.iter().for_each(|cell| sheet.text(cell));
            sheet.text(settlement.periods.get(left.period).map_or("", |period| &period.label));
            for id in (0u32..).map(CarriedId).take(settlement.carried.len()) {
                match left.values.get(&id) {
                    Some(Value::Number(number)) => sheet.cell(&number.text()),
                    _ => sheet.cell(""),
                }
            }
            sheet.end_row();
        }
        sheet.text
    }
}

fn key_of(settlement: &Settlement, dataset: usize) -> &[String] {
    settlement.datasets.get(dataset).map_or(&[], |dataset| &dataset.key)
}

/// Reads a state that [`State::csv`] wrote, for the cases of a dataset (by its place in the settlement).
pub fn read_state(
    settlement: &Settlement,
    dataset: usize,
    file_name: &str,
    bytes: &[u8],
) -> Result<State, Problems> {
    let text = text_of(file_name, bytes)?;
    let keys = key_of(settlement, dataset);
    let names: Vec<&str> = settlement.carried.iter().map(|carried| carried.name.as_str()).collect();
    let wanted: Vec<&str> = keys.iter().map(String::as_str).chain([PERIOD]).chain(names).collect();
    let sheet = split(file_name, text, &wanted)?;
    let mut problems = Problems::default();
    let mut places = Vec::new();
    for header in &wanted {
        match sheet.header.iter().position(|found| found == header) {
            Some(place) => places.push(place),
            None => {
                let message = format!("the column `{header}` is missing");
                let near = nearest(header, sheet.header.iter().map(String::as_str));
                let near = near.map(|near| format!("it has `{near}`; ")).unwrap_or_default();
                let help = format!("{near}take the file that `--closing` wrote for the period before");
                problems.push(DataProblem::of_file(codes::MISSING_COLUMN, file_name, message).help(help));
            }
        }
    }
    problems.or(())?;
    let reading = Reading { settlement, file_name, wanted: &wanted, places: &places, keys: keys.len() };
    let mut problems = Problems::default();
    let mut state = State::default();
    let mut rows: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for row in &sheet.rows {
        let key: Vec<String> =
            places.iter().take(keys.len()).map(|place| row.cell(*place).to_owned()).collect();
        if let Some(first) = rows.insert(key.clone(), row.number) {
            let message = format!("the key `{}` stands in row {first} already", key.join(" / "));
            let problem = DataProblem::of_file(codes::DUPLICATE_KEY, file_name, message).row(row.number);
            problems.push(problem.help("remove one of the two"));
            continue;
        }
        match reading.left(row) {
            Ok(left) => {
                state.cases.insert(key, left);
            }
            Err(problem) => problems.push(*problem),
        }
    }
    problems.or(state)
}

/// Reads the rows of one file.
struct Reading<'a> {
    settlement: &'a Settlement,
    file_name: &'a str,
    wanted: &'a [&'a str],
    places: &'a [usize],
    /// How many of the columns are the key.
    keys: usize,
}

impl Reading<'_> {
    fn left(&self, row: &crate::read::Row) -> Result<Left, Box<DataProblem>> {
        let problem = |code, header: &str, cell: &str, message: String, help: &str| {
            let problem = DataProblem::of_file(code, self.file_name, message);
            Box::new(problem.row(row.number).cell(header, cell).help(help))
        };
        let mut cells = self.wanted.iter().zip(self.places).skip(self.keys);
        let label = cells.next().map_or("", |(_, place)| row.cell(*place));
        let period = self.settlement.periods.iter().position(|period| period.label == label);
        let Some(period) = period else {
            let message = format!("the contract has no period `{label}`");
            return Err(problem(codes::NO_PERIOD, PERIOD, label, message, "take the file as it was written"));
        };
        let mut values = BTreeMap::new();
        for (id, (header, place)) in (0u32..).map(CarriedId).zip(cells) {
            let cell = row.cell(*place);
            let value = match (cell, Exact::parse(cell)) {
                ("", _) => Value::Missing,
                (_, Some(number)) => Value::Number(number),
                (_, None) => {
                    let message = format!("`{header}` is not a figure as it was written");
                    let help =
                        "a figure here has digits, a point and a minus sign, or is a fraction such as `1/3`";
                    return Err(problem(codes::UNREADABLE_CELL, header, cell, message, help));
                }
            };
            values.insert(id, value);
        }
        Ok(Left { period, values })
    }
}
