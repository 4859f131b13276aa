//! Expressions, read from the terms of phrases by precedence climbing.
//!
//! From the loosest to the tightest: `or`, `and`, `not`, comparisons and `is`, `+ -`, `* /`, `over all`, `of`, `for`,
//! `in`, the minus sign. `of` groups to the right, so that `5% of a + b` is `(5% of a) + b` and `rate for track of saving` is
//! `(rate for track) of saving`.

mod between;
mod cases;
mod from_elsewhere;
mod operand;
mod over_all;
mod precedence;
mod problem;
mod value;

use crate::ast::{Member, Name, Phrase, Term};
pub use crate::reader::Reader;
use jcm_source::Span;
use precedence::Budget;

/// An expression with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// From its first to its last term.
    pub span: Span,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// A figure, a date, a year or a text.
    Literal(Literal),
    /// `alliance_fund.budget`.
    Path(Vec<Name>),
    /// `abs(x)`; the name may be dotted.
    Call {
        /// The function.
        name: Name,
        /// What stands between the brackets.
        args: Vec<Expr>,
    },
    /// `-x` or `not x`.
    Unary {
        /// The operator.
        op: UnaryOp,
        /// What it applies to.
        arg: Box<Expr>,
    },
    /// `a + b`, `5% of a`, `a and b`.
    Binary {
        /// The operator.
        op: BinaryOp,
        /// What stands before it.
        left: Box<Expr>,
        /// What stands after it.
        right: Box<Expr>,
    },
    /// `(a, b)`, also with none or in square brackets.
    List(Vec<Expr>),
    /// `a when c, b when d, otherwise e`.
    When {
        /// Value and condition of each case, in order.
        cases: Vec<(Expr, Expr)>,
        /// What applies when no condition holds.
        otherwise: Option<Box<Expr>>,
    },
    /// `x, at least y`: never less than `y`.
    AtLeast {
        /// What is limited.
        value: Box<Expr>,
        /// The limit.
        limit: Box<Expr>,
    },
    /// `x, at most y`: never more than `y`.
    AtMost {
        /// What is limited.
        value: Box<Expr>,
        /// The limit.
        limit: Box<Expr>,
    },
    /// `x, rounded half_even to £0.01`.
    Rounded {
        /// What is rounded.
        value: Box<Expr>,
        /// `half_even`, say; `None` where the contract's own mode applies.
        mode: Option<Name>,
        /// The grain.
        grain: Box<Expr>,
    },
    /// `mean of x over all with the same track`, `median of visits over each ward`.
    OverAll {
        /// The function and the figure of each case or row.
        of: Box<Expr>,
        /// What a case has several of, where it is worked out over these and not over all cases.
        each: Option<Name>,
        /// What the cases that are taken together have in common.
        same: Option<Box<Expr>>,
        /// What follows: `by nearest rank`, `at 50%`, `into 5`, in any order.
        settings: Vec<Setting>,
    },
    /// `operational days from due to received`.
    CountBetween {
        /// `days`, `operational_days`, `months`: as written, with an underscore between two words.
        count: Name,
        /// From which date.
        from: Box<Expr>,
        /// To which.
        to: Box<Expr>,
    },
    /// `cases of track, progress { basic, below 50% : 0% … }`: a table of cases.
    Cases {
        /// What the cases are of.
        of: Vec<Expr>,
        /// The rows as they stand between the braces.
        rows: Vec<Member>,
    },
    /// `x, or y if missing`.
    IfMissing {
        /// What may be missing.
        value: Box<Expr>,
        /// What stands in for it.
        default: Box<Expr>,
    },
}

/// A setting of a function over all cases, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// What is set.
    pub kind: SettingKind,
    /// From its first to its last word.
    pub span: Span,
}

/// What a setting sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingKind {
    /// `by nearest rank`.
    By(Vec<Name>),
    /// `at 50%`.
    At(Box<Expr>),
    /// `into 5`.
    Into(Box<Expr>),
    /// `to 4 decimals`.
    To(Box<Expr>),
    /// `from 1% to 99%`.
    Between(Box<Expr>, Box<Expr>),
    /// `from highest`.
    From(Name),
    /// `ties best`.
    Ties(Name),
}

/// An operator before its operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnaryOp {
    /// `-x`.
    Minus,
    /// `not x`.
    Not,
}

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BinaryOp {
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*` or `×`.
    Multiply,
    /// `/` or `÷`.
    Divide,
    /// `5% of x`.
    Of,
    /// `rate for track`.
    For,
    /// `budget in 2027/28`.
    In,
    /// `and`.
    And,
    /// `or`.
    Or,
    /// `=` or `is`.
    Equal,
    /// `!=`, `≠` or `is not`.
    NotEqual,
    /// `<` or `is less than`.
    Less,
    /// `<=`, `≤` or `is at most`.
    LessOrEqual,
    /// `>` or `is more than`.
    Greater,
    /// `>=`, `≥` or `is at least`.
    GreaterOrEqual,
}

/// A figure, a date, a year or a text, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// `24,310 admissions per 100,000 people per year`.
    Number {
        /// As written.
        digits: String,
        /// The words of its unit.
        unit: UnitWords,
    },
    /// `5% per year`; the digits are without the sign.
    Percent {
        /// As written.
        digits: String,
        /// Only its `per` parts can be there.
        unit: UnitWords,
    },
    /// `£84,000,000 per year`.
    Money {
        /// `£`, `€` or `$`.
        symbol: char,
        /// As written; empty where the sign stands alone.
        digits: String,
        /// Only its `per` parts can be there.
        unit: UnitWords,
    },
    /// `2026-04-01`.
    Date(String),
    /// `2027/28`.
    Year(String),
    /// Without the quotes.
    Text(String),
}

/// The words of a unit after a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitWords {
    /// The words directly after the figure: `operational days`.
    pub words: Vec<Name>,
    /// Each `per`: its figure, if it has one, and its words.
    pub per: Vec<(Option<String>, Vec<Name>)>,
    /// From the first word to the last; empty after the figure where there is no unit.
    pub span: Span,
}

/// Why terms are not an expression, in an analyst's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExprProblem {
    /// Which of these problems it is, for a tool that mends them in different ways; empty where none does.
    pub case: &'static str,
    /// Where.
    pub span: Span,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// What is the matter at the place.
    pub label: String,
    /// What to do, each a sentence that starts with a verb.
    pub help: Vec<String>,
    /// A mend, where there is only one: its title, what it replaces and the new text.
    pub fix: Option<Box<(String, Span, String)>>,
}

/// Reads a value: its first phrase, then what each following phrase does to everything before it, left to right.
///
/// No phrases at all have no place; the problem then stands at the start of file 0, so blame the key instead.
pub fn read_value(phrases: &[Phrase]) -> Result<Expr, ExprProblem> {
    value::read(phrases, &Budget::new())
}

/// Reads the terms of one phrase, or a part of one; `x when c otherwise y` and `x at least y` are read here too.
///
/// No terms at all have no place; the problem then stands at the start of file 0.
pub fn read_expression(terms: &[Term]) -> Result<Expr, ExprProblem> {
    value::read_one(terms, &Budget::new())
}
