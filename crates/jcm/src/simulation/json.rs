//! A simulation as JSON, for programs.

use super::result::{
    ChanceResult, DriverResult, ExpectationResult, PartyResult, Range, Simulated, SimulatedPlace,
};
use super::tables::{place_title, statistics};
use jcm_quantity::{Exact, RoundingMode};
use std::fmt::Write as _;

/// What a reader of the document may rely on: what stands there keeps its name and meaning, and more may come beside it.
pub(super) const VERSION: u32 = 1;

/// Every figure as one JSON document. Figures are texts, so that no reader makes them inexact. Contracts that this one is
/// compared with stand under `against`, each as a document of its own.
pub fn simulation_json(simulated: &Simulated) -> String {
    let mut text = String::new();
    simulation_json_by(simulated, &mut |piece| text.push_str(piece));
    text
}

/// The same piece by piece, so that nobody needs to hold all of it.
pub fn simulation_json_by(simulated: &Simulated, take: &mut dyn FnMut(&str)) {
    document(simulated, take);
    take("\n");
}

fn document(simulated: &Simulated, take: &mut dyn FnMut(&str)) {
    let fields = [
        ("version", VERSION.to_string()),
        ("simulation", text(&simulated.name)),
        ("title", text(&simulated.title)),
        ("contract", text(&simulated.contract)),
        ("source_hash", text(&simulated.source_hash)),
        ("runs", simulated.runs.to_string()),
        ("seed", text(&simulated.seed.to_string())),
        ("periods", list(simulated.periods.iter().map(|period| text(period)))),
        ("figures", list(simulated.figures.iter().map(|(title, _)| text(title)))),
    ];
    take("{\n");
    for (name, value) in fields {
        take(&format!("\"{name}\": {value},\n"));
    }
    each("places", &simulated.places, take, |one, take| take(&place(simulated, one)));
    take(",\n");
    each("expectations", &simulated.expectations, take, |one, take| take(&expectation(one)));
    take(",\n");
    each("together", &simulated.together, take, |(name, of), take| take(&together(simulated, name, of)));
    if !simulated.against.is_empty() {
        take(",\n");
        each("against", &simulated.against, take, document);
    }
    if !simulated.hash.is_empty() {
        take(&format!(",\n\"hash\": {}", text(&simulated.hash)));
    }
    take("\n}");
}

/// A field with a list, item by item.
fn each<T>(name: &str, items: &[T], take: &mut dyn FnMut(&str), tell: impl Fn(&T, &mut dyn FnMut(&str))) {
    take(&format!("\"{name}\": ["));
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            take(", ");
        }
        tell(item, take);
    }
    take("]");
}

/// What one partner, or everybody who pays, comes to in all places together: amounts summed run by run.
fn together(simulated: &Simulated, name: &str, of: &Range) -> String {
    format!("{{\"name\": {}, \"all\": {}}}", text(name), range(simulated, of))
}

fn place(simulated: &Simulated, place: &SimulatedPlace) -> String {
    format!(
        "{{\"title\": {}, \"parties\": {}, \"payers\": {}, \"sole payer\": {}, \"chances\": {}, \"lines\": {}, \"settled exactly\": {}, \"cases\": {}}}",
        text(place_title(place)),
        list(place.parties.iter().map(|one| party(simulated, one))),
        party(simulated, &place.payers),
        place.sole_payer().map_or("null".to_owned(), |payer| text(&payer.name)),
        list(place.chances.iter().map(chance)),
        list(place.watches.iter().map(chance)),
        place.exactly,
        place.cases
    )
}

fn party(simulated: &Simulated, party: &PartyResult) -> String {
    format!(
        "{{\"name\": {}, \"title\": {}, \"may lose\": {}, \"all\": {}, \"periods\": {}, \"drivers\": {}}}",
        text(&party.name),
        text(&party.title),
        party.may_lose(),
        range(simulated, &party.whole),
        list(party.years.iter().map(|year| range(simulated, year))),
        list(party.drivers.iter().map(driver))
    )
}

/// In the order of the figures that are drawn.
fn driver(driver: &DriverResult) -> String {
    let told = |told: Option<&Exact>| told.map_or("null".to_owned(), figure);
    format!(
        "{{\"part\": {}, \"lowest tenth\": {}, \"highest tenth\": {}, \"turns at\": {}, \"error of turn\": {}}}",
        figure(&driver.share()),
        figure(&driver.swing.0),
        figure(&driver.swing.1),
        list(driver.break_even.iter().map(|turn| told(turn.as_ref().map(|(figure, _)| figure)))),
        list(driver.break_even.iter().map(|turn| told(turn.as_ref().map(|(_, error)| error))))
    )
}

fn range(simulated: &Simulated, range: &Range) -> String {
    let pairs = statistics(simulated, range);
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}: {}", text(name), figure(value))).collect();
    format!("{{{}}}", pairs.join(", "))
}

fn chance(chance: &ChanceResult) -> String {
    format!(
        "{{\"what\": {}, \"all\": {}, \"periods\": {}}}",
        text(&chance.text),
        figure(&chance.chance),
        list(chance.years.iter().map(figure))
    )
}

fn expectation(result: &ExpectationResult) -> String {
    format!(
        "{{\"expects\": {}, \"place\": {}, \"found\": {}, \"holds\": {}}}",
        text(&result.text),
        text(&result.place),
        figure(&result.found),
        result.holds
    )
}

pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

pub(super) fn text(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

pub(super) fn figure(figure: &Exact) -> String {
    text(&figure.fixed(6, RoundingMode::HalfEven))
}

pub(crate) fn escaped(text: &str) -> String {
    let mut made = String::new();
    for letter in text.chars() {
        match letter {
            '"' => made.push_str("\\\""),
            '\\' => made.push_str("\\\\"),
            letter if u32::from(letter) < 0x20 => {
                let _ = write!(made, "\\u{:04x}", u32::from(letter));
            }
            letter => made.push(letter),
        }
    }
    made
}
