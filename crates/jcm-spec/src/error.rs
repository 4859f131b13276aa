//! Why a specification was refused, in words for the person who runs the settlement.

use jcm_calculus::Flaw;
use std::fmt;

/// Why a specification was refused.
#[derive(Debug, Clone, PartialEq)]
pub enum SpecError {
    /// The file is larger than any specification should be.
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The most that is read.
        limit: usize,
    },
    /// It is not JSON.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the JSON reader says.
        message: String,
    },
    /// It is JSON of another kind.
    NotASettlement,
    /// It is a settlement of a version that this program does not read.
    Version {
        /// The version it names.
        found: u64,
    },
    /// A field or an operation is missing, unknown or of the wrong kind.
    Shape {
        /// In what, such as ``line `gain_share.saving` ``.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// A name, figure or date does not make sense where it stands.
    Content {
        /// In what.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// It reads well but is not a sound settlement.
    Flaws(Vec<Flaw>),
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes, limit } => {
                write!(f, "this specification has {bytes} bytes; this program reads at most {limit}")
            }
            Self::NotJson { line, column, message } => {
                write!(f, "this file is not JSON: line {line}, column {column}: {message}")
            }
            Self::NotASettlement => f.write_str(
                "this file is not a settlement specification: it does not begin with \"jcm\": \"settlement\" and a \
                 \"version\"",
            ),
            Self::Version { found } => {
                write!(f, "this specification is version {found}; this program reads version {}", crate::v1::VERSION)
            }
            Self::Shape { place, message } | Self::Content { place, message } => {
                write!(f, "in {place}: {message}")
            }
            Self::Flaws(flaws) => {
                f.write_str("this specification cannot be settled:")?;
                flaws.iter().try_for_each(|flaw| write!(f, "\n- {flaw}"))
            }
        }
    }
}

impl std::error::Error for SpecError {}
