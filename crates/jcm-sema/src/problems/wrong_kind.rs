//! E0204: a name stands for something else than is needed here.

use super::{Problem, suggest};
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0204");

/// The facts of E0204.
pub(crate) struct WrongKind {
    /// The name.
    pub(crate) name: String,
    /// Where.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) found: String,
    /// What is needed.
    pub(crate) wanted: String,
    /// Names that would do.
    pub(crate) near: Vec<String>,
}

impl Problem for WrongKind {
    fn describe(self) -> Diagnostic {
        let message = format!("`{}` is {}, and {} is needed here", self.name, self.found, self.wanted);
        let found =
            Diagnostic::error(CODE, message, self.span, format!("this is {}", self.found)).fact(self.wanted);
        suggest(found, &self.near, self.span)
    }
}
