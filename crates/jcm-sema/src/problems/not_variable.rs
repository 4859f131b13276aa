//! E0525: a variation sets what it cannot set.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0525");

/// The facts of E0525.
pub(crate) struct NotVariable {
    /// What it sets.
    pub(crate) name: String,
    /// Where.
    pub(crate) span: Span,
    /// What that is: `a line`.
    pub(crate) kind: String,
    /// What it could set instead.
    pub(crate) near: Vec<String>,
}

impl Problem for NotVariable {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            format!("a variation cannot set `{}`", self.name),
            self.span,
            format!("this is {}, and not a figure that the contract states", self.kind),
        );
        let found = match self.near.as_slice() {
            [] => found,
            near => found.help(format!("Set {}", near.join(" or "))),
        };
        found.help("A variation sets parameters, knobs, contributions, amounts and prices of payments, targets, baselines and sizes of populations; for anything else change the text, and show with `jcm diff` what that does")
    }
}
