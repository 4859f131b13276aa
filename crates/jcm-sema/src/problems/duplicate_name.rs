//! E0203: two things have one name.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0203");

/// The facts of E0203.
pub(crate) struct DuplicateName {
    /// The name.
    pub(crate) name: String,
    /// The second.
    pub(crate) span: Span,
    /// The first.
    pub(crate) first: Span,
}

impl Problem for DuplicateName {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("`{}` is declared twice", self.name),
            self.span,
            "the same name again",
        )
        .also(self.first, "first declared here")
        .help("Rename one of the two, or remove it")
    }
}
