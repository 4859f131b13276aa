//! The agenda for programs.

use super::{item_at, why_undated};
use crate::{Agenda, Item};

/// An object with the contract, its dates, and what has none: objects of texts, of which the empty are left out.
pub fn json(agenda: &Agenda) -> String {
    let dates = agenda.dates.iter().filter_map(|occurrence| {
        let item = item_at(agenda, occurrence.item)?;
        Some(entry(item, &[("date", &occurrence.date.to_string()), ("period", &occurrence.period)]))
    });
    let unknown = agenda.unknown.iter().filter_map(|unknown| {
        let item = item_at(agenda, unknown.item)?;
        Some(entry(item, &[("period", &unknown.period), ("not_covered", &unknown.day.to_string())]))
    });
    let undated = agenda.undated().map(|item| entry(item, &[("why", why_undated(item))]));
    let fields = [
        field("contract", &agenda.contract),
        field("title", &agenda.title),
        list("dates", dates.collect()),
        list("not_known_yet", unknown.collect()),
        list("without_date", undated.collect()),
    ];
    format!("{{\n  {}\n}}\n", fields.join(",\n  "))
}

fn entry(item: &Item, own: &[(&str, &str)]) -> String {
    let of_item = [
        ("key", item.key.as_str()),
        ("title", &item.title),
        ("who", &item.who),
        ("to", &item.to),
        ("what", &item.action),
        ("when", &item.rule),
        ("where", &item.place),
    ];
    let said = own.iter().copied().chain(of_item).filter(|(_, text)| !text.is_empty());
    let fields: Vec<String> = said.map(|(name, text)| field(name, text)).collect();
    format!("{{ {} }}", fields.join(", "))
}

fn list(name: &str, entries: Vec<String>) -> String {
    if entries.is_empty() {
        return format!("\"{name}\": []");
    }
    format!("\"{name}\": [\n    {}\n  ]", entries.join(",\n    "))
}

fn field(name: &str, text: &str) -> String {
    format!("\"{name}\": \"{}\"", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
