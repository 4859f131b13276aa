//! The agenda as comma-separated values: one row for each date, and one for each thing without.

use super::{item_at, why_undated};
use crate::{Agenda, Item};
use jcm_quantity::csv_text;

/// Dates as `2026-07-28`; empty where there is none, and then the last column says why.
pub fn csv(agenda: &Agenda) -> String {
    let mut out = "date,title,period,who,to,what,when,where,why no date\n".to_owned();
    for occurrence in &agenda.dates {
        if let Some(item) = item_at(agenda, occurrence.item) {
            row(&mut out, &occurrence.date.to_string(), item, &occurrence.period, "");
        }
    }
    for unknown in &agenda.unknown {
        if let Some(item) = item_at(agenda, unknown.item) {
            let why = format!("the calendar does not cover {}", unknown.day);
            row(&mut out, "", item, &unknown.period, &why);
        }
    }
    for item in agenda.undated() {
        row(&mut out, "", item, "", why_undated(item));
    }
    out
}

fn row(out: &mut String, date: &str, item: &Item, period: &str, why: &str) {
    let Item { title, who, to, action, rule, place, .. } = item;
    let cells = [date, title, period, who, to, action, rule, place, why];
    out.push_str(&cells.map(csv_text).join(","));
    out.push('\n');
}
