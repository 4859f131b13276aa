//! Division by a number that stays the same: a multiplication and a shift, exact for every 63-bit number.

use crate::lane::Lane;
use jcm_quantity::RoundingMode;

/// A divisor above nought, made ready.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Divisor {
    by: u64,
    /// A little more than 2 to the power of 63 and `power`, divided by `by` (Granlund and Montgomery, 1994).
    factor: u64,
    /// The least power of two that is not below the divisor.
    power: u32,
}

impl Divisor {
    /// Makes a divisor ready; `None` where it is not above nought or too large.
    pub(crate) fn of(divisor: i128) -> Option<Divisor> {
        let by = u64::try_from(divisor).ok().filter(|by| *by > 0 && *by < 1 << 62)?;
        let power = by.next_power_of_two().trailing_zeros();
        let factor = u64::try_from((1_u128 << (63 + power)) / u128::from(by) + 1).ok()?;
        Some(Divisor { by, factor, power })
    }

    /// The quotient and the rest of a number of at most 63 bits.
    pub(crate) fn parts(&self, number: u64) -> (u64, u64) {
        // Twice the number, so that what is wanted begins at the upper half of the product.
        let product = u128::from(number << 1) * u128::from(self.factor);
        let quotient = low(product >> 64) >> self.power;
        (quotient, number.wrapping_sub(quotient.wrapping_mul(self.by)))
    }

    /// The quotients of numbers times a factor, each rounded to a whole number.
    pub(crate) fn rounded(&self, numbers: &[i64], factor: i64, mode: RoundingMode) -> Lane {
        // A loop for each mode, so that none asks for the mode in each run.
        let by = self.by;
        match mode {
            RoundingMode::HalfEven => self.each(numbers, factor, |quotient, twice, _| {
                (twice > by) | ((twice == by) & (quotient & 1 == 1))
            }),
            RoundingMode::HalfUp => self.each(numbers, factor, |_, twice, _| twice >= by),
            RoundingMode::HalfDown => self.each(numbers, factor, |_, twice, _| twice > by),
            RoundingMode::Up => self.each(numbers, factor, |_, twice, _| twice != 0),
            RoundingMode::Down => self.each(numbers, factor, |_, _, _| false),
            RoundingMode::Ceiling => self.each(numbers, factor, |_, twice, sign| (twice != 0) & (sign == 0)),
            RoundingMode::Floor => self.each(numbers, factor, |_, twice, sign| (twice != 0) & (sign != 0)),
        }
    }

    /// The quotients, a whole further from nought where `outward` says so of the quotient, twice the rest, and the sign, which
    /// is 0 or -1.
    fn each(&self, numbers: &[i64], factor: i64, outward: impl Fn(u64, u64, i64) -> bool) -> Lane {
        Lane::each(numbers, |number| {
            let number = number.wrapping_mul(factor);
            let sign = number >> 63;
            let (quotient, rest) = self.parts(number.unsigned_abs());
            let more = u64::from(outward(quotient, rest.wrapping_mul(2), sign));
            (quotient.wrapping_add(more).cast_signed() ^ sign).wrapping_sub(sign)
        })
    }
}

/// A number that fits into 64 bits.
#[expect(clippy::cast_possible_truncation, reason = "the upper half of a product of 64-bit numbers")]
fn low(number: u128) -> u64 {
    number as u64
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

#[cfg(test)]
mod tests {
    use super::*;
    use jcm_quantity::Exact;

    #[test]
    fn rounding_is_that_of_exact_numbers() {
        for mode in RoundingMode::ALL {
            for number in -60..60 {
                for divisor in [1, 2, 3, 4, 7, 10] {
                    let exact = Exact::ratio(number, divisor).unwrap().round(&Exact::one(), mode);
                    let found = divided(i128::from(number), i128::from(divisor), mode).unwrap();
                    assert_eq!(exact, Exact::from_i128(found), "{number}/{divisor} {mode:?}");
                    let narrow = Divisor::of(i128::from(divisor)).unwrap().rounded(&[number], 1, mode);
                    assert_eq!(
                        narrow.first().copied().map(i128::from),
                        Some(found),
                        "{number}/{divisor} {mode:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_quotient_is_exact_up_to_63_bits() {
        let most = u64::try_from(i64::MAX).unwrap();
        let mut divisors: Vec<u64> =
            (0..62).flat_map(|bit| [1 << bit, (1 << bit) + 1, (1 << bit) | 5]).collect();
        divisors.extend([100, 56_870_000, 5_687_000_000, 999_999_999_989, (1 << 62) - 1]);
        for by in divisors.into_iter().filter(|by| *by < 1 << 62) {
            let divisor = Divisor::of(i128::from(by)).unwrap();
            let multiple = most / by * by;
            for number in [0, 1, by - 1, by, by + 1, multiple - 1, multiple, most, most - 1, most / 2] {
                assert_eq!(divisor.parts(number), (number / by, number % by), "{number} by {by}");
            }
        }
        assert!(Divisor::of(0).is_none() && Divisor::of(-1).is_none() && Divisor::of(1 << 62).is_none());
    }
}
