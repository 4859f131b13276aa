//! E0547: a partner pays itself.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0547");

/// The facts of E0547.
pub(crate) struct PaysItself {
    /// The partner.
    pub(crate) partner: String,
    /// Where it is paid.
    pub(crate) span: Span,
    /// Where it pays.
    pub(crate) payer: Span,
    /// Whether others are paid too.
    pub(crate) shared: bool,
}

impl Problem for PaysItself {
    fn describe(self) -> Diagnostic {
        let help = if self.shared {
            "Take it out of the shares, work out in a line what the others have, and share that among them"
        } else {
            "Name the partner that is paid, or the pool that the money comes from"
        };
        Diagnostic::error(
            CODE,
            format!("`{}` pays itself", self.partner),
            self.span,
            "no money moves from a partner to the same partner",
        )
        .also(self.payer, "it pays")
        .help(help)
    }
}
