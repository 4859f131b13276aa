//! Whether what a partner gets depends on a measure that it can influence.

use super::{inputs_of, payees};
use crate::asking::{Asking, Bench};
use crate::sample::Settled;
use crate::{Claim, Kind, Of, Place, Statement, Verdict};
use jcm_calculus::{InputId, PartyId, Value};
use jcm_eval::Held;
use jcm_quantity::Exact;
use std::collections::BTreeSet;

pub(super) fn ask(asking: &Asking<'_>) -> Vec<Statement> {
    let measures: Vec<(InputId, &Vec<PartyId>)> = (0u32..)
        .map(InputId)
        .zip(&asking.subject.figures)
        .filter_map(|(id, figure)| {
            figure.better.as_ref().filter(|better| better.own).map(|b| (id, &b.owners))
        })
        .collect();
    let mut rewarded: Vec<(PartyId, Vec<usize>)> = Vec::new();
    for payment in 0..asking.settlement().allocations.len() {
        let inputs = inputs_of(asking, payment);
        let rewards = asking.subject.rewards.contains(&payment) && !inputs.is_empty();
        if !rewards && !measures.iter().any(|(id, _)| inputs.contains(id)) {
            continue;
        }
        for party in payees(asking, payment) {
            match rewarded.iter_mut().find(|(known, _)| *known == party) {
                Some((_, payments)) => payments.push(payment),
                None => rewarded.push((party, vec![payment])),
            }
        }
    }
    let provides =
        |party: &PartyId| asking.subject.parties.get(party.index()).is_some_and(|one| one.provides);
    rewarded.retain(|(party, _)| provides(party));
    rewarded.iter().filter_map(|(party, payments)| of_party(asking, *party, payments, &measures)).collect()
}

fn of_party(
    asking: &Asking<'_>,
    party: PartyId,
    payments: &[usize],
    measures: &[(InputId, &Vec<PartyId>)],
) -> Option<Statement> {
    // Where no outcome has owners, the contract does not say who can influence what.
    if measures.iter().all(|(_, owners)| owners.is_empty()) {
        return None;
    }
    let name = asking.party(party);
    let behind: BTreeSet<InputId> = payments.iter().flat_map(|payment| inputs_of(asking, *payment)).collect();
    let own = |(id, owners): &&(InputId, &Vec<PartyId>)| behind.contains(id) && owners.contains(&party);
    let own: Vec<InputId> = measures.iter().filter(own).map(|(id, _)| *id).collect();
    let mut statement = Statement {
        kind: Kind::NoInfluence,
        verdict: Verdict::Proved,
        said: format!("what {name} gets depends on no measure of an outcome that it owns"),
        about: String::new(),
        given: String::new(),
        claim: Claim::None,
        periods: asking.periods.clone(),
        place: Place::Payment(payments.first().copied().unwrap_or_default()),
        size: None,
        to_look_at: true,
        witnesses: Vec::new(),
    };
    if own.is_empty() {
        return Some(statement);
    }
    statement.to_look_at = false;
    statement.said = format!("what {name} gets depends on a measure of an outcome that it owns");
    let bench = match asking.bench(&[], payments) {
        Ok(bench) => bench,
        Err(open) => {
            statement.said = format!("whether {}", statement.said);
            statement.verdict = Verdict::NotDecided(open.words());
            return Some(statement);
        }
    };
    let sampler = bench.sampler();
    for input in own {
        let lines = sampler.lines(bench.place_of(input)?);
        let mut pairs = lines.iter().flat_map(|line| line.iter().zip(line.iter().skip(1)));
        let differs = |(a, b): &(&Settled, &Settled)| asking.net(a, party) != asking.net(b, party);
        if let Some((a, b)) = pairs.find(differs) {
            let show = |one: &Settled| {
                bench.witness(one, Of::Net([Some(party), None]), Value::Number(asking.net(one, party)))
            };
            statement.witnesses = vec![show(a), show(b)];
            return Some(statement);
        }
    }
    if is_fixed(&bench) {
        statement.said = format!("what {name} gets is the same whatever the figures are");
        statement.to_look_at = true;
        return Some(statement);
    }
    statement.said = format!("whether {}", statement.said);
    statement.verdict = Verdict::NotDecided("No figures were found that show it.".to_owned());
    Some(statement)
}

/// Whether every amount is one figure over the whole domain.
fn is_fixed(bench: &Bench<'_>) -> bool {
    let amounts = bench.sampler().each().next().map(|one| {
        one.outcome.allocations.iter().map(|paid| paid.amount_exact.clone()).collect::<Vec<Exact>>()
    });
    let Some(amounts) = amounts else { return false };
    let same = bench.engine.holds(&bench.engine.whole, &bench.steps, |_, view| {
        view.ways.iter().all(|way| {
            amounts.iter().zip(&way.values).all(|(amount, value)| match value {
                Held::Number(span) => span.point().as_ref() == Some(amount),
                Held::Other(_) => false,
            })
        })
    });
    same.is_ok()
}
