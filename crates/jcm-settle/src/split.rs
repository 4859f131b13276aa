//! How a payment is split, in words: what each party's part is, and what becomes of pennies and of what limits cut off.

use jcm_calculus::{Allocation, Excess, PartyId, Residue, Settlement};
use jcm_quantity::{Exact, Unit, show};
use std::collections::BTreeMap;

/// `40%`; where some are paid first, `first £50,000.00` and `40% of the rest`; with the limits of the party.
pub(crate) fn share_words(allocation: &Allocation, party: PartyId, money: &Unit) -> Option<String> {
    let first = allocation.first.iter().position(|tranche| tranche.party == party);
    let tranche = first.and_then(|place| {
        let up_to = show(&allocation.first.get(place)?.up_to, money);
        Some(if place == 0 { format!("first, up to {up_to}") } else { format!("then, up to {up_to}") })
    });
    let share = allocation.shares.iter().find(|share| share.party == party);
    let share = share.map(|share| {
        let part = show(&share.share, &Unit::percent());
        let part = if allocation.first.is_empty() { part } else { format!("{part} of the rest") };
        let losing =
            share.losing_at_most.as_ref().map(|most| format!("losing at most {}", show(most, money)));
        let gaining =
            share.gaining_at_most.as_ref().map(|most| format!("gaining at most {}", show(most, money)));
        std::iter::once(part).chain(losing).chain(gaining).collect::<Vec<_>>().join(", ")
    });
    match (tranche, share) {
        (Some(tranche), Some(share)) => Some(format!("{tranche}, and {share}")),
        (tranche, share) => tranche.or(share),
    }
}

/// What the share of each would be of an amount if nobody had a limit; empty where no limit changed the parts, and where
/// somebody is paid first.
pub(crate) fn before_limits(
    allocation: &Allocation,
    amount: &Exact,
    parts: &[(PartyId, Exact)],
) -> BTreeMap<PartyId, Exact> {
    let alone: BTreeMap<PartyId, Exact> =
        allocation.shares.iter().map(|share| (share.party, &share.share * amount)).collect();
    let same = parts.iter().all(|(party, part)| alone.get(party).is_none_or(|alone| alone == part));
    if same || !allocation.first.is_empty() { BTreeMap::new() } else { alone }
}

/// How the amount and its parts are rounded, who takes what is left over, and who bears what limits cut off.
pub(crate) fn rules(settlement: &Settlement, allocation: &Allocation, money: &Unit) -> String {
    let party = |id: &PartyId| {
        let party = settlement.parties.get(id.index());
        party.map_or("", |party| if party.title.is_empty() { &party.name } else { &party.title }).to_owned()
    };
    let (grain, mode) = (show(&allocation.rounding.grain, money), allocation.rounding.mode.words());
    let mut said = format!("The amount is rounded to {grain}, {mode}.");
    if allocation.shares.len() > 1 {
        match &allocation.residue {
            Residue::LargestRemainder => said.push_str(&format!(
                " Each part is its share of the rounded amount, cut to a whole multiple of {grain}; what is left over goes, {grain} each, to the parts that \
                 the cut took most from, and to those named first where it took the same."
            )),
            Residue::To(to) => said.push_str(&format!(
                " Each part is its share of the rounded amount, rounded in the same way; what is left over goes to {}.",
                party(to)
            )),
        }
    }
    match &allocation.excess {
        None => {}
        Some(Excess::Others) => {
            said.push_str(" What a limit cuts off is borne by those who are not at theirs, in proportion to their shares.");
        }
        Some(Excess::To(to)) => said.push_str(&format!(" What a limit cuts off is borne by {}.", party(to))),
        Some(Excess::Payer) => said.push_str(" What a limit cuts off is borne by the payer."),
    }
    said
}
