//! E0407: a deadline has dates that the calendar of operational days does not cover.

use jcm_calendar::Item;
use jcm_diagnostics::{Code, Diagnostic, Severity};
use jcm_quantity::{Calendar, Date, show_date};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0407");

/// A calendar that begins too late will never cover the day; one that ends too early will be extended.
pub(crate) fn calendar_ends(
    calendar: &Calendar,
    item: &Item,
    day: Date,
    count: usize,
    contract: Span,
) -> Diagnostic {
    let dates = if count == 1 { "1 date".to_owned() } else { format!("{count} dates") };
    let found = Diagnostic::error(
        CODE,
        format!("{dates} of “{}” cannot be worked out from the calendar “{}”", item.title, calendar.title),
        item.span.unwrap_or(contract),
        format!("{} is not covered", show_date(day)),
    )
    .help(format!("The calendar covers {}", calendar.covered()));
    if day < calendar.first {
        return found
            .help("Name a calendar that covers the term, or add the holidays of the earlier years to it");
    }
    let found = found.help("Name a later version of the calendar once the holidays are announced; until then these dates are left out");
    Diagnostic { severity: Severity::Note, ..found }
}
