//! What an amount depends on: how much of its spread goes with one figure that is drawn.
//!
//! No run is made for this. Each distribution is cut into parts, each as likely, and the amounts of the runs whose figure
//! lies in a part are put together: how far their means lie apart is what goes with the figure. It is the first-order
//! index of Sobol, estimated from the runs that are there (Plischke and others, 2013), and holds for figures that move
//! together too: then what goes with one figure may go with another as well.

use crate::real::PARTS;
use jcm_quantity::Exact;

/// What goes with one figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Driver {
    /// The squares of the distances that go with the figure: less what chance alone would give, and not below nothing.
    pub explained: Exact,
    /// The squares of all distances from the mean.
    pub all: Exact,
    /// The mean amount of the runs in each part of the distribution, from its smallest figures to its greatest; nothing
    /// where there is no run.
    pub means: Vec<Option<Exact>>,
    /// The variance of each of these means: how far it may well lie from that of another such sample, squared; nothing
    /// where there are fewer than two runs.
    pub variances: Vec<Option<Exact>>,
}

/// What of some amounts goes with a figure that lies in these parts of its distribution.
pub fn driver(amounts: &[i64], parts: &[u8]) -> Driver {
    let mut sums = vec![(0_i128, 0_i128); usize::from(PARTS)];
    let mut squares_of = vec![0_i128; usize::from(PARTS)];
    let mut squares = 0_i128;
    for (amount, part) in amounts.iter().zip(parts) {
        let amount = i128::from(*amount);
        squares = squares.saturating_add(amount.saturating_mul(amount));
        if let Some((count, sum)) = sums.get_mut(usize::from(*part)) {
            *count += 1;
            *sum += amount;
        }
        if let Some(square) = squares_of.get_mut(usize::from(*part)) {
            *square = square.saturating_add(amount.saturating_mul(amount));
        }
    }
    let mean = |sum: i128, count: i128| Exact::from_i128(sum).checked_div(&Exact::from_i128(count));
    let (count, sum) = sums.iter().fold((0, 0), |(n, s), (count, sum)| (n + count, s + sum));
    let nothing = mean(sum, count).map_or_else(Exact::zero, |mean| mean * Exact::from_i128(sum));
    let all = Exact::from_i128(squares) - &nothing;
    let of_part = |(count, sum): &(i128, i128)| mean(*sum, *count).map(|mean| mean * Exact::from_i128(*sum));
    let between = sums.iter().filter_map(of_part).sum::<Exact>() - &nothing;
    let filled = sums.iter().filter(|(count, _)| *count > 0).count();
    let filled = i128::try_from(filled).unwrap_or(0);
    // Parts of runs that have nothing to do with the amount lie apart too, by as much as single runs do.
    let by_chance = (&all - &between)
        .checked_div(&Exact::from_i128((count - filled).max(1)))
        .map_or_else(Exact::zero, |one| one * Exact::from_i128((filled - 1).max(0)));
    let means = sums.iter().map(|(count, sum)| mean(*sum, *count)).collect();
    let variances = sums.iter().zip(&squares_of).map(|((count, sum), squares)| {
        let rest = Exact::from_i128(*squares) - of_part(&(*count, *sum))?;
        rest.checked_div(&Exact::from_i128((count - 1).checked_mul(*count)?))
    });
    let variances = variances.collect();
    Driver { variances, explained: (between - by_chance).max(Exact::zero()), all, means }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_with_the_figure_wholly_and_not_at_all() {
        let parts: Vec<u8> = (0..400).map(|run| u8::try_from(run % 20).unwrap()).collect();
        let with: Vec<i64> = parts.iter().map(|part| i64::from(*part) * 10).collect();
        let found = driver(&with, &parts);
        assert_eq!(found.explained, found.all);
        assert_eq!(found.means.first(), Some(&Some(Exact::zero())));
        assert_eq!(found.means.last(), Some(&Some(Exact::from_int(190))));
        let without: Vec<i64> = (0..400).map(|run| run / 20).collect();
        let found = driver(&without, &parts);
        assert_eq!(found.explained, Exact::zero());
        // Twenty of each of 0 to 19: 20 times 665.
        assert_eq!(found.all, Exact::from_int(13_300));
    }
}
