//! E0412: a year of the contract is named, and the contract does not count its years.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_quantity::{Cycle, Period};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0412");

/// The facts of E0412.
pub(crate) struct YearsUncounted {
    /// The period, by its label.
    pub(crate) period: Period,
    /// Where.
    pub(crate) span: Span,
    /// What the years of the contract are.
    pub(crate) years: Cycle,
    /// By what the contract is settled.
    pub(crate) settled: Cycle,
    /// What the same days are called in the contract, if anything.
    pub(crate) called: Option<String>,
}

impl Problem for YearsUncounted {
    fn describe(self) -> Diagnostic {
        let label = &self.period.label;
        let found = Diagnostic::error(
            CODE,
            format!(
                "`{label}` is counted from the first day of the contract, whose years are {}s",
                self.years.words()
            ),
            self.span,
            format!("would be {}", self.period.describe()),
        );
        let own = Cycle::ContractYear;
        let own = match self.settled.makes_up(own) {
            true => format!("`settled: every {}, reconciled every {}`", self.settled.name(), own.name()),
            false => format!("`settled: every {}`", own.name()),
        };
        match self.called {
            Some(called) => found
                .help(format!("Write `{called}`, or let the contract count its years: {own}"))
                .fix(format!("Change to `{called}`"), self.span, called),
            None => found.help(format!(
                "Write the first day, `{}`, or let the contract count its years: {own}",
                self.period.start
            )),
        }
    }
}
