//! W0101: a defined term is never used.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("W0101");

/// The facts of W0101.
pub(crate) struct UnusedDefinition {
    /// The term.
    pub(crate) name: String,
    /// Where.
    pub(crate) span: Span,
}

impl Problem for UnusedDefinition {
    fn describe(self) -> Diagnostic {
        Diagnostic::warning(
            CODE,
            format!("the defined term \"{}\" is never used", self.name),
            self.span,
            "no clause refers to it",
        )
        .help("Refer to it in a clause between braces, or remove it")
    }
}
