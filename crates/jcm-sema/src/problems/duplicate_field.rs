//! E0206: a field is given twice.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0206");

/// The facts of E0206.
pub(crate) struct DuplicateField {
    /// The field.
    pub(crate) field: String,
    /// The second.
    pub(crate) span: Span,
    /// The first.
    pub(crate) first: Span,
}

impl Problem for DuplicateField {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(CODE, format!("`{}` is given twice", self.field), self.span, "given again here")
            .also(self.first, "first given here")
            .help("Keep one of the two")
    }
}
