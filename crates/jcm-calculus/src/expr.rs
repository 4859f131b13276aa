//! Expressions: a closed, first-order set of operators. Each says what missing means for it.

use crate::{InputId, ParameterId, Rounding, StepId, Value};
use jcm_quantity::{Exact, Unit};

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
    /// The sum over the rows of the case of an expression of row level; rows where it is missing add nothing.
    SumOfRows(Box<Expr>),
    /// How many rows of the case have the condition of row level.
    CountOfRows(Box<Expr>),
}

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
