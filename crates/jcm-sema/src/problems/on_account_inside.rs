//! E0531: a payment on account inside a calculation.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0531");

/// The facts of E0531.
pub(crate) struct OnAccountInside {
    /// Where it stands.
    pub(crate) span: Span,
}

impl Problem for OnAccountInside {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            "`on_account` is not the whole of a line of an incentive",
            self.span,
            "what is paid would not sum to the annual amount",
        )
        .help("Give it a line of its own: `line due \"Due\" = on_account(instalment, earned)`, and pay that line")
    }
}
