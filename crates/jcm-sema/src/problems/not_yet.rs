//! E0209: a kind of declaration that this version reads but cannot use.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0209");

/// The facts of E0209.
pub(crate) struct NotYet {
    /// The kind.
    pub(crate) kind: String,
    /// Where.
    pub(crate) span: Span,
}

impl Problem for NotYet {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("this version of JCM cannot use `{}` yet", self.kind),
            self.span,
            "nothing would be made of this",
        )
        .help("Remove the declaration, or put `//` before its lines, until a version that can")
    }
}
