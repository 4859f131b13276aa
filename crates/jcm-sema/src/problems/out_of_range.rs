//! E0516: a figure lies outside the range it may have.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0516");

/// The facts of E0516.
pub(crate) struct OutOfRange {
    /// The figure.
    pub(crate) what: String,
    /// Where.
    pub(crate) span: Span,
    /// Its value.
    pub(crate) value: String,
    /// The range.
    pub(crate) range: String,
}

impl Problem for OutOfRange {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("{} is {}, outside {}", self.what, self.value, self.range),
            self.span,
            "outside the range",
        )
        .help("Change the figure or the range")
    }
}
