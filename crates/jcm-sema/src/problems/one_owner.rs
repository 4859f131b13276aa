//! E0505: an outcome is not owned jointly.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0505");

/// The facts of E0505.
pub(crate) struct OneOwner {
    /// The outcome.
    pub(crate) outcome: String,
    /// Where.
    pub(crate) span: Span,
    /// The only owner, or nobody.
    pub(crate) owner: String,
}

impl Problem for OneOwner {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("the outcome `{}` is owned by {} alone", self.outcome, self.owner),
            self.span,
            "a joint outcome has two owners or more",
        )
        .help("Name at least one more partner: `owners: acute, council`")
    }
}
