//! E0107: nested too deeply, or too complex, to be read.

use super::{Range, SyntaxProblem};

/// How deeply brackets and braces may be nested.
pub(crate) const DEEPEST: usize = 64;

/// Why a declaration was not read.
pub(crate) enum TooDeep {
    /// More than [`DEEPEST`] open brackets; the one that is too many.
    Nested(Range),
    /// The parser gave up; the first line of the declaration.
    Complex(Range),
}

impl From<TooDeep> for SyntaxProblem {
    fn from(problem: TooDeep) -> Self {
        match problem {
            TooDeep::Nested(at) => Self::new(
                "E0107",
                at,
                format!("brackets are nested more than {DEEPEST} deep"),
                "this bracket is one too many",
            )
            .help("Name a part of the formula on a line of its own and use the name, or close the brackets before this one."),
            TooDeep::Complex(at) => {
                Self::new("E0107", at, "this declaration is too long to be read", "the reader gave up here")
                    .help("Split it into several declarations.")
            }
        }
    }
}
