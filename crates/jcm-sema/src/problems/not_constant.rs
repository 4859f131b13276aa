//! E0305: a figure that must be fixed in the contract depends on data.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0305");

/// The facts of E0305.
pub(crate) struct NotConstant {
    /// Where.
    pub(crate) span: Span,
    /// What must be fixed.
    pub(crate) what: String,
}

impl Problem for NotConstant {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("{} must be a figure of the contract", self.what),
            self.span,
            "this depends on data, or cannot be worked out here",
        )
        .help("Write the figure itself")
    }
}
