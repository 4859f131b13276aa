//! When a payment is due.

use super::Day;
use crate::names::Names;
use jcm_calculus as c;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When what is settled for one period is due, and in how many equal parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentDue {
    /// The period that is settled.
    pub period: String,
    /// One for each equal part, in order; a single one where the amount is paid whole.
    #[schemars(length(min = 1))]
    pub parts: Vec<DueOn>,
    /// Which part takes what does not divide evenly; absent where that is the last.
    #[serde(default, skip_serializing_if = "OddPart::is_last")]
    pub odd: OddPart,
    /// What the contract says of when, in its words, where days follow from it; absent where the parts say it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
}

/// When a part is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DueOn {
    /// On this day.
    Day(Day),
    /// Where no day follows from the contract: what it says, in its words.
    Words(String),
}

/// Which of several equal parts takes what does not divide evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OddPart {
    /// The last.
    #[default]
    Last,
    /// The first.
    First,
    /// The first ones, a minor unit of the currency each.
    OneEach,
}

impl PaymentDue {
    pub(super) fn of(due: &c::PaymentDue, names: &Names) -> Result<Self, String> {
        let part = |part: &c::DueOn| match part {
            c::DueOn::Day(day) => DueOn::Day(Day::of(*day)),
            c::DueOn::Words(words) => DueOn::Words(words.clone()),
        };
        Ok(Self {
            period: names.periods.name(due.period)?,
            parts: due.parts.iter().map(part).collect(),
            odd: match due.odd {
                c::OddPart::Last => OddPart::Last,
                c::OddPart::First => OddPart::First,
                c::OddPart::OneEach => OddPart::OneEach,
            },
            rule: due.rule.clone(),
        })
    }

    pub(super) fn calculus(&self, names: &Names) -> Result<c::PaymentDue, String> {
        let part = |part: &DueOn| -> Result<c::DueOn, String> {
            Ok(match part {
                DueOn::Day(day) => c::DueOn::Day(day.calculus()?),
                DueOn::Words(words) => c::DueOn::Words(words.clone()),
            })
        };
        Ok(c::PaymentDue {
            period: names.periods.find(&self.period)?,
            parts: self.parts.iter().map(part).collect::<Result<_, _>>()?,
            odd: match self.odd {
                OddPart::Last => c::OddPart::Last,
                OddPart::First => c::OddPart::First,
                OddPart::OneEach => c::OddPart::OneEach,
            },
            rule: self.rule.clone(),
        })
    }
}

impl OddPart {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
    fn is_last(&self) -> bool {
        *self == Self::Last
    }
}
