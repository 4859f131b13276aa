//! E0517: an example does not give what it needs.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0517");

/// The facts of E0517.
pub(crate) struct ExampleGiven {
    /// The example.
    pub(crate) example: String,
    /// Where.
    pub(crate) span: Span,
    /// The inputs not given.
    pub(crate) inputs: Vec<String>,
}

impl Problem for ExampleGiven {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("the example does not give {}", self.inputs.join(", ")),
            self.span,
            "needed to work the example out",
        )
        .help(format!("Add it to the `given` of \"{}\"", self.example))
    }
}
