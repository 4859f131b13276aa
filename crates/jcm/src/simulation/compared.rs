//! Several contracts in a few sentences: under which it is paid least and most, where that is surest, and under which
//! somebody is likeliest to lose and loses most.

use super::in_short::{everywhere, in_place, may_be_paid, worst};
use super::overview::Total;
use super::result::{PartyResult, Simulated, SimulatedPlace};
use super::tables::{brief, percent, percent_plain};
use jcm_quantity::Exact;

type Contract<'s> = (&'s Simulated, Vec<Total<'s>>);

/// The sentences.
pub(super) fn compared(contracts: &[Contract<'_>]) -> Vec<String> {
    let payers: Vec<(&Simulated, &Total<'_>)> = contracts
        .iter()
        .filter_map(|(contract, totals)| Some((*contract, totals.iter().find(|one| one.name.is_empty())?)))
        .collect();
    let mut said = Vec::new();
    said.extend(cost(&payers));
    said.extend(spread(&payers));
    said.extend(likeliest(contracts));
    said.extend(deepest(contracts));
    said
}

/// Under which contract it is paid least, and under which most.
fn cost(payers: &[(&Simulated, &Total<'_>)]) -> Option<String> {
    let mean = |(_, total): &&(&Simulated, &Total<'_>)| total.whole.mean.clone();
    let ((first, least), (last, most)) = (payers.iter().min_by_key(mean)?, payers.iter().max_by_key(mean)?);
    let below = if payers.iter().any(|(_, total)| may_be_paid(total)) {
        " Where it is below nothing, they are paid."
    } else {
        ""
    };
    let range = format!("{} to {} of the runs", percent_plain(&first.range.0), percent_plain(&first.range.1));
    Some(match least.whole.mean == most.whole.mean {
        true => format!(
            "The payers are expected to pay the same under each contract{}: {}.{below}",
            everywhere(first),
            brief(first, &least.whole.mean)
        ),
        false => format!(
            "The payers are expected to pay least under “{}”{}: {}, in brackets from {range}; most under “{}”: {}.{below}",
            first.contract,
            everywhere(first),
            least.ranged(first),
            last.contract,
            most.ranged(last)
        ),
    })
}

/// Under which contract what is paid varies least, and under which most.
fn spread(payers: &[(&Simulated, &Total<'_>)]) -> Option<String> {
    let width = |(_, total): &&(&Simulated, &Total<'_>)| match total.whole.percentiles.as_slice() {
        [low, .., high] => high - low,
        _ => Exact::zero(),
    };
    let (least, most) = (payers.iter().min_by_key(width)?, payers.iter().max_by_key(width)?);
    let (narrow, wide) = (width(&least), width(&most));
    (narrow < wide).then(|| {
        format!(
            "What they pay is surest under “{}”, where it varies by {} over that range, and least sure under “{}”, where it varies by {}.",
            least.0.contract,
            brief(least.0, &narrow),
            most.0.contract,
            brief(most.0, &wide)
        )
    })
}

/// Under which contract somebody is likeliest to lose, and the greatest chance under the others.
fn likeliest(contracts: &[Contract<'_>]) -> Option<String> {
    let found: Vec<(&Simulated, Option<(&SimulatedPlace, &PartyResult)>)> =
        contracts.iter().map(|(contract, _)| (*contract, worst(contract))).collect();
    let most =
        found.iter().filter_map(|(contract, worst)| worst.map(|(place, party)| (*contract, place, party)));
    let Some((contract, place, party)) = most.max_by(|one, other| one.2.whole.loss.cmp(&other.2.whole.loss))
    else {
        return Some("Nobody loses in any run under any of the contracts.".to_owned());
    };
    let chance = percent(&party.whole.loss);
    if found.iter().all(|(_, worst)| worst.is_some_and(|(_, party)| percent(&party.whole.loss) == chance)) {
        return Some(format!(
            "The greatest chance of loss is the same under each contract, {chance} of the runs; under “{}” it is that of {}{}.",
            contract.contract,
            party.title,
            in_place(contract, place)
        ));
    }
    let others = found.iter().filter(|(other, _)| !std::ptr::eq(*other, contract));
    let others = others.map(|(other, worst)| match worst {
        Some((_, party)) => format!("under “{}” {}", other.contract, percent(&party.whole.loss)),
        None => format!("under “{}” nobody loses", other.contract),
    });
    Some(format!(
        "A partner is likeliest to lose under “{}”: {}{}, in {chance} of the runs. The greatest chance of loss elsewhere: {}.",
        contract.contract,
        party.title,
        in_place(contract, place),
        others.collect::<Vec<_>>().join(", ")
    ))
}

/// Under which contract a partner loses most in the worst runs.
fn deepest(contracts: &[Contract<'_>]) -> Option<String> {
    let all = contracts.iter().flat_map(|(contract, _)| {
        let places = contract.places.iter();
        places.flat_map(move |place| place.parties.iter().map(move |party| (*contract, place, party)))
    });
    let losing = all.filter(|(_, _, party)| party.may_lose() && party.whole.shortfall.is_negative());
    let mut worst_of_each: Vec<(&Simulated, &SimulatedPlace, &PartyResult)> = Vec::new();
    for found in losing {
        match worst_of_each.iter_mut().find(|(contract, ..)| std::ptr::eq(*contract, found.0)) {
            Some(known) if found.2.whole.shortfall < known.2.whole.shortfall => *known = found,
            Some(_) => {}
            None => worst_of_each.push(found),
        }
    }
    worst_of_each.sort_by(|one, other| one.2.whole.shortfall.cmp(&other.2.whole.shortfall));
    let (contract, place, party) = *worst_of_each.first()?;
    let others: Vec<String> = worst_of_each
        .iter()
        .skip(1)
        .map(|(other, _, party)| {
            format!("under “{}” at worst {}", other.contract, brief(other, &-&party.whole.shortfall))
        })
        .collect();
    let others = if others.is_empty() { String::new() } else { format!("; {}", others.join(", ")) };
    Some(format!(
        "The worst {} of all runs cost a partner most under “{}”: {}{} loses {} in them on average{others}.",
        percent_plain(&contract.range.0),
        contract.contract,
        party.title,
        in_place(contract, place),
        brief(contract, &-&party.whole.shortfall)
    ))
}
