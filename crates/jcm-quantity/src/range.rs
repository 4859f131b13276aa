//! Where a figure can lie, whatever the data are: exact intervals without ends where nothing is known.
//!
//! Wider than the truth where figures depend on each other, never narrower; so what cannot happen here cannot happen.

use crate::Exact;
use std::cmp::Ordering;

/// An end of a range; they are ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Below every number.
    Below,
    /// A number, which belongs to the range.
    At(Exact),
    /// Above every number.
    Above,
}

impl End {
    fn sign(&self) -> Ordering {
        match self {
            End::Below => Ordering::Less,
            End::At(number) => number.cmp(&Exact::zero()),
            End::Above => Ordering::Greater,
        }
    }

    fn negated(&self) -> End {
        match self {
            End::Below => End::Above,
            End::At(number) => End::At(-number),
            End::Above => End::Below,
        }
    }

    /// The sum; an end without limit takes the other with it. Both without limit never have opposite signs here.
    fn plus(&self, other: &End) -> End {
        match (self, other) {
            (End::At(a), End::At(b)) => End::At(a + b),
            (End::At(_), limitless) | (limitless, _) => limitless.clone(),
        }
    }

    /// The product, where nought times anything is nought.
    fn times(&self, other: &End) -> End {
        if let (End::At(a), End::At(b)) = (self, other) {
            return End::At(a * b);
        }
        match (self.sign(), other.sign()) {
            (Ordering::Equal, _) | (_, Ordering::Equal) => End::At(Exact::zero()),
            (a, b) if a == b => End::Above,
            _ => End::Below,
        }
    }

    /// The number, if there is one.
    pub fn number(&self) -> Option<&Exact> {
        match self {
            End::At(number) => Some(number),
            End::Below | End::Above => None,
        }
    }
}

impl Ord for End {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (End::At(a), End::At(b)) => a.cmp(b),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }
}

impl PartialOrd for End {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl End {
    fn rank(&self) -> u8 {
        match self {
            End::Below => 0,
            End::At(_) => 1,
            End::Above => 2,
        }
    }
}

/// A closed range of numbers; `low <= high`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The lower end.
    pub low: End,
    /// The upper end.
    pub high: End,
}

impl Range {
    /// Every number.
    pub const ALL: Range = Range { low: End::Below, high: End::Above };

    /// One number.
    pub fn point(number: Exact) -> Range {
        Range { low: End::At(number.clone()), high: End::At(number) }
    }

    /// A number and all above it.
    pub fn at_least(number: Exact) -> Range {
        Range { low: End::At(number), high: End::Above }
    }

    /// The smallest range that holds all of these; `None` of none.
    pub fn around(ranges: impl IntoIterator<Item = Range>) -> Option<Range> {
        ranges.into_iter().reduce(|a, b| a.or(&b))
    }

    /// The smallest range that holds both.
    pub fn or(&self, other: &Range) -> Range {
        Range {
            low: self.low.clone().min(other.low.clone()),
            high: self.high.clone().max(other.high.clone()),
        }
    }

    /// What both hold; `None` where they are apart.
    pub fn and(&self, other: &Range) -> Option<Range> {
        let both = Range {
            low: self.low.clone().max(other.low.clone()),
            high: self.high.clone().min(other.high.clone()),
        };
        (both.low <= both.high).then_some(both)
    }

    /// Where sums lie.
    pub fn plus(&self, other: &Range) -> Range {
        Range { low: self.low.plus(&other.low), high: self.high.plus(&other.high) }
    }

    /// Where the numbers with the other sign lie.
    pub fn negated(&self) -> Range {
        Range { low: self.high.negated(), high: self.low.negated() }
    }

    /// Where products lie.
    pub fn times(&self, other: &Range) -> Range {
        let corners = [
            self.low.times(&other.low),
            self.low.times(&other.high),
            self.high.times(&other.low),
            self.high.times(&other.high),
        ];
        let low = corners.iter().min().cloned().unwrap_or(End::Below);
        Range { low, high: corners.into_iter().max().unwrap_or(End::Above) }
    }

    /// The quotient; every number where the divisor can be nought.
    pub fn over(&self, divisor: &Range) -> Range {
        if divisor.has(&Exact::zero()) {
            return Range::ALL;
        }
        let inverse = |end: &End| match end {
            End::At(number) => number.recip().map_or(End::At(Exact::zero()), End::At),
            End::Below | End::Above => End::At(Exact::zero()),
        };
        self.times(&Range { low: inverse(&divisor.high), high: inverse(&divisor.low) })
    }

    /// Where the numbers without their sign lie.
    pub fn absolute(&self) -> Range {
        let negated = self.negated();
        if self.has(&Exact::zero()) {
            let high = self.high.clone().max(negated.high);
            return Range { low: End::At(Exact::zero()), high };
        }
        if self.low.sign() == Ordering::Less { negated } else { self.clone() }
    }

    /// The smaller of two numbers.
    pub fn lesser(&self, other: &Range) -> Range {
        Range {
            low: self.low.clone().min(other.low.clone()),
            high: self.high.clone().min(other.high.clone()),
        }
    }

    /// The greater of two numbers.
    pub fn greater(&self, other: &Range) -> Range {
        Range {
            low: self.low.clone().max(other.low.clone()),
            high: self.high.clone().max(other.high.clone()),
        }
    }

    /// Each end put through a function that never falls.
    pub fn through(&self, function: impl Fn(&Exact) -> Exact) -> Range {
        let end = |end: &End| match end {
            End::At(number) => End::At(function(number)),
            limitless => limitless.clone(),
        };
        Range { low: end(&self.low), high: end(&self.high) }
    }

    /// Whether it holds a number.
    pub fn has(&self, number: &Exact) -> bool {
        let at = End::At(number.clone());
        self.low <= at && at <= self.high
    }

    /// Whether a number below nought is in it.
    pub fn can_be_negative(&self) -> bool {
        self.low.sign() == Ordering::Less
    }

    /// Whether a number above nought is in it.
    pub fn can_be_positive(&self) -> bool {
        self.high.sign() == Ordering::Greater
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: i64, high: i64) -> Range {
        Range { low: End::At(low.into()), high: End::At(high.into()) }
    }

    #[test]
    fn a_product_with_an_open_end_is_open_only_where_it_must_be() {
        let open = Range::at_least(Exact::zero());
        assert_eq!(range(0, 2).times(&open), open);
        assert_eq!(range(-1, 2).times(&open), Range::ALL);
        assert_eq!(range(0, 0).times(&Range::ALL), range(0, 0));
    }

    #[test]
    fn a_quotient_is_limited_where_the_divisor_is_never_nought() {
        assert_eq!(range(10, 20).over(&range(2, 5)), range(2, 10));
        assert_eq!(range(10, 20).over(&range(-1, 5)), Range::ALL);
        assert_eq!(range(0, 20).over(&Range::at_least(2.into())), range(0, 10));
    }

    #[test]
    fn ranges_apart_have_nothing_in_common() {
        assert_eq!(range(0, 1).and(&range(2, 3)), None);
        assert_eq!(range(-3, 2).absolute(), range(0, 3));
        assert_eq!(range(-3, -2).absolute(), range(2, 3));
    }
}
