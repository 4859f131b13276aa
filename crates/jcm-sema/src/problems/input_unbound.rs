//! E0514: a dataset does not give an input that is needed.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0514");

/// The facts of E0514.
pub(crate) struct InputUnbound {
    /// The dataset.
    pub(crate) dataset: String,
    /// Where.
    pub(crate) span: Span,
    /// The inputs.
    pub(crate) inputs: Vec<(Span, String)>,
}

impl Problem for InputUnbound {
    fn describe(self) -> Diagnostic {
        let names: Vec<String> = self.inputs.iter().map(|(_, name)| format!("`{name}`")).collect();
        let mut found = Diagnostic::error(
            CODE,
            format!("the dataset `{}` does not give {}", self.dataset, names.join(", ")),
            self.span,
            "no column gives it",
        );
        for (span, name) in self.inputs {
            found = found.fact(name.as_str()).also(span, format!("`{name}` is needed to settle"));
        }
        found.help("Add a column for it, or say in the input what a missing figure means: `missing neutral`")
    }
}
