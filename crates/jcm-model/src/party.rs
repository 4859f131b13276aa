//! The contract and its parties.

use crate::{Disputed, Head, Rounding};
use jcm_quantity::{Currency, Cycle, Date, Period};
use jcm_source::Span;

/// The contract itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// Name, title, place.
    pub head: Head,
    /// Names of the models and profiles that it follows.
    pub follows: Vec<(String, Span)>,
    /// First day.
    pub start: Date,
    /// First day after the last.
    pub end: Date,
    /// By how many months it can be extended; 0 where it cannot.
    pub extension_months: u32,
    /// The currency of every payment.
    pub currency: Currency,
    /// The governing law, by name; empty if not stated.
    pub law: String,
    /// What prevails where documents differ, from the highest; empty if not stated.
    pub precedence: Vec<Ranked>,
    /// The settlement periods, which tile the term.
    pub periods: Vec<Period>,
    /// By which periods it is settled.
    pub settled_every: Cycle,
    /// By which years periods are summed and reconciled.
    pub reconciled_every: Cycle,
    /// Months after a period within which it is settled provisionally.
    pub provisional_months: Option<u32>,
    /// Months after a period within which it is settled finally.
    pub final_months: Option<u32>,
    /// What two figures for one mean where the input does not say.
    pub disputed: Option<Disputed>,
    /// The one rounding of payments.
    pub rounding: Rounding,
}

/// A document, or a part of one, in the order of precedence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ranked {
    /// The clauses of the contract.
    Agreement,
    /// Its schedules.
    Schedules,
    /// A sub-contract.
    Subcontract(crate::SubcontractId),
    /// A document outside the contract that is declared.
    Document(crate::DocumentId),
    /// Anything else, in words.
    Other(String),
}

/// A party to the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// Name, legal name, place.
    pub head: Head,
    /// Roles: `commissioner`, `provider` and so on, in order.
    pub roles: Vec<String>,
    /// Sector, or empty.
    pub sector: String,
    /// Whether another organisation takes this part in each case of a dataset.
    pub per_case: bool,
    /// Every other field, as `(field, text)` in the order of the source: identifiers, notices, tax, guarantee, signing.
    pub particulars: Vec<(String, String)>,
    /// The legal form as the list of usual forms calls it, such as `NHS trust`; empty for another.
    pub form: String,
}

impl Partner {
    /// Whether the partner has a role.
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|r| r == role)
    }
}
