//! The split of rounded amounts into payments, in whole grains. A run in which a limit binds, and a split in a stated
//! order, is left to the exact evaluator.

use crate::columns::divided;
use jcm_calculus::{Allocation, Excess, PartyId, Residue};
use jcm_quantity::RoundingMode;

/// The party, its share, and the most that it can lose and gain, in grains.
type Claim = (PartyId, i128, Option<i128>, Option<i128>);

/// The shares of an allocation as whole numbers over one denominator.
pub(crate) struct Split<'a> {
    allocation: &'a Allocation,
    below: i128,
    claims: Vec<Claim>,
    grain: (i128, i128),
}

impl<'a> Split<'a> {
    /// Makes an allocation ready; `None` where it is beyond this.
    pub(crate) fn of(allocation: &'a Allocation) -> Option<Split<'a>> {
        if !allocation.first.is_empty() {
            return None;
        }
        let grain = allocation.rounding.grain.parts().filter(|(above, _)| *above > 0)?;
        let mut below = 1;
        for share in &allocation.shares {
            below = crate::columns::least_common_multiple(below, share.share.parts()?.1)?;
        }
        let mut claims: Vec<Claim> = Vec::with_capacity(allocation.shares.len());
        for share in &allocation.shares {
            let (above, own) = share.share.parts()?;
            let limit = |limit: &Option<jcm_quantity::Exact>| match limit {
                None => Some(None),
                Some(limit) => {
                    let grains = limit.round(&allocation.rounding.grain, RoundingMode::Floor);
                    let grains = grains.checked_div(&allocation.rounding.grain)?;
                    Some(Some(grains.parts().filter(|(_, below)| *below == 1)?.0))
                }
            };
            if claims.iter().any(|(party, ..)| *party == share.party) {
                return None;
            }
            let (losing, gaining) = (limit(&share.losing_at_most)?, limit(&share.gaining_at_most)?);
            claims.push((share.party, above.checked_mul(below / own)?, losing, gaining));
        }
        if let Some(Excess::To(party)) = allocation.excess
            && !claims.iter().any(|(claim, ..)| *claim == party)
        {
            claims.push((party, 0, None, None));
        }
        Some(Split { allocation, below, claims, grain })
    }

    /// The grain of the amounts, as a fraction.
    pub(crate) fn grain(&self) -> (i128, i128) {
        self.grain
    }

    /// Who is paid, in the order of the payments.
    pub(crate) fn parties(&self) -> Vec<PartyId> {
        self.claims.iter().map(|(party, ..)| *party).collect()
    }

    /// The parts of an amount in grains; `None` where a limit may bind.
    pub(crate) fn parts(&self, amount: i128, parts: &mut Vec<i128>) -> Option<()> {
        parts.clear();
        let size = amount.checked_abs()?;
        let mut rests = Vec::with_capacity(self.claims.len());
        for (_, share, losing, gaining) in &self.claims {
            let exact = size.checked_mul(*share)?;
            let limit = if amount < 0 { losing } else { gaining };
            if limit.is_some_and(|limit| limit.checked_mul(self.below).is_none_or(|limit| exact >= limit)) {
                return None;
            }
            parts.push(exact / self.below);
            rests.push(exact % self.below);
        }
        match self.allocation.residue {
            Residue::LargestRemainder => {
                let mut left = size - parts.iter().sum::<i128>();
                let mut order: Vec<usize> = (0..parts.len()).collect();
                order.sort_by(|a, b| rests.get(*b).cmp(&rests.get(*a)).then(a.cmp(b)));
                for place in order {
                    if left == 0 {
                        break;
                    }
                    *parts.get_mut(place)? += 1;
                    left -= 1;
                }
                if left != 0 {
                    return None;
                }
            }
            Residue::To(party) => return self.rest_to(party, amount, parts),
        }
        if amount < 0 {
            for part in parts {
                *part = -*part;
            }
        }
        Some(())
    }

    /// Every part rounded by the mode of the contract, and the rest to one party.
    fn rest_to(&self, party: PartyId, amount: i128, parts: &mut [i128]) -> Option<()> {
        for (part, (_, share, ..)) in parts.iter_mut().zip(&self.claims) {
            *part = divided(amount.checked_mul(*share)?, self.below, self.allocation.rounding.mode)?;
        }
        let left = amount - parts.iter().sum::<i128>();
        let place = self.claims.iter().position(|(claim, ..)| *claim == party)?;
        *parts.get_mut(place)? += left;
        Some(())
    }
}
