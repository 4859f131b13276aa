//! E0402: the end lies before the start.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0402");

/// The facts of E0402.
pub(crate) struct DatesDisordered {
    /// Where.
    pub(crate) span: Span,
    /// The start.
    pub(crate) start: String,
    /// The end.
    pub(crate) end: String,
}

impl Problem for DatesDisordered {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("the end, {}, lies before the start, {}", self.end, self.start),
            self.span,
            "from the later to the earlier",
        )
        .help("Change one of the two dates")
    }
}
