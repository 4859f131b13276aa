//! When what is settled for a period is paid.

use jcm_quantity::Date;

/// When one payment of one period is due, and in how many equal parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentDue {
    /// The period that is settled, by its place.
    pub period: usize,
    /// One for each part, in order; a single one where the amount is paid whole. There is always one.
    pub parts: Vec<DueOn>,
    /// Which part takes what does not divide evenly.
    pub odd: OddPart,
    /// What the contract says of when, in its words, where days follow from it; empty where the parts say it.
    pub rule: String,
}

/// When a part is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DueOn {
    /// On a day.
    Day(Date),
    /// Where no day follows from the contract: what it says, in its words.
    Words(String),
}

/// Which of several equal parts takes what does not divide evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OddPart {
    /// The last.
    #[default]
    Last,
    /// The first.
    First,
    /// The first ones, a minor unit of the currency each.
    OneEach,
}
