//! E0213: a declaration has no name or no title.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0213");

/// The facts of E0213.
pub(crate) struct Unnamed {
    /// The kind.
    pub(crate) kind: String,
    /// Where.
    pub(crate) span: Span,
    /// "name" or "title".
    pub(crate) what: &'static str,
    /// A text that would do.
    pub(crate) example: String,
}

impl Problem for Unnamed {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("this {} has no {}", self.kind, self.what),
            self.span,
            format!("the {} is missing", self.what),
        )
        .help(format!("Write it like this: `{}`", self.example))
    }
}
