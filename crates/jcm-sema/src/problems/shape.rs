//! E0111: a field or statement is not written as it should be.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0111");

/// The facts of E0111.
pub(crate) struct Shape {
    /// What could not be read, such as "`term`".
    pub(crate) what: String,
    /// Where.
    pub(crate) span: Span,
    /// How it is written.
    pub(crate) expected: String,
    /// A text that would do.
    pub(crate) example: String,
}

impl Problem for Shape {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("{} cannot be read", self.what),
            self.span,
            format!("expected {}", self.expected),
        )
        .help(format!("Write it like this: `{}`", self.example))
    }
}
