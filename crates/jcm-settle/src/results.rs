//! Results as CSV for other programs, and their totals.

use crate::balances;
use crate::ledger::Ledger;
use crate::record::Settled;
use crate::settle::{Results, case_of};
use crate::table::{CaseData, Table};
use jcm_calculus::{CarriedId, Excess, Level, PartyId, Settlement, Step, StepId, Type, Value};
use jcm_eval::Outcome;
use jcm_quantity::{Currency, Exact, RoundingMode, Shown, Unit, csv_cell, csv_text};

/// How many significant digits are written of a figure whose decimals do not end.
const SIGNIFICANT: u32 = 12;

/// What a row of the results is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A case: its key, the lines of case level and the payments.
    Case,
    /// A row of a case: the keys of both and the lines of row level.
    Row,
}

/// What a party is paid in all from one payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The header of its column in the results.
    pub header: String,
    /// The payment, by its place in the settlement.
    pub allocation: usize,
    /// Who is paid; a negative amount is paid by it.
    pub party: PartyId,
    /// The sum over all cases.
    pub amount: Exact,
}

/// Who can be paid from which allocation, with the header of the column.
pub(crate) fn payees(settlement: &Settlement) -> Vec<(usize, PartyId, String)> {
    let several = settlement.allocations.len() > 1;
    let mut payees: Vec<(usize, PartyId, String)> = Vec::new();
    for (place, allocation) in settlement.allocations.iter().enumerate() {
        // Who bears what limits cut off may have no share and is paid (or pays) all the same.
        let bearer = match &allocation.excess {
            Some(Excess::To(party)) => Some(*party),
            _ => None,
        };
        let first = allocation.first.iter().map(|tranche| tranche.party);
        for party in first.chain(allocation.shares.iter().map(|share| share.party)).chain(bearer) {
            if payees.iter().any(|(at, other, _)| (*at, *other) == (place, party)) {
                continue;
            }
            let name = settlement.parties.get(party.index()).map_or("", |party| &party.name);
            let header = if several {
                format!("{}: payment to {name}", allocation.name)
            } else {
                format!("payment to {name}")
            };
            payees.push((place, party, header));
        }
    }
    payees
}

/// What is paid in all, by payment and party.
pub fn totals(settlement: &Settlement, results: &Results) -> Vec<Total> {
    let total = |(allocation, party, header): (usize, PartyId, String)| {
        let paid = results.outcomes.iter().map(|outcome| received(outcome, allocation, party));
        Total { header, allocation, party, amount: paid.sum() }
    };
    payees(settlement).into_iter().map(total).collect()
}

pub(crate) fn received(outcome: &Outcome, allocation: usize, party: PartyId) -> Exact {
    let payments = outcome.payments.iter().filter(|p| p.allocation == allocation && p.to == party);
    payments.map(|payment| &payment.amount).sum()
}

/// The results as CSV (UTF-8, commas, one header row).
///
/// By case: the key (after the period, where the dataset has a column for it), a column for each line of case level
/// under its name, a column for each payee of each payment, and one for what each balance opens with.
/// By row: the keys of case and row, and a column for each line of row level. Figures are plain decimals in the unit
/// in which people write them, which the header names in brackets where it is not money or a plain number; money has
/// the decimal places of its currency, and more where the exact figure has more. A figure whose decimals do not end is
/// rounded, half to even, to twelve significant digits; a payment never is. What is missing is empty. A text that a
/// spreadsheet would take for a formula gets an apostrophe before it.
///
/// Where a ledger has more to say than what is settled, three columns follow for each payee: what was paid before, what
/// is paid now, and what is in dispute.
pub fn results_csv(
    settlement: &Settlement,
    table: &Table,
    results: &Results,
    ledger: &Ledger,
    by: By,
) -> String {
    results_of(settlement, &[Settled { table, results, ledger }], by)
}

/// The results of one table or of one for each of several periods, under one header.
pub(crate) fn results_of(settlement: &Settlement, periods: &[Settled<'_>], by: By) -> String {
    let with_ledger = by == By::Case && periods.iter().any(|period| !period.ledger.is_plain);
    let level = match by {
        By::Case => Level::Case,
        By::Row => Level::Row,
    };
    let steps: Vec<(StepId, &Step)> =
        (0u32..).map(StepId).zip(&settlement.steps).filter(|(_, step)| step.level == level).collect();
    let payees = if by == By::Case { payees(settlement) } else { Vec::new() };
    let mut sheet = Sheet::default();
    for Settled { table, results, ledger } in periods {
        let dataset = settlement.datasets.get(table.dataset());
        if sheet.text.is_empty() {
            let row_key = dataset.map(|d| &d.row_key).filter(|_| by == By::Row);
            let keys = dataset.into_iter().flat_map(|d| d.period_column.iter().chain(&d.key));
            keys.chain(row_key.into_iter().flatten()).for_each(|header| sheet.text(header));
            steps.iter().for_each(|(_, step)| sheet.text(&header_of(step)));
            payees.iter().for_each(|(_, _, header)| sheet.text(header));
            for (_, _, header) in payees.iter().filter(|_| with_ledger) {
                for what in ["paid before", "to pay now", "in dispute"] {
                    sheet.text(&format!("{header}: {what}"));
                }
            }
            if by == By::Case {
                settlement.carried.iter().for_each(|c| sheet.text(&format!("{}: opening", c.name)));
            }
            sheet.end_row();
        }
        let period = table.named_period(settlement);
        for (i, (case, outcome)) in table.cases.iter().zip(&results.outcomes).enumerate() {
            match by {
                By::Case => {
                    period.into_iter().for_each(|label| sheet.text(label));
                    case.key.iter().for_each(|cell| sheet.text(cell));
                    steps
                        .iter()
                        .for_each(|(id, step)| sheet.value(step, outcome.value(*id, None), settlement));
                    for (allocation, party, _) in &payees {
                        let amount = received(outcome, *allocation, *party);
                        sheet.cell(&money(&amount, settlement.currency.minor, None));
                    }
                    for account in ledger.cases.get(i).into_iter().flatten().filter(|_| with_ledger) {
                        for amount in [&account.before, &account.now, &account.in_dispute] {
                            sheet.cell(&money(amount, settlement.currency.minor, None));
                        }
                    }
                    openings(&mut sheet, settlement, &case_of(settlement, table, i));
                    sheet.end_row();
                }
                By::Row => rows_of(&mut sheet, settlement, (table, period), case, outcome, &steps),
            }
        }
    }
    sheet.text
}

/// What a case begins the period with, a cell for each balance; what it closes with stands under the closing line.
fn openings(sheet: &mut Sheet, settlement: &Settlement, case: &jcm_eval::Case) {
    for (id, carried) in (0u32..).map(CarriedId).zip(&settlement.carried) {
        match balances::opening(carried, id, case) {
            Some(Value::Number(x)) => sheet.cell(&figure(&x, &carried.unit, settlement)),
            _ => sheet.cell(""),
        }
    }
}

fn rows_of(
    sheet: &mut Sheet,
    settlement: &Settlement,
    (table, period): (&Table, Option<&str>),
    case: &CaseData,
    outcome: &Outcome,
    steps: &[(StepId, &Step)],
) {
    for (row, source) in (0..outcome.rows.len()).zip(&case.sources) {
        period.into_iter().for_each(|label| sheet.text(label));
        case.key.iter().for_each(|cell| sheet.text(cell));
        table.places.row_key.iter().for_each(|place| sheet.text(table.cell(*source, *place)));
        steps.iter().for_each(|(id, step)| sheet.value(step, outcome.value(*id, Some(row)), settlement));
        sheet.end_row();
    }
}

fn header_of(step: &Step) -> String {
    match &step.ty {
        Type::Number(unit) if unit.is_money().is_none() && *unit != Unit::none() => {
            format!("{} ({})", step.name, unit.describe())
        }
        _ => step.name.clone(),
    }
}

/// A CSV text as it grows.
#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) text: String,
    has_cell: bool,
}

impl Sheet {
    /// A cell that is a figure or a word of ours.
    pub(crate) fn cell(&mut self, cell: &str) {
        self.put(&csv_cell(cell));
    }

    /// A cell that somebody else wrote.
    pub(crate) fn text(&mut self, text: &str) {
        self.put(&csv_text(text));
    }

    fn put(&mut self, cell: &str) {
        if self.has_cell {
            self.text.push(',');
        }
        self.has_cell = true;
        self.text.push_str(cell);
    }

    fn value(&mut self, step: &Step, value: Option<&Value>, settlement: &Settlement) {
        match (value, &step.ty) {
            (Some(Value::Number(x)), Type::Number(unit)) => self.cell(&figure(x, unit, settlement)),
            (Some(Value::Number(x)), _) => self.cell(&decimal(x, 0)),
            (Some(Value::Choice(text) | Value::Text(text)), _) => self.text(text),
            (Some(Value::Truth(truth)), _) => self.cell(if *truth { "yes" } else { "no" }),
            (Some(Value::Date(date)), _) => self.cell(&date.to_string()),
            (Some(Value::Missing) | None, _) => self.cell(""),
        }
    }

    pub(crate) fn end_row(&mut self) {
        self.text.push('\n');
        self.has_cell = false;
    }
}

/// A value as a text that a program reads back: a number in the base of its unit; `None` where it is missing.
pub(crate) fn plain_value(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.text()),
        Value::Choice(text) | Value::Text(text) => Some(text.clone()),
        Value::Truth(truth) => Some(if *truth { "yes" } else { "no" }.to_owned()),
        Value::Date(date) => Some(date.to_string()),
        Value::Missing => None,
    }
}

/// A figure in the unit in which people write it, as a plain decimal.
pub(crate) fn figure(value: &Exact, unit: &Unit, settlement: &Settlement) -> String {
    match unit.is_money() {
        Some(code) => {
            let own = (settlement.currency.code == code).then(|| settlement.currency.clone());
            let minor = own.or_else(|| Currency::named(code)).map_or(2, |currency| currency.minor);
            money(value, minor, Some(SIGNIFICANT))
        }
        None if *unit.shown() == Shown::Plain => decimal(value, 0),
        None => decimal(&(value * &unit.scale()), 0),
    }
}

/// An amount with the places of its currency, and more where it has more. `significant` is how many digits are enough
/// where the decimals do not end; without it such an amount is written as a fraction.
pub(crate) fn money(amount: &Exact, minor: u32, significant: Option<u32>) -> String {
    match (amount.decimal_places(), significant) {
        (Some(places), _) => amount.fixed(places.max(minor), RoundingMode::HalfEven),
        (None, Some(_)) => decimal(amount, minor),
        (None, None) => amount.text(),
    }
}

/// A plain decimal with all of its places; with twelve significant digits, and no fewer places than `least`, where
/// the places do not end.
fn decimal(value: &Exact, least: u32) -> String {
    if let Some(text) = value.decimal() {
        return text;
    }
    let places = places_for(value, SIGNIFICANT).max(i32::try_from(least).unwrap_or(0));
    value.fixed(u32::try_from(places).unwrap_or(0), RoundingMode::HalfEven)
}

/// How many decimal places a number of significant digits takes; negative for a large number.
pub(crate) fn places_for(value: &Exact, significant: u32) -> i32 {
    let significant = i32::try_from(significant).unwrap_or(0);
    if value.is_zero() {
        return significant;
    }
    let size = value.abs();
    // The exponent of the first digit: the greatest power of ten that is not above the value.
    let mut exponent: i32 = 0;
    while exponent < 400 && Exact::ten_to(exponent + 1) <= size {
        exponent += 1;
    }
    while exponent > -400 && size < Exact::ten_to(exponent) {
        exponent -= 1;
    }
    significant - 1 - exponent
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn figures_are_plain_decimals() {
        assert_eq!(decimal(&exact("1234.5"), 0), "1234.5");
        assert_eq!(decimal(&exact("2/3"), 0), "0.666666666667");
        assert_eq!(decimal(&exact("-200000/3"), 0), "-66666.6666667");
        assert_eq!(decimal(&exact("20000000000000000/3"), 2), "6666666666666666.67");
        assert_eq!(decimal(&exact("1/30000"), 0), "0.0000333333333333");
        assert_eq!(money(&exact("5"), 2, None), "5.00");
        assert_eq!(money(&exact("5.125"), 2, None), "5.125");
        assert_eq!(money(&exact("1/3"), 2, None), "1/3");
        assert_eq!(money(&exact("1/3"), 2, Some(SIGNIFICANT)), "0.333333333333");
    }

    #[test]
    fn significant_digits_are_counted_from_the_first() {
        assert_eq!(places_for(&exact("1"), 12), 11);
        assert_eq!(places_for(&exact("9.99"), 12), 11);
        assert_eq!(places_for(&exact("-10"), 12), 10);
        assert_eq!(places_for(&exact("0.01"), 12), 13);
        assert_eq!(places_for(&exact("1000000000000"), 12), -1);
    }
}
