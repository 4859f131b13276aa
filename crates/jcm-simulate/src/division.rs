//! Division by a number that stays the same: a multiplication and a shift, exact for every 63-bit number.

use jcm_quantity::RoundingMode;

/// A divisor above nought, made ready.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Divisor {
    by: u64,
    /// A little more than 2 to the power of `shift`, divided by `by` (Granlund and Montgomery, 1994).
    factor: u64,
    shift: u32,
}

impl Divisor {
    /// Makes a divisor ready; `None` where it is not above nought or too large.
    pub(crate) fn of(divisor: i128) -> Option<Divisor> {
        let by = u64::try_from(divisor).ok().filter(|by| *by > 0 && *by < 1 << 62)?;
        // The least power of two that is not below the divisor.
        let power = by.next_power_of_two().trailing_zeros();
        let shift = 63 + power;
        let factor = u64::try_from((1_u128 << shift) / u128::from(by) + 1).ok()?;
        Some(Divisor { by, factor, shift })
    }

    /// The quotient and the rest of a number of at most 63 bits.
    pub(crate) fn parts(&self, number: u64) -> (u64, u64) {
        let quotient = (u128::from(number) * u128::from(self.factor)) >> self.shift;
        let quotient = low(quotient);
        (quotient, number.wrapping_sub(quotient.wrapping_mul(self.by)))
    }

    /// The quotient rounded to a whole number.
    pub(crate) fn rounded(&self, number: i64, mode: RoundingMode) -> i64 {
        let (quotient, rest) = self.parts(number.unsigned_abs());
        let negative = number < 0;
        let half = rest.wrapping_mul(2).cmp(&self.by);
        let outward = match mode {
            RoundingMode::HalfEven => half.is_gt() || (half.is_eq() && quotient & 1 == 1),
            RoundingMode::HalfUp => half.is_ge(),
            RoundingMode::HalfDown => half.is_gt(),
            RoundingMode::Up => rest != 0,
            RoundingMode::Down => false,
            RoundingMode::Ceiling => rest != 0 && !negative,
            RoundingMode::Floor => rest != 0 && negative,
        };
        let size = quotient.wrapping_add(u64::from(outward)).cast_signed();
        if negative { size.wrapping_neg() } else { size }
    }
}

/// The lower half of a product that fits into it.
#[expect(clippy::cast_possible_truncation, reason = "a quotient of a 63-bit number has at most 63 bits")]
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
                    let narrow = Divisor::of(i128::from(divisor)).unwrap().rounded(number, mode);
                    assert_eq!(i128::from(narrow), found, "{number}/{divisor} {mode:?}");
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
