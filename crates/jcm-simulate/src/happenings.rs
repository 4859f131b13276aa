//! What is drawn besides figures: how strong an effect is and when it begins, and whether a shock comes.

use crate::{Changes, Distribution, Varied};
use jcm_quantity::Exact;

/// Something that is drawn besides figures, by the name that it has in [`Changes`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// Its name, which inputs that have it together share.
    pub name: String,
    /// What of it is drawn.
    pub what: What,
}

/// What of an effect or a shock is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// How strong an effect is, once a run.
    HowStrong,
    /// When an effect begins, once a run.
    When,
    /// Whether a shock comes in a year, with this chance, and how hard.
    Whether(Exact),
}

impl Happening {
    /// Whether it is drawn once a run, and not in every year.
    pub fn is_once(&self) -> bool {
        !matches!(self.what, What::Whether(_))
    }
}

/// What is drawn besides the figures of a year, each once, in the order of the figures; what is always the same is not
/// among it.
pub fn happenings(varied: &[Varied]) -> Vec<Happening> {
    let mut found: Vec<Happening> = Vec::new();
    for changes in varied.iter().map(|varied| &varied.changes) {
        for happening in of_figure(changes) {
            let is_known = |one: &Happening| one.name == happening.name && one.is_the_same(&happening);
            if !found.iter().any(is_known) {
                found.push(happening);
            }
        }
    }
    found
}

impl Happening {
    fn is_the_same(&self, other: &Happening) -> bool {
        std::mem::discriminant(&self.what) == std::mem::discriminant(&other.what)
    }
}

fn of_figure(changes: &Changes) -> Vec<Happening> {
    let varies = |distribution: &Distribution| !distribution.never_varies();
    let mut found = Vec::new();
    for effect in &changes.effects {
        let name = || effect.name.clone();
        if varies(&effect.size.distribution) {
            found.push(Happening { name: name(), what: What::HowStrong });
        }
        if varies(&effect.after) {
            found.push(Happening { name: name(), what: What::When });
        }
    }
    for shock in &changes.shocks {
        found.push(Happening { name: shock.name.clone(), what: What::Whether(shock.chance.clone()) });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Effect, Shape, Shock, Size};

    fn varied(changes: Changes) -> Varied {
        let distribution = size(None).distribution;
        Varied { name: "cost".to_owned(), input: None, distribution, per_row: false, changes }
    }

    fn size(to: Option<i64>) -> Size {
        let from = Exact::zero();
        let shape = match to {
            Some(to) => Shape::Uniform { from, to: Exact::from_int(to) },
            None => Shape::Fixed(from),
        };
        Size {
            distribution: Distribution { shape, from: None, to: None, grain: Exact::one() },
            of_figure: false,
        }
    }

    #[test]
    fn what_two_figures_share_is_one_thing_and_what_is_fixed_is_none() {
        let effect = |by: Option<i64>| Effect {
            name: "team".to_owned(),
            size: size(by),
            after: size(None).distribution,
        };
        let shock = Shock { name: "winter".to_owned(), chance: Exact::ten_to(-1), size: size(Some(3)) };
        let first =
            Changes { effects: vec![effect(None)], shocks: vec![shock.clone()], ..Changes::default() };
        let second = Changes { effects: vec![effect(Some(2))], shocks: vec![shock], ..Changes::default() };
        let found = happenings(&[varied(first), varied(second)]);
        let found: Vec<(&str, bool)> = found.iter().map(|one| (one.name.as_str(), one.is_once())).collect();
        assert_eq!(found, [("winter", false), ("team", true)]);
    }
}
