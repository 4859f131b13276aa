//! E0546: two limits leave nothing between them.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0546");

/// The facts of E0546.
pub(crate) struct LimitsCross {
    /// The limit that was set last.
    pub(crate) span: Span,
    /// The limit before it.
    pub(crate) other: Span,
    /// What it is at least.
    pub(crate) least: String,
    /// What it is at most.
    pub(crate) most: String,
    /// What is given, whatever comes in.
    pub(crate) always: String,
}

impl Problem for LimitsCross {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("nothing is at least {} and at most {}", self.least, self.most),
            self.span,
            format!("with this limit it is always {}", self.always),
        )
        .also(self.other, "this is the other limit")
        .help("Write the lower figure behind `at least` and the higher one behind `at most`")
    }
}
