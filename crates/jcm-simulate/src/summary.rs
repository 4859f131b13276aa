//! What many amounts say of the chances: exact figures of the sample, not estimates of a curve.

use jcm_quantity::{Exact, Irrational, RoundingMode};

/// What the amounts of one party say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The mean, in grains.
    pub mean: Exact,
    /// How far the mean of another such sample may well lie from this one: the standard error, in grains.
    pub standard_error: Exact,
    /// For each chance that was asked for, the amount below or at which that share of the runs lies.
    pub percentiles: Vec<i64>,
    /// In how many runs the amount is below nothing.
    pub losses: u64,
    /// The mean of the worst runs, as many as the first percentile cuts off: the expected shortfall.
    pub shortfall: Exact,
    /// The least of all.
    pub least: i64,
    /// The greatest of all.
    pub greatest: i64,
}

/// What amounts say. `chances` are the percentiles that are wanted, between nought and one, rising.
pub fn summary(amounts: &[i64], chances: &[Exact]) -> Summary {
    let mut sorted = amounts.to_vec();
    sorted.sort_unstable();
    let count = Exact::from_i128(i128::try_from(sorted.len()).unwrap_or(i128::MAX));
    let mean = mean_of(&sorted);
    let at = |chance: &Exact| sorted.get(place(chance, &count)).copied().unwrap_or(0);
    let worst = chances.first().map_or(1, |chance| place(chance, &count).saturating_add(1));
    Summary {
        standard_error: standard_error(&sorted, &count),
        percentiles: chances.iter().map(at).collect(),
        losses: sorted.partition_point(|amount| *amount < 0) as u64,
        shortfall: mean_of(sorted.get(..worst).unwrap_or(&sorted)),
        least: sorted.first().copied().unwrap_or(0),
        greatest: sorted.last().copied().unwrap_or(0),
        mean,
    }
}

fn mean_of(amounts: &[i64]) -> Exact {
    let sum: i128 = amounts.iter().map(|amount| i128::from(*amount)).sum();
    let count = Exact::from_i128(i128::try_from(amounts.len()).unwrap_or(i128::MAX));
    Exact::from_i128(sum).checked_div(&count).unwrap_or_default()
}

/// The place of a percentile by nearest rank: the smallest with at least this share at or below it.
fn place(chance: &Exact, count: &Exact) -> usize {
    let rank = (chance * count).round(&Exact::one(), RoundingMode::Ceiling);
    let rank = rank.parts().and_then(|(rank, _)| usize::try_from(rank).ok()).unwrap_or(1);
    rank.saturating_sub(1)
}

/// The root of the variance of the sample over its size.
fn standard_error(amounts: &[i64], count: &Exact) -> Exact {
    let sum = Exact::from_i128(amounts.iter().map(|amount| i128::from(*amount)).sum());
    let squares = amounts.iter().map(|amount| i128::from(*amount).saturating_mul(i128::from(*amount)));
    let squares: Exact = squares.map(Exact::from_i128).sum();
    let variance = (squares - (&sum * &sum).checked_div(count).unwrap_or_default())
        .checked_div(&(count - Exact::one()))
        .and_then(|variance| variance.checked_div(count))
        .unwrap_or_default();
    Irrational::SquareRoot.of(&variance, 4).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_worked_by_hand() {
        let chances = ["0.25", "0.5", "1"].map(|chance| Exact::parse(chance).unwrap());
        let found = summary(&[4, -2, 0, 6], &chances);
        assert_eq!(found.mean, Exact::from_int(2));
        assert_eq!(found.percentiles, [-2, 0, 6]);
        assert_eq!((found.losses, found.least, found.greatest), (1, -2, 6));
        assert_eq!(found.shortfall, Exact::from_int(-2));
        // The squares of the distances sum to 40; 40/3/4 is 10/3.
        assert_eq!(found.standard_error, Exact::parse("1.8257").unwrap());
    }
}
