//! Figures last reported: files of earlier periods, whose figures stand in where the contract carries them forward.

use super::read_leniently;
use crate::problem::Problems;
use crate::table::{CaseData, Mark, Table};
use jcm_calculus::{InputId, MissingRule, Settlement, Value};
use std::collections::HashMap;

/// Lets the figures of earlier reporting periods stand in for missing ones, as far as the contract carries figures
/// forward. The first file holds the figures of one reporting period ago, the second of two, and so on; each is read
/// as the dataset of the table, and may lack what is not carried forward.
pub fn read_earlier(
    settlement: &Settlement,
    mut table: Table,
    files: &[(&str, &[u8])],
) -> Result<Table, Problems> {
    let dataset = settlement.datasets.get(table.dataset());
    let name = dataset.map(|dataset| dataset.name.as_str());
    // A file that names the period of each row says itself which period it is of.
    let says_its_own = dataset.is_some_and(|dataset| dataset.period_column.is_some());
    let period = settlement.periods.get(table.period()).map(|period| period.label.as_str());
    let period = period.filter(|_| !says_its_own);
    let mut earlier = Vec::new();
    for (age, (file, bytes)) in (1u32..).zip(files) {
        let old = read_leniently(settlement, name, period, file, bytes)?;
        earlier.push((age, Earlier::of(old)));
    }
    for place in 0..table.cases.len() {
        let Some(data) = table.cases.get(place) else { continue };
        let name = data.name();
        let row_keys: Vec<String> = data.sources.iter().map(|source| table.row_key(*source)).collect();
        let mut found = Vec::new();
        for (input, row) in wanted(settlement, data) {
            let Some(rule) = settlement.inputs.get(input.index()).map(|input| &input.missing) else {
                continue;
            };
            let key = (name.as_str(), row.and_then(|row| row_keys.get(row)).map(String::as_str));
            found.extend(stand_in(&earlier, input, key, rule).map(|stand_in| (input, row, stand_in)));
        }
        let Some(data) = table.cases.get_mut(place) else { continue };
        for (input, row, (value, mark)) in found {
            data.set(input, row, value);
            data.marks.insert((input, row), mark);
        }
    }
    Ok(table)
}

/// What is missing of a case, or of one of its rows, and the contract carries forward.
pub(super) fn wanted<'a>(
    settlement: &'a Settlement,
    data: &'a CaseData,
) -> impl Iterator<Item = (InputId, Option<usize>)> + 'a {
    let inputs = (0u32..).map(InputId).zip(&settlement.inputs);
    let carried = inputs.filter(|(_, input)| matches!(input.missing, MissingRule::CarryForward { .. }));
    let everywhere = carried.flat_map(|(id, _)| {
        let rows = (0..data.rows.len()).map(Some);
        std::iter::once(None).chain(rows).map(move |row| (id, row))
    });
    everywhere.filter(|(id, row)| CaseData::is_of(settlement, *id, *row) && data.input(*id, *row).is_none())
}

/// The figures of an earlier file by case and row.
struct Earlier {
    file: String,
    figures: HashMap<(String, Option<String>, InputId), Value>,
}

impl Earlier {
    fn of(table: Table) -> Self {
        let mut figures = HashMap::new();
        for data in &table.cases {
            for (input, value) in &data.inputs {
                figures.insert((data.name(), None, *input), value.clone());
            }
            for (inputs, source) in data.rows.iter().zip(&data.sources) {
                for (input, value) in inputs {
                    figures.insert((data.name(), Some(table.row_key(*source)), *input), value.clone());
                }
            }
        }
        Self { file: table.file, figures }
    }
}

/// The youngest figure that the rule lets stand in.
fn stand_in(
    earlier: &[(u32, Earlier)],
    input: InputId,
    (case, row): (&str, Option<&str>),
    rule: &MissingRule,
) -> Option<(Value, Mark)> {
    let mut rule = rule;
    while let MissingRule::CarryForward { times, then } = rule {
        let key = (case.to_owned(), row.map(str::to_owned), input);
        let young = earlier.iter().filter(|(age, _)| age <= times);
        let found = young.filter_map(|(age, file)| Some((file.figures.get(&key)?, age, file))).next();
        if let Some((value, age, file)) = found {
            return Some((value.clone(), Mark::Carried { periods: *age, file: file.file.clone() }));
        }
        rule = then;
    }
    None
}
