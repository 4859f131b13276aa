//! E0532: something has no sum to date.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0532");

/// The facts of E0532.
pub(crate) struct NotSummed {
    /// What should be summed.
    pub(crate) what: String,
    /// Where.
    pub(crate) span: Span,
    /// Why it cannot be.
    pub(crate) problem: String,
}

impl Problem for NotSummed {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("`{}` has no sum to date: {}", self.what, self.problem),
            self.span,
            "a sum over several periods",
        )
        .help("Sum an input or a line of the case that adds up: an amount, a number of people, of days")
    }
}
