//! E0409: a holiday stands twice or outside the days that its calendar covers.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_quantity::{Date, show_date};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0409");

/// The facts of E0409.
pub(crate) struct HolidayMisplaced {
    /// The day.
    pub(crate) day: Date,
    /// Where it stands.
    pub(crate) span: Span,
    /// Where it stands first; none if it lies outside what is covered.
    pub(crate) first: Option<Span>,
    /// What the calendar covers, with its place.
    pub(crate) covers: (String, Span),
}

impl Problem for HolidayMisplaced {
    fn describe(self) -> Diagnostic {
        let day = show_date(self.day);
        match self.first {
            Some(first) => Diagnostic::error(
                CODE,
                format!("{day} is listed as a holiday twice"),
                self.span,
                "this is the second time",
            )
            .also(first, "this is the first")
            .help("Take one of the two lines out"),
            None => Diagnostic::error(
                CODE,
                format!("{day} is a holiday outside the days that the calendar covers"),
                self.span,
                "this day is not covered",
            )
            .also(self.covers.1, format!("the calendar covers {}", self.covers.0))
            .help("Correct the date, or let the calendar cover it once every holiday of that year is listed"),
        }
    }
}
