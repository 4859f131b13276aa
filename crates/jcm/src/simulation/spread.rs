//! Many places in a few rows: how gains and chances of loss spread over them, and the places in which they are worst.

use super::overview::{everybody, likeliest_to_lose, place_row, place_rows, totals};
use super::result::{ExpectationResult, PartyResult, Simulated, SimulatedPlace};
use super::tables::{MOST_DRAWN, amount, percent, whole};
use jcm_quantity::Exact;
use std::cmp::Reverse;

/// As many of the worst places as somebody looks at one by one.
const WORST: usize = 10;
/// In more places than this, an expectation is told of all of them together.
const MOST_ONE_BY_ONE: usize = 4;

/// Whether there are too many places to be told one by one.
pub(super) fn are_many(simulated: &Simulated) -> bool {
    simulated.places.len() > MOST_DRAWN
}

/// The places that are told by themselves, by their numbers: all, or of many the worst under any of the contracts.
pub(super) fn told(simulated: &Simulated) -> Vec<usize> {
    if !are_many(simulated) {
        return (0..simulated.places.len()).collect();
    }
    let mut all: Vec<usize> = simulated.contracts().flat_map(worst).collect();
    let worst_chance = |number: &usize| {
        let of_each = simulated.contracts().filter_map(|contract| contract.places.get(*number));
        of_each.map(how_bad).max()
    };
    all.sort_by_key(|number| (Reverse(worst_chance(number)), *number));
    all.dedup();
    all.truncate(WORST);
    all
}

/// The worst places of a contract, the worst first.
fn worst(contract: &Simulated) -> Vec<usize> {
    let mut all: Vec<(Reverse<(Exact, Exact)>, usize)> =
        contract.places.iter().enumerate().map(|(number, place)| (Reverse(how_bad(place)), number)).collect();
    all.sort();
    all.into_iter().take(WORST).map(|(_, number)| number).collect()
}

/// The chance of loss of the partner that is likeliest to lose, and how much it loses in the worst runs.
fn how_bad(place: &SimulatedPlace) -> (Exact, Exact) {
    likeliest_to_lose(place)
        .map_or_else(Default::default, |party| (party.whole.loss.clone(), -&party.whole.shortfall))
}

/// How the places of a contract compare: each of them, or of many how they spread, and the worst.
pub(super) fn place_tables(contract: &Simulated) -> Vec<Vec<Vec<String>>> {
    if !are_many(contract) {
        return vec![place_rows(contract)];
    }
    let mut rows: Vec<Vec<String>> = place_rows(contract).into_iter().take(1).collect();
    if let Some(head) = rows.first_mut().and_then(|heads| heads.first_mut()) {
        head.push_str(": the worst places");
    }
    rows.extend(
        worst(contract)
            .into_iter()
            .filter_map(|number| contract.places.get(number))
            .map(|place| place_row(contract, place)),
    );
    vec![spread_rows(contract), rows]
}

/// What everybody is expected to gain and how likely it loses: in the place where that is least, in that which a twentieth
/// of the places lie below, and so on.
fn spread_rows(contract: &Simulated) -> Vec<Vec<String>> {
    let first = format!("{}: over {} places", contract.contract, whole_of(contract.places.len()));
    let heads = [&*first, "figure", "least", "5%", "50%", "95%", "most"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for (name, title) in everybody(&[(contract, totals(contract))]) {
        let parties = contract.places.iter().flat_map(|place| place.parties.iter().chain([&place.payers]));
        let parties: Vec<&PartyResult> = parties.filter(|party| party.name == name && !party.pool).collect();
        let mut put = |what: &str, of: &dyn Fn(&PartyResult) -> Exact, shown: &dyn Fn(&Exact) -> String| {
            let mut figures: Vec<Exact> = parties.iter().map(|party| of(party)).collect();
            figures.sort();
            let mut row = vec![title.to_owned(), what.to_owned()];
            row.extend(below(&figures).into_iter().map(shown));
            rows.push(row);
        };
        put("expected", &|party| party.whole.mean.clone(), &|figure| amount(contract, figure));
        if parties.iter().any(|party| party.may_lose()) {
            put("chance of loss", &|party| party.whole.loss.clone(), &percent);
        }
    }
    rows
}

/// The least of sorted figures, those that 5 %, 50 % and 95 % of them do not exceed, and the greatest.
fn below(figures: &[Exact]) -> Vec<&Exact> {
    let last = figures.len().saturating_sub(1);
    [0, 5, 50, 95, 100].into_iter().filter_map(|percent| figures.get(last * percent / 100)).collect()
}

/// What is said where not every place is shown by itself.
pub(super) fn left_out(simulated: &Simulated) -> Option<String> {
    let all = whole_of(simulated.places.len());
    are_many(simulated).then(|| {
        format!("Of {all} places the {WORST} worst are shown by themselves: where somebody is likeliest to lose, and of several those that lose most. The CSV and the JSON have all.")
    })
}

fn whole_of(number: usize) -> String {
    whole(u32::try_from(number).unwrap_or(u32::MAX))
}

/// What became of an expectation.
pub(super) struct Expected {
    /// Whether it came out.
    pub(super) holds: bool,
    /// What was expected, and where.
    pub(super) text: String,
    /// What was found.
    pub(super) found: String,
}

/// What became of the expectations: of each where there are few, or of each in all places, and those that failed.
pub(super) fn expected(simulated: &Simulated) -> Vec<Expected> {
    let one = |result: &ExpectationResult| {
        let place = if result.place.is_empty() { String::new() } else { format!(" in {}", result.place) };
        let text = format!("{}{place}", result.words);
        Expected { holds: result.holds, text, found: percent(&result.found) }
    };
    let all = &simulated.expectations;
    let mut texts: Vec<&str> = Vec::new();
    for result in all {
        if !texts.contains(&result.text.as_str()) {
            texts.push(&result.text);
        }
    }
    let mut told = Vec::new();
    for text in texts {
        let of_it: Vec<&ExpectationResult> = all.iter().filter(|result| result.text == text).collect();
        if of_it.len() <= MOST_ONE_BY_ONE {
            told.extend(of_it.into_iter().map(one));
            continue;
        }
        let failed: Vec<&ExpectationResult> = of_it.iter().copied().filter(|result| !result.holds).collect();
        told.push(in_all(&of_it, failed.len()));
        told.extend(failed.into_iter().take(WORST).map(one));
    }
    told
}

/// What became of one expectation in all places together.
fn in_all(of_it: &[&ExpectationResult], failed: usize) -> Expected {
    let words = of_it.first().map_or_else(String::new, |first| first.words.clone());
    let found = || of_it.iter().map(|result| &result.found);
    let range = match (found().min(), found().max()) {
        (Some(least), Some(most)) if least != most => format!("{} to {}", percent(least), percent(most)),
        (least, _) => least.map_or_else(String::new, percent),
    };
    let (held, of) = (whole_of(of_it.len() - failed), whole_of(of_it.len()));
    let found = format!("{range}; in {held} of {of} places it is so");
    Expected { holds: failed == 0, text: format!("{words} in all {of} places"), found }
}
