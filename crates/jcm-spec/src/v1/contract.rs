//! The contract, its parties, periods and lists of choices, and where a thing stands in the source.

use super::Day;
use jcm_calculus as c;
use jcm_quantity as q;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which contract the specification settles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// Name in the source.
    pub name: String,
    /// Title.
    pub title: String,
    /// The currency of every payment.
    pub currency: Currency,
    /// SHA-256 of the sources, in hex.
    pub source_hash: String,
}

/// A currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Currency {
    /// Three letters, such as `GBP`.
    pub code: String,
    /// The sign, such as `£`.
    pub symbol: String,
    /// Decimal places of the smallest payable amount.
    pub minor: u32,
}

/// A party to the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Name in the source.
    pub name: String,
    /// Legal name.
    pub title: String,
    /// Whether this party is another organisation in each case of a data file.
    pub per_case: bool,
}

/// A period: from its first day to the day before `until`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Name, such as `2027/28`.
    pub label: String,
    /// First day.
    pub from: Day,
    /// First day after.
    pub until: Day,
}

/// A closed list of choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Name in the source.
    pub name: String,
    /// Title.
    pub title: String,
    /// The members, in order.
    pub members: Vec<Member>,
}

/// A member of a list of choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Name in the source.
    pub name: String,
    /// Title.
    pub title: String,
}

/// Where a thing stands in the contract and in its source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The clause or schedule reference, such as `Schedule 3, line 4`.
    pub clause: String,
    /// The source file.
    pub file: String,
    /// The line in the source file, from 1; 0 where there is none.
    pub line: u32,
    /// The source text, on one line.
    pub text: String,
}

impl Contract {
    pub(super) fn of(s: &c::Settlement) -> Self {
        let q::Currency { code, symbol, minor } = s.currency.clone();
        Self {
            name: s.name.clone(),
            title: s.title.clone(),
            currency: Currency { code, symbol, minor },
            source_hash: s.source_hash.clone(),
        }
    }
}

impl Currency {
    pub(super) fn calculus(self) -> q::Currency {
        q::Currency { code: self.code, symbol: self.symbol, minor: self.minor }
    }
}

impl Party {
    pub(super) fn of(party: &c::Party) -> Self {
        let c::Party { name, title, per_case } = party.clone();
        Self { name, title, per_case }
    }

    pub(super) fn calculus(&self) -> c::Party {
        c::Party { name: self.name.clone(), title: self.title.clone(), per_case: self.per_case }
    }
}

impl Period {
    pub(super) fn of(period: &q::Period) -> Self {
        Self { label: period.label.clone(), from: Day::of(period.start), until: Day::of(period.end) }
    }

    pub(super) fn calculus(&self) -> Result<q::Period, String> {
        let (start, end) = (self.from.calculus()?, self.until.calculus()?);
        if start >= end {
            return Err("it ends before it begins: `until` is the first day after the period".to_owned());
        }
        Ok(q::Period { label: self.label.clone(), start, end })
    }
}

impl Choice {
    pub(super) fn of(choice: &c::Choice) -> Self {
        let members = choice.members.iter().cloned().map(|(name, title)| Member { name, title }).collect();
        Self { name: choice.name.clone(), title: choice.title.clone(), members }
    }

    pub(super) fn calculus(&self) -> c::Choice {
        let members = self.members.iter().map(|m| (m.name.clone(), m.title.clone())).collect();
        c::Choice { name: self.name.clone(), title: self.title.clone(), members }
    }
}

impl Origin {
    pub(super) fn of(origin: &c::Origin) -> Self {
        let c::Origin { clause, file, line, text } = origin.clone();
        Self { clause, file, line, text }
    }

    pub(super) fn calculus(&self) -> c::Origin {
        let Self { clause, file, line, text } = self.clone();
        c::Origin { clause, file, line, text }
    }

    /// Whether there is nothing to say, so that the field is left out.
    pub(super) fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}
