//! E0406: a period is not one of the contract's settlement periods.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0406");

/// How many periods are offered as mends.
const OFFERED: usize = 3;

/// The facts of E0406.
pub(crate) struct OutsideTerm {
    /// The period.
    pub(crate) period: String,
    /// Where.
    pub(crate) span: Span,
    /// The periods of the contract.
    pub(crate) known: Vec<String>,
}

impl Problem for OutsideTerm {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            format!("{} is not a settlement period of this contract", self.period),
            self.span,
            "not within the term, or not a period of this length",
        )
        .help(format!("The contract is settled for: {}", self.known.join(", ")));
        let few = self.known.iter().take(OFFERED);
        few.fold(found, |found, known| found.fix(format!("Change to `{known}`"), self.span, known.as_str()))
    }
}
