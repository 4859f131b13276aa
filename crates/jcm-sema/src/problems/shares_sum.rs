//! E0501: shares do not sum to 100 %.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0501");

/// The facts of E0501.
pub(crate) struct SharesSum {
    /// What is shared.
    pub(crate) what: String,
    /// Where.
    pub(crate) span: Span,
    /// What they sum to.
    pub(crate) sum: String,
    /// What is missing or too much.
    pub(crate) difference: String,
    /// Each share.
    pub(crate) rows: Vec<(Span, String)>,
}

impl Problem for SharesSum {
    fn describe(self) -> Diagnostic {
        let mut found = Diagnostic::error(
            CODE,
            format!("the shares of {} sum to {}, not to 100%", self.what, self.sum),
            self.span,
            self.difference,
        );
        for (span, text) in self.rows {
            found = found.also(span, text);
        }
        found.help("Change the shares so that they sum to 100%: what leaves the payer must reach the payees")
    }
}
