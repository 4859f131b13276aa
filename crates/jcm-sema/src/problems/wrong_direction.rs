//! E0504: a target is worse than the baseline.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0504");

/// The facts of E0504.
pub(crate) struct WrongDirection {
    /// The measure.
    pub(crate) measure: String,
    /// The target.
    pub(crate) span: Span,
    /// The target.
    pub(crate) target: String,
    /// What it is compared with.
    pub(crate) baseline: String,
    /// Where that stands.
    pub(crate) before: Span,
    /// Which way is better.
    pub(crate) better: String,
}

impl Problem for WrongDirection {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("the target of `{}` is worse than where it starts", self.measure),
            self.span,
            format!("{} is to be reached", self.target),
        )
        .also(self.before, format!("it starts at {}", self.baseline))
        .help(format!("The measure says `better: {}`: change that, or the target", self.better))
    }
}
