//! E0522: a ladder does not end in a step that binds.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0522");

/// The facts of E0522.
pub(crate) struct LadderUnbound {
    /// The ladder.
    pub(crate) ladder: String,
    /// The last step.
    pub(crate) span: Span,
    /// Whether an earlier step binds.
    pub(crate) early: bool,
}

impl Problem for LadderUnbound {
    fn describe(self) -> Diagnostic {
        let (message, label) = if self.early {
            (format!("steps of `{}` come after one that binds", self.ladder), "never reached")
        } else {
            (format!("the last step of `{}` does not bind", self.ladder), "the dispute could go on for ever")
        };
        Diagnostic::error(CODE, message, self.span, label)
            .case(if self.early { "after-the-end" } else { "no-end" })
            .help("End with one step that binds: `expert_determination binds within 20 operational days`")
    }
}
