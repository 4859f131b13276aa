//! E0529: nobody says what becomes of what is left in a balance.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0529");

/// The facts of E0529.
pub(crate) struct RemainderUnsaid {
    /// The balance.
    pub(crate) balance: String,
    /// Where it is declared.
    pub(crate) span: Span,
    /// Whether it ends with each year.
    pub(crate) every_year: bool,
}

impl Problem for RemainderUnsaid {
    fn describe(self) -> Diagnostic {
        let end = if self.every_year { "each year" } else { "the contract" };
        let balance = &self.balance;
        Diagnostic::error(
            CODE,
            format!("what is left in `{balance}` at the end of {end} goes nowhere"),
            self.span,
            "this money is owed, and nothing pays it",
        )
        .help(format!(
            "Pay it, with `pays {balance}.remainder from ... to ...`, or say `remainder: written_off` in the balance"
        ))
    }
}
