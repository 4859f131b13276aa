//! E0502: a scale or bands leave a hole.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0502");

/// The facts of E0502.
pub(crate) struct TableGap {
    /// The table.
    pub(crate) table: String,
    /// The row after the hole.
    pub(crate) span: Span,
    /// The row before it.
    pub(crate) before: Span,
    /// What falls into no row.
    pub(crate) hole: String,
    /// What to do.
    pub(crate) mend: String,
}

impl Problem for TableGap {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("`{}` has a hole: {} falls into no row", self.table, self.hole),
            self.span,
            "the next row begins here",
        )
        .also(self.before, "this row ends here")
        .help(self.mend)
    }
}
