//! The agenda for people at a terminal.

use super::{detail, item_at, titled, why_undated};
use crate::Agenda;
use jcm_quantity::show_date;

/// One entry for each date, in order, and below them what has none.
pub fn text(agenda: &Agenda) -> String {
    let mut out = format!("{}\n\n", agenda.title);
    for occurrence in &agenda.dates {
        let Some(item) = item_at(agenda, occurrence.item) else { continue };
        out.push_str(&format!("{}  {}\n", occurrence.date, titled(item, &occurrence.period)));
        let detail = detail(item);
        if !detail.is_empty() {
            out.push_str(&format!("            {detail}\n"));
        }
    }
    if agenda.dates.is_empty() {
        out.push_str("No dates.\n");
    }
    if !agenda.unknown.is_empty() {
        out.push_str("\nNot known yet, because the calendar does not cover the days:\n");
    }
    for unknown in &agenda.unknown {
        let Some(item) = item_at(agenda, unknown.item) else { continue };
        let title = titled(item, &unknown.period);
        out.push_str(&format!("  {title}: {}; {} is not covered\n", item.rule, show_date(unknown.day)));
    }
    let undated: Vec<_> = agenda.undated().collect();
    if !undated.is_empty() {
        out.push_str("\nWithout a date:\n");
    }
    for item in undated {
        out.push_str(&format!("  {}: {}\n", item.title, detail(item)));
        if item.dating == crate::Dating::NoCalendar {
            out.push_str(&format!("    {}\n", why_undated(item)));
        }
    }
    out
}
