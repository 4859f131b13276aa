//! E0403: the settlement periods do not fill the term.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_quantity::{Cycle, Period};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0403");

/// The facts of E0403.
pub(crate) struct PeriodsUntiled {
    /// Where.
    pub(crate) span: Span,
    /// By what it is settled.
    pub(crate) every: Cycle,
    /// What is left over.
    pub(crate) why: String,
    /// The periods that fill the term, the best first.
    pub(crate) fits: Vec<Cycle>,
    /// The first year of the contract by its own years.
    pub(crate) year: Option<Period>,
}

impl Problem for PeriodsUntiled {
    fn describe(self) -> Diagnostic {
        let help = match (self.fits.as_slice(), &self.year) {
            ([Cycle::ContractYear, ..], Some(year)) => format!(
                "Write `settled: every contract_year`: the first runs from {}. Or let the term begin and end with a {}",
                year.describe(),
                self.every.words()
            ),
            ([fits, ..], _) => {
                let own = if self.every.is_of_contract() && !fits.is_of_contract() {
                    ", reconciled every contract_year"
                } else {
                    ""
                };
                let every = self.every.words();
                format!(
                    "Write `settled: every {}{own}`, or let the term begin and end with a {every}",
                    fits.name()
                )
            }
            _ => "Let the term end with a whole month counted from its first day".to_owned(),
        };
        let message = format!("settling every {} does not fill the term exactly", self.every.words());
        Diagnostic::error(CODE, message, self.span, self.why).help(help)
    }
}
