//! E0304: a table or function is given too many or too few things.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0304");

/// The facts of E0304.
pub(crate) struct WrongCount {
    /// The table or function.
    pub(crate) what: String,
    /// Where.
    pub(crate) span: Span,
    /// How many are given.
    pub(crate) found: usize,
    /// How many and which are needed.
    pub(crate) expected: String,
}

impl Problem for WrongCount {
    fn describe(self) -> Diagnostic {
        let given = match self.found {
            0 => "none is given".to_owned(),
            1 => "1 is given".to_owned(),
            found => format!("{found} are given"),
        };
        Diagnostic::error(
            CODE,
            format!("`{}` needs {}, and {given}", self.what, self.expected),
            self.span,
            given,
        )
    }
}
