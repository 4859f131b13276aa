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
    let name = settlement.datasets.get(table.dataset()).map(|dataset| dataset.name.as_str());
    let period = settlement.periods.get(table.period()).map(|period| period.label.as_str());
    let mut earlier = Vec::new();
    for (age, (file, bytes)) in (1u32..).zip(files) {
        let old = read_leniently(settlement, name, period, file, bytes)?;
        earlier.push((age, Earlier::of(old)));
    }
    let carried: Vec<(InputId, &MissingRule)> = (0u32..)
        .map(InputId)
        .zip(settlement.inputs.iter().map(|input| &input.missing))
        .filter(|(_, rule)| matches!(rule, MissingRule::CarryForward { .. }))
        .collect();
    for place in 0..table.cases.len() {
        let Some(data) = table.cases.get(place) else { continue };
        let name = data.name();
        let row_keys: Vec<String> = data.sources.iter().map(|source| table.row_key(*source)).collect();
        let mut found = Vec::new();
        for (input, rule) in &carried {
            let rows = (0..data.rows.len()).map(Some);
            for row in std::iter::once(None).chain(rows) {
                if CaseData::is_of(settlement, *input, row) && data.input(*input, row).is_none() {
                    let key = (name.as_str(), row.and_then(|row| row_keys.get(row)).map(String::as_str));
                    found.extend(
                        stand_in(&earlier, *input, key, rule).map(|stand_in| (*input, row, stand_in)),
                    );
                }
            }
        }
        let Some(data) = table.cases.get_mut(place) else { continue };
        for (input, row, (value, mark)) in found {
            data.set(input, row, value);
            data.marks.insert((input, row), mark);
        }
    }
    Ok(table)
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
