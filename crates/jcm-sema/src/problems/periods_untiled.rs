//! E0403: the settlement periods do not fill the term.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0403");

/// The facts of E0403.
pub(crate) struct PeriodsUntiled {
    /// Where.
    pub(crate) span: Span,
    /// The period.
    pub(crate) every: String,
    /// What is left over.
    pub(crate) why: String,
}

impl Problem for PeriodsUntiled {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("settling every {} does not fill the term exactly", self.every),
            self.span,
            self.why,
        )
        .help("Let the term begin and end with a period, or settle by another period")
    }
}
