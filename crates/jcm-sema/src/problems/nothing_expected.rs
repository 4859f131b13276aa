//! E0518: an example expects nothing.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0518");

/// The facts of E0518.
pub(crate) struct NothingExpected {
    /// The example.
    pub(crate) example: String,
    /// Where.
    pub(crate) span: Span,
}

impl Problem for NothingExpected {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            "an example that expects nothing proves nothing",
            self.span,
            "no `expect` in it",
        )
        .help(format!("Add what must come out of \"{}\": `expect payable = £1,658,880`", self.example))
    }
}
