//! What is to be looked at before what was settled is paid: nothing is wrong in the file, but perhaps something else is
//! meant.

use crate::table::Table;
use jcm_calculus::{Arithmetic, Carried, Column, Expr, InputId, Settlement, Step, Type, Value};
use jcm_quantity::{Exact, show};

/// One sentence for each thing to look at in tables that are about to be settled.
pub fn notes(settlement: &Settlement, tables: &[Table]) -> Vec<String> {
    let mut notes: Vec<String> = tables.iter().filter_map(|table| other_period(settlement, table)).collect();
    if let Some(table) = tables.iter().find(|table| table.len() > 1) {
        notes.extend(whole_fund(settlement, table));
    }
    notes.extend(tables.iter().flat_map(|table| unlikely(settlement, table)));
    notes.extend(fractions(settlement, tables));
    notes.extend(tables.iter().flat_map(|table| begins_in_doubt(settlement, table)));
    notes
}

/// The cases that begin a period with what another left of which figures are in dispute.
fn begins_in_doubt(settlement: &Settlement, table: &Table) -> Vec<String> {
    let label = |place: usize| settlement.periods.get(place).map_or("", |period| period.label.as_str());
    let one = |(case, period): &(usize, usize)| {
        let mut later = period.saturating_add(1)..=table.period;
        let goes_on = |carried: &&Carried| !later.clone().any(|begun| carried.begins_in(begun));
        let titles = settlement.carried.iter().filter(goes_on).map(|carried| format!("“{}”", carried.title));
        let titles: Vec<String> = titles.collect();
        later.next().filter(|_| !titles.is_empty())?;
        let (case, period, own) = (table.cases.get(*case)?.name(), label(*period), label(table.period));
        Some(format!(
            "figures of `{case}` of {period} are in dispute, so that it is not certain what {own} begins with: {}",
            titles.join(", ")
        ))
    };
    table.earlier_disputes.iter().filter_map(one).collect()
}

/// The first part of a thing in each column in which things are counted: most of its figures are whole.
fn fractions(settlement: &Settlement, tables: &[Table]) -> Vec<String> {
    let dataset = tables.first().and_then(|table| settlement.datasets.get(table.dataset()));
    let of_column = |(at, column): (usize, &Column)| {
        let input = settlement.inputs.get(column.input.index())?;
        let Type::Number(unit) = &input.ty else { return None };
        unit.grain()?;
        let of_table = |table| -> Vec<(&Table, usize, &Exact)> {
            let table: &Table = table;
            let place = table.places.columns.get(at).copied().unwrap_or_default();
            cells(table, column.input, place).into_iter().map(|(row, figure)| (table, row, figure)).collect()
        };
        let cells: Vec<_> = tables.iter().flat_map(of_table).collect();
        let parts: Vec<_> = cells.iter().filter(|(.., figure)| figure.decimal_places() != Some(0)).collect();
        let (table, row, figure) = parts.first().filter(|_| parts.len() * 4 <= cells.len())?;
        Some(format!(
            "{}, row {row}, column `{}`: {} is no whole number, as the others are: see that it is meant",
            table.file(),
            column.header,
            show(figure, unit)
        ))
    };
    dataset.into_iter().flat_map(|dataset| dataset.columns.iter().enumerate().filter_map(of_column)).collect()
}

/// The first figure of each column that stands apart from the others: below nothing, or more than the whole. A column that
/// has many of them is one that may.
fn unlikely(settlement: &Settlement, table: &Table) -> Vec<String> {
    let Some(dataset) = settlement.datasets.get(table.dataset()) else { return Vec::new() };
    let of_column = |(column, place): (&Column, &usize)| {
        let input = settlement.inputs.get(column.input.index())?;
        let Type::Number(unit) = &input.ty else { return None };
        let cells = cells(table, column.input, *place);
        let odd: Vec<&(usize, &Exact)> = cells
            .iter()
            .filter(|(_, figure)| figure.is_negative() || (unit.is_percent() && **figure > Exact::one()))
            .collect();
        let (row, figure) = odd.first().filter(|_| odd.len() * 10 <= cells.len().max(10))?;
        let why = if figure.is_negative() { "below nothing" } else { "more than the whole" };
        Some(format!(
            "{}, row {row}, column `{}`: {} is {why}: see that it is meant",
            table.file(),
            column.header,
            show(figure, unit)
        ))
    };
    dataset.columns.iter().zip(&table.places.columns).filter_map(of_column).collect()
}

/// The figures of an input with the rows that they stand in.
fn cells(table: &Table, input: InputId, place: usize) -> Vec<(usize, &Exact)> {
    let mut cells = Vec::new();
    for data in &table.cases {
        let of_case = (data.first_source(), data.inputs.get(&input));
        let of_rows = data.sources.iter().zip(&data.rows).map(|(source, row)| (*source, row.get(&input)));
        for (source, value) in std::iter::once(of_case).chain(of_rows) {
            if let Some(Value::Number(figure)) = value {
                cells.push((table.row_number_at(source, place), figure));
            }
        }
    }
    cells
}

/// Figures that the dataset says are of one period, settled for another.
fn other_period(settlement: &Settlement, table: &Table) -> Option<String> {
    let dataset = settlement.datasets.get(table.dataset())?;
    let own = dataset.period.filter(|own| *own != table.period() && dataset.period_column.is_none())?;
    let label = |period: usize| settlement.periods.get(period).map(|period| period.label.as_str());
    let (own, settled) = (label(own)?, label(table.period())?);
    Some(format!(
        "the dataset “{}” is of {own}, and {} is settled for {settled}: see that its figures are of {settled}",
        dataset.title,
        table.file()
    ))
}

/// The first line that sets the figures of each of several cases against the same fund.
fn whole_fund(settlement: &Settlement, table: &Table) -> Option<String> {
    let found = settlement.steps.iter().find_map(|step| Some((step, fund_against(settlement, &step.expr)?)));
    let (line, fund) = found?;
    Some(format!(
        "{} has {} cases, and “{}” sets each of them against the whole of “{}”: give one row for the whole fund, or each \
         case a budget of its own in a column",
        table.file(),
        table.len(),
        line.title,
        fund.title
    ))
}

/// The budget of a fund from which something of the case is taken, or the other way round.
fn fund_against<'s>(settlement: &'s Settlement, expr: &Expr) -> Option<&'s Step> {
    if let Expr::Arithmetic { op: Arithmetic::Subtract, left, right } = expr {
        let sides = [(left, right), (right, left)];
        let found = sides.into_iter().find_map(|(fund, other)| {
            let fund = budget_of_a_fund(settlement, fund)?;
            is_of_the_case(settlement, other).then_some(fund)
        });
        if found.is_some() {
            return found;
        }
    }
    if matches!(expr, Expr::OverAll { .. }) {
        return None;
    }
    expr.parts().into_iter().find_map(|part| fund_against(settlement, part))
}

fn budget_of_a_fund<'s>(settlement: &'s Settlement, expr: &Expr) -> Option<&'s Step> {
    let Expr::Step(id) = expr else { return None };
    let step = settlement.steps.get(id.index())?;
    let is_budget = step.name.strip_suffix(".budget").is_some_and(|fund| fund == step.group);
    (is_budget && !is_of_the_case(settlement, &step.expr)).then_some(step)
}

/// Whether an expression needs a figure of the case; what is worked out over all cases is the same for each.
fn is_of_the_case(settlement: &Settlement, expr: &Expr) -> bool {
    match expr {
        Expr::Input(_) => true,
        Expr::OverAll { .. } => false,
        Expr::Step(id) => {
            settlement.steps.get(id.index()).is_some_and(|step| is_of_the_case(settlement, &step.expr))
        }
        _ => expr.parts().into_iter().any(|part| is_of_the_case(settlement, part)),
    }
}
