//! Examples: given figures with expected results, which every program that settles can test itself by.

use super::{Figure, Origin, Rounding, Value};
use crate::names::Names;
use jcm_calculus as c;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Figures given, and figures expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Title.
    pub title: String,
    /// The period settled.
    pub period: String,
    /// Inputs of the case.
    pub given: Vec<GivenInput>,
    /// Lines whose computed value is replaced by a given one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given_steps: Vec<GivenStep>,
    /// Inputs of rows: one list for each row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<GivenInput>>,
    /// Inputs of the other cases of the settlement, for lines over all cases: one list for each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Vec<GivenInput>>,
    /// What the period begins with, for balances that are carried into it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opening: Vec<Opening>,
    /// What must come out.
    pub expect: Vec<Expected>,
    /// The periods right after it, in order, settled one after the other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<LaterPeriod>,
    /// Where the figures come from, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Where it stands in the contract.
    #[serde(default, skip_serializing_if = "Origin::is_unknown")]
    pub origin: Origin,
}

/// An input's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenInput {
    /// Which input.
    pub input: String,
    /// Its value.
    pub value: Value,
}

/// A line's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenStep {
    /// Which line.
    pub step: String,
    /// Its value.
    pub value: Value,
}

/// What a period begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Which balance.
    pub balance: String,
    /// Its value.
    pub value: Value,
}

/// One more period of an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LaterPeriod {
    /// Inputs of the case.
    pub given: Vec<GivenInput>,
    /// Lines whose computed value is replaced by a given one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given_steps: Vec<GivenStep>,
    /// What must come out.
    pub expect: Vec<Expected>,
}

/// A figure that must come out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Expected {
    /// A line's value.
    Step {
        /// Which line.
        step: String,
        /// Which row, from 1, for a line of row level.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<usize>,
        /// The expected value.
        value: Value,
        /// The rounding under which the two are compared; without it, exactly.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Rounding>,
        /// The line in the source file, from 1.
        source_line: u32,
    },
    /// What a party receives from one payment; negative if it pays.
    Payment {
        /// Which payment.
        payment: String,
        /// Which party.
        party: String,
        /// The expected amount.
        amount: Figure,
        /// The line in the source file, from 1.
        source_line: u32,
    },
}

impl Example {
    pub(super) fn of(v: &c::TestVector, names: &Names) -> Result<Self, String> {
        let opening = |(id, value): &(c::CarriedId, c::Value)| {
            Ok(Opening { balance: names.balances.name(id.index())?, value: Value::of(value)? })
        };
        let later = |period: &c::LaterPeriod| {
            Ok(LaterPeriod {
                given: inputs_of(&period.given, names)?,
                given_steps: steps_of(&period.given_steps, names)?,
                expect: period.expect.iter().map(|e| Expected::of(e, names)).collect::<Result<_, _>>()?,
            })
        };
        Ok(Self {
            title: v.title.clone(),
            period: names.periods.name(v.period)?,
            given: inputs_of(&v.given, names)?,
            given_steps: steps_of(&v.given_steps, names)?,
            rows: v.rows.iter().map(|row| inputs_of(row, names)).collect::<Result<_, _>>()?,
            others: v.others.iter().map(|case| inputs_of(case, names)).collect::<Result<_, _>>()?,
            opening: v.opening.iter().map(opening).collect::<Result<_, String>>()?,
            expect: v.expect.iter().map(|e| Expected::of(e, names)).collect::<Result<_, _>>()?,
            later: v.later.iter().map(later).collect::<Result<_, String>>()?,
            source: v.source.clone(),
            origin: Origin::of(&v.origin),
        })
    }

    pub(super) fn calculus(&self, names: &Names) -> Result<c::TestVector, String> {
        let opening = |o: &Opening| Ok((c::CarriedId(names.balances.id(&o.balance)?), o.value.calculus()?));
        let later = |period: &LaterPeriod| {
            Ok(c::LaterPeriod {
                given: inputs_from(&period.given, names)?,
                given_steps: steps_from(&period.given_steps, names)?,
                expect: period.expect.iter().map(|e| e.calculus(names)).collect::<Result<_, String>>()?,
            })
        };
        Ok(c::TestVector {
            title: self.title.clone(),
            period: names.periods.find(&self.period)?,
            given: inputs_from(&self.given, names)?,
            given_steps: steps_from(&self.given_steps, names)?,
            rows: self.rows.iter().map(|row| inputs_from(row, names)).collect::<Result<_, _>>()?,
            others: self.others.iter().map(|case| inputs_from(case, names)).collect::<Result<_, _>>()?,
            opening: self.opening.iter().map(opening).collect::<Result<_, String>>()?,
            expect: self.expect.iter().map(|e| e.calculus(names)).collect::<Result<_, _>>()?,
            later: self.later.iter().map(later).collect::<Result<_, String>>()?,
            source: self.source.clone(),
            origin: self.origin.calculus(),
        })
    }
}

fn inputs_of(given: &[(c::InputId, c::Value)], names: &Names) -> Result<Vec<GivenInput>, String> {
    let one = |(input, value): &(c::InputId, c::Value)| {
        Ok(GivenInput { input: names.inputs.name(input.index())?, value: Value::of(value)? })
    };
    given.iter().map(one).collect()
}

fn inputs_from(given: &[GivenInput], names: &Names) -> Result<Vec<(c::InputId, c::Value)>, String> {
    given.iter().map(|g| Ok((c::InputId(names.inputs.id(&g.input)?), g.value.calculus()?))).collect()
}

fn steps_of(given: &[(c::StepId, c::Value)], names: &Names) -> Result<Vec<GivenStep>, String> {
    let one = |(step, value): &(c::StepId, c::Value)| {
        Ok(GivenStep { step: names.steps.name(step.index())?, value: Value::of(value)? })
    };
    given.iter().map(one).collect()
}

fn steps_from(given: &[GivenStep], names: &Names) -> Result<Vec<(c::StepId, c::Value)>, String> {
    given.iter().map(|g| Ok((c::StepId(names.steps.id(&g.step)?), g.value.calculus()?))).collect()
}

impl Expected {
    fn of(expectation: &c::Expectation, names: &Names) -> Result<Self, String> {
        Ok(match expectation {
            c::Expectation::Step { step, row, value, to, line } => Self::Step {
                step: names.steps.name(step.index())?,
                row: row.map(|row| row.saturating_add(1)),
                value: Value::of(value)?,
                to: to.as_ref().map(Rounding::of).transpose()?,
                source_line: *line,
            },
            c::Expectation::Receives { allocation, party, amount, line } => Self::Payment {
                payment: names.payments.name(*allocation)?,
                party: names.parties.name(party.index())?,
                amount: Figure::of(amount)?,
                source_line: *line,
            },
        })
    }

    fn calculus(&self, names: &Names) -> Result<c::Expectation, String> {
        let before = |row: usize| row.checked_sub(1).ok_or_else(|| "rows are counted from 1".to_owned());
        Ok(match self {
            Self::Step { step, row, value, to, source_line: line } => c::Expectation::Step {
                step: c::StepId(names.steps.id(step)?),
                row: row.map(before).transpose()?,
                value: value.calculus()?,
                to: to.as_ref().map(Rounding::calculus).transpose()?,
                line: *line,
            },
            Self::Payment { payment, party, amount, source_line: line } => c::Expectation::Receives {
                allocation: names.payments.find(payment)?,
                party: c::PartyId(names.parties.id(party)?),
                amount: amount.calculus()?,
                line: *line,
            },
        })
    }
}
