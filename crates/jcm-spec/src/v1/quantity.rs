//! Exact figures, dates, units, values and their types.

use crate::names::Names;
use jcm_calculus as c;
use jcm_quantity as q;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An exact figure as text: a decimal such as `0.0246`, or a fraction such as `1/3` where no decimal ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Figure(#[schemars(regex(pattern = r"^-?[0-9]+(\.[0-9]+|/[0-9]+)?$"))] pub String);

impl Figure {
    pub(super) fn of(value: &q::Exact) -> Result<Self, String> {
        let text = value.text();
        // The reader takes no more digits than a person would ever check.
        if q::Exact::parse(&text).is_none() {
            return Err("a figure has more than 400 digits; round it in the contract".to_owned());
        }
        Ok(Self(text))
    }

    pub(super) fn calculus(&self) -> Result<q::Exact, String> {
        q::Exact::parse(&self.0)
            .ok_or_else(|| format!("`{}` is not an exact figure such as \"0.0246\" or \"1/3\"", self.0))
    }
}

/// Optional figures, which limits and open ends are.
pub(super) fn figure_of(value: Option<&q::Exact>) -> Result<Option<Figure>, String> {
    value.map(Figure::of).transpose()
}

pub(super) fn figure_from(value: Option<&Figure>) -> Result<Option<q::Exact>, String> {
    value.map(Figure::calculus).transpose()
}

/// A date: `year-month-day`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Day(#[schemars(regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))] pub String);

impl Day {
    pub(super) fn of(date: q::Date) -> Self {
        Self(date.to_string())
    }

    pub(super) fn calculus(&self) -> Result<q::Date, String> {
        q::parse_date(&self.0).ok_or_else(|| format!("`{}` is not a date such as \"2026-04-01\"", self.0))
    }
}

/// A unit of measure. Figures are written in its base: 2.5 % is `0.025`, 24,310 per 100,000 people is `0.2431`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The unit in words, for people; `dims` and `shown` decide.
    #[serde(default)]
    pub label: String,
    /// The power of each base: `money GBP`, `thing people`, `time year` or `percentage_point`. None: a plain number.
    pub dims: BTreeMap<String, i8>,
    /// The form in which people write a figure of this unit.
    pub shown: Shown,
}

/// The form in which people write a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// As it is.
    Plain,
    /// A hundred times as great, with `%`.
    Percent,
    /// A hundred times as great, in percentage points.
    PercentagePoint,
    /// So many times as great: 24,310 per 100,000.
    Per(u64),
}

impl Unit {
    pub(super) fn of(unit: &q::Unit) -> Self {
        let dim = |(base, power): &(q::Base, i8)| {
            let name = match base {
                q::Base::Money(code) => format!("money {code}"),
                q::Base::Thing(name) => format!("thing {name}"),
                q::Base::Time(name) => format!("time {name}"),
                q::Base::PercentagePoint => "percentage_point".to_owned(),
            };
            (name, *power)
        };
        let shown = match unit.shown() {
            q::Shown::Plain => Shown::Plain,
            q::Shown::Percent => Shown::Percent,
            q::Shown::PercentagePoint => Shown::PercentagePoint,
            q::Shown::Per(times) => Shown::Per(*times),
        };
        Self { label: unit.describe(), dims: unit.dims().iter().map(dim).collect(), shown }
    }

    pub(super) fn calculus(&self) -> Result<q::Unit, String> {
        let dims = self
            .dims
            .iter()
            .map(|(name, power)| Ok((base(name)?, *power)))
            .collect::<Result<Vec<_>, String>>()?;
        let shown = match self.shown {
            Shown::Plain => q::Shown::Plain,
            Shown::Percent => q::Shown::Percent,
            Shown::PercentagePoint => q::Shown::PercentagePoint,
            Shown::Per(0) => return Err("a figure cannot be shown per 0".to_owned()),
            Shown::Per(times) => q::Shown::Per(times),
        };
        Ok(q::Unit::of(dims, shown))
    }
}

fn base(name: &str) -> Result<q::Base, String> {
    match name.split_once(' ') {
        Some(("money", code)) => Ok(q::Base::Money(code.to_owned())),
        Some(("thing", thing)) => Ok(q::Base::Thing(thing.to_owned())),
        Some(("time", time)) => Ok(q::Base::Time(time.to_owned())),
        _ if name == "percentage_point" => Ok(q::Base::PercentagePoint),
        _ => Err(format!(
            "`{name}` is no base of a unit; a base is written `money GBP`, `thing people`, `time year` or \
             `percentage_point`"
        )),
    }
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// An exact number with its unit.
    Number(Unit),
    /// A member of a list of choices, by the list's name.
    Choice(String),
    /// Yes or no.
    Truth,
    /// Text.
    Text,
    /// A date.
    Date,
}

impl Type {
    pub(super) fn of(ty: &c::Type, names: &Names) -> Result<Self, String> {
        Ok(match ty {
            c::Type::Number(unit) => Self::Number(Unit::of(unit)),
            c::Type::Choice(id) => Self::Choice(names.choices.name(id.index())?),
            c::Type::Truth => Self::Truth,
            c::Type::Text => Self::Text,
            c::Type::Date => Self::Date,
        })
    }

    pub(super) fn calculus(&self, names: &Names) -> Result<c::Type, String> {
        Ok(match self {
            Self::Number(unit) => c::Type::Number(unit.calculus()?),
            Self::Choice(name) => c::Type::Choice(c::ChoiceId(names.choices.id(name)?)),
            Self::Truth => c::Type::Truth,
            Self::Text => c::Type::Text,
            Self::Date => c::Type::Date,
        })
    }
}

/// A value with its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A number in the base of its unit.
    Number(Figure),
    /// A member of a list of choices, by name.
    Choice(String),
    /// Yes or no.
    Truth(bool),
    /// Text.
    Text(String),
    /// A date.
    Date(Day),
    /// Not known.
    Missing,
}

impl Value {
    pub(super) fn of(value: &c::Value) -> Result<Self, String> {
        Ok(match value {
            c::Value::Number(x) => Self::Number(Figure::of(x)?),
            c::Value::Choice(name) => Self::Choice(name.clone()),
            c::Value::Truth(truth) => Self::Truth(*truth),
            c::Value::Text(text) => Self::Text(text.clone()),
            c::Value::Date(date) => Self::Date(Day::of(*date)),
            c::Value::Missing => Self::Missing,
        })
    }

    pub(super) fn calculus(&self) -> Result<c::Value, String> {
        Ok(match self {
            Self::Number(x) => c::Value::Number(x.calculus()?),
            Self::Choice(name) => c::Value::Choice(name.clone()),
            Self::Truth(truth) => c::Value::Truth(*truth),
            Self::Text(text) => c::Value::Text(text.clone()),
            Self::Date(date) => c::Value::Date(date.calculus()?),
            Self::Missing => c::Value::Missing,
        })
    }
}

/// To the nearest multiple of a grain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// Which multiple.
    pub mode: Mode,
    /// The step between possible results, in the base of the unit: `0.01` for pence.
    pub grain: Figure,
}

/// Which of the two multiples around a figure is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The nearest; a tie to the even multiple.
    HalfEven,
    /// The nearest; a tie away from zero.
    HalfUp,
    /// The nearest; a tie towards zero.
    HalfDown,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// Up to the greater.
    Ceiling,
    /// Down to the lesser.
    Floor,
}

impl Mode {
    pub(super) fn of(mode: q::RoundingMode) -> Self {
        match mode {
            q::RoundingMode::HalfEven => Mode::HalfEven,
            q::RoundingMode::HalfUp => Mode::HalfUp,
            q::RoundingMode::HalfDown => Mode::HalfDown,
            q::RoundingMode::Up => Mode::Up,
            q::RoundingMode::Down => Mode::Down,
            q::RoundingMode::Ceiling => Mode::Ceiling,
            q::RoundingMode::Floor => Mode::Floor,
        }
    }

    pub(super) fn quantity(self) -> q::RoundingMode {
        match self {
            Mode::HalfEven => q::RoundingMode::HalfEven,
            Mode::HalfUp => q::RoundingMode::HalfUp,
            Mode::HalfDown => q::RoundingMode::HalfDown,
            Mode::Up => q::RoundingMode::Up,
            Mode::Down => q::RoundingMode::Down,
            Mode::Ceiling => q::RoundingMode::Ceiling,
            Mode::Floor => q::RoundingMode::Floor,
        }
    }
}

impl Rounding {
    pub(super) fn of(rounding: &c::Rounding) -> Result<Self, String> {
        Ok(Self { mode: Mode::of(rounding.mode), grain: Figure::of(&rounding.grain)? })
    }

    pub(super) fn calculus(&self) -> Result<c::Rounding, String> {
        Ok(c::Rounding { mode: self.mode.quantity(), grain: self.grain.calculus()? })
    }
}
