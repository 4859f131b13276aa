//! The split of rounded amounts into payments, in whole grains, column by column. A run in which a limit may bind, and a
//! split in a stated order, is left to the exact evaluator.

use crate::columns::least_common_multiple;
use crate::division::Divisor;
use crate::lane::Lane;
use jcm_calculus::{Allocation, Excess, PartyId, Residue};
use jcm_quantity::{Exact, RoundingMode};

/// One who is paid.
struct Claim {
    party: PartyId,
    /// Its share as a numerator.
    share: i64,
    /// From which amount on, in grains times the denominator of the shares, its loss and its gain are limited.
    losing: i64,
    gaining: i64,
}

/// Denominators above this are not worth a table of what becomes of each rest.
const MOST_RESTS: i64 = 2000;

/// The shares of an allocation as whole numbers over one denominator.
pub(crate) struct Split<'a> {
    allocation: &'a Allocation,
    below: i64,
    divisor: Divisor,
    claims: Vec<Claim>,
    grain: (i128, i128),
    /// What each claim gets of the amounts from `-below` to `below`, where every amount is split as its rest is.
    of_rests: Option<Vec<Vec<i64>>>,
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
            below = least_common_multiple(below, share.share.parts()?.1)?;
        }
        let limit = |limit: &Option<Exact>| match limit {
            None => Some(i64::MAX),
            Some(limit) => {
                let grains = limit.round(&allocation.rounding.grain, RoundingMode::Floor);
                let grains = grains.checked_div(&allocation.rounding.grain)?;
                let (grains, whole) = grains.parts()?;
                // A limit beyond what is split here never binds.
                let scaled = grains.checked_mul(below).filter(|_| whole == 1)?;
                Some(i64::try_from(scaled).unwrap_or(i64::MAX))
            }
        };
        let mut claims: Vec<Claim> = Vec::with_capacity(allocation.shares.len());
        for share in &allocation.shares {
            let (above, own) = share.share.parts()?;
            if claims.iter().any(|claim| claim.party == share.party) {
                return None;
            }
            claims.push(Claim {
                party: share.party,
                share: i64::try_from(above.checked_mul(below / own)?).ok()?,
                losing: limit(&share.losing_at_most)?,
                gaining: limit(&share.gaining_at_most)?,
            });
        }
        if let Some(Excess::To(party)) = allocation.excess
            && !claims.iter().any(|claim| claim.party == party)
        {
            claims.push(Claim { party, share: 0, losing: i64::MAX, gaining: i64::MAX });
        }
        let (divisor, below) = (Divisor::of(below)?, i64::try_from(below).ok()?);
        let mut split = Split { allocation, below, divisor, claims, grain, of_rests: None };
        split.of_rests = split.rests();
        Some(split)
    }

    /// What each claim gets of every rest. An amount is a multiple of the denominator and a rest; of the multiple each claim
    /// gets its share in whole grains, if the shares are all there is, and so the grains that remain to be given to those
    /// whose parts were cut most are those of the rest.
    fn rests(&self) -> Option<Vec<Vec<i64>>> {
        let whole = self.claims.iter().try_fold(0_i64, |sum, claim| sum.checked_add(claim.share))?;
        let plain = self.allocation.residue == Residue::LargestRemainder
            && self.claims.iter().all(|claim| claim.share >= 0)
            && whole == self.below
            && self.below <= MOST_RESTS;
        let rests: Vec<i64> = plain.then(|| (-self.below..=self.below).collect())?;
        let mut left = vec![false; rests.len()];
        let parts = self.by_largest_remainder(&rests, &mut left)?;
        left.iter().all(|left| !left).then_some(parts)
    }

    /// The grain of the amounts, as a fraction.
    pub(crate) fn grain(&self) -> (i128, i128) {
        self.grain
    }

    /// Who is paid, in the order of the payments.
    pub(crate) fn parties(&self) -> Vec<PartyId> {
        self.claims.iter().map(|claim| claim.party).collect()
    }

    /// The parts of amounts in grains, a column for each claim; a run in which a limit may bind is marked. `bound` is what
    /// no amount passes. `None` where that is too much for 64 bits.
    pub(crate) fn parts(&self, amounts: &[i64], bound: i128, left: &mut [bool]) -> Option<Vec<Vec<i64>>> {
        let most = self.claims.iter().map(|claim| i128::from(claim.share)).max().unwrap_or(1).max(1);
        if bound.checked_mul(most).is_none_or(|most| most > i128::from(i64::MAX)) {
            return None;
        }
        for claim in self.claims.iter().filter(|claim| claim.losing.min(claim.gaining) < i64::MAX) {
            for (amount, left) in amounts.iter().zip(left.iter_mut()) {
                let limit = if *amount < 0 { claim.losing } else { claim.gaining };
                *left |= limit < i64::MAX && amount.wrapping_abs().wrapping_mul(claim.share) >= limit;
            }
        }
        match (&self.allocation.residue, &self.of_rests) {
            (Residue::LargestRemainder, Some(of_rests)) => Some(self.by_rests(amounts, of_rests)),
            (Residue::LargestRemainder, None) => self.by_largest_remainder(amounts, left),
            (Residue::To(party), _) => self.rest_to(*party, amounts),
        }
    }

    /// Every part by what its claim gets of the multiple of the denominator, and of the rest.
    fn by_rests(&self, amounts: &[i64], of_rests: &[Vec<i64>]) -> Vec<Vec<i64>> {
        let multiples = self.divisor.rounded(amounts, 1, RoundingMode::Down);
        let rest = |(amount, multiple): (&i64, &i64)| {
            // From nought to twice the denominator.
            let rest = amount.wrapping_sub(multiple.wrapping_mul(self.below)).wrapping_add(self.below);
            u16::try_from(rest).unwrap_or(0)
        };
        let rests: Vec<u16> = amounts.iter().zip(multiples.iter()).map(rest).collect();
        let parts = |(claim, of_rests): (&Claim, &Vec<i64>)| {
            let part = |(multiple, rest): (&i64, &u16)| {
                let of_rest = of_rests.get(usize::from(*rest)).copied().unwrap_or(0);
                multiple.wrapping_mul(claim.share).wrapping_add(of_rest)
            };
            multiples.iter().zip(&rests).map(part).collect()
        };
        self.claims.iter().zip(of_rests).map(parts).collect()
    }

    /// Every part cut to whole grains, and a grain more for those that were cut most; of equals, for the first.
    fn by_largest_remainder(&self, amounts: &[i64], left: &mut [bool]) -> Option<Vec<Vec<i64>>> {
        let mut parts: Vec<Vec<i64>> = Vec::with_capacity(self.claims.len());
        let mut rests: Vec<Vec<i64>> = Vec::with_capacity(self.claims.len());
        let mut over: Vec<i64> = amounts.iter().map(|amount| amount.wrapping_abs()).collect();
        for claim in &self.claims {
            let (mut part, mut rest) = (vec![0; amounts.len()], vec![0; amounts.len()]);
            let columns = part.iter_mut().zip(&mut rest).zip(&mut over).zip(amounts);
            for (((part, rest), over), amount) in columns {
                let size = amount.wrapping_abs().wrapping_mul(claim.share).unsigned_abs();
                let cut = self.divisor.parts(size);
                (*part, *rest) = (cut.0.cast_signed(), cut.1.cast_signed());
                *over = over.wrapping_sub(*part);
            }
            parts.push(part);
            rests.push(rest);
        }
        let claims = i64::try_from(self.claims.len()).ok()?;
        for (over, left) in over.iter().zip(left) {
            *left |= *over < 0 || *over > claims;
        }
        let mut before = vec![0_i64; amounts.len()];
        for (place, part) in parts.iter_mut().enumerate() {
            let own = rests.get(place)?;
            before.fill(0);
            for (other, rest) in rests.iter().enumerate().filter(|(other, _)| *other != place) {
                let columns = before.iter_mut().zip(rest.iter().zip(own));
                if other < place {
                    columns.for_each(|(before, (other, own))| {
                        *before = before.wrapping_add(i64::from(other >= own))
                    });
                } else {
                    columns.for_each(|(before, (other, own))| {
                        *before = before.wrapping_add(i64::from(other > own))
                    });
                }
            }
            for ((part, amount), (before, over)) in part.iter_mut().zip(amounts).zip(before.iter().zip(&over))
            {
                let size = part.wrapping_add(i64::from(before < over));
                *part = if *amount < 0 { size.wrapping_neg() } else { size };
            }
        }
        Some(parts)
    }

    /// Every part rounded by the mode of the contract, and the rest to one party.
    fn rest_to(&self, party: PartyId, amounts: &[i64]) -> Option<Vec<Vec<i64>>> {
        let mode = self.allocation.rounding.mode;
        let mut over = Lane::copy(amounts);
        let mut parts = Vec::with_capacity(self.claims.len());
        for claim in &self.claims {
            let part = self.divisor.rounded(amounts, claim.share, mode);
            over.change(&part, i64::wrapping_sub);
            parts.push(part);
        }
        let place = self.claims.iter().position(|claim| claim.party == party)?;
        parts.get_mut(place)?.change(&over, i64::wrapping_add);
        Some(parts.into_iter().map(Lane::into_numbers).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jcm_calculus::{AllocationShare, Origin, Rounding, StepId};

    fn allocation(shares: &[(i64, i64)]) -> Allocation {
        let share = |(party, (above, below)): (u32, &(i64, i64))| AllocationShare {
            party: PartyId(party),
            share: Exact::ratio(*above, *below).unwrap(),
            losing_at_most: None,
            gaining_at_most: None,
        };
        Allocation {
            name: "gain".into(),
            title: "Gain".into(),
            amount: StepId(0),
            payer: PartyId(0),
            pool: String::new(),
            rounding: Rounding { mode: RoundingMode::HalfEven, grain: Exact::ratio(1, 100).unwrap() },
            first: Vec::new(),
            shares: (1u32..).zip(shares).map(share).collect(),
            residue: Residue::LargestRemainder,
            excess: None,
            due: Vec::new(),
            origin: Origin::default(),
        }
    }

    #[test]
    fn a_rest_that_is_looked_up_is_split_as_one_that_is_worked_out() {
        let amounts: Vec<i64> = (-4_000..4_000).chain([-9_000_000_007, 123_456_789_012]).collect();
        let shares: [&[(i64, i64)]; 5] = [
            &[(2, 5), (7, 20), (1, 5), (1, 20)],
            &[(1, 3), (1, 3), (1, 3)],
            &[(1, 1)],
            &[(1, 2), (0, 1), (1, 2)],
            &[(333, 1000), (333, 1000), (334, 1000)],
        ];
        for shares in shares {
            let allocation = allocation(shares);
            let split = Split::of(&allocation).unwrap();
            let mut left = vec![false; amounts.len()];
            let looked_up = split.by_rests(&amounts, split.of_rests.as_ref().unwrap());
            assert_eq!(looked_up, split.by_largest_remainder(&amounts, &mut left).unwrap(), "{shares:?}");
            let all = (0..amounts.len()).map(|run| looked_up.iter().map(|part| part[run]).sum::<i64>());
            assert!(all.eq(amounts.iter().copied()), "{shares:?} sum to the amounts");
            assert!(!left.contains(&true));
        }
    }

    #[test]
    fn shares_that_are_not_all_or_very_fine_have_no_table() {
        assert!(Split::of(&allocation(&[(1, 2), (1, 4)])).unwrap().of_rests.is_none());
        assert!(Split::of(&allocation(&[(1, 10_007), (10_006, 10_007)])).unwrap().of_rests.is_none());
    }
}
