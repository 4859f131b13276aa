//! What is drawn: one stream of the generator for each figure, by its name, and a place in it for each year and run.
//!
//! So a run has the same figures on any number of threads, with more runs, with other figures beside it, and in every
//! locality, which can then be compared run by run.

use super::changed::{Changed, Events};
use super::quantile::{Quantile, real};
use super::special::normal;
use super::{Dependence, Unfit, chance_of};
use crate::{Figures, Happening, Plan, Shape, What, Year, happenings};
use chacha20::ChaCha20Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use libm::sqrt;

/// Two words make one draw; a year has room for more runs than anybody asks for.
const WORDS: u128 = 2;
const WORDS_OF_A_YEAR: u128 = 1 << 40;
/// The stream of what is drawn in whole rows, which no input can have as its name.
const ROWS: &str = "rows of the history";

/// Into how many parts, each as likely, a distribution is cut to see what depends on the figure.
pub(crate) const PARTS: u8 = 20;

/// The sum of the figures in each part of a distribution, in grains, and how many there are.
pub(crate) type Sums = Vec<(i128, i128)>;

/// What is drawn for a block of runs: a column for each figure.
pub(crate) struct Drawn {
    /// The figures.
    pub(crate) figures: Vec<Figures>,
    /// What is noted of the figures of each run, over all of its cases.
    pub(crate) noted: Noted,
    /// The same of the one case that each run tells of; nothing where a run is one case.
    pub(crate) of_one: Noted,
}

/// What is noted of the figures of a block.
#[derive(Debug, Clone, Default)]
pub(crate) struct Noted {
    /// In which of the [`PARTS`] of its distribution each figure lies; of rows and cases, their mean. After the figures,
    /// what was done and what happened.
    pub(crate) parts: Vec<Vec<u8>>,
    /// By part, of figures that are not those of their distribution; empty for the others.
    pub(crate) sums: Vec<Sums>,
}

/// What draws a block.
struct Hand {
    generators: Vec<ChaCha20Rng>,
    /// Those of the row that is drawn.
    chances: Vec<f64>,
}

/// From where a figure is drawn.
#[derive(Debug)]
struct Stream {
    /// The stream of the generator.
    id: u64,
    /// How many figures a case has of it.
    rows: usize,
    /// Whether a case has always the same.
    own: bool,
}

/// A plan made ready to draw from.
#[derive(Debug)]
pub(crate) struct Draws {
    seed: [u8; 32],
    streams: Vec<Stream>,
    /// How many cases a run has.
    cases: usize,
    /// What is drawn besides figures.
    happenings: Vec<Happening>,
    /// By year, then by figure.
    quantiles: Vec<Vec<(Quantile, Changed)>>,
    dependence: Option<Dependence>,
}

impl Draws {
    /// Makes a plan ready; the place of the figure that cannot be drawn, by year, and why.
    pub(crate) fn of(plan: &Plan<'_>) -> Result<Draws, (usize, usize, Unfit)> {
        let mut quantiles = Vec::with_capacity(plan.years.len());
        for (year, of_year) in plan.years.iter().enumerate() {
            let mut made = Vec::with_capacity(of_year.varied.len());
            for (place, varied) in of_year.varied.iter().enumerate() {
                let ready = |unfit| (year, place, unfit);
                let quantile = Quantile::new(&varied.distribution).map_err(ready)?;
                made.push((quantile, Changed::of(varied, of_year).map_err(ready)?));
            }
            quantiles.push(made);
        }
        let stream = |varied: &crate::Varied| match varied.distribution.shape {
            Shape::Rows(_) => stream_of(ROWS),
            _ => stream_of(&varied.name),
        };
        let streams = plan.years.first().map_or_else(Vec::new, |year| {
            let of = |varied: &crate::Varied| Stream {
                id: stream(varied),
                rows: year.figures_of_a_case(varied),
                own: matches!(varied.distribution.shape, Shape::OfCase(_)),
            };
            year.varied.iter().map(of).collect()
        });
        let cases = plan.years.first().map_or(1, Year::cases_of_a_run);
        let mut seed = [0; 32];
        for (to, from) in seed.iter_mut().zip(plan.seed.to_le_bytes()) {
            *to = from;
        }
        let happenings = plan.years.first().map_or_else(Vec::new, |year| happenings(&year.varied));
        Ok(Draws { seed, streams, cases, happenings, quantiles, dependence: Dependence::of(&plan.together) })
    }

    /// A generator at the draws of a run in a year, of so many numbers for each run.
    fn generator(&self, stream: u64, year: usize, first: usize, many: usize) -> ChaCha20Rng {
        let mut generator = ChaCha20Rng::from_seed(self.seed);
        generator.set_stream(stream);
        generator.set_word_pos(year as u128 * WORDS_OF_A_YEAR + first as u128 * many as u128 * WORDS);
        generator
    }

    /// For each figure, what is drawn in a year of so many runs from the first on.
    pub(crate) fn block(&self, year: usize, first: usize, runs: usize) -> Drawn {
        let of_year = self.quantiles.get(year).map(Vec::as_slice).unwrap_or_default();
        let own = |stream: &Stream| self.generator(stream.id, year, first, stream.rows * self.cases);
        let generators = self.streams.iter().map(own).collect();
        let mut events = self.events(of_year, year, first);
        let mut drawn = Drawn {
            figures: self.streams.iter().map(|_| Figures::default()).collect(),
            noted: self.noted(of_year, self.cases > 1),
            of_one: if self.cases > 1 { self.noted(of_year, false) } else { Noted::default() },
        };
        let mut means = vec![0.0; self.streams.len()];
        let mut of_case = means.clone();
        let mut hand = Hand { generators, chances: Vec::with_capacity(self.streams.len()) };
        for run in first..first + runs {
            let known = happening(&mut events);
            means.fill(0.0);
            for case in 0..self.cases {
                of_case.fill(0.0);
                self.case(of_year, &mut hand, (&known, case), &mut drawn.figures, &mut of_case);
                for (mean, of_case) in means.iter_mut().zip(&of_case) {
                    *mean += of_case / self.cases as f64;
                }
                if self.cases > 1 && case == run % self.cases {
                    let last = drawn.figures.iter().map(|figures| figures.grains.as_slice());
                    drawn.of_one.part(&of_case, last, self.streams.iter().map(|stream| stream.rows));
                }
            }
            let last = drawn.figures.iter().map(|figures| figures.grains.as_slice());
            let many = self.streams.iter().map(|stream| stream.rows * self.cases);
            drawn.noted.part(&means, last, many);
            self.note(&known, &mut drawn);
        }
        for ((column, (_, changed)), stream) in drawn.figures.iter_mut().zip(of_year).zip(&self.streams) {
            self.doubt(column, changed, (year, first, stream.rows * self.cases));
        }
        drawn
    }

    /// Draws the figures of one case, and their mean shares over its rows.
    fn case(
        &self,
        of_year: &[(Quantile, Changed)],
        Hand { generators, chances }: &mut Hand,
        (known, case): (&Events, usize),
        figures: &mut [Figures],
        means: &mut [f64],
    ) {
        let rows = self.streams.iter().map(|stream| stream.rows).max().unwrap_or(1);
        for row in 0..rows {
            chances.clear();
            let here = generators.iter_mut().zip(&self.streams);
            // A figure of the whole case is drawn with the first row.
            chances.extend(here.map(|(generator, stream)| match row < stream.rows {
                true => chance_of(generator.next_u64()),
                false => 0.5,
            }));
            if let Some(dependence) = &self.dependence {
                dependence.join(chances);
            }
            let columns = figures.iter_mut().zip(means.iter_mut()).zip(&self.streams);
            for (((column, mean), stream), ((quantile, changed), chance)) in
                columns.zip(of_year.iter().zip(chances.iter()))
            {
                if row >= stream.rows {
                    continue;
                }
                let chance = if stream.own { (case as f64 + 0.5) / self.cases as f64 } else { *chance };
                *mean += quantile.rank(chance) / stream.rows as f64;
                column.grains.push(match changed.are_some() {
                    true => changed.figure(quantile.real_at(chance), known),
                    false => quantile.at(chance),
                });
            }
        }
    }

    /// Notes in which part of its distribution what happens in a run lies. A shock that does not come lies below those that
    /// do, wherever chance has it.
    fn note(&self, known: &Events, drawn: &mut Drawn) {
        let places = (self.streams.len()..).zip(&self.happenings);
        for (place, happening) in places {
            let (first, second) = known.get(&stream_name(happening)).copied().unwrap_or((0.5, 0.5));
            let share = match &happening.what {
                What::HowStrong => first,
                What::When => second,
                What::Whether(chance) => {
                    let chance = real(chance);
                    if first < chance { 1.0 - chance * (1.0 - second) } else { first - chance }
                }
            };
            for noted in [&mut drawn.noted, &mut drawn.of_one] {
                if let Some(parts) = noted.parts.get_mut(place) {
                    parts.push(part_of(share));
                }
            }
        }
    }

    /// What is noted of no run yet; `summed` where every part has a mean of its own.
    fn noted(&self, of_year: &[(Quantile, Changed)], summed: bool) -> Noted {
        let sums = of_year.iter().zip(&self.streams);
        let sums = sums.map(|((_, changed), stream)| match summed || changed.are_some() || stream.rows > 1 {
            true => vec![(0, 0); usize::from(PARTS)],
            false => Vec::new(),
        });
        let drawn = self.streams.len() + self.happenings.len();
        Noted { parts: vec![Vec::new(); drawn], sums: sums.collect() }
    }

    /// The generators of what happens to figures: by name, of what is drawn once a run and what is in every year.
    fn events(
        &self,
        of_year: &[(Quantile, Changed)],
        year: usize,
        first: usize,
    ) -> Vec<(String, ChaCha20Rng)> {
        let mut all: Vec<(String, ChaCha20Rng)> = Vec::new();
        for (_, changed) in of_year {
            let (once, every_year) = changed.streams();
            for (name, year) in once.map(|name| (name, 0)).chain(every_year.map(|name| (name, year))) {
                if all.iter().all(|(known, _)| known != name) {
                    all.push((name.clone(), self.generator(stream_of(name), year, first, 2)));
                }
            }
        }
        all
    }

    /// Where a figure is missing or disputed.
    fn doubt(&self, column: &mut Figures, changed: &Changed, (year, first, many): (usize, usize, usize)) {
        let (chance, stream) = &changed.missing;
        if *chance > 0.0 {
            let mut generator = self.generator(stream_of(stream), year, first, many);
            let places = 0..column.grains.len();
            column.missing = places.filter(|_| chance_of(generator.next_u64()) < *chance).collect();
        }
        if let Some(disputed) = &changed.disputed {
            let mut generator = self.generator(stream_of(&disputed.stream), year, first, 2 * many);
            let others = column.grains.iter().enumerate();
            let others = others.map(|(place, grains)| (place, changed.other(*grains, &mut generator)));
            let is_there = |place: &usize| column.missing.binary_search(place).is_err();
            let others = others.filter_map(|(place, other)| Some((place, other?)));
            column.disputed = others.filter(|(place, _)| is_there(place)).collect();
        }
    }

    /// The middle figure of each of the [`PARTS`] of every distribution of a year, in grains.
    pub(crate) fn middles(&self, year: usize) -> Vec<Vec<i64>> {
        let middle = |part: u8| (f64::from(part) + 0.5) / f64::from(PARTS);
        let of_figure =
            |(quantile, _): &(Quantile, Changed)| (0..PARTS).map(|part| quantile.at(middle(part))).collect();
        self.quantiles.get(year).map(|year| year.iter().map(of_figure).collect()).unwrap_or_default()
    }
}

impl Noted {
    /// Notes in which part of its distribution each figure lies, from its mean share over the last so many figures.
    fn part<'g>(
        &mut self,
        means: &[f64],
        figures: impl Iterator<Item = &'g [i64]>,
        many: impl Iterator<Item = usize>,
    ) {
        let columns = self.parts.iter_mut().zip(&mut self.sums).zip(figures);
        for (((parts, sums), grains), (mean, many)) in columns.zip(means.iter().zip(many)) {
            // The mean of many shares is nearly normal around a half.
            let share = match many {
                1 => *mean,
                many => normal((mean - 0.5) * sqrt(12.0 * many as f64)),
            };
            let part = part_of(share);
            parts.push(part);
            let from = grains.len().saturating_sub(many);
            if let Some((sum, count)) = sums.get_mut(usize::from(part)) {
                for grains in grains.iter().skip(from) {
                    *sum += i128::from(*grains);
                    *count += 1;
                }
            }
        }
    }
}

/// What happens in the next run.
fn happening(events: &mut [(String, ChaCha20Rng)]) -> Events {
    let of = |(name, generator): &mut (String, ChaCha20Rng)| {
        (name.clone(), (chance_of(generator.next_u64()), chance_of(generator.next_u64())))
    };
    events.iter_mut().map(of).collect()
}

/// The name of the stream that something happens by.
fn stream_name(happening: &Happening) -> String {
    let kind = if happening.is_once() { "effect" } else { "shock" };
    format!("{kind} {}", happening.name)
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
