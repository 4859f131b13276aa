//! Documents outside the contract that it refers to.

use crate::{DocumentId, Head};
use jcm_quantity::Date;

/// A document that is not part of the contract: a service contract, a policy, a statute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideDocument {
    /// Name, title, place.
    pub head: Head,
    /// Which version of it is meant; empty if there is only one.
    pub version: String,
    /// The day of the document.
    pub dated: Date,
    /// Where it can be read, as it goes on after "It is held".
    pub held: String,
    /// The older document in whose place it stands.
    pub replaces: Option<DocumentId>,
}
