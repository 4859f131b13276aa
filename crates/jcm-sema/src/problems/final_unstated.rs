//! E0535: late figures are accepted until the final settlement, and the contract does not say when that is.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0535");

/// The facts of E0535.
pub(crate) struct FinalUnstated {
    /// The rule.
    pub(crate) span: Span,
    /// The contract's name.
    pub(crate) contract: Span,
}

impl Problem for FinalUnstated {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            "late figures are accepted until the final settlement, but the contract does not say when that is",
            self.span,
            "until when is not known",
        )
        .also(self.contract, "the contract says when it settles in `settled`")
        .help("Write in the contract `settled: every financial_year, final within 6 months`, or here `as missing after 2 months`")
    }
}
