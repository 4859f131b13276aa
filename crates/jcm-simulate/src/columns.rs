//! Columns: one number for each run of a block, as whole numbers over one denominator.
//!
//! Every operation is exact or gives `None`: where a number does not fit into 128 bits the block is settled otherwise.

use jcm_quantity::{Exact, RoundingMode};

/// A denominator above this is reduced before it grows further.
const LARGE: i128 = 1 << 40;

/// One number for each run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// The denominator of all, above nought.
    pub(crate) below: i128,
    /// The numerators.
    pub(crate) above: Vec<i128>,
}

impl Numbers {
    /// The same number in every run.
    pub(crate) fn constant(number: &Exact, runs: usize) -> Option<Numbers> {
        let (above, below) = number.parts()?;
        Some(Numbers { below, above: vec![above; runs] })
    }

    /// Numbers of grains.
    pub(crate) fn of_grains(grains: &[i64], grain: &Exact) -> Option<Numbers> {
        let (above, below) = grain.parts()?;
        let numbers =
            grains.iter().map(|grains| i128::from(*grains).checked_mul(above)).collect::<Option<_>>()?;
        Some(Numbers { below, above: numbers })
    }

    /// The number of one run.
    pub(crate) fn exact(&self, run: usize) -> Option<Exact> {
        Exact::from_i128(*self.above.get(run)?).checked_div(&Exact::from_i128(self.below))
    }

    /// Each number so many times, one after the other.
    pub(crate) fn repeated(&self, times: usize) -> Numbers {
        let above = self.above.iter().flat_map(|above| std::iter::repeat_n(*above, times)).collect();
        Numbers { below: self.below, above }
    }

    /// The sums of so many numbers after each other.
    pub(crate) fn summed(&self, many: usize, runs: usize) -> Option<Numbers> {
        let mut sums = Vec::with_capacity(runs);
        for rows in self.above.chunks(many.max(1)) {
            sums.push(rows.iter().try_fold(0_i128, |sum, row| sum.checked_add(*row))?);
        }
        sums.resize(runs, 0);
        Some(Numbers { below: self.below, above: sums })
    }

    /// The number that every run has, if it is the same in all.
    pub(crate) fn same(&self) -> Option<(i128, i128)> {
        let first = *self.above.first()?;
        self.above.iter().all(|above| *above == first).then_some((first, self.below))
    }

    /// The same numbers over a common denominator.
    pub(crate) fn alike(&self, other: &Numbers) -> Option<(Vec<i128>, Vec<i128>, i128)> {
        let below = least_common_multiple(self.below, other.below)?;
        Some((self.over(below)?, other.over(below)?, below))
    }

    /// The numerators over a multiple of the denominator.
    pub(crate) fn over(&self, below: i128) -> Option<Vec<i128>> {
        let factor = below / self.below;
        if factor == 1 {
            return Some(self.above.clone());
        }
        self.above.iter().map(|above| above.checked_mul(factor)).collect()
    }

    /// An operation on the numerators over a common denominator.
    pub(crate) fn with(
        &self,
        other: &Numbers,
        apply: impl Fn(i128, i128) -> Option<i128>,
    ) -> Option<Numbers> {
        let (left, right, below) = self.alike(other)?;
        let above =
            left.into_iter().zip(right).map(|(left, right)| apply(left, right)).collect::<Option<_>>()?;
        Some(Numbers { below, above })
    }

    /// The product.
    pub(crate) fn times(&self, other: &Numbers) -> Option<Numbers> {
        let below = self.below.checked_mul(other.below)?;
        let products = self.above.iter().zip(&other.above).map(|(left, right)| left.checked_mul(*right));
        Some(Numbers { below, above: products.collect::<Option<_>>()? }.reduced())
    }

    /// Each number times the same fraction.
    pub(crate) fn scaled(&self, above: i128, below: i128) -> Option<Numbers> {
        let (above, below) =
            if below < 0 { (above.checked_neg()?, below.checked_neg()?) } else { (above, below) };
        let factor = greatest_common_divisor(above, self.below).max(1);
        let (above, own) = (above / factor, self.below / factor);
        let numbers = self.above.iter().map(|number| number.checked_mul(above)).collect::<Option<_>>()?;
        Some(Numbers { below: own.checked_mul(below)?, above: numbers }.reduced())
    }

    /// The quotient, where the divisor is the same in every run and not nought.
    pub(crate) fn divided_by(&self, divisor: &Numbers) -> Option<Numbers> {
        let (above, below) = divisor.same().filter(|(above, _)| *above != 0)?;
        self.scaled(below, above)
    }

    /// Each rounded to a multiple of a grain.
    pub(crate) fn rounded(&self, grain: &Exact, mode: RoundingMode) -> Option<Numbers> {
        let (above, below) = grain.parts().filter(|(above, _)| *above > 0)?;
        let grains = self.in_grains((above, below), mode)?;
        let numbers = grains.into_iter().map(|grains| grains.checked_mul(above)).collect::<Option<_>>()?;
        Some(Numbers { below, above: numbers })
    }

    /// Each as a number of grains, rounded.
    pub(crate) fn in_grains(&self, (above, below): (i128, i128), mode: RoundingMode) -> Option<Vec<i128>> {
        let divisor = self.below.checked_mul(above)?;
        self.above.iter().map(|number| divided(number.checked_mul(below)?, divisor, mode)).collect()
    }

    fn reduced(mut self) -> Numbers {
        if self.below < LARGE {
            return self;
        }
        let mut common = self.below;
        for above in &self.above {
            common = greatest_common_divisor(common, *above);
            if common == 1 {
                return self;
            }
        }
        self.below /= common;
        for above in &mut self.above {
            *above /= common;
        }
        self
    }
}

/// The quotient by a number above nought, rounded to a whole number.
pub(crate) fn divided(number: i128, divisor: i128, mode: RoundingMode) -> Option<i128> {
    let (lesser, rest) = (number.div_euclid(divisor), number.rem_euclid(divisor));
    let more = if rest == 0 {
        false
    } else {
        let half = rest.cmp(&(divisor - rest));
        match mode {
            RoundingMode::Ceiling => true,
            RoundingMode::Floor => false,
            RoundingMode::Up => number > 0,
            RoundingMode::Down => number < 0,
            _ if half.is_lt() => false,
            _ if half.is_gt() => true,
            RoundingMode::HalfEven => lesser.rem_euclid(2) == 1,
            RoundingMode::HalfUp => number > 0,
            RoundingMode::HalfDown => number < 0,
        }
    };
    lesser.checked_add(i128::from(more))
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
        (first, second) = (second, first % second);
    }
    i128::try_from(first).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_that_of_exact_numbers() {
        for mode in RoundingMode::ALL {
            for number in -60..60 {
                for divisor in [1, 2, 3, 4, 7, 10] {
                    let exact = Exact::ratio(number, divisor).unwrap().round(&Exact::one(), mode);
                    let found = divided(i128::from(number), i128::from(divisor), mode).unwrap();
                    assert_eq!(exact, Exact::from_i128(found), "{number}/{divisor} {mode:?}");
                }
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_not_there() {
        let large = Numbers { below: 1, above: vec![i128::MAX / 2] };
        assert_eq!(large.times(&large), None);
        assert_eq!(large.with(&large, i128::checked_add).map(|sum| sum.above.len()), Some(1));
        assert_eq!(large.scaled(3, 1), None);
        let nought = Numbers { below: 1, above: vec![0] };
        assert_eq!(large.divided_by(&nought), None);
    }
}
