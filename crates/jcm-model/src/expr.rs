//! Typed expressions. They keep the shape in which people wrote them, so that documents can say them again.

use crate::{BalanceId, ChoiceId, End, InputId, LineId, Occasion, ParameterId, TableId};
use jcm_quantity::{Date, DayCount, DayMark, Exact, Irrational, OverAll, RoundingMode, Statistic, Unit};
use jcm_source::Span;

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ty {
    /// An exact number with its unit.
    Number(Unit),
    /// One of a list of choices.
    Choice(ChoiceId),
    /// Yes or no.
    Truth,
    /// Text.
    Text,
    /// A date.
    Date,
}

impl Ty {
    /// The unit, if this is a number.
    pub fn unit(&self) -> Option<&Unit> {
        match self {
            Ty::Number(unit) => Some(unit),
            _ => None,
        }
    }
}

/// An expression with its type and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type.
    pub ty: Ty,
    /// Its place.
    pub span: Span,
}

/// A constant of any type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Constant {
    /// A number in the base of its unit.
    Number(Exact),
    /// A member of a list of choices, by name.
    Member(String),
    /// Yes or no.
    Truth(bool),
    /// Text.
    Text(String),
    /// A date.
    Date(Date),
    /// Not known.
    Missing,
}

/// A mode and a grain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rounding {
    /// What happens to a tie.
    pub mode: RoundingMode,
    /// The step between possible results, in the base of the unit.
    pub grain: Exact,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// A figure as written.
    Constant(Constant),
    /// What is known of the case or row.
    Input(InputId),
    /// An earlier line.
    Line(LineId),
    /// What the case brings from the period before, or the opening figure.
    Balance(BalanceId),
    /// Whether the period is one of an occasion.
    At(Occasion),
    /// A figure of the contract in force in the period, at the keys.
    Parameter {
        /// Which.
        parameter: ParameterId,
        /// Which column.
        column: u32,
        /// One for each key.
        keys: Vec<Expr>,
    },
    /// A sum, difference, product, share ("of") or quotient.
    Arithmetic {
        /// Which.
        op: Arithmetic,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// The other sign.
    Negate(Box<Expr>),
    /// Without its sign.
    Absolute(Box<Expr>),
    /// The smallest.
    Smallest(Vec<Expr>),
    /// The greatest.
    Greatest(Vec<Expr>),
    /// Not below a limit.
    AtLeast {
        /// What is limited.
        value: Box<Expr>,
        /// The floor.
        limit: Box<Expr>,
    },
    /// Not above a limit.
    AtMost {
        /// What is limited.
        value: Box<Expr>,
        /// The cap.
        limit: Box<Expr>,
    },
    /// Rounded here.
    Round {
        /// What.
        value: Box<Expr>,
        /// How.
        rounding: Rounding,
    },
    /// Rounded here to significant figures.
    RoundToFigures {
        /// What.
        value: Box<Expr>,
        /// What happens to a tie.
        mode: RoundingMode,
        /// To how many.
        figures: u32,
    },
    /// The exponential function, a logarithm or a root, at so many decimals.
    Irrational {
        /// Which.
        function: Irrational,
        /// Of what.
        value: Box<Expr>,
        /// At how many decimals.
        decimals: u32,
    },
    /// Multiplied by itself.
    Power {
        /// What.
        value: Box<Expr>,
        /// How many times.
        exponent: i32,
    },
    /// One figure that stands for several.
    Statistic {
        /// Which.
        statistic: Statistic,
        /// Of what.
        values: Vec<Expr>,
    },
    /// The sum of values times weights, divided by the sum of the weights: `(value, weight)`.
    WeightedMean(Vec<(Expr, Expr)>),
    /// Worked out over all cases of the settlement.
    OverAll {
        /// What.
        function: OverAll,
        /// The figure of each case.
        value: Box<Expr>,
        /// What the cases that are taken together have in common, if not all are.
        same: Option<Box<Expr>>,
    },
    /// How many of all cases have the condition.
    CountOfCases {
        /// The condition.
        condition: Box<Expr>,
        /// What the cases that are taken together have in common, if not all are.
        same: Option<Box<Expr>>,
    },
    /// A comparison.
    Compare {
        /// Which.
        op: Comparison,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// Both.
    And(Box<Expr>, Box<Expr>),
    /// Either.
    Or(Box<Expr>, Box<Expr>),
    /// Not.
    Not(Box<Expr>),
    /// `value when condition, ..., otherwise value`.
    When {
        /// `(value, condition)` in order.
        cases: Vec<(Expr, Expr)>,
        /// Otherwise.
        otherwise: Box<Expr>,
    },
    /// A table of cases: exactly one row holds, whatever the case.
    Cases {
        /// What the cases are of.
        of: Vec<Expr>,
        /// What each row holds: one key for each of `of`.
        keys: Vec<Vec<CaseKey>>,
        /// `(value, condition)` of each row, in order.
        rows: Vec<(Expr, Expr)>,
        /// What every other case gives; `None` where the rows hold every case.
        otherwise: Option<Box<Expr>>,
    },
    /// A scale or bands applied to a value.
    Table {
        /// Which.
        table: TableId,
        /// To what.
        value: Box<Expr>,
    },
    /// How far a value has come on the way from one figure to another: `(value - from) / (to - from)`.
    Progress {
        /// Where it is.
        value: Box<Expr>,
        /// Where it started.
        from: Box<Expr>,
        /// Where it should go.
        to: Box<Expr>,
    },
    /// The sum of weights times parts.
    Weighted {
        /// `(weight, part)`; the weights sum to 1.
        parts: Vec<(Exact, Expr)>,
        /// What happens to the weight of a missing part.
        missing: WeightRule,
    },
    /// A value, or another where it is missing.
    IfMissing {
        /// The value.
        value: Box<Expr>,
        /// What stands in for it.
        default: Box<Expr>,
    },
    /// Whether it is missing.
    IsMissing(Box<Expr>),
    /// A date so many days, operational days or months later or earlier.
    MoveDate {
        /// From which date.
        date: Box<Expr>,
        /// By how much: a figure in the unit of what is counted.
        by: Box<Expr>,
        /// Whether it is earlier.
        earlier: bool,
        /// What is counted.
        count: DayCount,
    },
    /// How many days, operational days or whole months lead from one date to another.
    CountBetween {
        /// From which date.
        from: Box<Expr>,
        /// To which.
        to: Box<Expr>,
        /// What is counted.
        count: DayCount,
    },
    /// A day that a date leads to, such as the end of its month.
    MarkDate {
        /// From which date.
        date: Box<Expr>,
        /// Which day.
        mark: DayMark,
    },
    /// The sum over the rows of the case.
    SumOfRows(Box<Expr>),
    /// How many rows of the case have the condition.
    CountOfRows(Box<Expr>),
    /// One figure that stands for those of the rows of the case.
    StatisticOfRows {
        /// Which.
        statistic: Statistic,
        /// The figure of each row.
        value: Box<Expr>,
    },
}

/// An operator on two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// Sum.
    Add,
    /// Difference.
    Subtract,
    /// Product.
    Multiply,
    /// A share of something: a product, said as "of".
    Of,
    /// Quotient.
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
    /// At most.
    LessOrEqual,
    /// More than.
    Greater,
    /// At least.
    GreaterOrEqual,
}

/// What happens to the weight of a missing part of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightRule {
    /// The other weights are scaled up to sum to 100 %.
    Reweight,
    /// A missing part counts as nothing.
    Zero,
    /// A missing part makes the score missing.
    Missing,
}

/// What a row of a table of cases holds of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseKey {
    /// Whatever it is.
    Any,
    /// These members of a list of choices.
    Members(Vec<String>),
    /// Yes or no.
    Truth(bool),
    /// The figures between two ends.
    Range {
        /// Lower end; `None` without limit.
        lower: Option<End>,
        /// Upper end; `None` without limit.
        upper: Option<End>,
    },
}
