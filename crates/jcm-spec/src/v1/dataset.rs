//! Data files: how columns become inputs.

use super::{Origin, Value};
use crate::names::Names;
use jcm_calculus as c;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A data file's shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dataset {
    /// Name.
    pub name: String,
    /// Title.
    pub title: String,
    /// The period it holds; absent where the caller says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// The header of the column that says by its label which period a row is of; absent where all are of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period_column: Option<String>,
    /// The headers of the columns that together name a case.
    pub key: Vec<String>,
    /// The headers that together with the key name a row; none for one row per case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub row_key: Vec<String>,
    /// The column that says which part of the settlement period a row is of; absent where a row is of the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<PartColumn>,
    /// The columns that name the figure of a row and that hold it; absent where each figure has a column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<FigureColumns>,
    /// Columns that become inputs.
    pub columns: Vec<Column>,
    /// Columns of published results to compare with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub published: Vec<Published>,
    /// Cell texts that stand for missing, besides the empty cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Cell texts that stand for a figure suppressed because it is small.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suppressed: Vec<String>,
    /// Rows that are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leave_out: Vec<LeaveOut>,
    /// Where it stands in the contract.
    #[serde(default, skip_serializing_if = "Origin::is_unknown")]
    pub origin: Origin,
}

/// The column that says which part of the settlement period a row is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartColumn {
    /// Its header.
    pub header: String,
    /// How many months a part has; the first begins with the period.
    pub months: u32,
}

/// The columns of a file with one row for each figure. The headers of the dataset's columns are names of figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureColumns {
    /// The header of the column that names the figure.
    pub name: String,
    /// The header of the column that holds it.
    pub figure: String,
}

/// A column that becomes an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The header in the file.
    pub header: String,
    /// The input it gives.
    pub input: String,
    /// How a cell is read.
    pub reading: Reading,
    /// Whether the figure was rounded before it was printed.
    pub rounded: bool,
    /// The column that says on which day the figure came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Received>,
    /// The part of the settlement period, from 1, in whose rows the figure stands; absent where in any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<u32>,
}

/// A column of the days on which figures came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// The header in the file.
    pub header: String,
    /// How its dates are read.
    pub reading: Reading,
}

/// A column of published results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The header in the file.
    pub header: String,
    /// The line it is compared with.
    pub step: String,
    /// How a cell is read.
    pub reading: Reading,
    /// Whether the figure was rounded before it was printed.
    pub rounded: bool,
}

/// How the text of a cell is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// A number in the shown unit of the input.
    Number,
    /// A percentage that must carry its `%`.
    Percent,
    /// A percentage without a sign: `6.46` means 6.46 %.
    PercentWithoutSign,
    /// A member of the input's choice by name, or by these codes where there are any.
    Coded(Vec<Code>),
    /// Text as it stands.
    Text,
    /// A date: `year-month-day`.
    DateYearFirst,
    /// A date: `day/month/year`.
    DateDayFirst,
    /// A date: `month/day/year`.
    DateMonthFirst,
}

/// A code in a file and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The text of the cell.
    pub text: String,
    /// What it means.
    pub value: Value,
}

/// Rows are left out where a column holds one of these texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveOut {
    /// The header in the file.
    pub header: String,
    /// The texts.
    pub texts: Vec<String>,
}

impl Dataset {
    pub(super) fn of(d: &c::Dataset, names: &Names) -> Result<Self, String> {
        let leave_out = |(header, texts): &(String, Vec<String>)| LeaveOut {
            header: header.clone(),
            texts: texts.clone(),
        };
        Ok(Self {
            name: d.name.clone(),
            title: d.title.clone(),
            period: d.period.map(|period| names.periods.name(period)).transpose()?,
            period_column: d.period_column.clone(),
            key: d.key.clone(),
            row_key: d.row_key.clone(),
            part: d.long.part.clone().map(|(header, months)| PartColumn { header, months }),
            figures: d.long.figures.clone().map(|(name, figure)| FigureColumns { name, figure }),
            columns: d.columns.iter().map(|column| Column::of(column, names)).collect::<Result<_, _>>()?,
            published: d
                .published
                .iter()
                .map(|column| Published::of(column, names))
                .collect::<Result<_, _>>()?,
            missing: d.missing.clone(),
            suppressed: d.suppressed.clone(),
            leave_out: d.leave_out.iter().map(leave_out).collect(),
            origin: Origin::of(&d.origin),
        })
    }

    pub(super) fn calculus(&self, names: &Names) -> Result<c::Dataset, String> {
        Ok(c::Dataset {
            name: self.name.clone(),
            title: self.title.clone(),
            period: self.period.as_ref().map(|label| names.periods.find(label)).transpose()?,
            period_column: self.period_column.clone(),
            key: self.key.clone(),
            row_key: self.row_key.clone(),
            long: c::Long {
                part: self.part.as_ref().map(|part| (part.header.clone(), part.months)),
                figures: self.figures.as_ref().map(|of| (of.name.clone(), of.figure.clone())),
            },
            columns: self.columns.iter().map(|column| column.calculus(names)).collect::<Result<_, _>>()?,
            published: self
                .published
                .iter()
                .map(|column| column.calculus(names))
                .collect::<Result<_, _>>()?,
            missing: self.missing.clone(),
            suppressed: self.suppressed.clone(),
            leave_out: self.leave_out.iter().map(|l| (l.header.clone(), l.texts.clone())).collect(),
            origin: self.origin.calculus(),
        })
    }
}

impl Column {
    fn of(column: &c::Column, names: &Names) -> Result<Self, String> {
        Ok(Self {
            header: column.header.clone(),
            input: names.inputs.name(column.input.index())?,
            reading: Reading::of(&column.reading)?,
            rounded: column.rounded,
            received: column.received.as_ref().map(Received::of).transpose()?,
            part: column.part,
        })
    }

    fn calculus(&self, names: &Names) -> Result<c::Column, String> {
        Ok(c::Column {
            header: self.header.clone(),
            input: c::InputId(names.inputs.id(&self.input)?),
            reading: self.reading.calculus()?,
            rounded: self.rounded,
            received: self.received.as_ref().map(Received::calculus).transpose()?,
            part: self.part,
        })
    }
}

impl Received {
    fn of((header, reading): &(String, c::Reading)) -> Result<Self, String> {
        Ok(Self { header: header.clone(), reading: Reading::of(reading)? })
    }

    fn calculus(&self) -> Result<(String, c::Reading), String> {
        Ok((self.header.clone(), self.reading.calculus()?))
    }
}

impl Published {
    fn of(column: &c::Published, names: &Names) -> Result<Self, String> {
        Ok(Self {
            header: column.header.clone(),
            step: names.steps.name(column.step.index())?,
            reading: Reading::of(&column.reading)?,
            rounded: column.rounded,
        })
    }

    fn calculus(&self, names: &Names) -> Result<c::Published, String> {
        Ok(c::Published {
            header: self.header.clone(),
            step: c::StepId(names.steps.id(&self.step)?),
            reading: self.reading.calculus()?,
            rounded: self.rounded,
        })
    }
}

impl Reading {
    fn of(reading: &c::Reading) -> Result<Self, String> {
        Ok(match reading {
            c::Reading::Number => Self::Number,
            c::Reading::Percent => Self::Percent,
            c::Reading::PercentWithoutSign => Self::PercentWithoutSign,
            c::Reading::Coded(codes) => {
                let code = |(text, value): &(String, c::Value)| {
                    Ok(Code { text: text.clone(), value: Value::of(value)? })
                };
                Self::Coded(codes.iter().map(code).collect::<Result<_, String>>()?)
            }
            c::Reading::Text => Self::Text,
            c::Reading::DateYearFirst => Self::DateYearFirst,
            c::Reading::DateDayFirst => Self::DateDayFirst,
            c::Reading::DateMonthFirst => Self::DateMonthFirst,
        })
    }

    fn calculus(&self) -> Result<c::Reading, String> {
        Ok(match self {
            Self::Number => c::Reading::Number,
            Self::Percent => c::Reading::Percent,
            Self::PercentWithoutSign => c::Reading::PercentWithoutSign,
            Self::Coded(codes) => {
                let code = |code: &Code| Ok((code.text.clone(), code.value.calculus()?));
                c::Reading::Coded(codes.iter().map(code).collect::<Result<_, String>>()?)
            }
            Self::Text => c::Reading::Text,
            Self::DateYearFirst => c::Reading::DateYearFirst,
            Self::DateDayFirst => c::Reading::DateDayFirst,
            Self::DateMonthFirst => c::Reading::DateMonthFirst,
        })
    }
}
