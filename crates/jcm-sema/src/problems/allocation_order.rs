//! E0543: payees in an order that does not pay everything out.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0543");

/// The facts of E0543.
pub(crate) struct AllocationOrder {
    /// Which of the orders that do not work.
    pub(crate) case: &'static str,
    /// What the case is about: of an amount finer than what is paid, that amount and what is paid.
    pub(crate) about: Vec<String>,
    /// Where.
    pub(crate) span: Span,
    /// What is the matter.
    pub(crate) matter: String,
    /// Why that cannot be.
    pub(crate) label: String,
    /// What comes before it.
    pub(crate) also: Option<Span>,
    /// What to write instead.
    pub(crate) help: String,
}

impl Problem for AllocationOrder {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(CODE, self.matter, self.span, self.label).case(self.case);
        let mut found = self.about.into_iter().fold(found, Diagnostic::fact);
        if let Some(also) = self.also {
            found = found.also(also, "what comes before");
        }
        found.help(self.help)
    }
}
