//! E0540: a decision that was not for this body, or that its rules do not carry.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0540");

/// The facts of E0540.
pub(crate) struct DecisionInvalid {
    /// The decision.
    pub(crate) decision: String,
    /// Where.
    pub(crate) span: Span,
    /// What is the matter, after the name of the decision.
    pub(crate) matter: String,
    /// Why.
    pub(crate) label: String,
    /// The board or partner whose rules say so.
    pub(crate) rules: Span,
    /// What to do.
    pub(crate) help: String,
}

impl Problem for DecisionInvalid {
    fn describe(self) -> Diagnostic {
        let message = format!("the decision `{}` {}", self.decision, self.matter);
        Diagnostic::error(CODE, message, self.span, self.label)
            .also(self.rules, "whose rules say so")
            .help(self.help)
    }
}
