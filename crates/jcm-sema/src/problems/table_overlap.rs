//! E0503: rows of a scale or bands overlap or are out of order.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0503");

/// The facts of E0503.
pub(crate) struct TableOverlap {
    /// The table.
    pub(crate) table: String,
    /// The second row.
    pub(crate) span: Span,
    /// The first row.
    pub(crate) before: Span,
    /// What falls into both rows.
    pub(crate) both: String,
}

impl Problem for TableOverlap {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(CODE, format!("two rows of `{}` hold {}", self.table, self.both), self.span, "this row holds it")
            .fact(self.both)
            .also(self.before, "and so does this one")
            .help("Write the rows from the lowest to the highest, each beginning where the one before ends, with `to below` at the end that is not held")
    }
}
