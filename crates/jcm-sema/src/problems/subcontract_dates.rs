//! E0536: the dates of a sub-contract do not fit those of the contract.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0536");

/// The facts of E0536.
pub(crate) struct SubcontractDates {
    /// The sub-contract.
    pub(crate) name: String,
    /// Where.
    pub(crate) span: Span,
    /// What is the matter, after the name.
    pub(crate) matter: String,
    /// Why that cannot be.
    pub(crate) label: String,
    /// What to write instead.
    pub(crate) help: String,
}

impl Problem for SubcontractDates {
    fn describe(self) -> Diagnostic {
        let message = format!("the sub-contract `{}` {}", self.name, self.matter);
        Diagnostic::error(CODE, message, self.span, self.label).help(self.help)
    }
}
