//! What is drawn: one stream of the generator for each figure, by its name, and a place in it for each year and run.
//!
//! So a run has the same figures on any number of threads, with more runs, with other figures beside it, and in every
//! locality, which can then be compared run by run.

use super::quantile::Quantile;
use super::{Dependence, Unfit, chance_of};
use crate::Plan;
use chacha20::ChaCha20Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// Two words make one draw; a year has room for more runs than anybody asks for.
const WORDS: u128 = 2;
const WORDS_OF_A_YEAR: u128 = 1 << 40;

/// Into how many parts, each as likely, a distribution is cut to see what depends on the figure.
pub(crate) const PARTS: u8 = 20;

/// What is drawn for a block of runs: a column for each figure.
pub(crate) struct Drawn {
    /// In grains.
    pub(crate) grains: Vec<Vec<i64>>,
    /// In which of the [`PARTS`] of its distribution each figure lies.
    pub(crate) parts: Vec<Vec<u8>>,
}

/// A plan made ready to draw from.
#[derive(Debug)]
pub(crate) struct Draws {
    seed: [u8; 32],
    /// The stream of each figure.
    streams: Vec<u64>,
    /// By year, then by figure.
    quantiles: Vec<Vec<Quantile>>,
    dependence: Option<Dependence>,
}

impl Draws {
    /// Makes a plan ready; the place of the figure that cannot be drawn, by year, and why.
    pub(crate) fn of(plan: &Plan<'_>) -> Result<Draws, (usize, usize, Unfit)> {
        let mut quantiles = Vec::with_capacity(plan.years.len());
        for (year, of_year) in plan.years.iter().enumerate() {
            let mut made = Vec::with_capacity(of_year.varied.len());
            for (place, varied) in of_year.varied.iter().enumerate() {
                made.push(Quantile::new(&varied.distribution).map_err(|unfit| (year, place, unfit))?);
            }
            quantiles.push(made);
        }
        let streams = plan
            .years
            .first()
            .map_or_else(Vec::new, |year| year.varied.iter().map(|varied| stream_of(&varied.name)).collect());
        let mut seed = [0; 32];
        for (to, from) in seed.iter_mut().zip(plan.seed.to_le_bytes()) {
            *to = from;
        }
        Ok(Draws { seed, streams, quantiles, dependence: Dependence::of(&plan.together) })
    }

    /// For each figure, what is drawn in a year of so many runs from the first on.
    pub(crate) fn block(&self, year: usize, first: usize, runs: usize) -> Drawn {
        let start = year as u128 * WORDS_OF_A_YEAR + first as u128 * WORDS;
        let mut generators: Vec<ChaCha20Rng> = self
            .streams
            .iter()
            .map(|stream| {
                let mut generator = ChaCha20Rng::from_seed(self.seed);
                generator.set_stream(*stream);
                generator.set_word_pos(start);
                generator
            })
            .collect();
        let mut drawn = Drawn {
            grains: self.streams.iter().map(|_| Vec::with_capacity(runs)).collect(),
            parts: self.streams.iter().map(|_| Vec::with_capacity(runs)).collect(),
        };
        let mut chances = Vec::with_capacity(self.streams.len());
        for _ in 0..runs {
            chances.clear();
            chances.extend(generators.iter_mut().map(|generator| chance_of(generator.next_u64())));
            if let Some(dependence) = &self.dependence {
                dependence.join(&mut chances);
            }
            let quantiles = self.quantiles.get(year).map(Vec::as_slice).unwrap_or_default();
            let columns = drawn.grains.iter_mut().zip(&mut drawn.parts);
            for (((grains, parts), quantile), chance) in columns.zip(quantiles).zip(&chances) {
                grains.push(quantile.at(*chance));
                parts.push(part_of(*chance));
            }
        }
        drawn
    }

    /// The middle figure of each of the [`PARTS`] of every distribution of a year, in grains.
    pub(crate) fn middles(&self, year: usize) -> Vec<Vec<i64>> {
        let middle = |part: u8| (f64::from(part) + 0.5) / f64::from(PARTS);
        let of_figure = |quantile: &Quantile| (0..PARTS).map(|part| quantile.at(middle(part))).collect();
        self.quantiles.get(year).map(|year| year.iter().map(of_figure).collect()).unwrap_or_default()
    }
}

/// The stream of a name: its hash after Fowler, Noll and Vo.
fn stream_of(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// In which part of its distribution the figure of a chance lies.
fn part_of(chance: f64) -> u8 {
    (chance * f64::from(PARTS)).clamp(0.0, f64::from(PARTS - 1)) as u8
}
