//! E0401: a date or year is not in the calendar.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0401");

/// The facts of E0401.
pub(crate) struct NoSuchDate {
    /// As written.
    pub(crate) text: String,
    /// Where.
    pub(crate) span: Span,
    /// What is wrong with it.
    pub(crate) why: String,
}

impl Problem for NoSuchDate {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(CODE, format!("`{}` is not in the calendar", self.text), self.span, self.why)
            .help("Write dates as `2026-04-01` and financial years as `2026/27`")
    }
}
