//! What is simulated: the years, the figures that are drawn, and from what.

use crate::Changes;
use jcm_calculus::{InputId, Settlement, StepId};
use jcm_quantity::Exact;

/// A simulation of one contract in one place.
#[derive(Debug)]
pub struct Plan<'a> {
    /// How often the years are run through.
    pub runs: u32,
    /// What the draws begin with.
    pub seed: u64,
    /// The years of a run, in order. Each has the same figures drawn, in the same order.
    pub years: Vec<Year<'a>>,
    /// Which figures, by their places in [`Year::varied`], rise and fall together, and their rank correlation.
    pub together: Vec<(usize, usize, Exact)>,
    /// How many threads may work; the result does not depend on it.
    pub threads: usize,
    /// Whether the exact evaluator settles every run. The result does not depend on it.
    pub exactly: bool,
}

/// One year of a run.
#[derive(Debug)]
pub struct Year<'a> {
    /// What is settled.
    pub settlement: &'a Settlement,
    /// Which of its periods.
    pub period: usize,
    /// How many months of the run are over when it begins, and how many it has.
    pub months: (u32, u32),
    /// How many rows a case has; nought where nothing has rows.
    pub rows: usize,
    /// How many cases of a run are settled together, each with figures of its own; nought where a run is one case.
    pub cases: usize,
    /// The figures that are drawn.
    pub varied: Vec<Varied>,
    /// Steps of the case that are yes or no and are counted.
    pub watched: Vec<StepId>,
}

/// A figure that is drawn.
#[derive(Debug, Clone)]
pub struct Varied {
    /// Its name, which says which stream of the generator it is drawn from.
    pub name: String,
    /// The input that it is; `None` where this year does not need it.
    pub input: Option<InputId>,
    /// From what.
    pub distribution: Distribution,
    /// Whether every row of a case has a figure of its own.
    pub per_row: bool,
    /// What becomes of a figure after it was drawn.
    pub changes: Changes,
}

/// From what a figure is drawn, in the base of its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// The shape.
    pub shape: Shape,
    /// Nothing below is drawn: what the shape has there is left out, not moved.
    pub from: Option<Exact>,
    /// Nothing above is drawn.
    pub to: Option<Exact>,
    /// A figure drawn is the nearest multiple of this.
    pub grain: Exact,
}

/// The shape of a distribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Always this figure.
    Fixed(Exact),
    /// One of these figures, each as likely: what was seen in other years, drawn again.
    OneOf(Vec<Exact>),
    /// One of these figures by its place: every figure of this shape that is drawn in a run and year has the same place,
    /// so that what was seen together stays together.
    Rows(Vec<Exact>),
    /// The figure of the case, by its place among the cases of a run: always the same one.
    OfCase(Vec<Exact>),
    /// Every figure between two as likely.
    Uniform {
        /// The smallest.
        from: Exact,
        /// The greatest.
        to: Exact,
    },
    /// In straight lines from nothing at the ends to the likeliest.
    Triangular {
        /// The smallest.
        from: Exact,
        /// The likeliest.
        likely: Exact,
        /// The greatest.
        to: Exact,
    },
    /// The same ends and likeliest figure with a smooth curve: the beta distribution of project planning.
    Pert {
        /// The smallest.
        from: Exact,
        /// The likeliest.
        likely: Exact,
        /// The greatest.
        to: Exact,
    },
    /// The bell curve.
    Normal {
        /// Its mean.
        mean: Exact,
        /// Its standard deviation.
        sd: Exact,
    },
    /// A figure above nothing whose logarithm is normal.
    Lognormal {
        /// The mean of the figure itself.
        mean: Exact,
        /// The standard deviation of the figure itself.
        sd: Exact,
    },
    /// A smooth curve between two ends.
    Beta {
        /// The smallest.
        from: Exact,
        /// The greatest.
        to: Exact,
        /// Its mean.
        mean: Exact,
        /// Its standard deviation; without it, the two parameters of the curve sum to 6, as in [`Shape::Pert`].
        sd: Option<Exact>,
    },
    /// A figure above nothing with a long tail.
    Gamma {
        /// Its mean.
        mean: Exact,
        /// Its standard deviation.
        sd: Exact,
    },
    /// How often something happens that happens independently.
    Poisson {
        /// How often on average.
        mean: Exact,
    },
    /// How many of a number succeed, each with the same chance.
    Binomial {
        /// Of how many.
        of: Exact,
        /// The chance of each.
        chance: Exact,
    },
}

impl Distribution {
    /// Whether the same figure is drawn every time: however it is written, such a figure moves nothing.
    pub fn never_varies(&self) -> bool {
        let is_nothing = |figure: &Exact| figure.is_zero();
        let all_alike = |figures: &[Exact]| figures.windows(2).all(|pair| pair.first() == pair.last());
        let cut_to_one = self.from.is_some() && self.from == self.to;
        cut_to_one
            || match &self.shape {
                Shape::Fixed(_) => true,
                Shape::OneOf(figures) | Shape::Rows(figures) | Shape::OfCase(figures) => all_alike(figures),
                Shape::Uniform { from, to } => from == to,
                Shape::Triangular { from, to, .. } | Shape::Pert { from, to, .. } => from == to,
                Shape::Beta { from, to, sd, .. } => from == to || sd.as_ref().is_some_and(is_nothing),
                Shape::Normal { sd, .. } | Shape::Lognormal { sd, .. } | Shape::Gamma { sd, .. } => {
                    is_nothing(sd)
                }
                Shape::Poisson { mean } => is_nothing(mean),
                Shape::Binomial { of, chance } => {
                    is_nothing(of) || is_nothing(chance) || *chance == Exact::one()
                }
            }
    }
}

impl Year<'_> {
    /// How many cases a run has.
    pub(crate) fn cases_of_a_run(&self) -> usize {
        self.cases.max(1)
    }

    /// How many figures a case has of one that is drawn.
    pub(crate) fn figures_of_a_case(&self, varied: &Varied) -> usize {
        if varied.per_row { self.rows.max(1) } else { 1 }
    }
}

impl Plan<'_> {
    /// Whether every figure can be drawn; the place of one that cannot, by year and figure, and why.
    pub fn check(&self) -> Result<(), (usize, usize, crate::Unfit)> {
        crate::real::Draws::of(self).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_without_width_never_varies() {
        let number = Exact::from_int;
        let never = |shape: Shape, ends: Option<(i64, i64)>| {
            let (from, to) = ends.map(|(from, to)| (number(from), number(to))).unzip();
            Distribution { shape, from, to, grain: Exact::one() }.never_varies()
        };
        let uniform = |to: i64| Shape::Uniform { from: number(8), to: number(to) };
        let triangular = |to: i64| Shape::Triangular { from: number(8), likely: number(8), to: number(to) };
        let normal = |sd: i64| Shape::Normal { mean: number(8), sd: number(sd) };
        let one_of = |other: i64| Shape::OneOf(vec![number(8), number(other)]);
        for (narrow, wide) in [
            (Shape::Fixed(number(8)), uniform(9)),
            (uniform(8), triangular(9)),
            (triangular(8), normal(1)),
            (normal(0), one_of(9)),
            (one_of(8), Shape::Poisson { mean: number(8) }),
            (
                Shape::Binomial { of: number(8), chance: number(1) },
                Shape::Pert { from: number(7), likely: number(8), to: number(9) },
            ),
        ] {
            assert!(never(narrow.clone(), None), "{narrow:?}");
            assert!(!never(wide.clone(), None), "{wide:?}");
            assert!(never(wide.clone(), Some((8, 8))), "{wide:?} cut off to one figure");
        }
    }
}
