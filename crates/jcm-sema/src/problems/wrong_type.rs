//! E0303: a value of another type is needed.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0303");

/// The facts of E0303.
pub(crate) struct WrongType {
    /// Which of these problems it is, where one has a mend of its own.
    pub(crate) case: &'static str,
    /// Where.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) found: String,
    /// What is needed.
    pub(crate) expected: String,
    /// What to do.
    pub(crate) help: Option<String>,
}

impl Problem for WrongType {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            format!("{} is needed here, and this is {}", self.expected, self.found),
            self.span,
            format!("this is {}", self.found),
        )
        .case(self.case);
        match self.help {
            Some(help) => found.help(help),
            None => found,
        }
    }
}
