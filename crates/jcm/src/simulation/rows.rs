//! Every figure of a simulation, one to a row: for spreadsheets, and for the tools that analysts load data with.

use super::result::{DriverResult, Simulated, SimulatedPlace};
use super::tables::{LOSS, cell, place_title, statistics};
use jcm_parquet::{Cells, Column, parquet};
use jcm_quantity::{Exact, RoundingMode};
use std::fmt::Write as _;

/// The columns of words, and the one of figures.
const COLUMNS: [&str; 5] = ["contract", "place", "what", "period", "statistic"];
const FIGURE: &str = "figure";
/// How many digits of a figure stand after the point.
const DIGITS: u8 = 6;

/// A figure and what it is of: contract, place, what, period, statistic.
struct Row {
    words: [String; 5],
    figure: Exact,
}

/// Every figure as comma-separated values.
pub fn simulation_csv(simulated: &Simulated) -> String {
    let mut text = format!("{},{FIGURE}\n", COLUMNS.join(","));
    for row in rows(simulated) {
        let cells = row.words.each_ref().map(|words| cell(words)).join(",");
        let figure = row.figure.fixed(DIGITS.into(), RoundingMode::HalfEven);
        let _ = writeln!(text, "{cells},{figure}");
    }
    text
}

/// The same rows as a Parquet file, the figure as a decimal number; nothing where a figure has more digits than fit there.
pub fn simulation_parquet(simulated: &Simulated) -> Option<Vec<u8>> {
    let rows = rows(simulated);
    let grain = Exact::ten_to(-i32::from(DIGITS));
    let in_grains = |row: &Row| {
        let rounded = row.figure.round(&grain, RoundingMode::HalfEven);
        rounded.checked_div(&grain)?.parts().map(|(whole, _)| whole)
    };
    let figures: Vec<i128> = rows.iter().map(in_grains).collect::<Option<_>>()?;
    let words = COLUMNS.iter().enumerate().map(|(place, name)| {
        let cells = rows.iter().filter_map(|row| row.words.get(place)).map(String::as_str).collect();
        Column { name, cells: Cells::Words(cells) }
    });
    let mut columns: Vec<Column<'_>> = words.collect();
    columns.push(Column { name: FIGURE, cells: Cells::Decimals(figures, DIGITS) });
    let (runs, seed) = (simulated.runs.to_string(), simulated.seed.to_string());
    let notes = [
        ("simulation", simulated.name.as_str()),
        ("source_hash", &simulated.source_hash),
        ("hash", &simulated.hash),
        ("runs", &runs),
        ("seed", &seed),
    ];
    parquet(&columns, &notes)
}

fn rows(simulated: &Simulated) -> Vec<Row> {
    let mut rows = Vec::new();
    for contract in simulated.contracts() {
        for place in &contract.places {
            of_place(contract, place, &mut rows);
        }
    }
    rows
}

fn of_place(simulated: &Simulated, place: &SimulatedPlace, rows: &mut Vec<Row>) {
    let mut put = |what: &str, period: &str, statistic: &str, figure: &Exact| {
        let words = [&*simulated.contract, place_title(place), what, period, statistic].map(str::to_owned);
        rows.push(Row { words, figure: figure.clone() });
    };
    for party in place.parties.iter().chain([&place.payers]) {
        let name = if party.name.is_empty() { &party.title } else { &party.name };
        let years = simulated.periods.iter().map(String::as_str).zip(&party.years);
        for (period, range) in std::iter::once(("all", &party.whole)).chain(years) {
            for (statistic, figure) in statistics(simulated, range) {
                if !party.name.is_empty() || statistic != LOSS {
                    put(name, period, &statistic, &figure);
                }
            }
        }
        for (driver, drawn) in party.drivers.iter().zip(&simulated.figures) {
            of_driver(simulated, name, driver, drawn, &mut put);
        }
    }
    for chance in place.chances.iter().chain(&place.watches) {
        put(&chance.text, "all", "chance", &chance.chance);
        for (period, figure) in simulated.periods.iter().zip(&chance.years) {
            put(&chance.text, period, "chance", figure);
        }
    }
}

fn of_driver(
    simulated: &Simulated,
    name: &str,
    driver: &DriverResult,
    (title, unit): &(String, jcm_quantity::Unit),
    put: &mut impl FnMut(&str, &str, &str, &Exact),
) {
    put(name, "all", &format!("part that goes with {title}"), &driver.share());
    put(name, "all", &format!("{title} in its lowest tenth"), &driver.swing.0);
    put(name, "all", &format!("{title} in its highest tenth"), &driver.swing.1);
    for (period, turn) in simulated.periods.iter().zip(&driver.break_even) {
        if let Some((turn, error)) = turn {
            put(name, period, &format!("turns at {title}"), &(turn * &unit.scale()));
            put(name, period, &format!("standard error of turn at {title}"), &(error * &unit.scale()));
        }
    }
}
