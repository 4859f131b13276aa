//! E0585: where odd pence go cannot be read.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0585");

/// The facts of E0585.
pub(crate) struct OddPenceUnclear {
    /// What is said of odd pence.
    pub(crate) span: Span,
    /// Whether the words are not understood; otherwise there are no parts for odd pence to go into.
    pub(crate) parts: bool,
}

impl Problem for OddPenceUnclear {
    fn describe(self) -> Diagnostic {
        if self.parts {
            let help = "Write `odd pence in the last`, `odd pence in the first` or `odd pence one each`: a penny into \
                        each part from the first, until none is left";
            return Diagnostic::error(
                CODE,
                "where the odd pence go is not clear",
                self.span,
                "this rule is not known",
            )
            .help(help);
        }
        Diagnostic::error(
            CODE,
            "there are no parts for odd pence to go into",
            self.span,
            "an amount paid whole leaves no pence over",
        )
        .help("Write into how many parts it is divided, such as `in 12 equal parts, odd pence in the last`")
    }
}
