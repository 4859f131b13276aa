//! Every figure of a simulation, one to a row: for spreadsheets, and for the tools that analysts load data with.

use super::result::{DriverResult, Simulated, SimulatedPlace};
use super::tables::{LOSS, cell, place_title, statistics};
use jcm_quantity::{Exact, RoundingMode};

/// The columns of words, and the one of figures.
pub(super) const COLUMNS: [&str; 5] = ["contract", "place", "what", "period", "statistic"];
pub(super) const FIGURE: &str = "figure";
/// How many digits of a figure stand after the point.
pub(super) const DIGITS: u8 = 6;

/// What a figure is of: contract, place, what, period, statistic.
pub(super) type Words<'w> = [&'w str; 5];

/// Every figure as comma-separated values.
pub fn simulation_csv(simulated: &Simulated) -> String {
    let mut text = String::new();
    simulation_csv_by(simulated, &mut |line| text.push_str(line));
    text
}

/// The comma-separated values line by line, so that nobody needs to hold all of them.
pub fn simulation_csv_by(simulated: &Simulated, take: &mut dyn FnMut(&str)) {
    take(&format!("{},{FIGURE}\n", COLUMNS.join(",")));
    each_row(simulated, &mut |words, figure| {
        let cells = words.map(cell).join(",");
        let figure = figure.fixed(DIGITS.into(), RoundingMode::HalfEven);
        take(&format!("{cells},{figure}\n"));
    });
}

/// Every figure, with what it is of.
pub(super) fn each_row(simulated: &Simulated, take: &mut dyn FnMut(Words<'_>, &Exact)) {
    for contract in simulated.contracts() {
        for place in &contract.places {
            of_place(contract, place, take);
        }
    }
}

fn of_place(simulated: &Simulated, place: &SimulatedPlace, take: &mut dyn FnMut(Words<'_>, &Exact)) {
    let mut put = |what: &str, period: &str, statistic: &str, figure: &Exact| {
        take([&simulated.contract, place_title(place), what, period, statistic], figure);
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
