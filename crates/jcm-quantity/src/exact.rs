//! Exact rational numbers: two machine integers while they fit, big integers beyond, never an overflow.

use crate::RoundingMode;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

/// The most digits that are read on either side of a point or a fraction bar.
const MOST_DIGITS: usize = 400;

/// The most decimal places that are written; beyond that a number is written as a fraction.
const MOST_PLACES: u32 = 400;

/// An exact rational number, always reduced.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Exact(Repr);

/// What fits `Small` is always `Small`, so that equality and hashing go by structure.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// `num / den`, reduced, `den > 0`, `num > i128::MIN` so that every sign change stays in range.
    Small { num: i128, den: i128 },
    /// Whatever does not fit.
    Big(Box<RBig>),
}
use Repr::{Big, Small};

impl Exact {
    /// Nought.
    pub const fn zero() -> Exact {
        Exact::whole(0)
    }

    /// One.
    pub const fn one() -> Exact {
        Exact::whole(1)
    }

    /// A whole number.
    pub fn from_int(value: i64) -> Exact {
        Exact::whole(i128::from(value))
    }

    /// A whole number.
    pub fn from_i128(value: i128) -> Exact {
        if value == i128::MIN { from_big(RBig::from(value)) } else { Exact::whole(value) }
    }

    /// A fraction; `None` over zero.
    pub fn ratio(num: i64, den: i64) -> Option<Exact> {
        let sign = i128::from(den.signum());
        (den != 0).then(|| reduced(i128::from(num) * sign, i128::from(den) * sign))
    }

    /// A power of ten; the exponent is kept between -400 and 400.
    pub fn ten_to(exponent: i32) -> Exact {
        let power = Exact::whole(10).pow(exponent.unsigned_abs().min(MOST_PLACES));
        if exponent < 0 { power.recip().unwrap_or_default() } else { power }
    }

    /// Reads `1234.50`, `-0.5` or `1/3`: no commas, no exponent, at most 400 digits in a row.
    pub fn parse(text: &str) -> Option<Exact> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let size = if let Some((num, den)) = rest.split_once('/') {
            whole_from(num)?.checked_div(&whole_from(den)?)?
        } else if let Some((whole, places)) = rest.split_once('.') {
            let exponent = i32::try_from(places.len()).ok()?;
            whole_from(whole)? + whole_from(places)? * Exact::ten_to(-exponent)
        } else {
            whole_from(rest)?
        };
        Some(if negative { -size } else { size })
    }

    const fn whole(value: i128) -> Exact {
        Exact(Small { num: value, den: 1 })
    }

    /// Whether it is nought.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Small { num: 0, .. })
    }

    /// Whether it is below nought.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Small { num, .. } => *num < 0,
            Big(big) => *big.numerator() < IBig::ZERO,
        }
    }

    /// Whether it is above nought.
    pub fn is_positive(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Small { den, .. } => *den == 1,
            Big(big) => big.is_int(),
        }
    }

    /// The number without its sign.
    pub fn abs(&self) -> Exact {
        if self.is_negative() { self.neg() } else { self.clone() }
    }

    /// The number with the other sign.
    pub fn neg(&self) -> Exact {
        match &self.0 {
            Small { num, den } => Exact(Small { num: -num, den: *den }),
            // The sign matters to what fits: -i128::MIN and i128::MIN are both big.
            Big(big) => Exact(Big(Box::new(-big.as_ref().clone()))),
        }
    }

    /// One divided by the number; `None` for nought.
    pub fn recip(&self) -> Option<Exact> {
        match &self.0 {
            Small { num: 0, .. } => None,
            Small { num, den } => Some(Exact(Small { num: den * num.signum(), den: num.abs() })),
            Big(big) => Some(from_big(RBig::ONE / big.as_ref())),
        }
    }

    /// The quotient; `None` over nought.
    pub fn checked_div(&self, divisor: &Exact) -> Option<Exact> {
        divisor.recip().map(|inverse| self * &inverse)
    }

    /// The greatest whole number that is not above it.
    pub fn floor(&self) -> Exact {
        match &self.0 {
            Small { den: 1, .. } => self.clone(),
            Small { num, den } => Exact::whole(num.div_euclid(*den)),
            Big(big) => from_big(RBig::from(big.floor())),
        }
    }

    /// The number multiplied by itself so many times; the caller bounds the size.
    pub fn pow(&self, exponent: u32) -> Exact {
        let (mut result, mut square, mut left) = (Exact::one(), self.clone(), exponent);
        while left > 0 {
            if left & 1 == 1 {
                result = &result * &square;
            }
            left >>= 1;
            if left > 0 {
                square = &square * &square;
            }
        }
        result
    }

    /// The multiple of `grain` that `mode` chooses; unchanged where the grain is not above nought.
    pub fn round(&self, grain: &Exact, mode: RoundingMode) -> Exact {
        if !grain.is_positive() {
            return self.clone();
        }
        if let (Small { num, den }, Small { num: grain_num, den: grain_den }) = (&self.0, &grain.0)
            && let Some(rounded) = round_small((*num, *den), (*grain_num, *grain_den), mode)
        {
            return rounded;
        }
        let Some(steps) = self.checked_div(grain) else { return self.clone() };
        if steps.is_integer() {
            return self.clone();
        }
        let below = steps.floor();
        let twice_the_rest = (&steps - &below) * Exact::whole(2);
        let against_half = twice_the_rest.cmp(&Exact::one());
        let above = mode.takes_the_one_above(self.is_negative(), below.is_odd(), against_half);
        (if above { below + Exact::one() } else { below }) * grain
    }

    /// The greatest whole power of ten that is not above its size; `None` for nought.
    pub(crate) fn magnitude(&self) -> Option<i32> {
        if self.is_zero() {
            return None;
        }
        let size = self.abs();
        let digits = |text: String| i32::try_from(text.trim_start_matches('-').len()).ok();
        let most = digits(size.numerator_text())?.saturating_sub(digits(size.denominator_text())?);
        let ten = Exact::whole(10).pow(most.unsigned_abs());
        let reached = if most < 0 { &size * ten >= Exact::one() } else { size >= ten };
        Some(if reached { most } else { most.saturating_sub(1) })
    }

    fn is_odd(&self) -> bool {
        match &self.0 {
            Small { num, den } => *den == 1 && num & 1 == 1,
            Big(big) => big.is_int() && big.numerator() % 2i8 != 0,
        }
    }

    /// As a decimal such as `1234.5`, if the expansion ends (within 400 places).
    pub fn decimal(&self) -> Option<String> {
        let places = self.decimal_places()?;
        Some(self.fixed(places, RoundingMode::Down))
    }

    /// How many decimal places it takes to write it in full; `None` where the expansion does not end (within 400).
    pub fn decimal_places(&self) -> Option<u32> {
        match &self.0 {
            Small { den, .. } => {
                let (mut rest, twos) = (den >> den.trailing_zeros(), den.trailing_zeros());
                let mut fives = 0;
                while rest % 5 == 0 {
                    rest /= 5;
                    fives += 1;
                }
                (rest == 1).then_some(twos.max(fives))
            }
            Big(big) => places_of(big.denominator()),
        }
    }

    /// With so many decimal places (at most 400), such as `1234.50`.
    pub fn fixed(&self, places: u32, mode: RoundingMode) -> String {
        let places = places.min(MOST_PLACES);
        let scale = Exact::whole(10).pow(places);
        let units = (self * &scale).round(&Exact::one(), mode);
        let sign = if units.is_negative() { "-" } else { "" };
        let digits = units.abs().numerator_text();
        let width = usize::try_from(places).unwrap_or(0);
        let digits = format!("{digits:0>width$}", width = width + 1);
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(width));
        if width == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// The wire form, which [`Exact::parse`] reads back: a decimal if it ends, else `n/d`.
    pub fn text(&self) -> String {
        self.decimal().unwrap_or_else(|| format!("{}/{}", self.numerator_text(), self.denominator_text()))
    }

    /// The numerator of the reduced fraction, in digits, with its sign.
    pub fn numerator_text(&self) -> String {
        match &self.0 {
            Small { num, .. } => num.to_string(),
            Big(big) => big.numerator().to_string(),
        }
    }

    /// The denominator of the reduced fraction, in digits.
    pub fn denominator_text(&self) -> String {
        match &self.0 {
            Small { den, .. } => den.to_string(),
            Big(big) => big.denominator().to_string(),
        }
    }

    /// `(numerator, denominator)` of the reduced fraction, where both fit.
    pub fn parts(&self) -> Option<(i128, i128)> {
        match &self.0 {
            Small { num, den } => Some((*num, *den)),
            Big(_) => None,
        }
    }

    /// How many bits the fraction takes beyond the 256 that every number has: nought for every ordinary figure.
    /// An evaluator stops a contract whose figures grow without end by this.
    pub fn excess_bits(&self) -> usize {
        use dashu_int::ops::BitTest;
        match &self.0 {
            Small { .. } => 0,
            Big(big) => (big.numerator().bit_len() + big.denominator().bit_len()).saturating_sub(256),
        }
    }

    pub(crate) fn to_big(&self) -> RBig {
        match &self.0 {
            Small { num, den } => RBig::from_parts_signed(IBig::from(*num), IBig::from(*den)),
            Big(big) => big.as_ref().clone(),
        }
    }
}

/// How many decimal places `1 / den` takes, if it ends within [`MOST_PLACES`].
fn places_of(den: &UBig) -> Option<u32> {
    use dashu_int::ops::BitTest;
    // 10^400 has 1,329 bits; a longer denominator cannot end in time, and is not worth factoring.
    if den.bit_len() > 1329 {
        return None;
    }
    let mut rest = den.clone();
    let (mut twos, mut fives) = (0, 0);
    while &rest % 2u8 == 0 {
        rest /= 2u8;
        twos += 1;
    }
    while &rest % 5u8 == 0 {
        rest /= 5u8;
        fives += 1;
    }
    (rest == UBig::ONE).then_some(twos.max(fives)).filter(|places| *places <= MOST_PLACES)
}

/// A whole number from digits alone.
fn whole_from(digits: &str) -> Option<Exact> {
    if digits.is_empty() || digits.len() > MOST_DIGITS || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match digits.parse::<i128>() {
        Ok(small) => Some(Exact::from_i128(small)),
        Err(_) => digits.parse::<IBig>().ok().map(|big| from_big(RBig::from(big))),
    }
}

/// `num / den` in lowest terms; `den > 0` and neither is `i128::MIN`.
fn reduced(num: i128, den: i128) -> Exact {
    if den == 1 {
        return Exact::whole(num);
    }
    let common = gcd(num, den);
    Exact(Small { num: quotient(num, common), den: quotient(den, common) })
}

/// A quotient without rest, in 64 bits where both fit, because that is several times faster.
fn quotient(num: i128, den: i128) -> i128 {
    if den == 1 {
        return num;
    }
    match (i64::try_from(num), i64::try_from(den)) {
        // The one quotient of 64 bits that does not fit has the divisor -1.
        (Ok(num), Ok(den)) if den > 1 => i128::from(num / den),
        _ => num / den,
    }
}

pub(crate) fn from_big(big: RBig) -> Exact {
    match (i128::try_from(big.numerator()), i128::try_from(big.denominator())) {
        (Ok(num), Ok(den)) if num != i128::MIN => Exact(Small { num, den }),
        _ => Exact(Big(Box::new(big))),
    }
}

/// The greatest common divisor, at least 1.
fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            return i128::from(gcd_of_words(x, y));
        }
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(1).max(1)
}

/// One division brings the two to one size; from there, halving and subtracting is faster than dividing.
fn gcd_of_words(a: u64, b: u64) -> u64 {
    if b <= 1 {
        return if b == 0 { a.max(1) } else { 1 };
    }
    let (mut a, mut b) = (b, a % b);
    if b == 0 {
        return a;
    }
    let twos = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    while b != 0 {
        b >>= b.trailing_zeros();
        if a > b {
            std::mem::swap(&mut a, &mut b);
        }
        b -= a;
    }
    a << twos
}

fn add(a: &Exact, b: &Exact) -> Exact {
    if let (Small { num: n1, den: d1 }, Small { num: n2, den: d2 }) = (&a.0, &b.0)
        && let Some(sum) = add_small((*n1, *d1), (*n2, *d2))
    {
        return sum;
    }
    from_big(a.to_big() + b.to_big())
}

fn add_small((n1, d1): (i128, i128), (n2, d2): (i128, i128)) -> Option<Exact> {
    let (num, den) = if d1 == d2 {
        (n1.checked_add(n2)?, d1)
    } else if d2 == 1 {
        (n2.checked_mul(d1)?.checked_add(n1)?, d1)
    } else if d1 == 1 {
        (n1.checked_mul(d2)?.checked_add(n2)?, d2)
    } else {
        let common = gcd(d1, d2);
        let (to_left, to_right) = (quotient(d2, common), quotient(d1, common));
        (n1.checked_mul(to_left)?.checked_add(n2.checked_mul(to_right)?)?, to_right.checked_mul(d2)?)
    };
    (num != i128::MIN).then(|| reduced(num, den))
}

fn mul(a: &Exact, b: &Exact) -> Exact {
    if let (Small { num: n1, den: d1 }, Small { num: n2, den: d2 }) = (&a.0, &b.0)
        && let Some(product) = mul_small((*n1, *d1), (*n2, *d2))
    {
        return product;
    }
    from_big(a.to_big() * b.to_big())
}

/// Cancels crosswise first, so that the product is reduced and overflows only if the result does not fit.
fn mul_small((n1, d1): (i128, i128), (n2, d2): (i128, i128)) -> Option<Exact> {
    let (g1, g2) = (if d2 == 1 { 1 } else { gcd(n1, d2) }, if d1 == 1 { 1 } else { gcd(n2, d1) });
    let num = quotient(n1, g1).checked_mul(quotient(n2, g2))?;
    let den = quotient(d1, g2).checked_mul(quotient(d2, g1))?;
    (num != i128::MIN).then_some(Exact(Small { num, den }))
}

/// Rounds in whole numbers, where they fit.
fn round_small(value: (i128, i128), grain: (i128, i128), mode: RoundingMode) -> Option<Exact> {
    let (steps, of) = (value.0.checked_mul(grain.1)?, value.1.checked_mul(grain.0)?);
    let (below, rest) = (steps.div_euclid(of), steps.rem_euclid(of));
    if rest == 0 {
        return Some(Exact(Small { num: value.0, den: value.1 }));
    }
    let against_half = rest.cmp(&(of - rest));
    let above = mode.takes_the_one_above(value.0 < 0, below & 1 == 1, against_half);
    let num = below.checked_add(i128::from(above))?.checked_mul(grain.0)?;
    (num != i128::MIN).then(|| reduced(num, grain.1))
}

fn sub(a: &Exact, b: &Exact) -> Exact {
    add(a, &b.neg())
}

macro_rules! operators {
    ($($operator:ident $method:ident)*) => {$(
        impl $operator<&Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact { $method(self, other) }
        }
        impl $operator<Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact { $method(self, &other) }
        }
        impl $operator<&Exact> for Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact { $method(&self, other) }
        }
        impl $operator<Exact> for Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact { $method(&self, &other) }
        }
    )*};
}
operators! { Add add Sub sub Mul mul }

impl Neg for Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        Exact::neg(&self)
    }
}

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        Exact::neg(self)
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Exact>>(parts: I) -> Exact {
        parts.fold(Exact::zero(), |sum, part| sum + part)
    }
}

impl<'a> Sum<&'a Exact> for Exact {
    fn sum<I: Iterator<Item = &'a Exact>>(parts: I) -> Exact {
        parts.fold(Exact::zero(), |sum, part| sum + part)
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        if let (Small { num: n1, den: d1 }, Small { num: n2, den: d2 }) = (&self.0, &other.0) {
            if d1 == d2 {
                return n1.cmp(n2);
            }
            if n1.signum() != n2.signum() {
                return n1.cmp(n2);
            }
            if let (Some(left), Some(right)) = (n1.checked_mul(*d2), n2.checked_mul(*d1)) {
                return left.cmp(&right);
            }
        }
        self.to_big().cmp(&other.to_big())
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Default for Exact {
    fn default() -> Exact {
        Exact::zero()
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Exact {
        Exact::from_int(value)
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}
