//! Inputs and lines: what is given and what is computed.

use super::expression::{DEPTH_IN_STEP, Expression};
use super::{Doubt, Origin, Type, Value};
use crate::names::Names;
use jcm_calculus as c;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How often a rule for missing figures can be handed on before nobody could follow it.
const MAX_RULES: usize = 40;

/// Once for a case, or once for every row of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Once for a case and period.
    Case,
    /// Once for each row (each measure) of a case.
    Row,
}

/// What must be known of a case, or of each row of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Name.
    pub name: String,
    /// Title.
    pub title: String,
    /// Type and unit.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Once a case or once a row.
    pub level: Level,
    /// Where the figure comes from, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// What a missing figure means.
    pub missing: MissingRule,
    /// What a disputed, late or suppressed figure means; absent where nothing is agreed.
    #[serde(default, skip_serializing_if = "Doubt::is_silent")]
    pub doubt: Doubt,
    /// Where it stands in the contract.
    #[serde(default, skip_serializing_if = "Origin::is_unknown")]
    pub origin: Origin,
}

/// What a missing figure means for money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissingRule {
    /// The case cannot be settled without it.
    Refuse,
    /// It stays missing, passes through every line that needs it, and drops out of scores.
    Neutral,
    /// This value stands in for it.
    Use(Value),
    /// The figure last reported stands in for it for a while.
    CarryForward(CarryForward),
}

/// The figure last reported stands in for a missing one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CarryForward {
    /// For how many reporting periods.
    pub times: u32,
    /// What comes after.
    pub then: Box<MissingRule>,
}

/// A named line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Name; a line of an incentive is `incentive.line`.
    pub name: String,
    /// Title.
    pub title: String,
    /// What the line belongs to, by name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// Type and unit of the result.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Once a case or once a row.
    pub level: Level,
    /// The line in words.
    pub words: String,
    /// How it is computed.
    pub expression: Expression,
    /// Where it stands in the contract.
    #[serde(default, skip_serializing_if = "Origin::is_unknown")]
    pub origin: Origin,
}

impl Level {
    fn of(level: c::Level) -> Self {
        match level {
            c::Level::Case => Self::Case,
            c::Level::Row => Self::Row,
        }
    }

    fn calculus(self) -> c::Level {
        match self {
            Self::Case => c::Level::Case,
            Self::Row => c::Level::Row,
        }
    }
}

impl Input {
    pub(super) fn of(input: &c::Input, names: &Names) -> Result<Self, String> {
        Ok(Self {
            name: input.name.clone(),
            title: input.title.clone(),
            ty: Type::of(&input.ty, names)?,
            level: Level::of(input.level),
            source: input.source.clone(),
            missing: MissingRule::of(&input.missing, 0)?,
            doubt: Doubt::of(&input.doubt, names)?,
            origin: Origin::of(&input.origin),
        })
    }

    pub(super) fn calculus(&self, names: &Names) -> Result<c::Input, String> {
        Ok(c::Input {
            name: self.name.clone(),
            title: self.title.clone(),
            ty: self.ty.calculus(names)?,
            level: self.level.calculus(),
            source: self.source.clone(),
            missing: self.missing.calculus()?,
            doubt: self.doubt.calculus(names)?,
            origin: self.origin.calculus(),
        })
    }
}

impl MissingRule {
    fn of(rule: &c::MissingRule, depth: usize) -> Result<Self, String> {
        if depth > MAX_RULES {
            return Err(format!("a missing figure is handed on more than {MAX_RULES} times"));
        }
        Ok(match rule {
            c::MissingRule::Refuse => Self::Refuse,
            c::MissingRule::Neutral => Self::Neutral,
            c::MissingRule::Use(value) => Self::Use(Value::of(value)?),
            c::MissingRule::CarryForward { times, then } => {
                let then = Box::new(Self::of(then, depth + 1)?);
                Self::CarryForward(CarryForward { times: *times, then })
            }
        })
    }

    fn calculus(&self) -> Result<c::MissingRule, String> {
        Ok(match self {
            Self::Refuse => c::MissingRule::Refuse,
            Self::Neutral => c::MissingRule::Neutral,
            Self::Use(value) => c::MissingRule::Use(value.calculus()?),
            Self::CarryForward(CarryForward { times, then }) => {
                c::MissingRule::CarryForward { times: *times, then: Box::new(then.calculus()?) }
            }
        })
    }
}

impl Step {
    pub(super) fn of(step: &c::Step, names: &Names) -> Result<Self, String> {
        Ok(Self {
            name: step.name.clone(),
            title: step.title.clone(),
            group: step.group.clone(),
            ty: Type::of(&step.ty, names)?,
            level: Level::of(step.level),
            words: step.words.clone(),
            expression: Expression::of(&step.expr, names, DEPTH_IN_STEP)?,
            origin: Origin::of(&step.origin),
        })
    }

    pub(super) fn calculus(&self, names: &Names) -> Result<c::Step, String> {
        Ok(c::Step {
            name: self.name.clone(),
            title: self.title.clone(),
            group: self.group.clone(),
            ty: self.ty.calculus(names)?,
            level: self.level.calculus(),
            words: self.words.clone(),
            expr: self.expression.calculus(names)?,
            origin: self.origin.calculus(),
        })
    }
}
