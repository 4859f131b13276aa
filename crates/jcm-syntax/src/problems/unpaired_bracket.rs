//! E0103: a brace or bracket without its partner.

use super::{Range, SyntaxProblem};

/// A brace or bracket that has no partner.
pub(crate) enum UnpairedBracket {
    /// `{` of a body or block.
    Brace(Range),
    /// `(`.
    Round(Range),
    /// `[`.
    Square(Range),
    /// `{` in legal text.
    Hole(Range),
    /// `}` after the end of a declaration.
    Surplus(Range),
}

impl From<UnpairedBracket> for SyntaxProblem {
    fn from(problem: UnpairedBracket) -> Self {
        let open = |at, mark: &str, close: &str| {
            Self::new(
                "E0103",
                at,
                format!("this `{mark}` is never closed"),
                format!("its `{close}` is missing"),
            )
            .case("never-closed")
        };
        match problem {
            UnpairedBracket::Brace(at) => open(at, "{", "}")
                .help("Put `}` on a line of its own after the last line that belongs to it."),
            UnpairedBracket::Round(at) => open(at, "(", ")"),
            UnpairedBracket::Square(at) => open(at, "[", "]"),
            UnpairedBracket::Hole(at) => open(at, "{", "}")
                .help("Put `}` after the name it refers to, or write `\\{` where a brace is meant."),
            UnpairedBracket::Surplus(at) => {
                Self::new("E0103", at, "this `}` closes nothing", "the declaration has already ended").fix(
                    "Remove `}`",
                    at,
                    "",
                )
            }
        }
    }
}
