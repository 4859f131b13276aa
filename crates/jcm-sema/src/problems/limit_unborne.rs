//! E0508: nobody bears what a limit cuts off.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0508");

/// The facts of E0508.
pub(crate) struct LimitUnborne {
    /// The limit.
    pub(crate) span: Span,
    /// The partner.
    pub(crate) partner: String,
}

impl Problem for LimitUnborne {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("what `{}` does not bear beyond its limit falls on nobody", self.partner),
            self.span,
            "this limit cuts something off",
        )
        .help("Say who bears it: `excess: others`, `excess: payer`, or `excess: to` and a partner")
    }
}
