//! What must be true before the contract begins.

use crate::{Head, PartnerId};
use jcm_quantity::Date;

/// A condition precedent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionPrecedent {
    /// Name, title, place.
    pub head: Head,
    /// Who sees to it.
    pub owner: PartnerId,
    /// The last day for it.
    pub by: Date,
    /// When it was met, if it was.
    pub met: Option<Date>,
    /// What shows that it is met.
    pub evidence: String,
    /// What follows if it is not met; empty if not stated.
    pub failing: String,
}
