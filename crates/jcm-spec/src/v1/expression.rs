//! Expressions: a closed set of operations, each an object with its `op`.

use super::Unit;
use super::calendar::{DayCount, DayMark};
use super::statistic::{OverAll, Statistic};
use super::{Figure, Mode, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many brackets are open around a step's expression.
pub(super) const DEPTH_IN_STEP: usize = 4;

/// How many brackets may be open around an operation. JSON readers commonly stop at 128, and rows need a few.
pub(super) const MAX_DEPTH: usize = 120;

/// How a line is computed. Missing passes through every operation but `if_missing`, `is_missing`, `weighted` and the
/// branches of `choose` that are not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Expression {
    /// A figure as written.
    Literal {
        /// The figure, a number in the base of its unit.
        value: Value,
        /// The unit of a number; without one a number takes the unit that it is used with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<Unit>,
    },
    /// What was given for the case or row, after the missing rule of the input.
    Input {
        /// Which input.
        name: String,
    },
    /// An earlier line.
    Step {
        /// Which line.
        name: String,
    },
    /// What the case carries into the period from the one before; the opening figure in a period that begins with it.
    /// Without either the case stops.
    Balance {
        /// Which balance.
        name: String,
    },
    /// Whether the period settled is one of these.
    InPeriods {
        /// By their labels, in order.
        periods: Vec<String>,
    },
    /// The figure in force at the first day of the period, at the keys.
    Parameter {
        /// Which parameter.
        name: String,
        /// Which column; absent for a plain figure.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        column: String,
        /// One expression for each key.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        keys: Vec<Expression>,
    },
    /// The sum, from the left.
    Add {
        /// Two or more.
        #[schemars(length(min = 2))]
        args: Vec<Expression>,
    },
    /// The first less the second.
    Subtract {
        /// Two.
        args: Box<[Expression; 2]>,
    },
    /// The product, from the left.
    Multiply {
        /// Two or more.
        #[schemars(length(min = 2))]
        args: Vec<Expression>,
    },
    /// The first divided by the second; division by zero stops the case.
    Divide {
        /// Two.
        args: Box<[Expression; 2]>,
    },
    /// The value with the other sign.
    Negate {
        /// The value.
        arg: Box<Expression>,
    },
    /// The value without its sign.
    Absolute {
        /// The value.
        arg: Box<Expression>,
    },
    /// The smallest.
    Least {
        /// One or more.
        #[schemars(length(min = 1))]
        args: Vec<Expression>,
    },
    /// The greatest.
    Greatest {
        /// One or more.
        #[schemars(length(min = 1))]
        args: Vec<Expression>,
    },
    /// The nearest multiple of a grain.
    Round {
        /// What is rounded.
        arg: Box<Expression>,
        /// Which multiple.
        mode: Mode,
        /// The step between possible results, in the base of the unit.
        grain: Figure,
    },
    /// Rounded to significant figures.
    RoundToFigures {
        /// What is rounded.
        arg: Box<Expression>,
        /// Which of the two nearest.
        mode: Mode,
        /// How many significant figures.
        figures: u32,
    },
    /// The exponential function: the true value, rounded half to even. Beyond 1,000 either way the case stops.
    Exp {
        /// Of what.
        arg: Box<Expression>,
        /// At how many decimals, at most 40.
        decimals: u32,
    },
    /// The natural logarithm: the true value, rounded half to even. At 0 and below the case stops.
    Ln {
        /// Of what.
        arg: Box<Expression>,
        /// At how many decimals, at most 40.
        decimals: u32,
    },
    /// The square root: the true value, rounded half to even. Below 0 the case stops.
    SquareRoot {
        /// Of what.
        arg: Box<Expression>,
        /// At how many decimals in the base of the unit, at most 40.
        decimals: u32,
    },
    /// The value multiplied by itself so many times; divided into 1 as often for a negative exponent.
    Power {
        /// What is multiplied.
        arg: Box<Expression>,
        /// How many times, at most 100 either way.
        exponent: i32,
    },
    /// One figure that stands for several; missing where one of them is.
    Statistic {
        /// Which.
        statistic: Statistic,
        /// One or more.
        #[schemars(length(min = 1))]
        args: Vec<Expression>,
    },
    /// Worked out over all cases of the period before any case goes on. A case in which the figure or the group is
    /// missing is left out, and the result is missing for it.
    OverAll {
        /// What is worked out.
        function: OverAll,
        /// The figure that each case has.
        arg: Box<Expression>,
        /// What the cases that are taken together have in common; all of them without it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        same: Option<Box<Expression>>,
    },
    /// Whether the two are equal.
    Equal {
        /// Two.
        args: Box<[Expression; 2]>,
    },
    /// Whether the two differ.
    NotEqual {
        /// Two.
        args: Box<[Expression; 2]>,
    },
    /// Whether the first is less than the second.
    Less {
        /// Two.
        args: Box<[Expression; 2]>,
    },
    /// Whether the first is at most the second.
    LessOrEqual {
        /// Two.
        args: Box<[Expression; 2]>,
    },
    /// Whether the first is greater than the second.
    Greater {
        /// Two.
        args: Box<[Expression; 2]>,
    },
    /// Whether the first is at least the second.
    GreaterOrEqual {
        /// Two.
        args: Box<[Expression; 2]>,
    },
    /// Whether all hold; stops at the first that does not.
    All {
        /// Conditions.
        args: Vec<Expression>,
    },
    /// Whether some holds; stops at the first that does.
    Any {
        /// Conditions.
        args: Vec<Expression>,
    },
    /// The opposite.
    Not {
        /// The condition.
        arg: Box<Expression>,
    },
    /// The value of the first case whose condition holds; only that branch is computed.
    Choose {
        /// In order.
        cases: Vec<Case>,
        /// Where no condition holds.
        otherwise: Box<Expression>,
    },
    /// A whole-amount table: the one row that holds the value. No row: the case stops.
    Scale {
        /// What is looked up.
        arg: Box<Expression>,
        /// Rows in ascending order, without overlap.
        rows: Vec<ScaleRow>,
    },
    /// Marginal bands: the sum over the bands of rate times the part of the value inside the band, from zero.
    Bands {
        /// What is integrated.
        arg: Box<Expression>,
        /// Bands in ascending order, contiguous.
        rows: Vec<BandRow>,
    },
    /// The sum of weight times part.
    Weighted {
        /// The weights sum to 1.
        parts: Vec<WeightedPart>,
        /// What happens to the weight of a missing part.
        missing: WeightRule,
    },
    /// Whether the value is missing.
    IsMissing {
        /// The value.
        arg: Box<Expression>,
    },
    /// The first, or the second where the first is missing.
    IfMissing {
        /// Two.
        args: Box<[Expression; 2]>,
    },
    /// A date so many days, operational days or months later; earlier for a figure below zero. A part of a day or month,
    /// and a day that the calendar does not cover, stop the case.
    MoveDate {
        /// From which date.
        date: Box<Expression>,
        /// By how much: days, operational days, or months as parts of a year.
        by: Box<Expression>,
        /// What is counted.
        count: DayCount,
    },
    /// How many days, operational days or whole months lead from one date to another; below zero where the second comes
    /// first. Months are given as parts of a year.
    CountBetween {
        /// From which date, and to which.
        args: Box<[Expression; 2]>,
        /// What is counted: the day after the first date counts as 1.
        count: DayCount,
    },
    /// A day that a date leads to.
    MarkDate {
        /// From which date.
        arg: Box<Expression>,
        /// Which day.
        mark: DayMark,
    },
    /// The sum over the rows of the case; rows where it is missing add nothing.
    SumOfRows {
        /// Of row level.
        arg: Box<Expression>,
    },
    /// How many rows of the case have the condition.
    CountOfRows {
        /// Of row level.
        arg: Box<Expression>,
    },
    /// One figure that stands for those of the rows of the case; rows where it is missing are left out.
    StatisticOfRows {
        /// Which.
        statistic: Statistic,
        /// Of row level.
        arg: Box<Expression>,
    },
}

/// A branch of `choose`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The condition.
    pub when: Expression,
    /// The value where it holds.
    pub then: Expression,
}

/// One row of a whole-amount table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScaleRow {
    /// Lower end; absent without limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<End>,
    /// Upper end; absent without limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<End>,
    /// The result in this row.
    pub gives: Gives,
}

/// An end of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// The value.
    pub value: Figure,
    /// Whether the row holds the value.
    pub included: bool,
}

/// What a row of a whole-amount table gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gives {
    /// One figure for the whole row.
    Flat(Figure),
    /// Evenly between two figures: the first at the lower end, the second at the upper end.
    Evenly(Box<[Figure; 2]>),
}

/// One marginal band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BandRow {
    /// Lower end; absent without limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Figure>,
    /// Upper end; absent without limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Figure>,
    /// The share of what lies inside the band.
    pub rate: Figure,
}

/// A part of a weighted sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeightedPart {
    /// Its weight.
    pub weight: Figure,
    /// The part.
    pub part: Expression,
}

/// What happens to the weight of a missing part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WeightRule {
    /// The other weights are scaled to sum to 1; all missing makes the sum missing.
    Reweight,
    /// A missing part counts as nothing.
    Zero,
    /// A missing part makes the sum missing.
    Missing,
}
