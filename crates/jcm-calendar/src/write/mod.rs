//! An agenda as people, spreadsheets, programs and calendars read it: one file for each.

mod csv;
mod icalendar;
mod json;
mod text;

pub use csv::csv;
pub use icalendar::icalendar;
pub use json::json;
pub use text::text;

use crate::{Agenda, Dating, Item};

/// `Open-book cost statement (Q1 2026/27)`.
fn titled(item: &Item, period: &str) -> String {
    if period.is_empty() { item.title.clone() } else { format!("{} ({period})", item.title) }
}

/// Who does what, to whom, by which rule and where it stands, as far as it is known.
fn detail(item: &Item) -> String {
    let mut parts: Vec<String> = Vec::new();
    let who = match (item.who.as_str(), item.to.as_str()) {
        ("", "") => String::new(),
        ("", to) => format!("to {to}"),
        (who, "") => who.to_owned(),
        (who, to) => format!("{who} to {to}"),
    };
    parts.push(who);
    parts.push(item.action.clone());
    parts.push(item.rule.clone());
    parts.push(item.place.clone());
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}

/// Why something has no date.
fn why_undated(item: &Item) -> &'static str {
    match item.dating {
        Dating::NoCalendar => "the contract names no calendar of operational days",
        Dating::Relative | Dating::Dated => "it depends on something that happens",
    }
}

fn item_at(agenda: &Agenda, place: usize) -> Option<&Item> {
    agenda.items.get(place)
}
