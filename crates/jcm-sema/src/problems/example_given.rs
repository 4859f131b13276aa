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
        let named: Vec<String> = self.inputs.iter().map(|input| format!("`{input}`")).collect();
        let message = format!("the example does not give {}", named.join(", "));
        let found = Diagnostic::error(CODE, message, self.span, "needed to work the example out");
        self.inputs
            .iter()
            .fold(found, |found, input| found.fact(input))
            .help(format!("Add it to the `given` of \"{}\"", self.example))
    }
}
