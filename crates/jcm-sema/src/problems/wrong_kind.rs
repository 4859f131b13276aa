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
        let found = Diagnostic::error(
            CODE,
            format!("`{}` is {}, and {} is needed here", self.name, self.found, self.wanted),
            self.span,
            format!("this is {}", self.found),
        );
        suggest(found, &self.near, self.span)
    }
}
