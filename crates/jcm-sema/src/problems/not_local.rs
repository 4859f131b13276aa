//! E0523: a locality sets what it may not set.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0523");

/// The facts of E0523.
pub(crate) struct NotLocal {
    /// What it sets.
    pub(crate) name: String,
    /// Where.
    pub(crate) span: Span,
    /// The knobs of the contract.
    pub(crate) knobs: Vec<String>,
}

impl Problem for NotLocal {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            format!("a locality may not set `{}`", self.name),
            self.span,
            "the contract fixes this for every place",
        );
        let found = match self.knobs.as_slice() {
            [] => found,
            knobs => found.help(format!("Set a knob: {}", knobs.join(", "))),
        };
        found.help("Or declare a knob for it in the contract, with a range; sizes of populations, baselines and contributions can be set as they are")
    }
}
