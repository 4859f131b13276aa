//! Expressions: a closed, first-order set of operators. Each says what missing means for it.

use crate::{CarriedId, InputId, ParameterId, Rounding, StepId, Value};
use jcm_quantity::{DayCount, DayMark, Exact, Irrational, OverAll, RoundingMode, Statistic, Unit};

/// How a step is computed.
///
/// Missing passes through every operator but [`Expr::IfMissing`], [`Expr::IsMissing`], [`Expr::Weighted`] and the
/// branches of [`Expr::Choose`] that are not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// A figure as written.
    Literal {
        /// The figure, a number in the base of its unit.
        value: Value,
        /// The unit of a number. Without one a number takes the unit that it is used with.
        unit: Option<Unit>,
    },
    /// What was given for the case or row, after the missing rule of the input.
    Input(InputId),
    /// An earlier step.
    Step(StepId),
    /// What the case carries into the period from the one before. Without it the case stops, except in a period that
    /// begins with the opening figure.
    Carried(CarriedId),
    /// Whether the period settled is one of these, by their places, ascending.
    InPeriods(Vec<usize>),
    /// The figure in force at the first day of the period, at the keys.
    Parameter {
        /// Which table.
        parameter: ParameterId,
        /// Which column.
        column: u32,
        /// One expression for each key.
        keys: Vec<Expr>,
    },
    /// A sum, difference, product or quotient. Division by zero stops the case with an error that names the step.
    Arithmetic {
        /// Which.
        op: Arithmetic,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// The value with the other sign.
    Negate(Box<Expr>),
    /// The value without its sign.
    Absolute(Box<Expr>),
    /// The smallest of one or more ("at most").
    Least(Vec<Expr>),
    /// The greatest of one or more ("at least").
    Greatest(Vec<Expr>),
    /// The nearest multiple of a grain, by a stated mode.
    Round {
        /// What is rounded.
        value: Box<Expr>,
        /// How.
        rounding: Rounding,
    },
    /// Rounded to so many significant figures, by a stated mode.
    RoundToFigures {
        /// What is rounded.
        value: Box<Expr>,
        /// What happens to a tie.
        mode: RoundingMode,
        /// How many significant figures.
        figures: u32,
    },
    /// A function whose values are seldom rational: the true value rounded half to even at so many decimals. A number
    /// for which there is no value stops the case with an error that names the step.
    Irrational {
        /// Which function.
        function: Irrational,
        /// Of what: a plain number; for a square root also a figure whose unit is a square.
        value: Box<Expr>,
        /// How many decimals of the value in the base of its unit.
        decimals: u32,
    },
    /// The value multiplied by itself so many times; divided into 1 as often for a negative exponent.
    Power {
        /// What is multiplied.
        value: Box<Expr>,
        /// How many times, at most [`MOST_TIMES`] either way.
        exponent: i32,
    },
    /// One figure that stands for several of one unit.
    Statistic {
        /// Which.
        statistic: Statistic,
        /// One or more.
        parts: Vec<Expr>,
    },
    /// Worked out over all cases of a settlement in the same period: only in a step of case level, and not inside
    /// another such figure. A case in which the value or what it is grouped by is missing is left out, and the result
    /// is missing for it.
    OverAll {
        /// What is worked out.
        function: OverAll,
        /// The figure that each case has.
        value: Box<Expr>,
        /// What the cases that are taken together have in common; all of them without it.
        same: Option<Box<Expr>>,
    },
    /// A comparison of two numbers, dates, choices or texts.
    Compare {
        /// Which.
        op: Comparison,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// True if every part is (none: true). Stops at the first that is false.
    All(Vec<Expr>),
    /// True if some part is (none: false). Stops at the first that is true.
    Any(Vec<Expr>),
    /// The opposite.
    Not(Box<Expr>),
    /// The value of the first case whose condition holds; only that branch is computed.
    Choose {
        /// `(condition, value)` in order.
        cases: Vec<(Expr, Expr)>,
        /// Otherwise.
        otherwise: Box<Expr>,
    },
    /// A whole-amount table: the one row that holds the value. No row: the case stops with an error.
    Scale {
        /// What is looked up.
        value: Box<Expr>,
        /// Rows in ascending order, without overlap.
        rows: Vec<ScaleRow>,
    },
    /// Marginal bands: the sum over the bands of rate times the part of the value inside the band, from zero.
    Bands {
        /// What is integrated; a negative value is integrated over bands below zero.
        value: Box<Expr>,
        /// Bands in ascending order, contiguous.
        rows: Vec<BandRow>,
    },
    /// The sum of weight times part; what is missing is treated as the rule says.
    Weighted {
        /// `(weight, part)`; the weights sum to 1.
        parts: Vec<(Exact, Expr)>,
        /// What happens to the weight of a missing part.
        missing: WeightRule,
    },
    /// Whether the value is missing.
    IsMissing(Box<Expr>),
    /// The first, or the second where the first is missing.
    IfMissing(Box<Expr>, Box<Expr>),
    /// A date so many days, operational days or months later; earlier for a figure below zero. A part of a day or month,
    /// and a day that the calendar does not cover, stop the case with an error that names the step.
    MoveDate {
        /// From which date.
        date: Box<Expr>,
        /// By how much: a figure in the unit of what is counted, months in years.
        by: Box<Expr>,
        /// What is counted.
        count: DayCount,
    },
    /// How many days, operational days or whole months lead from one date to another, in the unit of what is counted;
    /// below zero where the second comes first.
    CountBetween {
        /// From which date.
        from: Box<Expr>,
        /// To which.
        to: Box<Expr>,
        /// What is counted.
        count: DayCount,
    },
    /// A day that a date leads to.
    MarkDate {
        /// From which date.
        date: Box<Expr>,
        /// Which day.
        mark: DayMark,
    },
    /// The sum over the rows of the case of an expression of row level; rows where it is missing add nothing.
    SumOfRows(Box<Expr>),
    /// How many rows of the case have the condition of row level.
    CountOfRows(Box<Expr>),
    /// One figure that stands for those of the rows of the case, an expression of row level. Rows where it is missing
    /// are left out; where all are, or there is none, the result is missing.
    StatisticOfRows {
        /// Which.
        statistic: Statistic,
        /// The figure of each row.
        value: Box<Expr>,
    },
}

/// The most that a figure can be multiplied by itself.
pub const MOST_TIMES: u32 = 100;

impl Expr {
    /// A figure without a unit of its own.
    pub fn literal(value: Value) -> Expr {
        Expr::Literal { value, unit: None }
    }
}

/// An operator on two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// Sum; both of one unit.
    Add,
    /// Difference; both of one unit.
    Subtract,
    /// Product; units multiply.
    Multiply,
    /// Quotient; units divide.
    Divide,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Equal.
    Equal,
    /// Not equal.
    NotEqual,
    /// Less than.
    Less,
    /// Less than or equal.
    LessOrEqual,
    /// Greater than.
    Greater,
    /// Greater than or equal.
    GreaterOrEqual,
}

/// An end of a row: a value, and whether the row holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The value.
    pub value: Exact,
    /// Whether the end belongs to the row.
    pub included: bool,
}

/// One row of a whole-amount table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleRow {
    /// Lower end; `None` without limit.
    pub lower: Option<End>,
    /// Upper end; `None` without limit.
    pub upper: Option<End>,
    /// The result in this row.
    pub result: ScaleResult,
}

/// What a row of a whole-amount table gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScaleResult {
    /// One figure for the whole row.
    Flat(Exact),
    /// Evenly between two figures: `from` at the value of the lower end, `to` at the value of the upper end.
    Even {
        /// At the lower end.
        from: Exact,
        /// At the upper end.
        to: Exact,
    },
}

/// One marginal band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandRow {
    /// Lower end; `None` without limit.
    pub lower: Option<Exact>,
    /// Upper end; `None` without limit.
    pub upper: Option<Exact>,
    /// The share of what lies inside the band.
    pub rate: Exact,
}

/// What happens to the weight of a missing part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightRule {
    /// The other weights are scaled to sum to 1; all missing makes the score missing.
    Reweight,
    /// A missing part counts as nothing.
    Zero,
    /// A missing part makes the score missing.
    Missing,
}
