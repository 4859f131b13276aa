//! E0584: equal parts that do not fit the dates on which they are paid.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0584");

/// The facts of E0584.
pub(crate) struct InstalmentsUneven {
    /// The parts.
    pub(crate) span: Span,
    /// How many there are.
    pub(crate) parts: i32,
    /// How many dates a year has; `None` where an amount cannot be divided into so many parts at all.
    pub(crate) dates: Option<i32>,
}

impl Problem for InstalmentsUneven {
    fn describe(self) -> Diagnostic {
        let (title, help) = match self.dates {
            Some(dates) => {
                let named = if dates == 1 { "1 date".to_owned() } else { format!("{dates} dates") };
                let part = if dates == 1 { "part" } else { "parts" };
                let help = match dates {
                    1 => "Leave the parts out, or name a day of each month or quarter".to_owned(),
                    _ => format!("Write `in {dates} equal {part}`, or name other days"),
                };
                (format!("{} parts are paid on {named} a year", self.parts), help)
            }
            None => (
                format!("nothing is paid in {} parts", self.parts),
                "Write how many parts a year has, such as `in 12 equal parts`".to_owned(),
            ),
        };
        Diagnostic::error(CODE, title, self.span, "the amount of a year is divided into these").help(help)
    }
}
