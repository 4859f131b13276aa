//! When the contract is settled, in which order, and how it rounds.

use crate::contract::paragraph;
use crate::document::{Align, Block, Table, said};
use crate::english::{Wording, count_of};
use jcm_model::{Contract, LineOwner, Ty};
use jcm_quantity::{Cycle, Period, Unit, add_months, show_date};

/// The rules that hold for the whole schedule, and the settlement periods.
pub(super) fn blocks(w: &Wording<'_>) -> Vec<Block> {
    let contract = &w.program.contract;
    let mut blocks = vec![paragraph(&timing(w))];
    blocks.extend(years_of_its_own(contract).map(|said| paragraph(&said)));
    if w.program.lines.iter().any(|line| !matches!(line.owner, LineOwner::Pool(_))) {
        let left = if w.program.balances.is_empty() { "" } else { "what the period before it left, " };
        blocks.push(paragraph(&format!(
            "The lines of each part of this schedule are worked out in the order of their numbers. A line uses only \
             what is known of the period, {left}the figures of this contract, and lines that have been worked out \
             before it.",
        )));
    }
    let ty = Ty::Number(Unit::money(&contract.currency.code));
    let rounding = w.rounding_text(&contract.rounding, &ty);
    blocks.push(paragraph(&format!(
        "Every figure is exact until a line says that it is rounded. Payments are rounded {rounding}.",
    )));
    blocks.extend(crate::contract::doubt::of_contract(w));
    blocks.push(periods(w));
    blocks.extend(crate::diagrams::money(w).map(|own| Block::Picture(own.picture())));
    blocks
}

/// What a year of the contract is, where it is not one of the calendar.
fn years_of_its_own(contract: &Contract) -> Option<String> {
    let year = Cycle::ContractYear;
    (contract.reconciled_every == year).then_some(())?;
    let first = year.of_contract(contract.start, 0)?;
    let parts = match contract.settled_every {
        Cycle::ContractQuarter => " A contract quarter is three months of a contract year.",
        Cycle::ContractMonth => " A contract month is a month of a contract year.",
        _ => "",
    };
    Some(format!(
        "The contract years are counted from the first day of the term: {} is {}.{parts}",
        first.label,
        first.describe()
    ))
}

fn timing(w: &Wording<'_>) -> String {
    let contract = &w.program.contract;
    let every = contract.settled_every.words();
    let within = |months: u32| count_of(usize::try_from(months).unwrap_or(usize::MAX), "month");
    match (contract.provisional_months, contract.final_months) {
        (Some(first), Some(last)) => format!(
            "Every {every} is settled provisionally within {} of its end, and finally within {}.",
            within(first),
            within(last)
        ),
        (Some(first), None) => {
            format!("Every {every} is settled provisionally within {} of its end.", within(first))
        }
        (None, Some(last)) => format!("Every {every} is settled within {} of its end.", within(last)),
        (None, None) if w.program.balances.is_empty() => format!("Every {every} is settled on its own."),
        (None, None) => format!("Every {every} is settled after the one before it."),
    }
}

fn periods(w: &Wording<'_>) -> Block {
    let contract = &w.program.contract;
    let mut table =
        Table::new("Settlement periods", &[("Period", Align::Left), ("First and last day", Align::Left)]);
    if contract.provisional_months.is_some() {
        table.column("Settled provisionally by", Align::Left);
    }
    if contract.final_months.is_some() {
        table.column("Settled finally by", Align::Left);
    }
    for period in &contract.periods {
        let mut cells = vec![said(&period.label), said(&period.describe())];
        let deadlines = [contract.provisional_months, contract.final_months];
        cells.extend(deadlines.into_iter().flatten().map(|months| said(&deadline(period, months))));
        table.row(cells);
    }
    Block::Table(table)
}

/// The last day within so many months after the last day of a period.
fn deadline(period: &Period, months: u32) -> String {
    let day = i32::try_from(months).ok().and_then(|months| add_months(period.last_day(), months));
    day.map_or_else(|| "beyond the calendar".to_string(), show_date)
}
