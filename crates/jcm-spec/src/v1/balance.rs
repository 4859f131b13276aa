//! What each case carries from one period into the next.

use super::{Figure, Origin, Unit};
use crate::names::Names;
use jcm_calculus as c;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A figure that a case carries from one period into the next: in the periods in which it begins it is the opening
/// figure, in every other what the closing line came to in the period before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    /// Name.
    pub name: String,
    /// Title.
    pub title: String,
    /// Its unit.
    pub unit: Unit,
    /// What it begins with, in the base of its unit.
    pub opening: Figure,
    /// The line whose value the next period begins with.
    pub closing: String,
    /// The periods that begin with the opening figure, in order; the first period is one of them.
    pub begins: Vec<String>,
    /// Where it stands in the contract.
    #[serde(default, skip_serializing_if = "Origin::is_unknown")]
    pub origin: Origin,
}

impl Balance {
    pub(super) fn of(carried: &c::Carried, names: &Names) -> Result<Self, String> {
        Ok(Self {
            name: carried.name.clone(),
            title: carried.title.clone(),
            unit: Unit::of(&carried.unit),
            opening: Figure::of(&carried.opening)?,
            closing: names.steps.name(carried.closing.index())?,
            begins: periods_of(&carried.begins, names)?,
            origin: Origin::of(&carried.origin),
        })
    }

    pub(super) fn calculus(&self, names: &Names) -> Result<c::Carried, String> {
        Ok(c::Carried {
            name: self.name.clone(),
            title: self.title.clone(),
            unit: self.unit.calculus()?,
            opening: self.opening.calculus()?,
            closing: c::StepId(names.steps.id(&self.closing)?),
            begins: periods_from(&self.begins, names)?,
            origin: self.origin.calculus(),
        })
    }
}

/// Periods by their labels.
pub(super) fn periods_of(places: &[usize], names: &Names) -> Result<Vec<String>, String> {
    places.iter().map(|place| names.periods.name(*place)).collect()
}

/// Periods by their places.
pub(super) fn periods_from(labels: &[String], names: &Names) -> Result<Vec<usize>, String> {
    labels.iter().map(|label| names.periods.find(label)).collect()
}
