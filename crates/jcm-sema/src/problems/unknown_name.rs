//! E0202: a name is not declared.

use super::{Problem, suggest};
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0202");

/// The facts of E0202.
pub(crate) struct UnknownName {
    /// The name.
    pub(crate) name: String,
    /// Where.
    pub(crate) span: Span,
    /// What was looked for: "partner".
    pub(crate) wanted: String,
    /// Names like it.
    pub(crate) near: Vec<String>,
}

impl Problem for UnknownName {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            format!("`{}` is not declared", self.name),
            self.span,
            format!("no {} has this name", self.wanted),
        );
        suggest(found, &self.near, self.span)
    }
}
