//! E0542: two rows of a table of cases hold the same case.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0542");

/// The facts of E0542.
pub(crate) struct CaseOverlap {
    /// The later row.
    pub(crate) span: Span,
    /// The earlier row, or the table.
    pub(crate) first: Span,
    /// What both hold, in words; `None` for an `otherwise` that is never reached.
    pub(crate) both: Option<String>,
}

impl Problem for CaseOverlap {
    fn describe(self) -> Diagnostic {
        match self.both {
            Some(both) => {
                let message = format!("two rows of this table hold the case that {both}");
                Diagnostic::error(CODE, message, self.span, "this row holds it")
                    .also(self.first, "and so does this one")
                    .help("Let one row end where the other begins, with `below` or `above` on one side")
            }
            None => {
                let message = "the rows of this table hold every case, so that `otherwise` is never reached";
                Diagnostic::error(CODE, message, self.span, "this row gives nothing")
                    .also(self.first, "this table")
                    .help("Leave out the `otherwise`, or the row that it should stand for")
            }
        }
    }
}
