//! Named figures and tables of figures.

use super::{Day, Origin, Type, Value};
use crate::names::Names;
use jcm_calculus as c;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A named figure or table of figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Name.
    pub name: String,
    /// Title.
    pub title: String,
    /// Its keys, in order; none for a plain figure.
    pub keys: Vec<ParameterKey>,
    /// Its columns, in order: one without a name for a plain figure.
    pub columns: Vec<ParameterColumn>,
    /// Its rows, in the order of the contract.
    pub rows: Vec<ParameterRow>,
    /// The source, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Where it stands in the contract.
    #[serde(default, skip_serializing_if = "Origin::is_unknown")]
    pub origin: Origin,
}

/// A key of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParameterKey {
    /// Name.
    pub name: String,
    /// A choice or a text.
    #[serde(rename = "type")]
    pub ty: Type,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParameterColumn {
    /// Name; empty for a plain figure.
    pub name: String,
    /// Type and unit.
    #[serde(rename = "type")]
    pub ty: Type,
}

/// A row of a table, with the dates on which it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParameterRow {
    /// First day in force; without it, from the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// First day no longer in force; without it, for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// One value for each key, in the order of the keys.
    pub keys: Vec<Value>,
    /// One value for each column, in the order of the columns.
    pub values: Vec<Value>,
}

impl Parameter {
    pub(super) fn of(p: &c::Parameter, names: &Names) -> Result<Self, String> {
        let key =
            |k: &c::ParameterKey| Ok(ParameterKey { name: k.name.clone(), ty: Type::of(&k.ty, names)? });
        let column = |k: &c::ParameterColumn| {
            Ok(ParameterColumn { name: k.name.clone(), ty: Type::of(&k.ty, names)? })
        };
        Ok(Self {
            name: p.name.clone(),
            title: p.title.clone(),
            keys: p.keys.iter().map(key).collect::<Result<_, String>>()?,
            columns: p.columns.iter().map(column).collect::<Result<_, String>>()?,
            rows: p.rows.iter().map(ParameterRow::of).collect::<Result<_, String>>()?,
            source: p.source.clone(),
            origin: Origin::of(&p.origin),
        })
    }

    pub(super) fn calculus(&self, names: &Names) -> Result<c::Parameter, String> {
        let key = |k: &ParameterKey| Ok(c::ParameterKey { name: k.name.clone(), ty: k.ty.calculus(names)? });
        let column =
            |k: &ParameterColumn| Ok(c::ParameterColumn { name: k.name.clone(), ty: k.ty.calculus(names)? });
        Ok(c::Parameter {
            name: self.name.clone(),
            title: self.title.clone(),
            keys: self.keys.iter().map(key).collect::<Result<_, String>>()?,
            columns: self.columns.iter().map(column).collect::<Result<_, String>>()?,
            rows: self.rows.iter().map(ParameterRow::calculus).collect::<Result<_, String>>()?,
            source: self.source.clone(),
            origin: self.origin.calculus(),
        })
    }
}

impl ParameterRow {
    fn of(row: &c::ParameterRow) -> Result<Self, String> {
        Ok(Self {
            from: row.from.map(Day::of),
            until: row.until.map(Day::of),
            keys: row.keys.iter().map(Value::of).collect::<Result<_, _>>()?,
            values: row.values.iter().map(Value::of).collect::<Result<_, _>>()?,
        })
    }

    fn calculus(&self) -> Result<c::ParameterRow, String> {
        Ok(c::ParameterRow {
            from: self.from.as_ref().map(Day::calculus).transpose()?,
            until: self.until.as_ref().map(Day::calculus).transpose()?,
            keys: self.keys.iter().map(Value::calculus).collect::<Result<_, _>>()?,
            values: self.values.iter().map(Value::calculus).collect::<Result<_, _>>()?,
        })
    }
}
