//! A simulation in a few sentences, for somebody who reads no further.

use super::compared::compared;
use super::overview::{Total, likeliest_to_lose, runs_for_a_hundredth, totals, whole_percent};
use super::result::{PartyResult, Simulated, SimulatedPlace};
use super::tables::{ONE_RUN, brief, percent, percent_plain, place_title, whole};
use jcm_quantity::{Exact, Unit, show};

/// The sentences: what it costs, who gains, who may lose and where, and what it turns on.
pub(super) fn in_short(simulated: &Simulated) -> Vec<String> {
    let contracts: Vec<(&Simulated, Vec<Total<'_>>)> =
        simulated.contracts().map(|one| (one, totals(one))).collect();
    let mut said = Vec::new();
    if let [(contract, totals)] = contracts.as_slice() {
        said.extend(cost(contract, totals));
        said.extend(
            totals
                .iter()
                .filter(|total| total.may_lose)
                .map(|total| format!("{} is expected to gain {}.", total.title, total.ranged(contract))),
        );
        said.push(losses(contract));
    } else {
        said.extend(compared(&contracts));
    }
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
    if simulated.runs < 2 {
        said.push(ONE_RUN.to_owned());
    } else if wanted > Exact::from_int(i64::from(simulated.runs)) {
        said.push(format!(
            "With {} runs an expected figure may be off by more than a hundredth of its range; {} would do.",
            whole(simulated.runs),
            show(&wanted, &Unit::none())
        ));
    }
    said
}

fn cost(contract: &Simulated, totals: &[Total<'_>]) -> Option<String> {
    let payers = totals.iter().find(|total| total.name.is_empty())?;
    let below = if may_be_paid(payers) { " Where it is below nothing, they are paid." } else { "" };
    Some(format!(
        "The payers are expected to pay{}, in brackets from {} to {} of the runs: {}.{below}",
        everywhere(contract),
        percent_plain(&contract.range.0),
        percent_plain(&contract.range.1),
        payers.ranged(contract)
    ))
}

/// Whether what is paid comes back to those who pay, in as many runs as are told of.
pub(super) fn may_be_paid(payers: &Total<'_>) -> bool {
    payers.whole.percentiles.first().is_some_and(Exact::is_negative)
}

pub(super) fn everywhere(contract: &Simulated) -> String {
    match contract.places.len() {
        0 | 1 => String::new(),
        many => format!(" in all {many} places together"),
    }
}

fn losses(contract: &Simulated) -> String {
    let Some((place, party)) = worst(contract) else { return "Nobody loses in any run.".to_owned() };
    format!(
        "{} is likeliest to lose{}: in {} of the runs. In the worst {} of all runs it gets {} on average.",
        party.title,
        in_place(contract, place),
        percent(&party.whole.loss),
        percent_plain(&contract.range.0),
        brief(contract, &party.whole.shortfall)
    )
}

/// Who is likeliest to lose of all, and where.
pub(super) fn worst(contract: &Simulated) -> Option<(&SimulatedPlace, &PartyResult)> {
    let found = contract.places.iter().filter_map(|place| Some((place, likeliest_to_lose(place)?)));
    found.max_by(|(_, one), (_, other)| {
        let (one, other) = (&one.whole, &other.whole);
        one.loss.cmp(&other.loss).then_with(|| other.shortfall.cmp(&one.shortfall))
    })
}

/// Where, if there are several places.
pub(super) fn in_place(contract: &Simulated, place: &SimulatedPlace) -> String {
    if contract.places.len() == 1 { String::new() } else { format!(" in {}", place_title(place)) }
}

/// What most of the spread goes with: said once of all contracts of which it is the same.
fn turns_on(contracts: &[(&Simulated, Vec<Total<'_>>)]) -> Vec<String> {
    let mut said: Vec<(&str, Vec<String>)> = Vec::new();
    for (contract, totals) in contracts {
        let Some((title, share)) = turns(contract, totals) else { continue };
        let words = match contracts.len() {
            1 => format!("{} of the spread", whole_percent(&share)),
            _ => format!("{} of the spread under “{}”", whole_percent(&share), contract.contract),
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
