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
    /// What must come out.
    pub expect: Vec<Expected>,
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
        let given_step = |(step, value): &(c::StepId, c::Value)| {
            Ok(GivenStep { step: names.steps.name(step.index())?, value: Value::of(value)? })
        };
        Ok(Self {
            title: v.title.clone(),
            period: names.periods.name(v.period)?,
            given: inputs_of(&v.given, names)?,
            given_steps: v.given_steps.iter().map(given_step).collect::<Result<_, String>>()?,
            rows: v.rows.iter().map(|row| inputs_of(row, names)).collect::<Result<_, _>>()?,
            others: v.others.iter().map(|case| inputs_of(case, names)).collect::<Result<_, _>>()?,
            expect: v.expect.iter().map(|e| Expected::of(e, names)).collect::<Result<_, _>>()?,
            source: v.source.clone(),
            origin: Origin::of(&v.origin),
        })
    }

    pub(super) fn calculus(&self, names: &Names) -> Result<c::TestVector, String> {
        let given_step = |g: &GivenStep| Ok((c::StepId(names.steps.id(&g.step)?), g.value.calculus()?));
        Ok(c::TestVector {
            title: self.title.clone(),
            period: names.periods.find(&self.period)?,
            given: inputs_from(&self.given, names)?,
            given_steps: self.given_steps.iter().map(given_step).collect::<Result<_, String>>()?,
            rows: self.rows.iter().map(|row| inputs_from(row, names)).collect::<Result<_, _>>()?,
            others: self.others.iter().map(|case| inputs_from(case, names)).collect::<Result<_, _>>()?,
            expect: self.expect.iter().map(|e| e.calculus(names)).collect::<Result<_, _>>()?,
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
