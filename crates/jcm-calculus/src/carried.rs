//! What one period of a case leaves to the next: balances, sums to date, what was paid on account.

use crate::{Origin, StepId};
use jcm_quantity::{Exact, Unit};

/// A figure that a case carries from one period into the next.
///
/// In the periods of [`Carried::begins`] it is the opening figure; in every other period it is what the closing step
/// came to in the period before, missing included. So no period sees a later one, and none is skipped in silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Name, unique in the settlement; dotted where it belongs to something.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Its unit, and that of the closing step.
    pub unit: Unit,
    /// What it begins with, in the base of its unit.
    pub opening: Exact,
    /// The step of case level whose value the next period begins with.
    pub closing: StepId,
    /// The periods that begin with the opening figure, by their places, ascending; the first period is one of them.
    pub begins: Vec<usize>,
    /// Where it stands in the contract.
    pub origin: Origin,
}

impl Carried {
    /// Whether a period begins with the opening figure, whatever came before.
    pub fn begins_in(&self, period: usize) -> bool {
        self.begins.binary_search(&period).is_ok()
    }
}
