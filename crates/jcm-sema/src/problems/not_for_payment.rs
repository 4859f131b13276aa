//! E0513: money depends on a measure that is not for payment.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0513");

/// The facts of E0513.
pub(crate) struct NotForPayment {
    /// The measure.
    pub(crate) measure: String,
    /// Where.
    pub(crate) span: Span,
    /// The measure.
    pub(crate) declared: Span,
}

impl Problem for NotForPayment {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("money depends on `{}`, which is not a measure for payment", self.measure),
            self.span,
            "used here",
        )
        .also(self.declared, "its use is stated here")
        .help("Write `use: payment` in the measure, or take it out of here")
    }
}
