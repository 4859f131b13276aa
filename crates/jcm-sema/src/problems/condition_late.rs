//! E0544: a condition precedent falls due, or was met, after the contract has begun.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0544");

/// The facts of E0544.
pub(crate) struct ConditionLate {
    /// The condition.
    pub(crate) name: String,
    /// Where.
    pub(crate) span: Span,
    /// The day that it names.
    pub(crate) day: String,
    /// The first day of the contract.
    pub(crate) start: String,
    /// Whether it was met on that day, or need only be met by it.
    pub(crate) met: bool,
}

impl Problem for ConditionLate {
    fn describe(self) -> Diagnostic {
        let does = if self.met { "was met on" } else { "need not be met before" };
        let message = format!(
            "the condition `{}` {does} {}, and the contract begins on {}",
            self.name, self.day, self.start
        );
        Diagnostic::error(CODE, message, self.span, "after the contract has begun").help(
            "Choose a day on or before the first day of the term, let the contract begin later, or make it an \
             `obligation` if it can wait",
        )
    }
}
