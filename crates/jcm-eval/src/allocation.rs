//! Allocation: an amount becomes payments that sum to it, within the limits of each party.

use crate::{AllocationOutcome, Outcome, Payment, Stop};
use jcm_calculus::{Allocation, Excess, PartyId, Residue, Settlement, Value};
use jcm_quantity::{Exact, RoundingMode, round_parts};

/// What one payee's share is, and the most that it can come to on this side of nought, if it is limited.
struct Claim {
    party: PartyId,
    share: Exact,
    limit: Option<Exact>,
}

/// Computes the payments of one allocation and adds them to the outcome.
///
/// The limits are applied twice: to the exact amount, for the trace, and to the rounded amount, for the payments. So
/// the parts are shares of what is really paid, and none exceeds its limit by rounding.
pub(crate) fn allocate(settlement: &Settlement, place: usize, outcome: &mut Outcome) -> Result<(), Stop> {
    let Some(allocation) = settlement.allocations.get(place) else { return Ok(()) };
    let amount_exact = match outcome.value(allocation.amount, None) {
        Some(Value::Number(amount)) => amount.clone(),
        Some(Value::Missing) => return Err(Stop::MissingPayment { allocation: place }),
        _ => {
            return Err(Stop::WrongKind {
                step: allocation.amount,
                wanted: "an amount of money for the case",
            });
        }
    };
    let (grain, mode) = (&allocation.rounding.grain, allocation.rounding.mode);
    let loss = amount_exact.is_negative();
    let claims = claims_on(allocation, loss);
    let (first_exact, rest_exact) = take_first(allocation, &amount_exact);
    let exact = within_limits(allocation, place, &claims, &rest_exact, None)?;
    let (first, rest) = take_first(allocation, &amount_exact.round(grain, mode));
    let to_round = within_limits(allocation, place, &claims, &rest, Some(grain))?;
    let shared = to_round.iter().sum::<Exact>().round(grain, mode);
    let parts = match &allocation.residue {
        Residue::LargestRemainder => round_parts(&shared, grain, &to_round),
        Residue::To(party) => residue_to(*party, &claims, &to_round, &shared, allocation),
    };
    let amount = first.iter().sum::<Exact>() + shared;
    let borne_by_payer = &rest_exact - exact.iter().sum::<Exact>();
    let parties = allocation.first.iter().map(|tranche| tranche.party);
    let parties = parties.chain(claims.iter().map(|claim| claim.party));
    let exact = first_exact.into_iter().chain(exact);
    let begin = outcome.payments.len();
    for ((to, exact), amount) in parties.zip(exact).zip(first.into_iter().chain(parts)) {
        pay(outcome, begin, Payment { allocation: place, from: allocation.payer, to, exact, amount });
    }
    let payments = begin..outcome.payments.len();
    outcome.allocations.push(AllocationOutcome { amount_exact, amount, borne_by_payer, payments });
    Ok(())
}

/// Who gets which part of an amount before any rounding, after limits; what one party gets first and its share of the
/// rest are one part. No part falls as the amount rises.
pub fn parts(settlement: &Settlement, place: usize, amount: &Exact) -> Result<Vec<(PartyId, Exact)>, Stop> {
    let Some(allocation) = settlement.allocations.get(place) else { return Ok(Vec::new()) };
    let claims = claims_on(allocation, amount.is_negative());
    let (first, rest) = take_first(allocation, amount);
    let shared = within_limits(allocation, place, &claims, &rest, None)?;
    let mut parts: Vec<(PartyId, Exact)> = Vec::new();
    let parties = allocation.first.iter().map(|tranche| tranche.party);
    let parties = parties.chain(claims.iter().map(|claim| claim.party));
    for (party, part) in parties.zip(first.into_iter().chain(shared)) {
        match parts.iter_mut().find(|(known, _)| *known == party) {
            Some((_, sum)) => *sum = &*sum + part,
            None => parts.push((party, part)),
        }
    }
    Ok(parts)
}

/// The amounts at which somebody's part begins to go in another way with the amount, in order: between two of them each
/// part runs straight.
pub fn kinks(settlement: &Settlement, place: usize) -> Vec<Exact> {
    let Some(allocation) = settlement.allocations.get(place) else { return Vec::new() };
    let mut sizes = vec![(Exact::zero(), [true, true])];
    let mut first = Exact::zero();
    for tranche in &allocation.first {
        first = first + &tranche.up_to;
        sizes.push((first.clone(), [true, true]));
    }
    for loss in [true, false] {
        let claims = claims_on(allocation, loss);
        // The price of one whole share at which a limit is reached.
        let price = |claim: &Claim| claim.limit.as_ref()?.checked_div(&claim.share);
        for price in claims.iter().filter_map(price) {
            let part = |claim: &Claim| at_most(&claim.share * &price, &claim.limit);
            let size = match allocation.excess {
                Some(Excess::Others) => claims.iter().map(part).sum::<Exact>(),
                _ => price.clone(),
            };
            sizes.push((&first + size, [loss, !loss]));
        }
    }
    let signed = sizes.into_iter().flat_map(|(size, [loss, gain])| {
        let below = loss.then(|| -&size);
        below.into_iter().chain(gain.then_some(size))
    });
    let mut kinks: Vec<Exact> = signed.collect();
    kinks.sort();
    kinks.dedup();
    kinks
}

/// What each of those who come first takes, with the sign of the amount, and what is left for the others.
fn take_first(allocation: &Allocation, amount: &Exact) -> (Vec<Exact>, Exact) {
    let mut left = amount.abs();
    let signed = |size: &Exact| if amount.is_negative() { -size } else { size.clone() };
    let mut taken = Vec::with_capacity(allocation.first.len());
    for tranche in &allocation.first {
        let part = if tranche.up_to < left { tranche.up_to.clone() } else { left.clone() };
        taken.push(signed(&part));
        left = left - part;
    }
    (taken, signed(&left))
}

/// Adds a payment; what one party gets first and its share of the rest are one payment.
fn pay(outcome: &mut Outcome, begin: usize, payment: Payment) {
    let known = outcome.payments.iter_mut().skip(begin).find(|known| known.to == payment.to);
    match known {
        Some(known) => {
            known.exact = &known.exact + &payment.exact;
            known.amount = &known.amount + &payment.amount;
        }
        None => outcome.payments.push(payment),
    }
}

/// The claims in the order of the contract; a party that only bears the excess comes last, with no share.
fn claims_on(allocation: &Allocation, loss: bool) -> Vec<Claim> {
    let mut claims: Vec<Claim> = allocation
        .shares
        .iter()
        .map(|share| Claim {
            party: share.party,
            share: share.share.clone(),
            limit: if loss { share.losing_at_most.clone() } else { share.gaining_at_most.clone() },
        })
        .collect();
    if let Some(Excess::To(party)) = allocation.excess
        && !claims.iter().any(|claim| claim.party == party)
    {
        claims.push(Claim { party, share: Exact::zero(), limit: None });
    }
    claims
}

/// The parts of an amount after limits, with the sign of the amount. With a grain, limits count in whole grains.
fn within_limits(
    allocation: &Allocation,
    place: usize,
    claims: &[Claim],
    amount: &Exact,
    grain: Option<&Exact>,
) -> Result<Vec<Exact>, Stop> {
    let size = amount.abs();
    let limit_of = |claim: &Claim| {
        claim.limit.as_ref().map(|limit| match grain {
            Some(grain) => limit.round(grain, RoundingMode::Floor),
            None => limit.clone(),
        })
    };
    let limits: Vec<Option<Exact>> = claims.iter().map(limit_of).collect();
    let mut parts: Vec<Exact> = match allocation.excess {
        Some(Excess::Others) => shared_by_others(claims, &limits, &size)
            .map_err(|left| Stop::LimitsReached { allocation: place, left })?,
        _ => claims.iter().zip(&limits).map(|(claim, limit)| at_most(&size * &claim.share, limit)).collect(),
    };
    if let Some(Excess::To(party)) = allocation.excess {
        let left = &size - parts.iter().sum::<Exact>();
        if let Some((_, part)) = claims.iter().zip(&mut parts).find(|(claim, _)| claim.party == party) {
            *part = &*part + left;
        }
    }
    Ok(if amount.is_negative() { parts.iter().map(|part| -part).collect() } else { parts })
}

fn at_most(part: Exact, limit: &Option<Exact>) -> Exact {
    match limit {
        Some(limit) if *limit < part => limit.clone(),
        _ => part,
    }
}

/// What one party's limit cuts off goes to the others in proportion to their shares, who may reach their limits in
/// turn. Each round takes at least one party out, so the rounds end. `Err` with what nobody can bear.
fn shared_by_others(claims: &[Claim], limits: &[Option<Exact>], size: &Exact) -> Result<Vec<Exact>, Exact> {
    let mut reached = vec![false; claims.len()];
    loop {
        let mut left = size.clone();
        let mut weight = Exact::zero();
        for ((claim, limit), reached) in claims.iter().zip(limits).zip(&reached) {
            match limit {
                Some(limit) if *reached => left = left - limit,
                _ => weight = weight + &claim.share,
            }
        }
        // The price of one whole share among those who still bear.
        let rate = match left.checked_div(&weight) {
            Some(rate) => rate,
            None if left.is_zero() => Exact::zero(),
            None => return Err(left),
        };
        let mut parts = Vec::with_capacity(claims.len());
        let mut changed = false;
        for ((claim, limit), reached) in claims.iter().zip(limits).zip(&mut reached) {
            let part = match limit {
                Some(limit) if *reached => limit.clone(),
                _ => &claim.share * &rate,
            };
            if !*reached && limit.as_ref().is_some_and(|limit| *limit < part) {
                *reached = true;
                changed = true;
            }
            parts.push(part);
        }
        if !changed {
            return Ok(parts);
        }
    }
}

/// Rounds every part but one, which takes the rest of the amount.
fn residue_to(
    party: PartyId,
    claims: &[Claim],
    exact: &[Exact],
    amount: &Exact,
    allocation: &Allocation,
) -> Vec<Exact> {
    let rounding = &allocation.rounding;
    let mut parts: Vec<Exact> = exact.iter().map(|part| part.round(&rounding.grain, rounding.mode)).collect();
    let left = amount - parts.iter().sum::<Exact>();
    if let Some((_, part)) = claims.iter().zip(&mut parts).find(|(claim, _)| claim.party == party) {
        *part = &*part + left;
    }
    parts
}
