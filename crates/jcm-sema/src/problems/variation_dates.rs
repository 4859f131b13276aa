//! E0526: the dates of a variation do not fit the contract.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0526");

/// The facts of E0526.
pub(crate) struct VariationDates {
    /// What has the date, in words.
    pub(crate) what: String,
    /// Where.
    pub(crate) span: Span,
    /// What is the matter with it, after what it is.
    pub(crate) why: String,
    /// Why no settlement could follow it, for the place.
    pub(crate) label: &'static str,
    /// What to do.
    pub(crate) help: String,
}

impl Problem for VariationDates {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(CODE, format!("{} {}", self.what, self.why), self.span, self.label).help(self.help)
    }
}
