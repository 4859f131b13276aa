//! E0411: a calendar of the library is named, and no `use` takes it in.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0411");

/// The facts of E0411.
pub(crate) struct CalendarNotUsed {
    /// The name.
    pub(crate) name: String,
    /// Where.
    pub(crate) span: Span,
    /// Where it is in the library.
    pub(crate) path: String,
}

impl Problem for CalendarNotUsed {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("the calendar `{}` is in the library, and nothing takes it in", self.name),
            self.span,
            "this calendar is not part of the contract yet",
        )
        .help(format!("Write `use {}` below the first line of the file", self.path))
    }
}
