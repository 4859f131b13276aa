//! E0405: a baseline does not lie before what is measured against it.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0405");

/// The facts of E0405.
pub(crate) struct BaselineLate {
    /// The measure.
    pub(crate) measure: String,
    /// The baseline.
    pub(crate) span: Span,
    /// Its period.
    pub(crate) baseline: String,
    /// The first day of performance.
    pub(crate) start: String,
    /// The first target, or the term.
    pub(crate) target: Span,
}

impl Problem for BaselineLate {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!(
                "the baseline of `{}` does not lie before the performance that is measured against it",
                self.measure
            ),
            self.span,
            format!("the baseline runs over {}", self.baseline),
        )
        .also(self.target, format!("performance is measured from {}", self.start))
        .help("Take a baseline from a period that has ended before then")
    }
}
