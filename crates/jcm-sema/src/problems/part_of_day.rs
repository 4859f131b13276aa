//! E0410: a date is moved by a part of a day or month.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_quantity::DayCount;
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0410");

/// The facts of E0410.
pub(crate) struct PartOfDay {
    /// The stretch of time as written.
    pub(crate) written: String,
    /// Where.
    pub(crate) span: Span,
    /// What is counted.
    pub(crate) count: DayCount,
}

impl Problem for PartOfDay {
    fn describe(self) -> Diagnostic {
        let what = self.count.words();
        Diagnostic::error(
            CODE,
            format!("a date cannot be moved by `{}`", self.written),
            self.span,
            format!("this is no whole number of {what}"),
        )
        .help(format!("Write a whole number of {what}"))
    }
}
