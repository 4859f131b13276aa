//! What a figure that is disputed, late or suppressed means for money, and which figures there cannot be.

use super::quantity::{figure_from, figure_of};
use super::{Figure, Value};
use crate::names::Names;
use jcm_calculus as c;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is agreed about figures of one input that are not simply there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Doubt {
    /// What two figures mean; without it nothing is settled with two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disputed: Option<DisputedRule>,
    /// What a figure means that was suppressed because it is small; without it nothing is settled with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<SuppressedRule>,
    /// How long after its period a figure counts; without it, whenever it comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Deadline>,
    /// Who verifies the figure.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub verified_by: String,
    /// Which figures are possible; without it, any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub possible: Option<Possible>,
}

/// Between which ends a figure lies, both of them included; any other is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Possible {
    /// The least figure there can be, in the base of its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<Figure>,
    /// The greatest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Figure>,
    /// The ends hold for this figure over that of another input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<Over>,
}

/// The denominator of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Over {
    /// The input whose figure it is.
    pub input: String,
    /// It counts so many times.
    pub times: Figure,
}

/// What it means that two figures are given for one input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SuppressedRule {
    /// It counts as missing.
    AsMissing,
    /// This value stands in for it.
    Use(Value),
}

/// How long after its period a figure still counts; later it is as if it were missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Whole months after the period.
    pub months: u32,
    /// Days after that.
    pub days: u32,
}

impl Doubt {
    /// Whether nothing is agreed, so that the field is left out.
    pub(super) fn is_silent(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn of(doubt: &c::Doubt, names: &Names) -> Result<Self, String> {
        Ok(Self {
            disputed: doubt.disputed.map(DisputedRule::of),
            suppressed: match &doubt.suppressed {
                c::SuppressedRule::Refuse => None,
                c::SuppressedRule::AsMissing => Some(SuppressedRule::AsMissing),
                c::SuppressedRule::Use(value) => Some(SuppressedRule::Use(Value::of(value)?)),
            },
            late: doubt.late.map(|late| Deadline { months: late.months, days: late.days }),
            verified_by: doubt.verified_by.clone(),
            possible: Possible::of(&doubt.possible, names)?,
        })
    }

    pub(super) fn calculus(&self, names: &Names) -> Result<c::Doubt, String> {
        Ok(c::Doubt {
            disputed: self.disputed.map(DisputedRule::calculus),
            suppressed: match &self.suppressed {
                None => c::SuppressedRule::Refuse,
                Some(SuppressedRule::AsMissing) => c::SuppressedRule::AsMissing,
                Some(SuppressedRule::Use(value)) => c::SuppressedRule::Use(value.calculus()?),
            },
            late: self.late.map(|late| c::Deadline { months: late.months, days: late.days }),
            verified_by: self.verified_by.clone(),
            possible: match &self.possible {
                None => c::Possible::default(),
                Some(possible) => possible.calculus(names)?,
            },
        })
    }
}

impl Possible {
    fn of(possible: &c::Possible, names: &Names) -> Result<Option<Self>, String> {
        if *possible == c::Possible::default() {
            return Ok(None);
        }
        let over = |over: &c::Over| {
            Ok::<_, String>(Over {
                input: names.inputs.name(over.input.index())?,
                times: Figure::of(&over.times)?,
            })
        };
        Ok(Some(Self {
            least: figure_of(possible.least.as_ref())?,
            most: figure_of(possible.most.as_ref())?,
            over: possible.over.as_ref().map(over).transpose()?,
        }))
    }

    fn calculus(&self, names: &Names) -> Result<c::Possible, String> {
        let over = |over: &Over| {
            Ok::<_, String>(c::Over {
                input: c::InputId(names.inputs.id(&over.input)?),
                times: over.times.calculus()?,
            })
        };
        Ok(c::Possible {
            least: figure_from(self.least.as_ref())?,
            most: figure_from(self.most.as_ref())?,
            over: self.over.as_ref().map(over).transpose()?,
        })
    }
}

impl DisputedRule {
    fn of(rule: c::DisputedRule) -> Self {
        match rule {
            c::DisputedRule::Undisputed => Self::Undisputed,
            c::DisputedRule::Hold => Self::Hold,
            c::DisputedRule::AsCollected => Self::AsCollected,
            c::DisputedRule::AsVerified => Self::AsVerified,
        }
    }

    fn calculus(self) -> c::DisputedRule {
        match self {
            Self::Undisputed => c::DisputedRule::Undisputed,
            Self::Hold => c::DisputedRule::Hold,
            Self::AsCollected => c::DisputedRule::AsCollected,
            Self::AsVerified => c::DisputedRule::AsVerified,
        }
    }
}
