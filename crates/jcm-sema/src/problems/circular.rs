//! E0212: things depend on each other in a circle.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0212");

/// The facts of E0212.
pub(crate) struct Circular {
    /// The circle.
    pub(crate) names: Vec<String>,
    /// Where.
    pub(crate) span: Span,
}

impl Problem for Circular {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("{} depend on each other in a circle", self.names.join(" and ")),
            self.span,
            "none of them can be worked out first",
        )
        .help("Take one of the references out")
    }
}
