//! Polynomials over the figures of a case, with exact coefficients, and where they can lie.

use jcm_quantity::{End, Exact, Range};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// A polynomial with more terms is no longer followed.
const MOST_TERMS: usize = 48;

/// A polynomial of a higher degree is no longer followed.
const MOST_DEGREE: u32 = 8;

/// The terms that are looked at in all corners of a box; beyond that a range may be wider than the truth.
const MOST_IN_CORNERS: usize = 512;

/// Which figures are multiplied, each with how many times, in order.
type Monomial = Vec<(usize, u32)>;

/// A sum of products of figures, without terms that are nought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Poly {
    terms: BTreeMap<Monomial, Exact>,
}

impl Poly {
    pub(crate) fn constant(number: Exact) -> Poly {
        Poly::of([(Monomial::new(), number)])
    }

    pub(crate) fn figure(place: usize) -> Poly {
        Poly::of([(vec![(place, 1)], Exact::one())])
    }

    fn of(terms: impl IntoIterator<Item = (Monomial, Exact)>) -> Poly {
        let mut sum: BTreeMap<Monomial, Exact> = BTreeMap::new();
        for (monomial, factor) in terms {
            let entry = sum.entry(monomial).or_default();
            *entry = &*entry + factor;
        }
        sum.retain(|_, factor| !factor.is_zero());
        Poly { terms: sum }
    }

    pub(crate) fn plus(&self, other: &Poly) -> Option<Poly> {
        let both = self.terms.iter().chain(&other.terms);
        kept(Poly::of(both.map(|(monomial, factor)| (monomial.clone(), factor.clone()))))
    }

    pub(crate) fn scaled(&self, by: &Exact) -> Poly {
        Poly::of(self.terms.iter().map(|(monomial, factor)| (monomial.clone(), factor * by)))
    }

    pub(crate) fn times(&self, other: &Poly) -> Option<Poly> {
        let products = self.terms.iter().flat_map(|(a, x)| {
            other.terms.iter().map(move |(b, y)| {
                let mut powers: BTreeMap<usize, u32> = BTreeMap::new();
                for (place, power) in a.iter().chain(b) {
                    let entry = powers.entry(*place).or_default();
                    *entry = entry.saturating_add(*power);
                }
                (powers.into_iter().collect::<Monomial>(), x * y)
            })
        });
        kept(Poly::of(products))
    }

    /// The number, if it is one whatever the figures are.
    pub(crate) fn number(&self) -> Option<Exact> {
        match self.terms.len() {
            0 => Some(Exact::zero()),
            1 => self.terms.get(&Monomial::new()).cloned(),
            _ => None,
        }
    }

    pub(crate) fn figures(&self) -> BTreeSet<usize> {
        self.terms.keys().flatten().map(|(place, _)| *place).collect()
    }

    /// Whether it runs straight in each figure by itself.
    pub(crate) fn is_multilinear(&self) -> bool {
        self.terms.keys().flatten().all(|(_, power)| *power == 1)
    }

    /// Where a straight line of one figure is nought.
    pub(crate) fn root(&self) -> Option<(usize, Exact)> {
        let figures = self.figures();
        let place = figures.first().filter(|_| figures.len() == 1 && self.is_multilinear())?;
        let slope = self.terms.get(&vec![(*place, 1)])?;
        let rest = self.terms.get(&Monomial::new()).cloned().unwrap_or_default();
        Some((*place, (-rest).checked_div(slope)?))
    }

    /// What it is wherever another polynomial is nought: the same less a multiple of that one, as far as that goes.
    pub(crate) fn where_nought(&self, other: &Poly) -> Option<Poly> {
        let Some((lead, factor)) = other.lead() else { return Some(self.clone()) };
        let mut left = Poly::default();
        let mut rest = self.clone();
        while let Some((own, own_factor)) = rest.lead() {
            let step = match without(own, lead) {
                Some(monomial) => {
                    let times = Poly::of([(monomial, -own_factor.checked_div(factor)?)]);
                    other.times(&times)?
                }
                None => {
                    left = left.plus(&Poly::of([(own.clone(), own_factor.clone())]))?;
                    Poly::of([(own.clone(), -own_factor)])
                }
            };
            rest = rest.plus(&step)?;
        }
        Some(left)
    }

    /// The term that comes first: of the highest power of the first figure, then of the second, and so on.
    fn lead(&self) -> Option<(&Monomial, &Exact)> {
        self.terms.iter().max_by(|(one, _), (other, _)| by_powers(one, other))
    }

    /// How fast it rises with one figure.
    pub(crate) fn slope(&self, place: usize) -> Poly {
        Poly::of(self.terms.iter().filter_map(|(monomial, factor)| {
            let (_, power) = monomial.iter().find(|(known, _)| *known == place)?;
            let lowered = monomial.iter().filter_map(|(known, power)| match (*known == place, *power) {
                (true, 1) => None,
                (true, power) => Some((*known, power.saturating_sub(1))),
                (false, power) => Some((*known, power)),
            });
            Some((lowered.collect(), factor * Exact::from_int(i64::from(*power))))
        }))
    }

    /// With one figure fixed.
    pub(crate) fn with(&self, place: usize, number: &Exact) -> Poly {
        Poly::of(self.terms.iter().map(|(monomial, factor)| {
            let power = monomial.iter().find(|(known, _)| *known == place).map_or(0, |(_, power)| *power);
            let others = monomial.iter().filter(|(known, _)| *known != place).copied().collect();
            (others, factor * number.pow(power))
        }))
    }

    /// Where its value lies while each figure is within its range: never narrower than the truth, and exactly where it
    /// runs straight in each figure.
    pub(crate) fn range(&self, figures: &[Range]) -> Range {
        if let Some(number) = self.number() {
            return Range::point(number);
        }
        let own = self.figures();
        let corners = u32::try_from(own.len()).ok().and_then(|figures| 2usize.checked_pow(figures));
        let corners = corners.unwrap_or(usize::MAX);
        if !self.is_multilinear() || self.terms.len().saturating_mul(corners) > MOST_IN_CORNERS {
            return self.by_terms(figures);
        }
        let open = own.iter().find(|place| figures.get(**place).is_none_or(|range| !is_closed(range)));
        match open {
            Some(place) => self.open_range(*place, figures),
            None => self.corners(figures),
        }
    }

    /// A straight line in each figure is greatest and least at corners.
    fn corners(&self, figures: &[Range]) -> Range {
        let Some(place) = self.figures().first().copied() else {
            return Range::point(self.number().unwrap_or_default());
        };
        let Some(range) = figures.get(place) else { return Range::ALL };
        let side = |end: &End| end.number().map(|number| self.with(place, number).corners(figures));
        match (side(&range.low), side(&range.high)) {
            (Some(low), Some(high)) => low.or(&high),
            _ => Range::ALL,
        }
    }

    /// Along a figure without end it goes as far as it rises.
    fn open_range(&self, place: usize, figures: &[Range]) -> Range {
        let Some(range) = figures.get(place) else { return Range::ALL };
        let slope = self.slope(place).range(figures);
        let (start, away) = match (&range.low, &range.high) {
            (End::At(low), _) => (low, slope),
            (_, End::At(high)) => (high, slope.negated()),
            _ => return Range::ALL,
        };
        let start = self.with(place, start).range(figures);
        Range {
            low: if away.can_be_negative() { End::Below } else { start.low },
            high: if away.can_be_positive() { End::Above } else { start.high },
        }
    }

    fn by_terms(&self, figures: &[Range]) -> Range {
        let mut sum = Range::point(Exact::zero());
        for (monomial, factor) in &self.terms {
            let mut product = Range::point(factor.clone());
            for (place, power) in monomial {
                let of = figures.get(*place).cloned().unwrap_or(Range::ALL);
                product = product.times(&raised(&of, *power));
            }
            sum = sum.plus(&product);
        }
        sum
    }
}

/// Which of two terms has the higher power of the first figure in which they differ.
fn by_powers(one: &Monomial, other: &Monomial) -> Ordering {
    let mut pairs = one.iter().zip(other);
    let differ = pairs.find(|(a, b)| a != b);
    match differ {
        // The one with the earlier figure has more of it.
        Some((a, b)) if a.0 != b.0 => b.0.cmp(&a.0),
        Some((a, b)) => a.1.cmp(&b.1),
        None => one.len().cmp(&other.len()),
    }
}

/// A term divided by another, if it has all of its figures.
fn without(term: &Monomial, divisor: &Monomial) -> Option<Monomial> {
    let power = |of: &Monomial, place: usize| {
        of.iter().find(|(known, _)| *known == place).map_or(0, |(_, power)| *power)
    };
    if divisor.iter().any(|(place, wanted)| power(term, *place) < *wanted) {
        return None;
    }
    let left = term.iter().map(|(place, own)| (*place, own - power(divisor, *place)));
    Some(left.filter(|(_, power)| *power > 0).collect())
}

fn is_closed(range: &Range) -> bool {
    range.low.number().is_some() && range.high.number().is_some()
}

/// A range multiplied by itself so many times.
pub(crate) fn raised(range: &Range, times: u32) -> Range {
    let base = if times.is_multiple_of(2) { range.absolute() } else { range.clone() };
    base.through(|number| number.pow(times))
}

fn kept(poly: Poly) -> Option<Poly> {
    let degree = |monomial: &Monomial| monomial.iter().map(|(_, power)| *power).sum::<u32>();
    let fits = poly.terms.len() <= MOST_TERMS && poly.terms.keys().all(|terms| degree(terms) <= MOST_DEGREE);
    fits.then_some(poly)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: i64, high: i64) -> Range {
        Range { low: End::At(low.into()), high: End::At(high.into()) }
    }

    #[test]
    fn a_product_of_two_figures_is_greatest_and_least_at_corners() {
        let product = Poly::figure(0).times(&Poly::figure(1)).unwrap();
        assert_eq!(product.range(&[range(-1, 2), range(3, 5)]), range(-5, 10));
        let difference = product.plus(&product.scaled(&-&Exact::one())).unwrap();
        assert_eq!(difference.range(&[range(-1, 2), range(3, 5)]), range(0, 0));
    }

    #[test]
    fn a_figure_without_end_takes_a_rising_line_with_it() {
        let line = Poly::constant(10.into()).plus(&Poly::figure(0).scaled(&-&Exact::one())).unwrap();
        let open = Range::at_least(Exact::zero());
        assert_eq!(line.range(&[open]), Range { low: End::Below, high: End::At(10.into()) });
        assert_eq!(line.root(), Some((0, 10.into())));
    }

    #[test]
    fn what_is_left_where_another_is_nought() {
        let (x, y) = (Poly::figure(0), Poly::figure(1));
        let less = |poly: &Poly, by: i64| poly.plus(&Poly::constant((-by).into())).unwrap();
        // (xy - 3) (x - 2y) is a multiple of both; one more is 1 where they are nought.
        let (one, other) = (less(&x.times(&y).unwrap(), 3), x.plus(&y.scaled(&(-2).into())).unwrap());
        let product = one.times(&other).unwrap();
        assert_eq!(product.where_nought(&one), Some(Poly::default()));
        assert_eq!(product.where_nought(&other), Some(Poly::default()));
        assert_eq!(less(&product, -1).where_nought(&one), Some(Poly::constant(1.into())));
        assert_eq!(less(&x, 2).where_nought(&less(&x, 3)), Some(Poly::constant(1.into())));
        assert_eq!(y.where_nought(&less(&x, 3)), Some(y));
    }

    #[test]
    fn a_square_is_followed_by_its_terms() {
        let square = Poly::figure(0).times(&Poly::figure(0)).unwrap();
        assert_eq!(square.range(&[range(-3, 2)]), range(0, 9));
        assert_eq!(square.slope(0), Poly::figure(0).scaled(&2.into()));
    }
}
