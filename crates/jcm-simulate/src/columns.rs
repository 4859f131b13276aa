//! Columns: one number for each run of a block, as whole numbers over one denominator.
//!
//! Every operation is exact or gives `None`: where a number does not fit into 128 bits the block is settled otherwise. A
//! column knows a bound that none of its numerators passes. As long as the bounds say that nothing can pass 64 bits, an
//! operation is a plain loop over 64-bit numbers; else it is checked in 128 bits, number by number.

use crate::division::{Divisor, divided};
use crate::lane::{Lane, Operand, answer};
use jcm_calculus::Comparison;
use jcm_eval::holds;
use jcm_quantity::{Exact, RoundingMode};
use std::cmp::Ordering;
use std::sync::Arc;

/// A denominator above this is reduced before it grows further.
const LARGE: i128 = 1 << 40;
/// What a 64-bit numerator can be.
const NARROW: i128 = i64::MAX as i128;

/// One number for each run.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    /// The denominator of all, above nought.
    pub(crate) below: i128,
    above: Above,
    /// No numerator is larger than this, either way.
    bound: i128,
    runs: usize,
}

/// The numerators.
#[derive(Debug, Clone)]
enum Above {
    /// The same in every run.
    Same(i128),
    /// In 64 bits.
    Narrow(Arc<Lane>),
    /// In 128 bits.
    Wide(Vec<i128>),
}

impl PartialEq for Numbers {
    fn eq(&self, other: &Self) -> bool {
        self.runs == other.runs && self.below == other.below && self.iter().eq(other.iter())
    }
}

impl Eq for Numbers {}

impl Numbers {
    /// Numbers by their numerators.
    pub(crate) fn new(below: i128, above: Vec<i128>) -> Numbers {
        let runs = above.len();
        let bound = bound_of(above.iter().copied());
        let narrow = (bound <= NARROW)
            .then(|| above.iter().map(|above| i64::try_from(*above)).collect::<Result<Vec<i64>, _>>());
        match narrow {
            Some(Ok(narrow)) => Numbers::narrow(below, narrow.into(), bound),
            _ => Numbers { below, above: Above::Wide(above), bound, runs },
        }
    }

    /// Numbers in 64 bits, with what is known of their size.
    pub(crate) fn narrow(below: i128, above: Lane, bound: i128) -> Numbers {
        let runs = above.len();
        Numbers { below, above: Above::Narrow(Arc::new(above)), bound, runs }
    }

    /// The same number in every run.
    pub(crate) fn constant(number: &Exact, runs: usize) -> Option<Numbers> {
        let (above, below) = number.parts()?;
        Some(Numbers { below, above: Above::Same(above), bound: size(above)?, runs })
    }

    /// Numbers of grains.
    pub(crate) fn of_grains(grains: &[i64], grain: &Exact) -> Option<Numbers> {
        let (above, below) = grain.parts()?;
        if above == 1 {
            return Some(Numbers::narrow(below, Lane::copy(grains), rough_bound(grains)));
        }
        let numbers = grains.iter().map(|grains| i128::from(*grains).checked_mul(above));
        Some(Numbers::new(below, numbers.collect::<Option<_>>()?))
    }

    /// Ones where something holds, and noughts where not.
    pub(crate) fn of_answers(answers: &Lane) -> Numbers {
        Numbers::narrow(1, Lane::each(answers, |holds| holds & 1), 1)
    }

    /// What no numerator passes, either way.
    pub(crate) fn bound(&self) -> i128 {
        self.bound
    }

    /// The numerator of a run.
    fn at(&self, run: usize) -> Option<i128> {
        match &self.above {
            Above::Same(above) => Some(*above).filter(|_| run < self.runs),
            Above::Narrow(above) => above.get(run).map(|above| i128::from(*above)),
            Above::Wide(above) => above.get(run).copied(),
        }
    }

    /// The numerators, one after the other.
    pub(crate) fn iter(&self) -> impl Iterator<Item = i128> + '_ {
        (0..self.runs).filter_map(|run| self.at(run))
    }

    /// The number of one run.
    pub(crate) fn exact(&self, run: usize) -> Option<Exact> {
        Exact::from_i128(self.at(run)?).checked_div(&Exact::from_i128(self.below))
    }

    /// Each number so many times, one after the other.
    pub(crate) fn repeated(&self, times: usize) -> Numbers {
        let runs = self.runs * times;
        let above = match &self.above {
            Above::Same(above) => Above::Same(*above),
            Above::Narrow(above) => Above::Narrow(Arc::new(above.repeated(times))),
            Above::Wide(above) => {
                Above::Wide(above.iter().flat_map(|above| std::iter::repeat_n(*above, times)).collect())
            }
        };
        Numbers { below: self.below, above, bound: self.bound, runs }
    }

    /// The sums of so many numbers after each other.
    pub(crate) fn summed(&self, many: usize, runs: usize) -> Option<Numbers> {
        let mut numbers = self.iter();
        let mut sum = || (0..many).try_fold(0_i128, |sum, _| sum.checked_add(numbers.next().unwrap_or(0)));
        Some(Numbers::new(self.below, (0..runs).map(|_| sum()).collect::<Option<_>>()?))
    }

    /// The number that every run has, if it is the same in all.
    fn same(&self) -> Option<i128> {
        let first = match &self.above {
            Above::Same(above) => return Some(*above).filter(|_| self.runs > 0),
            _ => self.at(0)?,
        };
        self.iter().all(|above| above == first).then_some(first)
    }

    /// The same numbers with the least bound that holds.
    fn tight(&self) -> i128 {
        match &self.above {
            Above::Same(above) => bound_of(std::iter::once(*above)),
            Above::Narrow(above) => narrow_bound(above),
            Above::Wide(above) => bound_of(above.iter().copied()),
        }
    }

    /// The numerators over a multiple of the denominator.
    pub(crate) fn over(&self, below: i128) -> Option<Vec<i128>> {
        let factor = below / self.below;
        self.iter().map(|above| above.checked_mul(factor)).collect()
    }

    /// What brings two columns over one denominator: it, and by what the numerators of each are multiplied.
    fn alike(&self, other: &Numbers) -> Option<(i128, i128, i128)> {
        let below = least_common_multiple(self.below, other.below)?;
        Some((below, below / self.below, below / other.below))
    }

    /// The numerators of two columns times a factor each, and a bound of what is made of them, where all of it fits into 64
    /// bits.
    fn fits<'a>(
        &'a self,
        other: &'a Numbers,
        (one, two): (i128, i128),
        bound: impl Fn(i128, i128) -> Option<i128>,
    ) -> Option<(Operand<'a>, Operand<'a>, i128)> {
        if matches!(self.above, Above::Wide(_)) || matches!(other.above, Above::Wide(_)) {
            return None;
        }
        let within = |left: i128, right: i128| {
            let (left, right) = (left.checked_mul(one)?, right.checked_mul(two)?);
            bound(left, right).filter(|bound| (*bound).max(left).max(right) <= NARROW)
        };
        let bound = within(self.bound, other.bound).or_else(|| within(self.tight(), other.tight()))?;
        Some((self.operand(one)?, other.operand(two)?, bound))
    }

    /// The numerators times a factor, which are known to fit into 64 bits.
    fn operand(&self, factor: i128) -> Option<Operand<'_>> {
        match &self.above {
            Above::Same(above) => i64::try_from(above.checked_mul(factor)?).ok().map(Operand::Same),
            Above::Narrow(above) if factor == 1 => Some(Operand::Each(above)),
            Above::Narrow(above) => {
                let factor = i64::try_from(factor).ok()?;
                Some(Operand::Made(Lane::each(above, |above| above.wrapping_mul(factor))))
            }
            Above::Wide(_) => None,
        }
    }

    /// A sum, a difference, or the like, of the numerators over a common denominator: in 64 bits by `apply`, where the
    /// bounds allow it, and else by `checked`. `bound` is the bound of the result from those of the two.
    fn with(
        &self,
        other: &Numbers,
        apply: impl Fn(i64, i64) -> i64,
        checked: impl Fn(i128, i128) -> Option<i128>,
        bound: impl Fn(i128, i128) -> Option<i128>,
    ) -> Option<Numbers> {
        let (below, one, two) = self.alike(other)?;
        if let (Above::Same(left), Above::Same(right)) = (&self.above, &other.above) {
            let above = checked(left.checked_mul(one)?, right.checked_mul(two)?)?;
            return Some(Numbers { below, above: Above::Same(above), bound: size(above)?, runs: self.runs });
        }
        if let Some((one, two, bound)) = self.fits(other, (one, two), bound) {
            return Some(Numbers::narrow(below, Lane::of(&one, &two, self.runs, apply), bound));
        }
        let pairs = self.iter().zip(other.iter());
        let above = pairs.map(|(left, right)| checked(left.checked_mul(one)?, right.checked_mul(two)?));
        Some(Numbers::new(below, above.collect::<Option<_>>()?))
    }

    /// The sum.
    pub(crate) fn plus(&self, other: &Numbers) -> Option<Numbers> {
        self.with(other, i64::wrapping_add, i128::checked_add, i128::checked_add)
    }

    /// The difference.
    pub(crate) fn minus(&self, other: &Numbers) -> Option<Numbers> {
        self.with(other, i64::wrapping_sub, i128::checked_sub, i128::checked_add)
    }

    /// The greater of the two in each run.
    pub(crate) fn greater(&self, other: &Numbers) -> Option<Numbers> {
        self.with(other, i64::max, |a, b| Some(a.max(b)), |a, b| Some(a.max(b)))
    }

    /// The lesser of the two in each run.
    pub(crate) fn lesser(&self, other: &Numbers) -> Option<Numbers> {
        self.with(other, i64::min, |a, b| Some(a.min(b)), |a, b| Some(a.max(b)))
    }

    /// These numbers where something holds, and others where it does not.
    pub(crate) fn where_it(&self, holds: &Lane, other: &Numbers) -> Option<Numbers> {
        let (below, one, two) = self.alike(other)?;
        if let Some((one, two, bound)) = self.fits(other, (one, two), |a, b| Some(a.max(b))) {
            return Some(Numbers::narrow(below, holds.pick(&one, &two), bound));
        }
        let both = self.iter().zip(other.iter()).zip(holds.iter());
        let pick = |((taken, left), holds): ((i128, i128), &i64)| {
            if *holds == 0 { left.checked_mul(two) } else { taken.checked_mul(one) }
        };
        Some(Numbers::new(below, both.map(pick).collect::<Option<_>>()?))
    }

    /// In which runs a comparison holds.
    pub(crate) fn compared(&self, op: Comparison, other: &Numbers) -> Option<Lane> {
        let (_, one, two) = self.alike(other)?;
        if let Some((one, two, _)) = self.fits(other, (one, two), |a, b| Some(a.max(b))) {
            let of = |ordering: Ordering| answer(holds(op, &ordering, &Ordering::Equal));
            let (less, equal, greater) = (of(Ordering::Less), of(Ordering::Equal), of(Ordering::Greater));
            // Two of the three orders have the same answer, so that one question to each run is enough.
            return Some(if equal == greater {
                Lane::of(&one, &two, self.runs, |left, right| answer(left < right) ^ equal)
            } else if equal == less {
                Lane::of(&one, &two, self.runs, |left, right| answer(left > right) ^ equal)
            } else {
                Lane::of(&one, &two, self.runs, |left, right| answer(left != right) ^ equal)
            });
        }
        let both = self.iter().zip(other.iter());
        let answers = both
            .map(|(left, right)| Some(answer(holds(op, &left.checked_mul(one)?, &right.checked_mul(two)?))));
        answers.collect::<Option<Vec<i64>>>().map(Lane::from)
    }

    /// The product.
    pub(crate) fn times(&self, other: &Numbers) -> Option<Numbers> {
        match (&self.above, &other.above) {
            (_, Above::Same(above)) => return self.scaled(*above, other.below),
            (Above::Same(above), _) => return other.scaled(*above, self.below),
            _ => {}
        }
        let below = self.below.checked_mul(other.below)?;
        if let Some((one, two, bound)) = self.fits(other, (1, 1), i128::checked_mul) {
            let products = Lane::of(&one, &two, self.runs, i64::wrapping_mul);
            return Some(Numbers::narrow(below, products, bound).reduced());
        }
        let products = self.iter().zip(other.iter()).map(|(left, right)| left.checked_mul(right));
        Some(Numbers::new(below, products.collect::<Option<_>>()?).reduced())
    }

    /// Each number times the same fraction.
    pub(crate) fn scaled(&self, above: i128, below: i128) -> Option<Numbers> {
        let (above, below) =
            if below < 0 { (above.checked_neg()?, below.checked_neg()?) } else { (above, below) };
        let factor = greatest_common_divisor(above, self.below).max(1);
        let (above, own) = (above / factor, self.below / factor);
        let below = own.checked_mul(below)?;
        Some(self.multiplied(above, below)?.reduced())
    }

    /// Each numerator times a whole number, over another denominator.
    fn multiplied(&self, factor: i128, below: i128) -> Option<Numbers> {
        let bound = |of: i128| of.checked_mul(size(factor)?).filter(|bound| *bound <= NARROW);
        match &self.above {
            Above::Same(above) => {
                let above = above.checked_mul(factor)?;
                Some(Numbers { below, above: Above::Same(above), bound: size(above)?, runs: self.runs })
            }
            Above::Narrow(_) if factor == 1 => Some(Numbers { below, ..self.clone() }),
            Above::Narrow(above) => match bound(self.bound).or_else(|| bound(self.tight())) {
                Some(bound) => {
                    let factor = i64::try_from(factor).ok()?;
                    Some(Numbers::narrow(below, Lane::each(above, |above| above.wrapping_mul(factor)), bound))
                }
                None => {
                    let above = above.iter().map(|above| i128::from(*above).checked_mul(factor));
                    Some(Numbers::new(below, above.collect::<Option<_>>()?))
                }
            },
            Above::Wide(above) => {
                let above = above.iter().map(|above| above.checked_mul(factor));
                Some(Numbers::new(below, above.collect::<Option<_>>()?))
            }
        }
    }

    /// Each number without its sign.
    pub(crate) fn absolute(&self) -> Option<Numbers> {
        match &self.above {
            Above::Narrow(above) if self.bound <= NARROW => {
                Some(Numbers::narrow(self.below, Lane::each(above, i64::wrapping_abs), self.bound))
            }
            _ => Some(Numbers::new(self.below, self.iter().map(i128::checked_abs).collect::<Option<_>>()?)),
        }
    }

    /// The quotient, where the divisor is the same in every run and not nought.
    pub(crate) fn divided_by(&self, divisor: &Numbers) -> Option<Numbers> {
        let above = divisor.same().filter(|above| *above != 0)?;
        self.scaled(divisor.below, above)
    }

    /// Each rounded to a multiple of a grain.
    pub(crate) fn rounded(&self, grain: &Exact, mode: RoundingMode) -> Option<Numbers> {
        let (above, below) = grain.parts().filter(|(above, _)| *above > 0)?;
        self.in_grains((above, below), mode)?.multiplied(above, below)
    }

    /// Each as a number of grains, rounded.
    pub(crate) fn in_grains(&self, (above, below): (i128, i128), mode: RoundingMode) -> Option<Numbers> {
        let divisor = self.below.checked_mul(above)?;
        let common = greatest_common_divisor(divisor, below).max(1);
        let (divisor, factor) = (divisor / common, below / common);
        let bound = |of: i128| of.checked_mul(factor).filter(|bound| *bound <= NARROW);
        if let (Above::Narrow(above), Some(by)) = (&self.above, Divisor::of(divisor))
            && let Some(bound) = bound(self.bound).or_else(|| bound(self.tight()))
        {
            let factor = i64::try_from(factor).ok()?;
            return Some(Numbers::narrow(1, by.rounded(above, factor, mode), bound / divisor + 1));
        }
        let numbers = self.multiplied(factor, 1)?;
        let above = numbers.iter().map(|number| divided(number, divisor, mode)).collect::<Option<_>>()?;
        Some(Numbers::new(1, above))
    }

    /// The numerators in 64 bits, where all fit, and their bound.
    pub(crate) fn narrowed(&self) -> Option<(Arc<Lane>, i128)> {
        if let Above::Narrow(above) = &self.above {
            return Some((Arc::clone(above), self.bound));
        }
        let above: Vec<i64> = self.iter().map(i64::try_from).collect::<Result<_, _>>().ok()?;
        Some((Arc::new(above.into()), self.tight()))
    }

    /// The numerators, where they are kept in 64 bits and differ from run to run.
    pub(crate) fn in_64_bits(&self) -> Option<&[i64]> {
        match &self.above {
            Above::Narrow(above) => Some(above),
            _ => None,
        }
    }

    fn reduced(self) -> Numbers {
        if self.below < LARGE {
            return self;
        }
        let mut common = self.below;
        if self.iter().any(|above| {
            common = greatest_common_divisor(common, above);
            common == 1
        }) {
            return self;
        }
        let above = self.iter().map(|above| above / common).collect();
        Numbers::new(self.below / common, above)
    }
}

fn size(number: i128) -> Option<i128> {
    number.checked_abs()
}

fn narrow_bound(numbers: &[i64]) -> i128 {
    i128::from(numbers.iter().fold(0, |most, number| number.unsigned_abs().max(most)))
}

/// A bound that is at most about twice the least one, and is found by one operation for each number.
fn rough_bound(numbers: &[i64]) -> i128 {
    let bits = numbers.iter().fold(0, |bits, number| bits | (number ^ (number >> 63)));
    i128::from(bits) + 1
}

fn bound_of(numbers: impl Iterator<Item = i128>) -> i128 {
    numbers.map(|number| number.checked_abs().unwrap_or(i128::MAX)).max().unwrap_or(0)
}

/// The least common multiple of two numbers above nought.
pub(crate) fn least_common_multiple(first: i128, second: i128) -> Option<i128> {
    if first == second {
        return Some(first);
    }
    (first / greatest_common_divisor(first, second).max(1)).checked_mul(second)
}

fn greatest_common_divisor(first: i128, second: i128) -> i128 {
    let (mut first, mut second) = (first.unsigned_abs(), second.unsigned_abs());
    while second != 0 {
        if let (Ok(one), Ok(other)) = (u64::try_from(first), u64::try_from(second)) {
            return i128::from(narrow_divisor(one, other));
        }
        (first, second) = (second, first % second);
    }
    i128::try_from(first).unwrap_or(1)
}

fn narrow_divisor(mut first: u64, mut second: u64) -> u64 {
    while second != 0 {
        (first, second) = (second, first % second);
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(below: i128, above: &[i128]) -> Numbers {
        Numbers::new(below, above.to_vec())
    }

    #[test]
    fn what_does_not_fit_is_not_there() {
        let large = numbers(1, &[i128::MAX / 2]);
        assert_eq!(large.times(&large), None);
        assert_eq!(large.plus(&large).map(|sum| sum.iter().count()), Some(1));
        assert_eq!(large.scaled(3, 1), None);
        assert_eq!(large.divided_by(&numbers(1, &[0])), None);
    }

    /// Numbers at the border of 64 bits, where a loop must not be the plain one.
    #[test]
    fn in_64_bits_and_beyond_the_same_comes_out() {
        let edge = i128::from(i64::MAX);
        let figures = [0, 1, -1, 7, edge, -edge, edge - 1, edge + 1, -edge - 1, edge * 5, 1 << 31, 3 << 32];
        for left in figures {
            for right in figures {
                for (below, other) in [(1, 1), (3, 4), (10, 100)] {
                    let (a, b) = (numbers(below, &[left, 1]), numbers(other, &[right, 1]));
                    let exact = |above: i128, below: i128| {
                        Exact::from_i128(above).checked_div(&Exact::from_i128(below)).unwrap()
                    };
                    let (x, y) = (exact(left, below), exact(right, other));
                    let first = |numbers: Option<Numbers>| numbers.unwrap().exact(0).unwrap();
                    assert_eq!(first(a.plus(&b)), &x + &y);
                    assert_eq!(first(a.minus(&b)), &x - &y);
                    if left.checked_mul(right).is_some() {
                        assert_eq!(first(a.times(&b)), &x * &y);
                    }
                    assert_eq!(first(a.greater(&b)), x.clone().max(y.clone()));
                    assert_eq!(first(a.lesser(&b)), x.clone().min(y.clone()));
                    assert_eq!(first(a.where_it(&Lane::from(vec![0, -1]), &b)), y);
                    for op in [
                        Comparison::Equal,
                        Comparison::NotEqual,
                        Comparison::Less,
                        Comparison::LessOrEqual,
                        Comparison::Greater,
                        Comparison::GreaterOrEqual,
                    ] {
                        let found = a.compared(op, &b).unwrap().truths();
                        assert_eq!(found.first(), Some(&holds(op, &x, &y)), "{left} {op:?} {right}");
                    }
                    assert_eq!(first(a.absolute()), x.abs());
                    for mode in RoundingMode::ALL {
                        let grain = Exact::ratio(1, 100).unwrap();
                        assert_eq!(first(a.rounded(&grain, mode)), x.round(&grain, mode), "{left}/{below}");
                    }
                }
            }
        }
    }
}
