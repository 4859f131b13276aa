//! What a figure that is disputed, late or suppressed means for money, and which figures there cannot be.

use crate::{InputId, Value};
use jcm_quantity::{Date, Exact, Period, add_days, add_months};

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
    /// Which figures are possible; any other is refused.
    pub possible: Possible,
}

/// Between which ends a figure lies, both of them included; no end where it is not stated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Possible {
    /// The least figure there can be.
    pub least: Option<Exact>,
    /// The greatest.
    pub most: Option<Exact>,
    /// The ends hold for this figure over that of another input: of a numerator, for its part of the denominator.
    pub over: Option<Over>,
}

/// The denominator of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Over {
    /// The input whose figure it is.
    pub input: InputId,
    /// It counts so many times: a quarter of a year for a figure of a quarter that is a rate per year.
    pub times: Exact,
}

impl Possible {
    /// The ends for a figure, by the figure of its denominator where it has one; `None` where that is not known.
    pub fn ends(&self, denominator: Option<&Exact>) -> Option<(Option<Exact>, Option<Exact>)> {
        let Some(over) = &self.over else { return Some((self.least.clone(), self.most.clone())) };
        let whole = denominator? * &over.times;
        let of_whole = |end: &Option<Exact>| end.as_ref().map(|end| end * &whole);
        Some((of_whole(&self.least), of_whole(&self.most)))
    }
}

/// Whether a figure lies between two ends.
pub fn lies_between(figure: &Exact, least: Option<&Exact>, most: Option<&Exact>) -> bool {
    least.is_none_or(|least| figure >= least) && most.is_none_or(|most| figure <= most)
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
    fn a_numerator_is_held_to_its_part_of_the_denominator() {
        let quarter = Exact::parse("1/4").unwrap();
        let possible = Possible {
            least: Some(Exact::from(0)),
            most: Some(Exact::from(1)),
            over: Some(Over { input: InputId(1), times: quarter }),
        };
        let (least, most) = possible.ends(Some(&Exact::from(100))).unwrap();
        assert_eq!((least.clone(), most.clone()), (Some(Exact::from(0)), Some(Exact::from(25))));
        assert!(lies_between(&Exact::from(25), least.as_ref(), most.as_ref()));
        assert!(!lies_between(&Exact::from(26), least.as_ref(), most.as_ref()));
        assert_eq!(possible.ends(None), None);
    }

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
