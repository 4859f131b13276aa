//! Figures that stand for many, and the place of one figure among many.

use crate::{Exact, Irrational, Unit, show};

/// One figure that stands for many.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// The square root of the variance, rounded half to even at so many decimals.
    StandardDeviation {
        /// Of the figure in the base of its unit, at most [`Irrational::MOST_DECIMALS`].
        decimals: u32,
    },
    /// The figure with this share of the others below it.
    Quantile {
        /// From 0 to 1.
        share: Exact,
        /// How it is found.
        method: QuantileMethod,
    },
}

impl Statistic {
    /// The name in the source.
    pub fn name(&self) -> &'static str {
        match self {
            Statistic::Sum => "sum",
            Statistic::Mean => "mean",
            Statistic::Median => "median",
            Statistic::Least => "min",
            Statistic::Greatest => "max",
            Statistic::Variance => "variance",
            Statistic::StandardDeviation { .. } => "standard_deviation",
            Statistic::Quantile { .. } => "quantile",
        }
    }

    /// The statistic of a name in the source that needs nothing else.
    pub fn from_name(name: &str) -> Option<Statistic> {
        let plain = [
            Statistic::Sum,
            Statistic::Mean,
            Statistic::Median,
            Statistic::Least,
            Statistic::Greatest,
            Statistic::Variance,
        ];
        plain.into_iter().find(|statistic| statistic.name() == name)
    }

    /// The unit of the result for figures of a unit; `None` beyond what a unit can hold.
    pub fn unit(&self, of: &Unit) -> Option<Unit> {
        match self {
            Statistic::Variance if of.is_none() => Some(Unit::none()),
            Statistic::Variance => of.raised(2),
            _ => Some(of.clone()),
        }
    }

    /// What it is called in a sentence, to stand before "of".
    pub fn words(&self) -> String {
        match self {
            Statistic::Sum => "the sum".to_string(),
            Statistic::Mean => "the mean".to_string(),
            Statistic::Median => "the median".to_string(),
            Statistic::Least => "the least".to_string(),
            Statistic::Greatest => "the greatest".to_string(),
            Statistic::Variance => "the variance".to_string(),
            Statistic::StandardDeviation { decimals } => {
                format!("the standard deviation (to {decimals} decimals)")
            }
            Statistic::Quantile { share, method } => {
                format!("the {} quantile (by {})", show(share, &Unit::percent()), method.words())
            }
        }
    }
}

/// How a quantile is found among figures in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuantileMethod {
    /// The figure at place share × number, rounded up: always one of the figures.
    NearestRank,
    /// At place 1 + share × (number − 1), on the straight line between the figures around it.
    LinearInterpolation,
}

impl QuantileMethod {
    /// Every method, in the order of the reference.
    pub const ALL: [QuantileMethod; 2] = [QuantileMethod::NearestRank, QuantileMethod::LinearInterpolation];

    /// The words of the source and of sentences, to follow "by".
    pub fn words(self) -> &'static str {
        match self {
            QuantileMethod::NearestRank => "nearest rank",
            QuantileMethod::LinearInterpolation => "linear interpolation",
        }
    }

    /// The method of the words in the source.
    pub fn from_words(words: &str) -> Option<QuantileMethod> {
        QuantileMethod::ALL.into_iter().find(|method| method.words() == words)
    }
}

/// What is worked out over all cases of a settlement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OverAll {
    /// One figure for all of them.
    Statistic(Statistic),
    /// The place of a case among all: 1 is the best.
    Rank {
        /// Whether the highest figure is the best.
        highest_first: bool,
        /// Which place equal figures have.
        ties: Ties,
    },
    /// Which of so many groups of as equal size as can be a case is in: 1 holds the lowest figures. Groups end at
    /// quantiles by nearest rank, so equal figures are in one group.
    Group {
        /// How many groups, at least 1.
        groups: u32,
    },
    /// The figure of the case, but no less than one quantile and no more than another.
    Winsorised {
        /// The share of the lower quantile.
        from: Exact,
        /// The share of the upper quantile.
        to: Exact,
        /// How the quantiles are found.
        method: QuantileMethod,
    },
}

impl OverAll {
    /// What it is called in a sentence, to stand before "of".
    pub fn words(&self) -> String {
        match self {
            OverAll::Statistic(statistic) => statistic.words(),
            OverAll::Rank { highest_first, ties } => {
                let first = if *highest_first { "highest" } else { "lowest" };
                let ties = ties.name();
                format!("the rank (from the {first}, equal figures at the {ties} of their places)")
            }
            OverAll::Group { groups } => {
                format!("the group (of {groups} of equal size, 1 with the lowest figures)")
            }
            OverAll::Winsorised { from, to, method } => {
                let (from, to) = (show(from, &Unit::percent()), show(to, &Unit::percent()));
                format!("the winsorised value (from the {from} to the {to} quantile, by {})", method.words())
            }
        }
    }
}

/// Which place equal figures have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ties {
    /// The best of their places: 1, 2, 2, 4.
    Best,
    /// The worst of their places: 1, 3, 3, 4.
    Worst,
    /// The middle of their places: 1, 2.5, 2.5, 4.
    Middle,
}

impl Ties {
    /// Every rule, in the order of the reference.
    pub const ALL: [Ties; 3] = [Ties::Best, Ties::Worst, Ties::Middle];

    /// The name in the source.
    pub fn name(self) -> &'static str {
        match self {
            Ties::Best => "best",
            Ties::Worst => "worst",
            Ties::Middle => "middle",
        }
    }

    /// The rule of a name in the source.
    pub fn from_name(name: &str) -> Option<Ties> {
        Ties::ALL.into_iter().find(|ties| ties.name() == name)
    }
}

/// Figures, to be taken together. Their order does not matter.
#[derive(Debug, Clone)]
pub struct Figures {
    ascending: Vec<Exact>,
}

impl Figures {
    /// Takes figures together.
    pub fn new(mut figures: Vec<Exact>) -> Figures {
        figures.sort();
        Figures { ascending: figures }
    }

    /// What stands for all of them; `None` where there is none, or a share is not from 0 to 1.
    pub fn statistic(&self, statistic: &Statistic) -> Option<Exact> {
        let first = self.ascending.first()?;
        match statistic {
            Statistic::Sum => Some(self.ascending.iter().sum()),
            Statistic::Mean => self.mean(),
            Statistic::Median => self.quantile(&Exact::ratio(1, 2)?, QuantileMethod::LinearInterpolation),
            Statistic::Least => Some(first.clone()),
            Statistic::Greatest => self.ascending.last().cloned(),
            Statistic::Variance => self.variance(),
            Statistic::StandardDeviation { decimals } => {
                Irrational::SquareRoot.of(&self.variance()?, *decimals)
            }
            Statistic::Quantile { share, method } => self.quantile(share, *method),
        }
    }

    /// What one of the figures is among all of them; `None` as for [`Figures::statistic`].
    pub fn over_all(&self, function: &OverAll, own: &Exact) -> Option<Exact> {
        match function {
            OverAll::Statistic(statistic) => self.statistic(statistic),
            OverAll::Rank { highest_first, ties } => self.rank(own, *highest_first, *ties),
            OverAll::Group { groups } => {
                let groups_below = self.below(own) * Exact::from_int(i64::from(*groups));
                Some(groups_below.checked_div(&self.count())?.floor() + Exact::one())
            }
            OverAll::Winsorised { from, to, method } => {
                let (least, most) = (self.quantile(from, *method)?, self.quantile(to, *method)?);
                Some(own.clone().max(least).min(most))
            }
        }
    }

    fn count(&self) -> Exact {
        whole(self.ascending.len())
    }

    fn below(&self, figure: &Exact) -> Exact {
        whole(self.ascending.partition_point(|other| other < figure))
    }

    fn above(&self, figure: &Exact) -> Exact {
        self.count() - whole(self.ascending.partition_point(|other| other <= figure))
    }

    fn rank(&self, own: &Exact, highest_first: bool, ties: Ties) -> Option<Exact> {
        let (mut better, mut worse) = (self.above(own), self.below(own));
        if !highest_first {
            std::mem::swap(&mut better, &mut worse);
        }
        let (best, worst) = (better + Exact::one(), self.count() - worse);
        match ties {
            Ties::Best => Some(best),
            Ties::Worst => Some(worst),
            Ties::Middle => Some((best + worst) * Exact::ratio(1, 2)?),
        }
    }

    fn mean(&self) -> Option<Exact> {
        self.ascending.iter().sum::<Exact>().checked_div(&self.count())
    }

    fn variance(&self) -> Option<Exact> {
        let mean = self.mean()?;
        let squares = self.ascending.iter().map(|figure| (figure - &mean).pow(2));
        squares.sum::<Exact>().checked_div(&self.count())
    }

    fn quantile(&self, share: &Exact, method: QuantileMethod) -> Option<Exact> {
        if share.is_negative() || *share > Exact::one() {
            return None;
        }
        match method {
            QuantileMethod::NearestRank => {
                let place = (share * self.count()).round(&Exact::one(), crate::RoundingMode::Ceiling);
                self.at(&(place - Exact::one()).max(Exact::zero()))
            }
            QuantileMethod::LinearInterpolation => {
                let place = share * (self.count() - Exact::one());
                let below = place.floor();
                let figure = self.at(&below)?;
                match self.at(&(&below + Exact::one())) {
                    Some(next) => Some(&figure + (next - &figure) * (place - below)),
                    None => Some(figure),
                }
            }
        }
    }

    /// The figure at a whole place, from 0.
    fn at(&self, place: &Exact) -> Option<Exact> {
        let (place, _) = place.parts()?;
        self.ascending.get(usize::try_from(place).ok()?).cloned()
    }
}

fn whole(count: usize) -> Exact {
    Exact::from_i128(i128::try_from(count).unwrap_or(i128::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(list: &[&str]) -> Figures {
        Figures::new(list.iter().map(|text| Exact::parse(text).unwrap()).collect())
    }

    fn share(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn statistics_by_hand() {
        let four = figures(&["7", "1", "2", "4"]);
        let of = |statistic| four.statistic(&statistic).unwrap().text();
        assert_eq!(of(Statistic::Sum), "14");
        assert_eq!(of(Statistic::Mean), "3.5");
        assert_eq!(of(Statistic::Median), "3");
        assert_eq!(of(Statistic::Least), "1");
        assert_eq!(of(Statistic::Greatest), "7");
        // (3.5² + 2.5² + 1.5² + 0.5²) / 4 = 21 / 4.
        assert_eq!(of(Statistic::Variance), "5.25");
        assert_eq!(of(Statistic::StandardDeviation { decimals: 4 }), "2.2913");
        assert_eq!(figures(&["7", "1", "2"]).statistic(&Statistic::Median).unwrap().text(), "2");
        assert_eq!(figures(&[]).statistic(&Statistic::Sum), None);
    }

    #[test]
    fn quantiles_by_both_methods() {
        let five = figures(&["15", "20", "35", "40", "50"]);
        let by = |text: &str, method| {
            let share = share(text);
            five.statistic(&Statistic::Quantile { share, method }).map(|value| value.text())
        };
        let nearest = |text| by(text, QuantileMethod::NearestRank).unwrap();
        assert_eq!(
            ["0", "0.05", "0.3", "0.4", "0.5", "1"].map(nearest),
            ["15", "15", "20", "20", "35", "50"]
        );
        let linear = |text| by(text, QuantileMethod::LinearInterpolation).unwrap();
        assert_eq!(["0", "0.4", "0.5", "0.9", "1"].map(linear), ["15", "29", "35", "46", "50"]);
        assert_eq!(by("1.1", QuantileMethod::NearestRank), None);
    }

    #[test]
    fn ranks_and_ties() {
        let scores = figures(&["90", "70", "70", "50"]);
        let rank = |own: &str, highest_first, ties| {
            let own = Exact::parse(own).unwrap();
            scores.over_all(&OverAll::Rank { highest_first, ties }, &own).unwrap().text()
        };
        assert_eq!(["90", "70", "50"].map(|own| rank(own, true, Ties::Best)), ["1", "2", "4"]);
        assert_eq!(["90", "70", "50"].map(|own| rank(own, true, Ties::Worst)), ["1", "3", "4"]);
        assert_eq!(["90", "70", "50"].map(|own| rank(own, true, Ties::Middle)), ["1", "2.5", "4"]);
        assert_eq!(["90", "70", "50"].map(|own| rank(own, false, Ties::Best)), ["4", "2", "1"]);
    }

    #[test]
    fn groups_hold_equal_figures_together() {
        let group = |list: &Figures, own: &str, groups| {
            list.over_all(&OverAll::Group { groups }, &Exact::parse(own).unwrap()).unwrap().text()
        };
        let seven = figures(&["1", "2", "3", "4", "5", "6", "7"]);
        // Cuts by nearest rank at places 2, 3, 5, 6 and 7.
        assert_eq!(
            ["1", "2", "3", "4", "5", "6", "7"].map(|own| group(&seven, own, 5)),
            ["1", "1", "2", "3", "3", "4", "5"]
        );
        let equal = figures(&["1", "1", "1", "1", "9"]);
        assert_eq!(["1", "9"].map(|own| group(&equal, own, 5)), ["1", "5"]);
    }

    #[test]
    fn winsorised_figures_stay_between_the_quantiles() {
        let costs = figures(&["1", "10", "11", "12", "500"]);
        let function = OverAll::Winsorised {
            from: share("0.25"),
            to: share("0.75"),
            method: QuantileMethod::LinearInterpolation,
        };
        let of = |own: &str| costs.over_all(&function, &Exact::parse(own).unwrap()).unwrap().text();
        assert_eq!(["1", "11", "500"].map(of), ["10", "11", "12"]);
    }
}
