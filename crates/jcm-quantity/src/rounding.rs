//! Rounding modes, and the split of an amount into parts that sum to it.

use crate::Exact;
use std::cmp::Ordering;

/// Which of the two multiples around a value is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundingMode {
    /// The nearest; a tie to the even multiple.
    HalfEven,
    /// The nearest; a tie away from zero.
    HalfUp,
    /// The nearest; a tie towards zero.
    HalfDown,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// Up to the greater.
    Ceiling,
    /// Down to the lesser.
    Floor,
}

impl RoundingMode {
    /// Every mode, in the order of the reference.
    pub const ALL: [RoundingMode; 7] = [
        RoundingMode::HalfEven,
        RoundingMode::HalfUp,
        RoundingMode::HalfDown,
        RoundingMode::Up,
        RoundingMode::Down,
        RoundingMode::Ceiling,
        RoundingMode::Floor,
    ];

    /// The name in the source.
    pub fn name(self) -> &'static str {
        match self {
            RoundingMode::HalfEven => "half_even",
            RoundingMode::HalfUp => "half_up",
            RoundingMode::HalfDown => "half_down",
            RoundingMode::Up => "up",
            RoundingMode::Down => "down",
            RoundingMode::Ceiling => "ceiling",
            RoundingMode::Floor => "floor",
        }
    }

    /// The mode of a name in the source.
    pub fn from_name(name: &str) -> Option<RoundingMode> {
        RoundingMode::ALL.into_iter().find(|mode| mode.name() == name)
    }

    /// The mode in the words of a contract, to follow "rounded".
    pub fn words(self) -> &'static str {
        match self {
            RoundingMode::HalfEven => "to the nearest, ties to the even",
            RoundingMode::HalfUp => "to the nearest, ties away from zero",
            RoundingMode::HalfDown => "to the nearest, ties towards zero",
            RoundingMode::Up => "away from zero",
            RoundingMode::Down => "towards zero",
            RoundingMode::Ceiling => "up",
            RoundingMode::Floor => "down",
        }
    }

    /// Whether a value between two multiples takes the greater; `against_half` compares its distance above the lesser
    /// with half of the way.
    pub(crate) fn takes_the_one_above(
        self,
        negative: bool,
        lesser_is_odd: bool,
        against_half: Ordering,
    ) -> bool {
        match (self, against_half) {
            (RoundingMode::Ceiling, _) => true,
            (RoundingMode::Floor, _) => false,
            (RoundingMode::Up, _) => !negative,
            (RoundingMode::Down, _) => negative,
            (_, Ordering::Less) => false,
            (_, Ordering::Greater) => true,
            (RoundingMode::HalfEven, Ordering::Equal) => lesser_is_odd,
            (RoundingMode::HalfUp, Ordering::Equal) => !negative,
            (RoundingMode::HalfDown, Ordering::Equal) => negative,
        }
    }
}

impl Exact {
    /// Rounded to so many significant figures (at least one); nought stays as it is.
    pub fn round_to_figures(&self, figures: u32, mode: RoundingMode) -> Exact {
        let Some(magnitude) = self.magnitude() else { return self.clone() };
        let cut = i32::try_from(figures.max(1)).unwrap_or(i32::MAX).saturating_sub(1);
        let exponent = magnitude.saturating_sub(cut);
        let power = Exact::from_int(10).pow(exponent.unsigned_abs());
        let grain = if exponent < 0 { power.recip().unwrap_or_default() } else { power };
        self.round(&grain, mode)
    }
}

/// Splits `total`, a multiple of `grain`, into parts in the proportion of `shares` that sum to it exactly.
///
/// As [`round_parts`] rounds. Shares that sum to zero leave everything to the first part.
pub fn split_by_largest_remainder(total: &Exact, grain: &Exact, shares: &[Exact]) -> Vec<Exact> {
    let sum: Exact = shares.iter().sum();
    let exact: Vec<Exact> = match total.checked_div(&sum) {
        Some(scale) => shares.iter().map(|share| share * &scale).collect(),
        None => (0..shares.len()).map(|i| if i == 0 { total.clone() } else { Exact::zero() }).collect(),
    };
    round_parts(total, grain, &exact)
}

/// Rounds exact parts so that they sum to `total`, which differs from their own sum by less than a grain.
///
/// Each part is cut towards zero to a multiple of the grain; the grains left over go one each to the parts that the
/// cut took most from, ties to the first. So a part that is a multiple of the grain stays as it is. A grain that is
/// not above zero leaves the parts exact. If `total` is no multiple of the grain, the odd rest goes with the grains.
pub fn round_parts(total: &Exact, grain: &Exact, exact: &[Exact]) -> Vec<Exact> {
    if !grain.is_positive() {
        return exact.to_vec();
    }
    let mut parts: Vec<Exact> = exact.iter().map(|part| part.round(grain, RoundingMode::Down)).collect();
    let mut left = total - parts.iter().sum::<Exact>();
    let one = if left.is_negative() { -grain } else { grain.clone() };
    let cut = |(whole, part): (&Exact, &Exact)| if one.is_negative() { part - whole } else { whole - part };
    let mut order: Vec<(Exact, usize)> = exact.iter().zip(&parts).map(cut).zip(0..).collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, i) in order {
        if left.is_zero() {
            break;
        }
        let step = if left.abs() < *grain { left.clone() } else { one.clone() };
        if let Some(part) = parts.get_mut(i) {
            *part = &*part + &step;
            left = left - step;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(text: &str, figures: u32, mode: RoundingMode) -> String {
        Exact::parse(text).unwrap().round_to_figures(figures, mode).text()
    }

    #[test]
    fn significant_figures() {
        use RoundingMode::{Down, HalfEven, HalfUp, Up};
        assert_eq!(rounded("1234.5", 3, HalfUp), "1230");
        assert_eq!(rounded("1235", 3, HalfUp), "1240");
        assert_eq!(rounded("1245", 3, HalfEven), "1240");
        assert_eq!(rounded("0.0123456", 3, HalfUp), "0.0123");
        assert_eq!(rounded("-0.0123456", 3, Up), "-0.0124");
        assert_eq!(rounded("999.6", 3, HalfUp), "1000");
        assert_eq!(rounded("999.6", 3, Down), "999");
        assert_eq!(rounded("1/3", 2, HalfUp), "0.33");
        assert_eq!(rounded("1000", 1, HalfUp), "1000");
        assert_eq!(rounded("0.1", 1, HalfUp), "0.1");
        assert_eq!(rounded("0", 3, HalfUp), "0");
    }
}
