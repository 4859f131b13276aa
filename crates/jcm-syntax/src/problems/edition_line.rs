//! E0102: the edition line is missing or names another edition.

use super::{Range, SyntaxProblem};

/// The first line that every file has.
const LINE: &str = "jcm 1";

/// What the first line says instead of `jcm 1`.
pub(crate) enum EditionLine<'a> {
    /// There is no edition line; the place where it belongs.
    Missing(Range),
    /// `jcm` with another edition, or with none.
    Other(Range, &'a str),
}

impl From<EditionLine<'_>> for SyntaxProblem {
    fn from(problem: EditionLine<'_>) -> Self {
        match problem {
            EditionLine::Missing(at) => {
                Self::new("E0102", at, "the first line does not name the edition", "the edition belongs here")
                    .help(format!("Begin the file with the line `{LINE}`."))
                    .safe_fix(format!("Insert `{LINE}`"), (at.0, at.0), format!("{LINE}\n\n"))
            }
            EditionLine::Other(at, "") => Self::new(
                "E0102",
                at,
                "the first line does not say which edition",
                "an edition is missing here",
            )
            .safe_fix(format!("Change to `{LINE}`"), at, LINE),
            EditionLine::Other(at, edition) => Self::new(
                "E0102",
                at,
                format!("this file is written for edition `{edition}`, which this compiler does not know"),
                "the only edition so far is `1`",
            )
            .help("Use a compiler that knows the edition, or change the line if it is a slip.")
            .fix(format!("Change to `{LINE}`"), at, LINE),
        }
    }
}
