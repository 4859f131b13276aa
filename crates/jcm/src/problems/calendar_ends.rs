//! E0407: a deadline has dates that the calendar of operational days does not cover.

use jcm_calendar::Item;
use jcm_diagnostics::{Code, Diagnostic, Severity};
use jcm_quantity::{Calendar, Date, show_date};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0407");

/// A deadline with dates that the calendar does not cover.
pub(crate) struct Uncovered<'a> {
    pub(crate) item: &'a Item,
    /// The first of the days.
    pub(crate) day: Date,
    /// How many dates there are.
    pub(crate) count: usize,
}

/// A calendar that begins too late will never cover the day; one that ends too early will be extended.
pub(crate) fn calendar_ends(
    calendar: &Calendar,
    deadlines: &[Uncovered<'_>],
    contract: Span,
) -> Option<Diagnostic> {
    let first = deadlines.first()?;
    let count: usize = deadlines.iter().map(|deadline| deadline.count).sum();
    let dates = if count == 1 { "1 date".to_owned() } else { format!("{count} dates") };
    let of = match deadlines {
        [one] => format!("“{}”", one.item.title),
        many => format!("{} deadlines", many.len()),
    };
    let found = Diagnostic::error(
        CODE,
        format!("{dates} of {of} cannot be worked out from the calendar “{}”", calendar.title),
        first.item.span.unwrap_or(contract),
        format!("{} is not covered", show_date(first.day)),
    )
    .help(format!("The calendar covers {}", calendar.covered()));
    if first.day < calendar.first {
        return Some(
            found
                .help("Name a calendar that covers the term, or add the holidays of the earlier years to it"),
        );
    }
    let found = found.help("Name a later version of the calendar once the holidays are announced; until then these dates are left out");
    Some(Diagnostic { severity: Severity::Note, ..found })
}
