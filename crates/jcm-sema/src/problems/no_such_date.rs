//! E0401: a date or year is not in the calendar.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_quantity::{Date, parse_date};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0401");

/// The facts of E0401.
pub(crate) struct NoSuchDate {
    /// As written.
    pub(crate) text: String,
    /// Where.
    pub(crate) span: Span,
    /// What is wrong with it.
    pub(crate) why: String,
}

impl Problem for NoSuchDate {
    fn describe(self) -> Diagnostic {
        let found =
            Diagnostic::error(CODE, format!("`{}` is not in the calendar", self.text), self.span, self.why)
                .fact(self.text.as_str());
        match last_day(&self.text) {
            Some(last) => found.case("beyond-month").help(format!("The last day of that month is `{last}`")),
            None if self.text.contains("Year ") => found.help(
                "Write `Year 1`, `Q1 Year 1` or `Month 1 Year 1`, counted from the first day of the contract",
            ),
            None if self.text.starts_with(['Q', 'q']) => {
                found.help("Write the quarter as `Q1 2026/27` to `Q4 2026/27`; the one after it is `Q1` of the next year")
            }
            None => found.help("Write dates as `2026-04-01` and financial years as `2026/27`"),
        }
    }
}

/// The last day of the month of a date whose day is beyond it.
fn last_day(text: &str) -> Option<Date> {
    let (month, day) = text.rsplit_once('-')?;
    let beyond = day.parse::<u8>().is_ok_and(|day| (29..=31).contains(&day));
    let days = [30, 29, 28].into_iter().filter(|_| beyond);
    days.filter_map(|day| parse_date(&format!("{month}-{day}"))).next()
}
