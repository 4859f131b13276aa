//! What a figure that is disputed, late or suppressed means for money.

use crate::Value;
use jcm_quantity::{Date, Period, add_days, add_months};

/// What is agreed about figures of one input that are not simply there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doubt {
    /// What two figures mean; `None` where the contract does not say, so that nothing is settled.
    pub disputed: Option<DisputedRule>,
    /// What a figure means that was suppressed because it is small.
    pub suppressed: SuppressedRule,
    /// Until when a figure counts; `None` where it counts whenever it comes.
    pub late: Option<Deadline>,
    /// Who verifies the figure, in words; empty if not stated.
    pub verified_by: String,
}

/// What it means that two figures are given for one input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisputedRule {
    /// Each payee is paid what it would be paid under every figure.
    Undisputed,
    /// A payment that the dispute changes is not made until it is resolved.
    Hold,
    /// The figure of the data file counts.
    AsCollected,
    /// The figure of who verifies counts.
    AsVerified,
}

/// What a figure means that was suppressed because it is small.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SuppressedRule {
    /// The case cannot be settled with it.
    #[default]
    Refuse,
    /// It counts as missing.
    AsMissing,
    /// This value stands in for it.
    Use(Value),
}

/// How long after its period a figure still counts; later it is as if it were missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// Whole months after the period.
    pub months: u32,
    /// Days after that.
    pub days: u32,
}

impl Deadline {
    /// The last day on which a figure of the period counts; `None` where the calendar has no such day.
    pub fn last_day(&self, period: &Period) -> Option<Date> {
        let after = add_months(period.end, i32::try_from(self.months).ok()?)?;
        add_days(after, i64::from(self.days))?.yesterday().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_counted_from_the_end_of_the_period() {
        let year = Period::financial_year(2026).unwrap();
        let last = |months, days| Deadline { months, days }.last_day(&year).unwrap().to_string();
        assert_eq!(last(0, 0), "2027-03-31");
        assert_eq!(last(1, 0), "2027-04-30");
        assert_eq!(last(2, 0), "2027-05-31");
        assert_eq!(last(0, 40), "2027-05-10");
    }
}
