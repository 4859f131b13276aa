//! E0512: a figure of a single row is used where the whole case is meant.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0512");

/// The facts of E0512.
pub(crate) struct RowsOutside {
    /// The figure.
    pub(crate) name: String,
    /// What the rows are.
    pub(crate) each: String,
    /// Where.
    pub(crate) span: Span,
}

impl Problem for RowsOutside {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("`{}` is a figure of each {}, and here the whole is meant", self.name, self.each),
            self.span,
            format!("there is one for each {}", self.each),
        )
        .help(format!("Write `sum of {}` for the sum over every {}", self.name, self.each))
    }
}
