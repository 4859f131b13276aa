//! What stands for several figures, and what is worked out over all cases.

use super::Figure;
use jcm_quantity as q;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One figure that stands for many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Statistic {
    /// All of them added.
    Sum,
    /// The sum divided by how many there are.
    Mean,
    /// The one in the middle; the mean of the two in the middle of an even number.
    Median,
    /// The least.
    Least,
    /// The greatest.
    Greatest,
    /// The mean of the squared differences from the mean: of all, not of a sample.
    Variance,
    /// The square root of the variance, rounded half to even.
    StandardDeviation {
        /// At how many decimals in the base of the unit, at most 40.
        decimals: u32,
    },
    /// The figure with a share of the others below it.
    Quantile {
        /// The share, from 0 to 1.
        share: Figure,
        /// How it is found.
        method: QuantileMethod,
    },
}

/// How a quantile is found among figures in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuantileMethod {
    /// The figure at place share × number, rounded up.
    NearestRank,
    /// At place 1 + share × (number - 1), on the straight line between the figures around it.
    LinearInterpolation,
}

/// What is worked out over all cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum OverAll {
    /// One figure for all of them.
    Statistic(Statistic),
    /// The place of a case among all: 1 is the best.
    Rank {
        /// Which figure is the best.
        first: First,
        /// Which place equal figures have.
        ties: Ties,
    },
    /// Which of so many groups a case is in: 1 holds the lowest figures; groups end at quantiles by nearest rank.
    Group {
        /// How many groups.
        groups: u32,
    },
    /// The figure of the case, but no less than one quantile and no more than another.
    Winsorised {
        /// The share of the lower quantile.
        from: Figure,
        /// The share of the upper quantile.
        to: Figure,
        /// How the quantiles are found.
        method: QuantileMethod,
    },
}

/// Which figure has place 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum First {
    /// The highest.
    Highest,
    /// The lowest.
    Lowest,
}

/// Which place equal figures have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// The best of their places: 1, 2, 2, 4.
    Best,
    /// The worst of their places: 1, 3, 3, 4.
    Worst,
    /// The middle of their places: 1, 2.5, 2.5, 4.
    Middle,
}

impl Statistic {
    pub(super) fn of(statistic: &q::Statistic) -> Result<Self, String> {
        Ok(match statistic {
            q::Statistic::Sum => Self::Sum,
            q::Statistic::Mean => Self::Mean,
            q::Statistic::Median => Self::Median,
            q::Statistic::Least => Self::Least,
            q::Statistic::Greatest => Self::Greatest,
            q::Statistic::Variance => Self::Variance,
            q::Statistic::StandardDeviation { decimals } => Self::StandardDeviation { decimals: *decimals },
            q::Statistic::Quantile { share, method } => {
                Self::Quantile { share: Figure::of(share)?, method: QuantileMethod::of(*method) }
            }
        })
    }

    pub(super) fn quantity(&self) -> Result<q::Statistic, String> {
        Ok(match self {
            Self::Sum => q::Statistic::Sum,
            Self::Mean => q::Statistic::Mean,
            Self::Median => q::Statistic::Median,
            Self::Least => q::Statistic::Least,
            Self::Greatest => q::Statistic::Greatest,
            Self::Variance => q::Statistic::Variance,
            Self::StandardDeviation { decimals } => q::Statistic::StandardDeviation { decimals: *decimals },
            Self::Quantile { share, method } => {
                q::Statistic::Quantile { share: share.calculus()?, method: method.quantity() }
            }
        })
    }
}

impl QuantileMethod {
    fn of(method: q::QuantileMethod) -> Self {
        match method {
            q::QuantileMethod::NearestRank => Self::NearestRank,
            q::QuantileMethod::LinearInterpolation => Self::LinearInterpolation,
        }
    }

    fn quantity(self) -> q::QuantileMethod {
        match self {
            Self::NearestRank => q::QuantileMethod::NearestRank,
            Self::LinearInterpolation => q::QuantileMethod::LinearInterpolation,
        }
    }
}

impl OverAll {
    pub(super) fn of(function: &q::OverAll) -> Result<Self, String> {
        Ok(match function {
            q::OverAll::Statistic(statistic) => Self::Statistic(Statistic::of(statistic)?),
            q::OverAll::Rank { highest_first, ties } => Self::Rank {
                first: if *highest_first { First::Highest } else { First::Lowest },
                ties: Ties::of(*ties),
            },
            q::OverAll::Group { groups } => Self::Group { groups: *groups },
            q::OverAll::Winsorised { from, to, method } => Self::Winsorised {
                from: Figure::of(from)?,
                to: Figure::of(to)?,
                method: QuantileMethod::of(*method),
            },
        })
    }

    pub(super) fn quantity(&self) -> Result<q::OverAll, String> {
        Ok(match self {
            Self::Statistic(statistic) => q::OverAll::Statistic(statistic.quantity()?),
            Self::Rank { first, ties } => {
                q::OverAll::Rank { highest_first: *first == First::Highest, ties: ties.quantity() }
            }
            Self::Group { groups } => q::OverAll::Group { groups: *groups },
            Self::Winsorised { from, to, method } => q::OverAll::Winsorised {
                from: from.calculus()?,
                to: to.calculus()?,
                method: method.quantity(),
            },
        })
    }
}

impl Ties {
    fn of(ties: q::Ties) -> Self {
        match ties {
            q::Ties::Best => Self::Best,
            q::Ties::Worst => Self::Worst,
            q::Ties::Middle => Self::Middle,
        }
    }

    fn quantity(self) -> q::Ties {
        match self {
            Self::Best => q::Ties::Best,
            Self::Worst => q::Ties::Worst,
            Self::Middle => q::Ties::Middle,
        }
    }
}
