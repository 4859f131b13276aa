//! E0541: a table of cases says nothing of a case.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0541");

/// The facts of E0541.
pub(crate) struct CaseGap {
    /// Where the table begins.
    pub(crate) span: Span,
    /// The last row.
    pub(crate) last: Option<Span>,
    /// What no row holds, in words.
    pub(crate) hole: String,
    /// How many other holes there are.
    pub(crate) others: usize,
    /// The key of a row that would fill the hole.
    pub(crate) mend: String,
}

impl Problem for CaseGap {
    fn describe(self) -> Diagnostic {
        let label = match self.others {
            0 => "this is the only hole".to_owned(),
            1 => "and there is one other hole".to_owned(),
            others => format!("and there are {others} other holes"),
        };
        let message = format!("no row of this table holds the case that {}", self.hole);
        let mut found = Diagnostic::error(CODE, message, self.span, label);
        if let Some(last) = self.last {
            found = found.also(last, "the last row");
        }
        found.help(format!(
            "Add a row that begins `{} :`, widen the row beside it, or end the table with `otherwise :`",
            self.mend
        ))
    }
}
