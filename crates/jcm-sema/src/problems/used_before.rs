//! E0211: a line uses a line that comes after it.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0211");

/// The facts of E0211.
pub(crate) struct UsedBefore {
    /// The name.
    pub(crate) name: String,
    /// Where it is used.
    pub(crate) span: Span,
    /// Where it stands.
    pub(crate) declared: Span,
}

impl Problem for UsedBefore {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("`{}` is used before it is worked out", self.name),
            self.span,
            "used here",
        )
        .also(self.declared, "worked out here, further down")
        .help("Lines are worked out from top to bottom: move the line up")
    }
}
