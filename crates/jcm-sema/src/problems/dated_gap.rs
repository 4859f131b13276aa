//! E0404: dated figures leave a gap or overlap.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0404");

/// The facts of E0404.
pub(crate) struct DatedGap {
    /// The figure.
    pub(crate) what: String,
    /// Where.
    pub(crate) span: Span,
    /// Which dates.
    pub(crate) why: String,
    /// The other row.
    pub(crate) other: Option<Span>,
}

impl Problem for DatedGap {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            format!("the figures of {} {}", self.what, self.why),
            self.span,
            "see the dates here",
        );
        let found = match self.other {
            Some(span) => found.also(span, "and here"),
            None => found,
        };
        found.help("Give each date of the term exactly one figure; `from 2028/29` holds until the next figure begins")
    }
}
