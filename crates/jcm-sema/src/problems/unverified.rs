//! E0534: the figure of a verifier counts, and nobody verifies.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0534");

/// The facts of E0534.
pub(crate) struct Unverified {
    /// The measure or input.
    pub(crate) name: String,
    /// The rule.
    pub(crate) span: Span,
}

impl Problem for Unverified {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("in a dispute the figure of who verifies `{}` counts, but nobody verifies it", self.name),
            self.span,
            "there is no such figure",
        )
        .help("Say in the measure who verifies it, such as `verified: by external_auditor`, or write `pay the undisputed part`, `hold` or `as collected`")
    }
}
