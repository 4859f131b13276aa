//! E0549: what is reported of the parts of a settlement period cannot be put together as a measure says.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0549");

/// The facts of E0549.
pub(crate) struct CombinedUnfit {
    /// Where.
    pub(crate) span: Span,
    /// Why not.
    pub(crate) why: String,
    /// What to write instead.
    pub(crate) help: String,
}

impl Problem for CombinedUnfit {
    fn describe(self) -> Diagnostic {
        let message = format!("the figures of this measure cannot be put together so: {}", self.why);
        Diagnostic::error(CODE, message, self.span, "how its figures become the figure of a period")
            .help(self.help)
    }
}
