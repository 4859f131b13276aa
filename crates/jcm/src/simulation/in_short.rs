//! A simulation in a few sentences, for somebody who reads no further.

use super::overview::{Total, likeliest_to_lose, runs_for_a_hundredth, totals};
use super::result::{Simulated, SimulatedPlace};
use super::tables::{amount, percent, percent_plain, place_title, whole};
use jcm_quantity::{Exact, Unit, show};

/// The sentences: what it costs, who gains, who may lose and where, and what it turns on.
pub(super) fn in_short(simulated: &Simulated) -> Vec<String> {
    let contracts: Vec<(&Simulated, Vec<Total<'_>>)> =
        simulated.contracts().map(|one| (one, totals(one))).collect();
    let mut said = vec![cost(&contracts)];
    // Under several contracts, a table says it better.
    if let [(contract, totals)] = contracts.as_slice() {
        said.extend(
            totals
                .iter()
                .filter(|total| total.may_lose)
                .map(|total| format!("{} is expected to gain {}.", total.title, total.ranged(contract))),
        );
    }
    said.extend(contracts.iter().map(|(contract, _)| losses(contract, contracts.len() > 1)));
    said.extend(turns_on(&contracts));
    let failed = simulated.expectations.iter().filter(|result| !result.holds).count();
    if !simulated.expectations.is_empty() {
        said.push(match failed {
            0 => "Every chance that the simulation expects came out as expected.".to_owned(),
            1 => "One chance did not come out as expected; it stands at the end.".to_owned(),
            many => format!("{many} chances did not come out as expected; they stand at the end."),
        });
    }
    let wanted = runs_for_a_hundredth(simulated);
    if wanted > Exact::from_int(i64::from(simulated.runs)) {
        said.push(format!(
            "With {} runs an expected figure may be off by more than a hundredth of its range; {} would do.",
            whole(simulated.runs),
            show(&wanted, &Unit::none())
        ));
    }
    said
}

fn under(contract: &Simulated, several: bool) -> String {
    if several { format!("under “{}” ", contract.contract) } else { String::new() }
}

fn cost(contracts: &[(&Simulated, Vec<Total<'_>>)]) -> String {
    let range = contracts.first().map_or_else(String::new, |(contract, _)| {
        format!(
            ", in brackets from {} to {} of the runs",
            percent_plain(&contract.range.0),
            percent_plain(&contract.range.1)
        )
    });
    let of_each = contracts.iter().filter_map(|(contract, totals)| {
        let total = totals.iter().find(|total| total.name.is_empty())?;
        Some(format!("{}{}", under(contract, contracts.len() > 1), total.ranged(contract)))
    });
    let of_each: Vec<String> = of_each.collect();
    let places = contracts.first().map_or(1, |(contract, _)| contract.places.len());
    let places = if places > 1 { format!(" in all {places} places together") } else { String::new() };
    let paid = contracts.iter().flat_map(|(_, totals)| totals).filter(|total| total.name.is_empty());
    let lowest = paid.filter_map(|total| total.whole.percentiles.first()).min();
    let below = if lowest.is_some_and(Exact::is_negative) { " Below nothing, they are paid." } else { "" };
    format!("The payers are expected to pay{places}{range}: {}.{below}", of_each.join("; "))
}

fn losses(contract: &Simulated, several: bool) -> String {
    let found = contract.places.iter().filter_map(|place| Some((place, likeliest_to_lose(place)?)));
    let worst = found.max_by(|(_, one), (_, other)| {
        let (one, other) = (&one.whole, &other.whole);
        one.loss.cmp(&other.loss).then_with(|| other.shortfall.cmp(&one.shortfall))
    });
    let begin = if several { format!("Under “{}” ", contract.contract) } else { String::new() };
    let Some((place, party)) = worst else {
        let words = "nobody loses in any run.";
        return if several { format!("{begin}{words}") } else { "Nobody loses in any run.".to_owned() };
    };
    let place_words = |place: &SimulatedPlace| match contract.places.len() {
        1 => String::new(),
        _ => format!(", in {}", place_title(place)),
    };
    format!(
        "{begin}{} is likeliest to lose{}: in {} of the runs. In the worst {} of all runs it gets {} on average.",
        party.title,
        place_words(place),
        percent(&party.whole.loss),
        percent_plain(&contract.range.0),
        amount(contract, &party.whole.shortfall)
    )
}

/// What most of the spread goes with: said once of all contracts of which it is the same.
fn turns_on(contracts: &[(&Simulated, Vec<Total<'_>>)]) -> Vec<String> {
    let mut said: Vec<(&str, Vec<String>)> = Vec::new();
    for (contract, totals) in contracts {
        let Some((title, share)) = turns(contract, totals) else { continue };
        let words = match contracts.len() {
            1 => format!("{} of the spread", percent(&share)),
            _ => format!("{} of the spread under “{}”", percent(&share), contract.contract),
        };
        match said.iter_mut().find(|(known, _)| *known == title) {
            Some((_, shares)) => shares.push(words),
            None => said.push((title, vec![words])),
        }
    }
    let sentence = |(title, shares): (&str, Vec<String>)| {
        format!("What is uncertain about the payments goes most with “{title}”: {}.", shares.join(", "))
    };
    said.into_iter().map(sentence).collect()
}

/// The figure that the largest part of the spread of the payments goes with, and that part.
fn turns<'c>(contract: &'c Simulated, totals: &[Total<'_>]) -> Option<(&'c str, Exact)> {
    let total = totals.iter().find(|total| total.name.is_empty())?;
    let parts = total.drivers.iter().zip(&contract.figures);
    let (share, title) = parts
        .map(|(driver, (title, _))| (driver.share(), title))
        .max_by(|(one, _), (other, _)| one.cmp(other))?;
    // A tenth of the spread is nothing to hold on to.
    (share >= Exact::ten_to(-1)).then_some((title.as_str(), share))
}
