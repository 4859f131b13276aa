//! What becomes of a figure after it was drawn: it follows a trend, is shocked, is changed by something that was done
//! about it, is missing, or is disputed.

use crate::Distribution;
use jcm_quantity::Exact;

/// What becomes of a figure of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// What the figure is multiplied by, for what it has risen or fallen since the run began.
    pub times: Exact,
    /// What is added to it then.
    pub plus: Exact,
    /// What was done about the figure and changes it for good, in order.
    pub effects: Vec<Effect>,
    /// What may happen to it in a year, in order.
    pub shocks: Vec<Shock>,
    /// The chance that nobody reports it.
    pub missing: Exact,
    /// Another figure that somebody may hold against it.
    pub disputed: Option<Disputed>,
    /// Below this it cannot come to lie.
    pub least: Option<Exact>,
    /// Above this it cannot come to lie.
    pub most: Option<Exact>,
}

impl Default for Changes {
    fn default() -> Self {
        Changes {
            times: Exact::one(),
            plus: Exact::zero(),
            effects: Vec::new(),
            shocks: Vec::new(),
            missing: Exact::zero(),
            disputed: None,
            least: None,
            most: None,
        }
    }
}

impl Changes {
    /// Whether the figure may be another than the one that was drawn.
    pub fn are_some(&self) -> bool {
        self.times != Exact::one()
            || !self.plus.is_zero()
            || !self.effects.is_empty()
            || !self.shocks.is_empty()
    }
}

/// By how much a figure changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// From what the size is drawn.
    pub distribution: Distribution,
    /// Whether it is a share of the figure; otherwise it is in the base of the figure's unit.
    pub of_figure: bool,
}

/// Something that happens in some years and is over afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shock {
    /// Its name: shocks of one name happen in the same years and are as hard for every figure.
    pub name: String,
    /// How likely it is in a year.
    pub chance: Exact,
    /// By how much it changes the figure.
    pub size: Size,
}

/// Something that is done once and changes a figure from some time on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Its name: effects of one name begin at the same time and are as strong for every figure.
    pub name: String,
    /// By how much it changes the figure.
    pub size: Size,
    /// After how many months of a run it begins: drawn once a run.
    pub after: Distribution,
}

/// A second figure for the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disputed {
    /// How likely there is one.
    pub chance: Exact,
    /// By how much it differs.
    pub size: Size,
}
