//! E0205: a declaration has a field that it does not know.

use super::{Problem, a, suggest};
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0205");

/// The facts of E0205.
pub(crate) struct UnknownField {
    /// The field.
    pub(crate) field: String,
    /// The kind of declaration.
    pub(crate) kind: String,
    /// Where.
    pub(crate) span: Span,
    /// Fields like it.
    pub(crate) near: Vec<String>,
    /// Every field of the kind.
    pub(crate) known: Vec<String>,
}

impl Problem for UnknownField {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            format!("{} has no field `{}`", a(&self.kind), self.field),
            self.span,
            "this field is not known here",
        );
        suggest(found, &self.near, self.span).help(format!("Use one of: {}", self.known.join(", ")))
    }
}
