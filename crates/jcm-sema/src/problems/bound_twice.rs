//! E0515: two columns give one input, or one header stands twice.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0515");

/// The facts of E0515.
pub(crate) struct BoundTwice {
    /// What is given twice.
    pub(crate) what: String,
    /// The second.
    pub(crate) span: Span,
    /// The first.
    pub(crate) first: Span,
}

impl Problem for BoundTwice {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(CODE, format!("{} is given twice", self.what), self.span, "again here")
            .also(self.first, "first here")
    }
}
