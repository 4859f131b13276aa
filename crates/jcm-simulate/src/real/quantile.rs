//! The figure of a distribution below which a chance lies, as a whole number of grains.

use super::special::{beta, binomial_log, gamma, normal, normal_quantile, poisson_log};
use crate::{Distribution, Shape};
use jcm_quantity::{Exact, RoundingMode};
use libm::{ceil, exp, floor, log, round, sqrt};

/// The longest table of a distribution of whole numbers, and of pieces of one that has no formula.
const LONGEST: f64 = 2_000_000.0;
const PIECES: u32 = 512;

/// Why figures make no distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// A standard deviation that is not above nothing, or one too wide for its ends.
    Spread,
    /// The smallest figure is not below the greatest.
    Ends,
    /// The likeliest figure or the mean is not between the ends.
    Outside,
    /// A mean that must be above nothing is not.
    Mean,
    /// Something that is counted is no whole number above nothing, or there is too much of it.
    Count,
    /// A chance is not between 0 % and 100 %.
    Chance,
    /// There is no figure to draw from.
    Nothing,
    /// What is left between the ends of the figure has no chance at all.
    Cut,
    /// A figure that is written as possible is none that the input can have.
    Beyond,
    /// A figure is too large for the grain.
    TooLarge,
}

/// A distribution made ready to draw from.
#[derive(Debug, Clone)]
pub(crate) struct Quantile {
    curve: Curve,
    grain: f64,
    /// The chance below the lower end, and between the ends.
    below: f64,
    between: f64,
    /// The ends in grains.
    least: i64,
    most: i64,
}

/// A distribution as a real function.
#[derive(Debug, Clone)]
enum Curve {
    Fixed(f64),
    OneOf(Vec<f64>),
    /// Figures by their rows, and the share of them that lies below each.
    Rows {
        values: Vec<f64>,
        ranks: Vec<f64>,
    },
    Uniform {
        from: f64,
        width: f64,
    },
    Triangular {
        from: f64,
        likely: f64,
        to: f64,
    },
    Normal {
        mean: f64,
        sd: f64,
    },
    Lognormal {
        mu: f64,
        sigma: f64,
    },
    Beta {
        from: f64,
        width: f64,
        a: f64,
        b: f64,
        table: Vec<f64>,
    },
    Gamma {
        k: f64,
        scale: f64,
        most: f64,
        table: Vec<f64>,
    },
    Whole {
        first: f64,
        table: Vec<f64>,
    },
}

/// An exact number as a real one.
pub(super) fn real(number: &Exact) -> f64 {
    match number.parts() {
        Some((whole, below)) => whole as f64 / below as f64,
        None => number.fixed(18, RoundingMode::HalfEven).parse().unwrap_or(f64::NAN),
    }
}

impl Quantile {
    /// Makes a distribution ready, or says why its figures make none.
    pub(crate) fn new(distribution: &Distribution) -> Result<Quantile, Unfit> {
        let curve = curve(&distribution.shape)?;
        let grain = real(&distribution.grain);
        let end = |end: &Option<Exact>, otherwise: f64| end.as_ref().map_or(otherwise, real);
        let (from, to) = (end(&distribution.from, f64::NEG_INFINITY), end(&distribution.to, f64::INFINITY));
        if from > to {
            return Err(Unfit::Ends);
        }
        // A figure exactly at the lower end is drawn too, where figures have a chance of their own.
        let below = if from.is_finite() { curve.chance_before(from) } else { 0.0 };
        if is_beyond(distribution) {
            return Err(if curve.chance(to) - below <= 1e-9 { Unfit::Cut } else { Unfit::Beyond });
        }
        let between = if to.is_finite() { curve.chance(to) } else { 1.0 } - below;
        if between <= 1e-9 {
            return Err(Unfit::Cut);
        }
        let in_grains = |value: f64| value / grain;
        let least = if from.is_finite() { ceil(in_grains(from) - 1e-9) } else { -9e17 };
        let most = if to.is_finite() { floor(in_grains(to) + 1e-9) } else { 9e17 };
        let far = in_grains(curve.at(1.0 - 1e-12)).abs().max(in_grains(curve.at(1e-12)).abs());
        if !far.is_finite() || far > 9e15 {
            return Err(Unfit::TooLarge);
        }
        Ok(Quantile { curve, grain, below, between, least: least as i64, most: most as i64 })
    }

    /// The figure below which this chance lies, in grains.
    pub(crate) fn at(&self, chance: f64) -> i64 {
        let figure = self.curve.at(self.below + chance * self.between) / self.grain;
        (round(figure) as i64).clamp(self.least, self.most)
    }

    /// The same in the base of its unit, before it is fixed to a grain.
    pub(super) fn real_at(&self, chance: f64) -> f64 {
        let figure = self.curve.at(self.below + chance * self.between);
        figure.clamp(self.least as f64 * self.grain, self.most as f64 * self.grain)
    }

    /// The share of figures that lie below the one of a chance: the chance itself, but of rows that are drawn whole.
    pub(super) fn rank(&self, chance: f64) -> f64 {
        match &self.curve {
            Curve::Rows { ranks, .. } => {
                let at = chance * ranks.len() as f64;
                let rank = ranks.get(floor(at) as usize).copied().unwrap_or(0.0);
                rank + (at - floor(at)) / ranks.len() as f64
            }
            _ => chance,
        }
    }
}

/// Whether a distribution that says itself where it begins and ends, or which figures it has, goes beyond what there can
/// be. One without ends of its own, such as the normal, is cut off there.
fn is_beyond(distribution: &Distribution) -> bool {
    let (low, high) = match &distribution.shape {
        Shape::Uniform { from, to }
        | Shape::Triangular { from, to, .. }
        | Shape::Pert { from, to, .. }
        | Shape::Beta { from, to, .. } => (Some(from), Some(to)),
        Shape::OneOf(values) => (values.iter().min(), values.iter().max()),
        _ => (None, None),
    };
    let is_below = low.zip(distribution.from.as_ref()).is_some_and(|(low, least)| low < least);
    is_below || high.zip(distribution.to.as_ref()).is_some_and(|(high, most)| high > most)
}

fn curve(shape: &Shape) -> Result<Curve, Unfit> {
    let made = match shape {
        Shape::Fixed(value) => Curve::Fixed(real(value)),
        Shape::OneOf(values) => {
            let mut values: Vec<f64> = values.iter().map(real).collect();
            if values.is_empty() {
                return Err(Unfit::Nothing);
            }
            values.sort_by(f64::total_cmp);
            Curve::OneOf(values)
        }
        Shape::Rows(values) | Shape::OfCase(values) => rows_of(values.iter().map(real).collect())?,
        Shape::Uniform { from, to } => {
            let (from, width) = ends(from, to)?;
            Curve::Uniform { from, width }
        }
        Shape::Triangular { from, likely, to } => {
            ends(from, to)?;
            within(likely, from, to)?;
            Curve::Triangular { from: real(from), likely: real(likely), to: real(to) }
        }
        Shape::Pert { from, likely, to } => {
            let (start, width) = ends(from, to)?;
            within(likely, from, to)?;
            let way = (real(likely) - start) / width;
            beta_curve(start, width, 1.0 + 4.0 * way, 5.0 - 4.0 * way)
        }
        Shape::Normal { mean, sd } => Curve::Normal { mean: real(mean), sd: spread(sd)? },
        Shape::Lognormal { mean, sd } => {
            let (mean, sd) = (above_nothing(mean)?, spread(sd)?);
            let variance = log(1.0 + (sd / mean) * (sd / mean));
            Curve::Lognormal { mu: log(mean) - variance / 2.0, sigma: sqrt(variance) }
        }
        Shape::Beta { from, to, mean, sd } => beta_of(from, to, mean, sd.as_ref())?,
        Shape::Gamma { mean, sd } => {
            let (mean, sd) = (above_nothing(mean)?, spread(sd)?);
            let (k, scale) = ((mean / sd) * (mean / sd), sd * sd / mean);
            let most = k + 40.0 * sqrt(k) + 60.0;
            let table = pieces(|way| gamma(k, way * most));
            Curve::Gamma { k, scale, most, table }
        }
        Shape::Poisson { mean } => {
            let mean = above_nothing(mean)?;
            let reach = 12.0 * sqrt(mean) + 30.0;
            let first = floor((mean - reach).max(0.0));
            whole(first, mean + reach, |n| poisson_log(mean, n))?
        }
        Shape::Binomial { of, chance } => binomial_of(of, real(chance))?,
    };
    Ok(made)
}

/// Rows in their order; of equal figures the first ones rank below.
fn rows_of(values: Vec<f64>) -> Result<Curve, Unfit> {
    if values.is_empty() {
        return Err(Unfit::Nothing);
    }
    let mut order: Vec<(usize, f64)> = values.iter().copied().enumerate().collect();
    order.sort_by(|one, other| one.1.total_cmp(&other.1).then(one.0.cmp(&other.0)));
    let mut ranks = vec![0.0; values.len()];
    for (rank, (place, _)) in order.into_iter().enumerate() {
        if let Some(to) = ranks.get_mut(place) {
            *to = rank as f64 / values.len() as f64;
        }
    }
    Ok(Curve::Rows { values, ranks })
}

fn beta_of(from: &Exact, to: &Exact, mean: &Exact, sd: Option<&Exact>) -> Result<Curve, Unfit> {
    let (start, width) = ends(from, to)?;
    let way = (real(mean) - start) / width;
    if way <= 0.0 || way >= 1.0 {
        return Err(Unfit::Outside);
    }
    let sum = match sd {
        None => 6.0,
        Some(sd) => {
            let sd = spread(sd)? / width;
            way * (1.0 - way) / (sd * sd) - 1.0
        }
    };
    if sum <= 1e-6 {
        return Err(Unfit::Spread);
    }
    Ok(beta_curve(start, width, way * sum, (1.0 - way) * sum))
}

fn binomial_of(of: &Exact, chance: f64) -> Result<Curve, Unfit> {
    if !of.is_integer() || !of.is_positive() {
        return Err(Unfit::Count);
    }
    if chance <= 0.0 || chance >= 1.0 {
        return Err(Unfit::Chance);
    }
    let of = real(of);
    let (mean, reach) = (of * chance, 12.0 * sqrt(of * chance * (1.0 - chance)) + 30.0);
    whole(floor((mean - reach).max(0.0)), (mean + reach).min(of), |n| binomial_log(of, chance, n))
}

fn ends(from: &Exact, to: &Exact) -> Result<(f64, f64), Unfit> {
    if from < to { Ok((real(from), real(&(to - from)))) } else { Err(Unfit::Ends) }
}

fn within(likely: &Exact, from: &Exact, to: &Exact) -> Result<(), Unfit> {
    if from <= likely && likely <= to { Ok(()) } else { Err(Unfit::Outside) }
}

fn spread(sd: &Exact) -> Result<f64, Unfit> {
    if sd.is_positive() { Ok(real(sd)) } else { Err(Unfit::Spread) }
}

fn above_nothing(mean: &Exact) -> Result<f64, Unfit> {
    if mean.is_positive() { Ok(real(mean)) } else { Err(Unfit::Mean) }
}

fn beta_curve(from: f64, width: f64, a: f64, b: f64) -> Curve {
    Curve::Beta { from, width, a, b, table: pieces(|way| beta(a, b, way)) }
}

/// The chance at evenly spaced places from nought to one.
fn pieces(chance: impl Fn(f64) -> f64) -> Vec<f64> {
    (0..=PIECES).map(|piece| chance(f64::from(piece) / f64::from(PIECES))).collect()
}

/// The chances up to each whole number.
fn whole(first: f64, last: f64, log_chance: impl Fn(f64) -> f64) -> Result<Curve, Unfit> {
    if last - first > LONGEST {
        return Err(Unfit::Count);
    }
    let mut table = Vec::new();
    let (mut n, mut sum) = (first, 0.0);
    while n <= last {
        sum += exp(log_chance(n));
        table.push(sum);
        n += 1.0;
    }
    for chance in &mut table {
        *chance /= sum;
    }
    Ok(Curve::Whole { first, table })
}

impl Curve {
    /// The chance of a figure that is at most `x`.
    fn chance(&self, x: f64) -> f64 {
        match self {
            Curve::Fixed(value) => step(*value <= x),
            Curve::OneOf(values) => values.partition_point(|value| *value <= x) as f64 / values.len() as f64,
            // Rows are drawn whole, so that nothing of them can be cut off.
            Curve::Rows { .. } => 1.0,
            Curve::Uniform { from, width } => ((x - from) / width).clamp(0.0, 1.0),
            Curve::Triangular { from, likely, to } => {
                let width = to - from;
                if x <= *from {
                    0.0
                } else if x >= *to {
                    1.0
                } else if x <= *likely {
                    (x - from) * (x - from) / (width * (likely - from))
                } else {
                    1.0 - (to - x) * (to - x) / (width * (to - likely))
                }
            }
            Curve::Normal { mean, sd } => normal((x - mean) / sd),
            Curve::Lognormal { mu, sigma } => {
                if x <= 0.0 {
                    0.0
                } else {
                    normal((log(x) - mu) / sigma)
                }
            }
            Curve::Beta { from, width, a, b, .. } => beta(*a, *b, (x - from) / width),
            Curve::Gamma { k, scale, .. } => gamma(*k, x / scale),
            Curve::Whole { first, table } => {
                let place = floor(x - first);
                if place < 0.0 { 0.0 } else { table.get(place as usize).copied().unwrap_or(1.0) }
            }
        }
    }

    /// The chance of a figure below `x`.
    fn chance_before(&self, x: f64) -> f64 {
        match self {
            Curve::Fixed(value) => step(*value < x),
            Curve::OneOf(values) => values.partition_point(|value| *value < x) as f64 / values.len() as f64,
            Curve::Rows { .. } => 0.0,
            Curve::Whole { .. } => self.chance(ceil(x) - 1.0),
            _ => self.chance(x),
        }
    }

    /// The figure below which a chance lies.
    fn at(&self, chance: f64) -> f64 {
        match self {
            Curve::Fixed(value) => *value,
            Curve::OneOf(values) | Curve::Rows { values, .. } => {
                let place = floor(chance * values.len() as f64) as usize;
                values.get(place.min(values.len().saturating_sub(1))).copied().unwrap_or(0.0)
            }
            Curve::Uniform { from, width } => from + chance * width,
            Curve::Triangular { from, likely, to } => {
                let (width, left) = (to - from, likely - from);
                if chance * width <= left {
                    from + sqrt(chance * width * left)
                } else {
                    to - sqrt((1.0 - chance) * width * (to - likely))
                }
            }
            Curve::Normal { mean, sd } => mean + sd * normal_quantile(chance),
            Curve::Lognormal { mu, sigma } => exp(mu + sigma * normal_quantile(chance)),
            Curve::Beta { from, width, a, b, table } => {
                from + width * inverse(table, chance, |way| beta(*a, *b, way))
            }
            Curve::Gamma { k, scale, most, table } => {
                scale * most * inverse(table, chance, |way| gamma(*k, way * most))
            }
            Curve::Whole { first, table } => {
                let place = table.partition_point(|known| *known < chance);
                first + place.min(table.len().saturating_sub(1)) as f64
            }
        }
    }
}

fn step(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

/// Where between nought and one a rising function has this value: the piece of the table, then the false position in it
/// (after Illinois, so that neither end stays).
fn inverse(table: &[f64], chance: f64, function: impl Fn(f64) -> f64) -> f64 {
    let pieces = table.len().saturating_sub(1).max(1) as f64;
    let above = table.partition_point(|known| *known < chance).clamp(1, table.len().saturating_sub(1).max(1));
    let known = |place: usize| table.get(place).copied().unwrap_or(1.0);
    let (mut low, mut high) = ((above - 1) as f64 / pieces, above as f64 / pieces);
    let (mut under, mut over) = (known(above - 1) - chance, known(above) - chance);
    let mut side = 0;
    for _ in 0..60 {
        if high - low < 1e-14 || over <= under {
            break;
        }
        let middle = (low * over - high * under) / (over - under);
        let there = function(middle) - chance;
        if there.abs() < 1e-14 {
            return middle;
        }
        if there < 0.0 {
            (low, under) = (middle, there);
            if side == -1 {
                over /= 2.0;
            }
            side = -1;
        } else {
            (high, over) = (middle, there);
            if side == 1 {
                under /= 2.0;
            }
            side = 1;
        }
    }
    (low + high) / 2.0
}
