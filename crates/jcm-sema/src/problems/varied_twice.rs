//! E0527: two variations change the same thing, and it is not clear which holds.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0527");

/// The facts of E0527.
pub(crate) struct VariedTwice {
    /// What is changed twice, with the verb: "`sharing_rate` is set twice".
    pub(crate) what: String,
    /// The second.
    pub(crate) span: Span,
    /// The first.
    pub(crate) first: Span,
    /// What to do.
    pub(crate) help: String,
}

impl Problem for VariedTwice {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(CODE, self.what, self.span, "again here")
            .also(self.first, "first here")
            .help(self.help)
    }
}
