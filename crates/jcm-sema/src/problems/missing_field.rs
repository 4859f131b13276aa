//! E0207: a declaration lacks what it must have.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0207");

/// The facts of E0207.
pub(crate) struct MissingField {
    /// The field.
    pub(crate) field: String,
    /// The kind of declaration.
    pub(crate) kind: String,
    /// Its name.
    pub(crate) name: String,
    /// The declaration.
    pub(crate) span: Span,
    /// A text that would do.
    pub(crate) example: String,
}

impl Problem for MissingField {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("the {} `{}` does not say its `{}`", self.kind, self.name, self.field),
            self.span,
            format!("`{}` is missing", self.field),
        )
        .fact(self.field)
        .help(format!("Add a line such as `{}`", self.example))
    }
}
