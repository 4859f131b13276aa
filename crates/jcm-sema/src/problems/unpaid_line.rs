//! W0102: a line of an incentive leads to no payment.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("W0102");

/// The facts of W0102.
pub(crate) struct UnpaidLine {
    /// The line.
    pub(crate) line: String,
    /// Where.
    pub(crate) span: Span,
}

impl Problem for UnpaidLine {
    fn describe(self) -> Diagnostic {
        Diagnostic::warning(
            CODE,
            format!("no payment depends on the line `{}`", self.line),
            self.span,
            "worked out and then not used",
        )
        .help("Use it in a later line, pay it, or remove it")
    }
}
