//! E0521: a board does not say how it decides what is not named.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0521");

/// The facts of E0521.
pub(crate) struct DecisionUnruled {
    /// The board.
    pub(crate) board: String,
    /// Where.
    pub(crate) span: Span,
}

impl Problem for DecisionUnruled {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("`{}` does not say how it decides everything else", self.board),
            self.span,
            "a matter that nobody thought of has no rule",
        )
        .help("Add a rule to its `decides`: `anything_else : majority of 75%`")
    }
}
