//! E0305: a figure that must be fixed in the contract depends on data.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0305");

/// The facts of E0305.
pub(crate) struct NotConstant {
    /// Where.
    pub(crate) span: Span,
    /// What must be fixed.
    pub(crate) what: String,
    /// The parameter that is named instead of a figure.
    pub(crate) parameter: Option<String>,
    /// What to write instead, where more can be said than the figure itself.
    pub(crate) instead: Option<String>,
}

impl Problem for NotConstant {
    fn describe(self) -> Diagnostic {
        let label = match &self.parameter {
            Some(name) => format!("`{name}` is a parameter, and the figure itself belongs here"),
            None => "this depends on data, or cannot be worked out here".to_owned(),
        };
        let message = format!("{} must be a figure of the contract", self.what);
        let found = Diagnostic::error(CODE, message, self.span, label);
        found.help(self.instead.unwrap_or_else(|| "Write the figure itself".to_owned()))
    }
}
