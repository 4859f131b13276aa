//! Functions whose values are seldom rational: a value is the true one, rounded half to even at so many decimals.
//!
//! The true value is enclosed between two binary fractions, by series in whole numbers in which every division rounds
//! outwards. As long as the two ends round to different decimals, the enclosure is made with twice as many bits. That
//! ends: the exponential and the logarithm of a rational number are irrational but at 0 and 1, so they are no tie.

use crate::exact::{Exact, from_big};
use crate::rounding::RoundingMode;
use dashu_int::ops::{BitTest, SquareRoot};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

/// A function of one plain number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Irrational {
    /// The exponential function, for numbers from -1,000 to 1,000.
    Exp,
    /// The natural logarithm, for numbers above nought.
    Ln,
    /// The square root, for numbers that are not below nought.
    SquareRoot,
}

impl Irrational {
    /// Every function, in the order of the reference.
    pub const ALL: [Irrational; 3] = [Irrational::Exp, Irrational::Ln, Irrational::SquareRoot];

    /// The most decimals to which a value can be asked for.
    pub const MOST_DECIMALS: u32 = 40;

    /// The name in the source.
    pub fn name(self) -> &'static str {
        match self {
            Irrational::Exp => "exp",
            Irrational::Ln => "ln",
            Irrational::SquareRoot => "sqrt",
        }
    }

    /// The function of a name in the source.
    pub fn from_name(name: &str) -> Option<Irrational> {
        Irrational::ALL.into_iter().find(|function| function.name() == name)
    }

    /// What the value is called in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Irrational::Exp => "the exponential function",
            Irrational::Ln => "the natural logarithm",
            Irrational::SquareRoot => "the square root",
        }
    }

    /// Of which numbers it has a value.
    pub fn domain(self) -> &'static str {
        match self {
            Irrational::Exp => "numbers from -1,000 to 1,000",
            Irrational::Ln => "numbers above 0",
            Irrational::SquareRoot => "numbers that are not below 0",
        }
    }

    /// The true value rounded half to even at so many decimals (at most [`Irrational::MOST_DECIMALS`]); `None` where
    /// the function has no value.
    pub fn of(self, number: &Exact, decimals: u32) -> Option<Exact> {
        let decimals = decimals.min(Irrational::MOST_DECIMALS);
        match self {
            Irrational::Exp if number.abs() > Exact::from_int(LARGEST_EXPONENT) => None,
            Irrational::Exp if number.is_zero() => Some(Exact::one()),
            Irrational::Exp => Some(decided(decimals, |bits| exp_between(number, bits))),
            Irrational::Ln if !number.is_positive() => None,
            Irrational::Ln if *number == Exact::one() => Some(Exact::zero()),
            Irrational::Ln => Some(decided(decimals, |bits| ln_between(number, bits))),
            Irrational::SquareRoot if number.is_negative() => None,
            Irrational::SquareRoot => Some(square_root(number, decimals)),
        }
    }
}

/// Beyond this, a value has more than four hundred digits before its point.
const LARGEST_EXPONENT: i64 = 1_000;

/// Two whole numbers with the true value, times a power of two, between them.
struct Enclosure {
    low: IBig,
    high: IBig,
}

/// Narrows an enclosure until both of its ends round to the same decimal.
fn decided(decimals: u32, enclose: impl Fn(usize) -> Enclosure) -> Exact {
    let grain = Exact::ten_to(-i32::try_from(decimals).unwrap_or(0));
    let mut bits = 192;
    loop {
        let Enclosure { low, high } = enclose(bits);
        let rounded = |end: IBig| {
            from_big(RBig::from_parts(end, UBig::ONE << bits)).round(&grain, RoundingMode::HalfEven)
        };
        let (low, high) = (rounded(low), rounded(high));
        if low == high {
            return low;
        }
        bits *= 2;
    }
}

/// The exponential series at the number halved until it is at most a half, squared as often.
fn exp_between(number: &Exact, bits: usize) -> Enclosure {
    let (numerator, denominator) = size_of(number);
    let halvings = (numerator.bit_len() + 2).saturating_sub(denominator.bit_len());
    let below = (numerator << bits) / (denominator << halvings);
    let (mut low, mut high) = (exp_below(&below, bits), exp_above(&(below + UBig::ONE), bits));
    for _ in 0..halvings {
        low = (&low * &low) >> bits;
        high = cut_up(&high * &high, bits);
    }
    if number.is_negative() {
        let one = UBig::ONE << (2 * bits);
        (low, high) = (&one / &high, &one / &low + UBig::ONE);
    }
    Enclosure { low: low.into(), high: high.into() }
}

/// Not more than the exponential of `x`, which is at most a half.
fn exp_below(x: &UBig, bits: usize) -> UBig {
    let mut term = UBig::ONE << bits;
    let mut sum = term.clone();
    for i in 1u32.. {
        term = ((term * x) >> bits) / i;
        if term == UBig::ZERO {
            break;
        }
        sum += &term;
    }
    sum
}

/// Not less than the exponential of `x`, which is at most a half and one bit more.
fn exp_above(x: &UBig, bits: usize) -> UBig {
    let mut term = UBig::ONE << bits;
    let mut sum = term.clone();
    for i in 1u32.. {
        term = quotient_up(cut_up(term * x, bits), i);
        sum += &term;
        if term <= UBig::ONE {
            break;
        }
    }
    // Each further term is less than half of the one before it, so all of them are less than the last.
    sum + UBig::ONE
}

/// The logarithm of the number brought between a half and two, and of the twos that this took.
fn ln_between(number: &Exact, bits: usize) -> Enclosure {
    let (numerator, denominator) = size_of(number);
    let (above, below) = (numerator.bit_len(), denominator.bit_len());
    let (a, b) = (numerator << below.saturating_sub(above), denominator << above.saturating_sub(below));
    let twos = IBig::from(above) - IBig::from(below);
    let two = twice_atanh(&UBig::ONE, &UBig::from(3u8), bits);
    let of_twos = if twos < IBig::ZERO {
        Enclosure { low: &twos * two.high, high: &twos * two.low }
    } else {
        Enclosure { low: &twos * two.low, high: &twos * two.high }
    };
    // ln m = 2 atanh((m - 1) / (m + 1)).
    let sum = &a + &b;
    let rest = if a >= b {
        twice_atanh(&(a - b), &sum, bits)
    } else {
        let Enclosure { low, high } = twice_atanh(&(b - a), &sum, bits);
        Enclosure { low: -high, high: -low }
    };
    Enclosure { low: of_twos.low + rest.low, high: of_twos.high + rest.high }
}

/// Twice the inverse hyperbolic tangent of a fraction that is at most a third.
fn twice_atanh(numerator: &UBig, denominator: &UBig, bits: usize) -> Enclosure {
    let below = (numerator << bits) / denominator;
    let above = &below + UBig::ONE;
    let (mut low, mut power, square) = (UBig::ZERO, below.clone(), (&below * &below) >> bits);
    for i in (1u32..).step_by(2) {
        if power == UBig::ZERO {
            break;
        }
        low += &power / i;
        power = (power * &square) >> bits;
    }
    let (mut high, mut power, square) = (UBig::ZERO, above.clone(), cut_up(&above * &above, bits));
    for i in (1u32..).step_by(2) {
        high += quotient_up(power.clone(), i);
        if power <= UBig::ONE {
            break;
        }
        power = cut_up(power * &square, bits);
    }
    // Each further term is less than an eighth of the one before it, so all of them are less than the last.
    high += UBig::ONE;
    Enclosure { low: (low << 1).into(), high: (high << 1).into() }
}

/// The whole root below is compared exactly with the half above it, so that even a tie is told.
fn square_root(number: &Exact, decimals: u32) -> Exact {
    let grain = Exact::ten_to(-i32::try_from(decimals).unwrap_or(0));
    let square = number * Exact::from_int(10).pow(2 * decimals);
    let (whole, _) = size_of(&square.floor());
    let root = whole.sqrt();
    let is_even = &root % 2u8 == 0;
    let root = from_big(RBig::from(root));
    let middle = &root + Exact::ratio(1, 2).unwrap_or_default();
    let middle = &middle * &middle;
    let up = square > middle || (square == middle && !is_even);
    (if up { root + Exact::one() } else { root }) * grain
}

/// Numerator and denominator without the sign.
fn size_of(number: &Exact) -> (UBig, UBig) {
    let (numerator, denominator) = number.to_big().into_parts();
    let (_, numerator) = numerator.into_parts();
    (numerator, denominator)
}

/// Divided by a power of two, rounded up.
fn cut_up(number: UBig, bits: usize) -> UBig {
    let cut = &number >> bits;
    if (&cut << bits) == number { cut } else { cut + UBig::ONE }
}

/// Divided, rounded up.
fn quotient_up(number: UBig, by: u32) -> UBig {
    let quotient = &number / by;
    if &quotient * by == number { quotient } else { quotient + UBig::ONE }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(function: Irrational, number: &str, decimals: u32) -> String {
        function.of(&Exact::parse(number).unwrap(), decimals).map_or("none".into(), |value| value.text())
    }

    #[test]
    fn forty_decimals_of_numbers_that_everybody_knows() {
        assert_eq!(value(Irrational::Exp, "1", 40), "2.7182818284590452353602874713526624977572");
        assert_eq!(value(Irrational::Ln, "2", 40), "0.6931471805599453094172321214581765680755");
        assert_eq!(value(Irrational::Ln, "10", 40), "2.3025850929940456840179914546843642076011");
        assert_eq!(value(Irrational::SquareRoot, "2", 40), "1.4142135623730950488016887242096980785697");
    }

    #[test]
    fn negative_small_and_large_numbers() {
        // 1 / e = 0.36787944117144232159552377016146086744581113...
        assert_eq!(value(Irrational::Exp, "-1", 20), "0.3678794411714423216");
        assert_eq!(value(Irrational::Exp, "-1000", 40), "0");
        // e^10 = 22026.465794806716516957900645284244366353512618556781...
        assert_eq!(value(Irrational::Exp, "10", 12), "22026.465794806717");
        assert_eq!(value(Irrational::Ln, "1/2", 10), "-0.6931471806");
        assert_eq!(value(Irrational::Ln, "1000000", 10), "13.815510558");
        assert_eq!(value(Irrational::Exp, "0.0000000001", 10), "1.0000000001");
        let large = value(Irrational::Exp, "1000", 0);
        assert!(large.starts_with("197007111401704699388887935224") && large.len() == 435, "{large}");
    }

    #[test]
    fn exact_values_and_ties() {
        assert_eq!(value(Irrational::Exp, "0", 4), "1");
        assert_eq!(value(Irrational::Ln, "1", 4), "0");
        assert_eq!(value(Irrational::SquareRoot, "0", 4), "0");
        assert_eq!(value(Irrational::SquareRoot, "9/16", 2), "0.75");
        // 0.5 lies between 0 and 1, 1.5 between 1 and 2: both go to the even one.
        assert_eq!(value(Irrational::SquareRoot, "0.25", 0), "0");
        assert_eq!(value(Irrational::SquareRoot, "2.25", 0), "2");
        assert_eq!(value(Irrational::SquareRoot, "6.25", 0), "2");
    }

    #[test]
    fn where_there_is_no_value() {
        assert_eq!(value(Irrational::Ln, "0", 4), "none");
        assert_eq!(value(Irrational::Ln, "-2", 4), "none");
        assert_eq!(value(Irrational::SquareRoot, "-0.01", 4), "none");
        assert_eq!(value(Irrational::Exp, "1000.1", 4), "none");
    }

    #[test]
    fn a_value_next_to_a_tie_is_told() {
        // e^0.5 = 1.6487212707001281468486507878141635716537|7..., so at 40 decimals it is rounded up, and its
        // logarithm lies above a half by less than 10^-40.
        let above = Irrational::Exp.of(&Exact::parse("0.5").unwrap(), 40).unwrap();
        let rounded = |number: &Exact| Irrational::Ln.of(number, 0).unwrap().text();
        assert_eq!(rounded(&above), "1");
        assert_eq!(rounded(&(above - Exact::ten_to(-40))), "0");
    }
}
