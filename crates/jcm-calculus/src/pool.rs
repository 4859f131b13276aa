//! Funds that several pay into, and that payments come from.

use crate::{ParameterId, PartyId, StepId};

/// A fund. What is paid from it names it by its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    /// Name, unique in the settlement.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Who holds it and pays from it.
    pub host: PartyId,
    /// Who pays into it, each by a figure without keys, as money for a length of time.
    pub contributions: Vec<(PartyId, ParameterId)>,
    /// The step of case level that is the sum of the contributions over the period, in money.
    pub budget: StepId,
}
