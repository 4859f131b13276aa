//! E0509: what is paid is not an amount of the contract's currency.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0509");

/// The facts of E0509.
pub(crate) struct NotMoney {
    /// Where.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) found: String,
    /// The currency.
    pub(crate) currency: String,
    /// What to do about it, where that can be told from the unit.
    pub(crate) mend: Option<String>,
}

impl Problem for NotMoney {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            format!("a payment is an amount of {}, and this is {}", self.currency, self.found),
            self.span,
            format!("this is {}", self.found),
        );
        match self.mend {
            Some(mend) => found.help(mend),
            None => found,
        }
    }
}
