//! What becomes of drawn figures: trends, effects and shocks, and whether they are missing or disputed.

use super::quantile::{Quantile, real};
use super::{Unfit, chance_of};
use crate::{Changes, Size, Varied, Year};
use chacha20::ChaCha20Rng;
use chacha20::rand_core::Rng;
use libm::round;
use std::collections::BTreeMap;

/// What becomes of one figure of one year, made ready.
#[derive(Debug, Clone)]
pub(super) struct Changed {
    times: f64,
    plus: f64,
    effects: Vec<Going>,
    shocks: Vec<Happening>,
    /// The chance that it is missing, and the name of its stream.
    pub(super) missing: (f64, String),
    /// How another figure differs from it.
    pub(super) disputed: Option<Happening>,
    grain: f64,
    least: i64,
    most: i64,
    are_some: bool,
}

/// By how much something changes.
#[derive(Debug, Clone)]
struct By {
    quantile: Quantile,
    of_figure: bool,
}

/// Something that goes on from some time.
#[derive(Debug, Clone)]
struct Going {
    stream: String,
    by: By,
    after: Quantile,
    /// When the year begins and how long it is, in months of the run.
    months: (f64, f64),
}

/// Something that happens or does not.
#[derive(Debug, Clone)]
pub(super) struct Happening {
    pub(super) stream: String,
    chance: f64,
    by: By,
}

impl By {
    fn of(size: &Size) -> Result<By, Unfit> {
        Ok(By { quantile: Quantile::new(&size.distribution)?, of_figure: size.of_figure })
    }

    fn how_much(&self, figure: f64, chance: f64) -> f64 {
        let size = self.quantile.real_at(chance);
        if self.of_figure { figure * size } else { size }
    }
}

/// Chances of one run for everything that has a stream of its own: the first says whether, or how strongly, the second
/// how much, or when.
pub(super) type Events = BTreeMap<String, (f64, f64)>;

impl Changed {
    pub(super) fn of(varied: &Varied, year: &Year<'_>) -> Result<Changed, Unfit> {
        let changes: &Changes = &varied.changes;
        let grain = real(&varied.distribution.grain);
        let months = (f64::from(year.months.0), f64::from(year.months.1).max(1.0));
        let effect = |effect: &crate::Effect| {
            let (by, after) = (By::of(&effect.size)?, Quantile::new(&effect.after)?);
            Ok(Going { stream: format!("effect {}", effect.name), by, after, months })
        };
        let shock = |shock: &crate::Shock| {
            let (by, chance) = (By::of(&shock.size)?, real(&shock.chance));
            Ok(Happening { stream: format!("shock {}", shock.name), chance, by })
        };
        let disputed = |disputed: &crate::Disputed| {
            let (by, chance) = (By::of(&disputed.size)?, real(&disputed.chance));
            Ok(Happening { stream: format!("{} disputed", varied.name), chance, by })
        };
        let end = |end: Option<f64>, otherwise: f64| (end.unwrap_or(otherwise) / grain) as i64;
        Ok(Changed {
            times: real(&changes.times),
            plus: real(&changes.plus),
            effects: changes.effects.iter().map(effect).collect::<Result<_, _>>()?,
            shocks: changes.shocks.iter().map(shock).collect::<Result<_, _>>()?,
            missing: (real(&changes.missing), format!("{} missing", varied.name)),
            disputed: changes.disputed.as_ref().map(disputed).transpose()?,
            least: end(changes.least.as_ref().map(real), -9e15 * grain),
            most: end(changes.most.as_ref().map(real), 9e15 * grain),
            grain,
            are_some: changes.are_some(),
        })
    }

    /// Whether the figure is another than the one that was drawn.
    pub(super) fn are_some(&self) -> bool {
        self.are_some
    }

    /// The streams of what happens once a run, and of what may happen in each year.
    pub(super) fn streams(&self) -> (impl Iterator<Item = &String>, impl Iterator<Item = &String>) {
        (self.effects.iter().map(|effect| &effect.stream), self.shocks.iter().map(|shock| &shock.stream))
    }

    /// The figure in grains that a drawn one becomes.
    pub(super) fn figure(&self, drawn: f64, events: &Events) -> i64 {
        let mut figure = drawn * self.times + self.plus;
        let chances = |stream: &String| events.get(stream).copied().unwrap_or((1.0, 0.5));
        for effect in &self.effects {
            let (strongly, late) = chances(&effect.stream);
            let (begins, long) = effect.months;
            let share = ((begins + long - effect.after.real_at(late)) / long).clamp(0.0, 1.0);
            figure += share * effect.by.how_much(figure, strongly);
        }
        for shock in &self.shocks {
            let (whether, how_much) = chances(&shock.stream);
            if whether < shock.chance {
                figure += shock.by.how_much(figure, how_much);
            }
        }
        (round(figure / self.grain) as i64).clamp(self.least, self.most)
    }

    /// The figure that somebody holds against one, if somebody does.
    pub(super) fn other(&self, grains: i64, generator: &mut ChaCha20Rng) -> Option<i64> {
        let disputed = self.disputed.as_ref()?;
        let (whether, how_much) = (chance_of(generator.next_u64()), chance_of(generator.next_u64()));
        if whether >= disputed.chance {
            return None;
        }
        let figure = grains as f64 * self.grain;
        let other = round((figure + disputed.by.how_much(figure, how_much)) / self.grain) as i64;
        let other = other.clamp(self.least, self.most);
        (other != grains).then_some(other)
    }
}
