//! The figures that a contract fixes and a statement needs, with the days on which they are in force.

use crate::figures::show_value;
use jcm_calculus::{Expr, Parameter, ParameterRow, Settlement, Value};
use jcm_quantity::{Date, show_date};
use std::collections::BTreeSet;

/// A figure that the contract fixes, as it is in force in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// Name in the contract's source.
    pub name: String,
    /// Title; of a table with what its keys and its column are.
    pub title: String,
    /// Title of the table alone, for a figure of a table with keys; empty otherwise.
    pub table: String,
    /// What its keys are; empty for a figure of its own.
    pub row: String,
    /// What its column is called; may be empty.
    pub column: String,
    /// The figure.
    pub value: String,
    /// Since when and until when; empty where it holds for ever.
    pub in_force: String,
    /// Where it comes from; may be empty.
    pub source: String,
    /// Where it stands in the contract; may be empty.
    pub clause: String,
}

/// The figures that lines of the contract use, in the order of the contract, as they are in force at the first day of
/// a period.
pub fn fixed(settlement: &Settlement, period: usize) -> Vec<Fixed> {
    let Some(first) = settlement.periods.get(period).map(|period| period.start) else { return Vec::new() };
    let used = used(settlement);
    let parameters = settlement.parameters.iter().enumerate().filter(|(place, _)| used.contains(place));
    parameters.flat_map(|(_, parameter)| in_force(settlement, parameter, first)).collect()
}

/// The places of the parameters that lines use.
fn used(settlement: &Settlement) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    for step in &settlement.steps {
        let mut open = vec![&step.expr];
        while let Some(expr) = open.pop() {
            if let Expr::Parameter { parameter, .. } = expr {
                used.insert(parameter.index());
            }
            open.extend(expr.parts());
        }
    }
    used
}

fn in_force(settlement: &Settlement, parameter: &Parameter, first: Date) -> Vec<Fixed> {
    let holds = |row: &&ParameterRow| {
        row.from.is_none_or(|from| from <= first) && row.until.is_none_or(|until| first < until)
    };
    let mut found = Vec::new();
    for row in parameter.rows.iter().filter(holds) {
        for (place, (column, value)) in (0u32..).zip(parameter.columns.iter().zip(&row.values)) {
            let keys = parameter.keys.iter().zip(&row.keys);
            let keys: Vec<String> = keys.map(|(key, value)| show_value(value, &key.ty, settlement)).collect();
            let table =
                if keys.is_empty() { String::new() } else { title(settlement, parameter, &[], u32::MAX) };
            found.push(Fixed {
                table,
                row: keys.join(", "),
                column: column.name.replace('_', " "),
                name: parameter.name.clone(),
                title: title(settlement, parameter, &row.keys, place),
                value: show_value(value, &column.ty, settlement),
                in_force: days(parameter, row),
                source: parameter.source.clone(),
                clause: parameter.origin.clause.clone(),
            });
        }
    }
    found
}

/// The title of a figure; of a table with what its keys and its column are.
pub(crate) fn title(settlement: &Settlement, parameter: &Parameter, keys: &[Value], column: u32) -> String {
    let title = if parameter.title.is_empty() { &parameter.name } else { &parameter.title };
    let keys = parameter.keys.iter().zip(keys).map(|(key, value)| show_value(value, &key.ty, settlement));
    let column = usize::try_from(column).ok().and_then(|place| parameter.columns.get(place));
    let column = column.map(|column| column.name.replace('_', " ")).filter(|name| !name.is_empty());
    std::iter::once(title.clone()).chain(keys).chain(column).collect::<Vec<_>>().join(", ")
}

/// The days on which the figures of a row hold: also those of rows right before and after it with the same figures, as a
/// figure for each period of a year stands in one row for each of them.
fn days(parameter: &Parameter, row: &ParameterRow) -> String {
    let same = |other: &&ParameterRow| other.keys == row.keys && other.values == row.values;
    let (mut from, mut until) = (row.from, row.until);
    // Each step leaves one row behind, so there are no more steps than rows.
    for _ in &parameter.rows {
        let before = |other: &&ParameterRow| from.is_some() && other.until == from;
        let after = |other: &&ParameterRow| until.is_some() && other.from == until;
        if let Some(row) = parameter.rows.iter().filter(same).find(before) {
            from = row.from;
        } else if let Some(row) = parameter.rows.iter().filter(same).find(after) {
            until = row.until;
        } else {
            break;
        }
    }
    let last = until.and_then(|until| until.yesterday().ok()).map(show_date);
    match (from.map(show_date), last) {
        (Some(from), Some(last)) => format!("{from} to {last}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(last)) => format!("until {last}"),
        (None, None) => String::new(),
    }
}
