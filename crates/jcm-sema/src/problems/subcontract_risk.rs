//! E0538: a sub-contract passes on more risk than its partner bears.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0538");

/// The facts of E0538.
pub(crate) struct SubcontractRisk {
    /// Who passes on.
    pub(crate) partner: String,
    /// The incentive.
    pub(crate) incentive: String,
    /// Where.
    pub(crate) span: Span,
    /// How much is passed on, in words.
    pub(crate) passed: String,
    /// How much the partner bears, in words.
    pub(crate) borne: String,
    /// What decides how much the partner bears.
    pub(crate) because: Span,
}

impl Problem for SubcontractRisk {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("`{}` passes on more of `{}` than it bears", self.partner, self.incentive),
            self.span,
            self.passed,
        )
        .also(self.because, self.borne)
        .help("Pass on no more than the partner's own share, with limits that are no wider than its own")
    }
}
