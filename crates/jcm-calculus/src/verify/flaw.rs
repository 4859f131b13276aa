//! What can be wrong with a settlement, and how it is said.

use jcm_quantity::Exact;
use std::fmt;

/// A condition that a settlement does not meet. `at` names the thing that fails it, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// A reference to something that is not in its list.
    NotThere {
        /// Where.
        at: String,
        /// What kind of thing.
        what: &'static str,
        /// Its number, from 0.
        number: usize,
    },
    /// Two things of a kind have one name.
    NameTwice {
        /// What kind of things.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A step refers to itself or to a later step.
    NotEarlier {
        /// Where.
        at: String,
        /// The step it refers to.
        step: String,
    },
    /// A thing of one level is used where the other is needed.
    Level {
        /// Where.
        at: String,
        /// The thing.
        name: String,
    },
    /// A sum or count of rows inside an expression that is computed for each row.
    RowsInRow {
        /// Where.
        at: String,
    },
    /// Two values do not go together.
    Mismatch {
        /// Where.
        at: String,
        /// What is done to them.
        doing: &'static str,
        /// The first, in words.
        left: String,
        /// The second, in words.
        right: String,
    },
    /// A value is of another type than is needed.
    WrongType {
        /// Where.
        at: String,
        /// What is needed, in words.
        wanted: String,
        /// What is there, in words.
        found: String,
    },
    /// A list that needs something in it is empty.
    Empty {
        /// Where.
        at: String,
        /// Which list.
        what: &'static str,
    },
    /// A row of a table does not fit the rows around it.
    Row {
        /// Where.
        at: String,
        /// Which row, from 1.
        row: usize,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Parts that must make a whole do not.
    NotWhole {
        /// Where.
        at: String,
        /// Which parts.
        what: &'static str,
        /// What they sum to.
        sum: Exact,
    },
    /// A figure that cannot be below nought is.
    Negative {
        /// Where.
        at: String,
        /// Which figure.
        what: String,
    },
    /// A grain of rounding that is not above nought.
    Grain {
        /// Where.
        at: String,
        /// The grain.
        grain: Exact,
    },
    /// A function with a setting that it cannot have, or in a place where it cannot stand.
    Function {
        /// Where.
        at: String,
        /// What is wrong.
        problem: String,
    },
    /// A rule of an allocation that contradicts its shares.
    Allocation {
        /// Where.
        at: String,
        /// What is wrong.
        problem: String,
    },
    /// A period that is empty or not in its place.
    Period {
        /// Its label.
        label: String,
        /// What is wrong.
        problem: String,
    },
    /// A figure carried from period to period that does not fit the periods.
    Carried {
        /// Where.
        at: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// A choice that its list does not have.
    Member {
        /// Where.
        at: String,
        /// The list, or nothing where no list has it.
        choice: String,
        /// The choice.
        member: String,
    },
    /// Another number of values than of columns or keys.
    Count {
        /// Where.
        at: String,
        /// Values of what.
        what: &'static str,
        /// How many are needed.
        wanted: usize,
        /// How many are there.
        found: usize,
    },
    /// An expression that nests too deep.
    TooDeep {
        /// Where.
        at: String,
    },
}

impl Flaw {
    pub(super) fn not_there(at: &str, what: &'static str, number: usize) -> Flaw {
        Flaw::NotThere { at: at.to_string(), what, number }
    }

    pub(super) fn row(at: &str, place: usize, problem: &'static str) -> Flaw {
        Flaw::Row { at: at.to_string(), row: place.saturating_add(1), problem }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::NotThere { at, what, number } => {
                write!(f, "{at} refers to {what} number {number}, which does not exist")
            }
            Flaw::NameTwice { what, name } => write!(f, "two {what} are named `{name}`"),
            Flaw::NotEarlier { at, step } => write!(f, "{at} uses {step}, which does not come before it"),
            Flaw::Level { at, name } => {
                write!(
                    f,
                    "{at} uses `{name}` as if it existed once for the case where it exists for each row, or the other way round"
                )
            }
            Flaw::RowsInRow { at } => {
                write!(f, "{at} is computed for each row and cannot itself sum or count the rows")
            }
            Flaw::Mismatch { at, doing, left, right } => write!(f, "{at} {doing} {left} and {right}"),
            Flaw::WrongType { at, wanted, found } => write!(f, "{at} needs {wanted} but has {found}"),
            Flaw::Empty { at, what } => write!(f, "{at} has no {what}"),
            Flaw::Row { at, row, problem } => write!(f, "{at}: row {row} {problem}"),
            Flaw::NotWhole { at, what, sum } => write!(f, "{at}: the {what} sum to {sum}, not to 1"),
            Flaw::Negative { at, what } => write!(f, "{at}: {what} is below zero"),
            Flaw::Grain { at, grain } => {
                write!(f, "{at} rounds to multiples of {grain}, which is not above zero")
            }
            Flaw::Function { at, problem } | Flaw::Allocation { at, problem } => write!(f, "{at} {problem}"),
            Flaw::Carried { at, problem } => write!(f, "{at} {problem}"),
            Flaw::Period { label, problem } => write!(f, "the period {label} {problem}"),
            Flaw::Member { at, choice, member } if choice.is_empty() => {
                write!(f, "{at}: no list of choices has `{member}`")
            }
            Flaw::Member { at, choice, member } => write!(f, "{at}: `{member}` is not one of `{choice}`"),
            Flaw::Count { at, what, wanted, found } => {
                write!(f, "{at} needs {wanted} {what} but has {found}")
            }
            Flaw::TooDeep { at } => write!(f, "{at} nests deeper than {} levels", super::DEEPEST),
        }
    }
}

impl std::error::Error for Flaw {}
