//! E0530: a remainder is written off and used all the same.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0530");

/// The facts of E0530.
pub(crate) struct RemainderTwice {
    /// The balance.
    pub(crate) balance: String,
    /// Where its remainder is used.
    pub(crate) span: Span,
    /// Where it is declared.
    pub(crate) declared: Span,
}

impl Problem for RemainderTwice {
    fn describe(self) -> Diagnostic {
        let balance = &self.balance;
        Diagnostic::error(
            CODE,
            format!("what is left in `{balance}` is written off, so there is no `{balance}.remainder`"),
            self.span,
            "this would use it",
        )
        .also(self.declared, "written off here")
        .help("Remove `remainder: written_off` from the balance, or do not use what is left")
    }
}
