//! Allocations: what is paid is money, the shares make a whole, and every limit has someone who bears the rest.

use super::{Flaw, called, tables, values};
use crate::{Allocation, DueOn, Excess, Level, PartyId, Residue, Settlement, Type};
use jcm_quantity::{Exact, RoundingMode};
use std::collections::BTreeSet;

pub(super) fn check(settlement: &Settlement, allocation: &Allocation, flaws: &mut Vec<Flaw>) {
    let at = called("payment", &allocation.title, &allocation.name);
    flaws.extend(check_amount(settlement, &at, allocation).err());
    flaws.extend(check_first(settlement, &at, allocation).err());
    flaws.extend(check_shares(settlement, &at, allocation).err());
    flaws.extend(check_residue(&at, allocation).err());
    flaws.extend(check_excess(settlement, &at, allocation).err());
    flaws.extend(check_due(settlement, &at, allocation).err());
    flaws.extend(tables::check_grain(&at, &allocation.rounding).err());
}

fn check_amount(settlement: &Settlement, at: &str, allocation: &Allocation) -> Result<(), Flaw> {
    values::party(settlement, at, allocation.payer)?;
    let step = values::step(settlement, at, allocation.amount)?;
    if step.level != Level::Case {
        return Err(Flaw::Level { at: at.to_string(), name: step.name.clone() });
    }
    match &step.ty {
        Type::Number(unit) if unit.is_money() == Some(settlement.currency.code.as_str()) => Ok(()),
        other => Err(Flaw::WrongType {
            at: at.to_string(),
            wanted: settlement.currency.symbol.clone(),
            found: values::type_words(settlement, other),
        }),
    }
}

/// What comes first is positive and whole grains, so that rounding the amount rounds only what is left.
fn check_first(settlement: &Settlement, at: &str, allocation: &Allocation) -> Result<(), Flaw> {
    let mut seen = BTreeSet::new();
    for tranche in &allocation.first {
        let name = &values::party(settlement, at, tranche.party)?.name;
        let flaw = |problem: String| Err(Flaw::Allocation { at: at.to_string(), problem });
        if !seen.insert(tranche.party) {
            return flaw(format!("pays `{name}` first twice"));
        }
        if !tranche.up_to.is_positive() {
            return flaw(format!("pays `{name}` first up to nothing"));
        }
        let grain = &allocation.rounding.grain;
        if grain.is_positive() && tranche.up_to.round(grain, RoundingMode::Floor) != tranche.up_to {
            return flaw(format!("pays `{name}` first up to an amount that is no multiple of its rounding"));
        }
    }
    Ok(())
}

fn check_shares(settlement: &Settlement, at: &str, allocation: &Allocation) -> Result<(), Flaw> {
    let mut seen = BTreeSet::new();
    for share in &allocation.shares {
        let party = values::party(settlement, at, share.party)?;
        if !seen.insert(share.party) {
            let problem = format!("names `{}` twice", party.name);
            return Err(Flaw::Allocation { at: at.to_string(), problem });
        }
        let negative = |what: &str| Flaw::Negative {
            at: at.to_string(),
            what: format!("the {what} of `{}`", party.name),
        };
        if share.share.is_negative() {
            return Err(negative("share"));
        }
        if share.losing_at_most.as_ref().is_some_and(Exact::is_negative) {
            return Err(negative("limit on losing"));
        }
        if share.gaining_at_most.as_ref().is_some_and(Exact::is_negative) {
            return Err(negative("limit on gaining"));
        }
    }
    let sum: Exact = allocation.shares.iter().map(|share| &share.share).sum();
    if sum != Exact::one() {
        return Err(Flaw::NotWhole { at: at.to_string(), what: "shares", sum });
    }
    Ok(())
}

fn check_residue(at: &str, allocation: &Allocation) -> Result<(), Flaw> {
    match allocation.residue {
        Residue::To(party) if !allocation.shares.iter().any(|share| share.party == party) => {
            let problem = "leaves what rounding leaves over to a party that is not paid".to_string();
            Err(Flaw::Allocation { at: at.to_string(), problem })
        }
        _ => Ok(()),
    }
}

fn check_excess(settlement: &Settlement, at: &str, allocation: &Allocation) -> Result<(), Flaw> {
    let flaw = |problem: String| Err(Flaw::Allocation { at: at.to_string(), problem });
    let limited = |party: Option<PartyId>| {
        allocation.shares.iter().any(|share| {
            party.is_none_or(|party| party == share.party)
                && (share.losing_at_most.is_some() || share.gaining_at_most.is_some())
        })
    };
    match &allocation.excess {
        None if limited(None) => flaw("limits a party but does not say who bears the rest".to_string()),
        Some(_) if !limited(None) => {
            flaw("says who bears what a limit cuts off, but limits no party".to_string())
        }
        Some(Excess::To(party)) => {
            let name = &values::party(settlement, at, *party)?.name;
            if limited(Some(*party)) {
                return flaw(format!("makes `{name}` bear the rest, but limits `{name}` too"));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Each period is there once and in order, and each part says when it is due.
fn check_due(settlement: &Settlement, at: &str, allocation: &Allocation) -> Result<(), Flaw> {
    let flaw = |problem: &str| Err(Flaw::Allocation { at: at.to_string(), problem: problem.to_string() });
    let mut before = None;
    for due in &allocation.due {
        if due.period >= settlement.periods.len() {
            return flaw("is due for a period that is not there");
        }
        if before.is_some_and(|before| due.period <= before) {
            return flaw("says when it is due for the same period twice, or out of order");
        }
        before = Some(due.period);
        let is_silent = |part: &DueOn| matches!(part, DueOn::Words(words) if words.is_empty());
        if due.parts.is_empty() || due.parts.iter().any(is_silent) {
            return flaw("has a part that does not say when it is due");
        }
    }
    Ok(())
}
