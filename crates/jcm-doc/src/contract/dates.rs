//! The dates that follow from the contract, for Schedule 6. Settlement has its own table in Schedule 3.

use super::{paragraph, schedule_part};
use crate::document::{Align, Block, Compose, Table, joined, said};
use crate::english::Wording;
use jcm_calendar::{Agenda, Dating, Item, Occurrence, agenda};
use jcm_model::Def;
use jcm_quantity::{Date, show_date};

/// The lettered part with a row for each thing that has dates, if there is one.
pub(super) fn part(w: &Wording<'_>, place: usize) -> Option<Block> {
    let agenda = agenda(w.program);
    let heads = [("What", Align::Left), ("Who", Align::Left), ("When", Align::Left), ("Dates", Align::Left)];
    let mut table = Table::new("Dates that follow from this contract", &heads);
    for (number, item) in agenda.items.iter().enumerate().filter(|(_, item)| item.thing != Def::Contract) {
        let own: Vec<&Occurrence> = agenda.dates.iter().filter(|found| found.item == number).collect();
        let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
        table.row(vec![
            said(&item.title),
            said(&item.who),
            said(&item.rule),
            said(&days(own.len(), first.date, last.date)),
        ]);
    }
    let mut blocks = Vec::new();
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
    blocks.extend(calendar(w, &agenda));
    blocks.extend(not_known(&agenda));
    blocks.extend(without_calendar(&agenda));
    if blocks.is_empty() {
        return None;
    }
    Some(schedule_part(6, place, "Dates", "dates", blocks))
}

/// `30 September 2026`, or `20 dates, from 30 August 2026 to 31 May 2031`.
fn days(count: usize, first: Date, last: Date) -> String {
    match count {
        1 => show_date(first),
        2 => format!("{} and {}", show_date(first), show_date(last)),
        many => format!("{many} dates, from {} to {}", show_date(first), show_date(last)),
    }
}

/// Which days are operational, where a date depends on it.
fn calendar(w: &Wording<'_>, agenda: &Agenda) -> Option<Block> {
    let days = &w.program.calendar.as_ref()?.calendar;
    if !agenda.items.iter().any(|item| item.rule.contains("operational day")) {
        return None;
    }
    let version = match days.version.as_str() {
        "" => String::new(),
        version => format!(", version {version}"),
    };
    let closed: Vec<String> =
        days.closed.iter().map(|day| format!("{}s", super::capital(day.name()))).collect();
    let closed = joined(closed.iter().map(|day| said(day)).collect(), " and ");
    let closed = if days.closed.is_empty() { said("no day of the week") } else { closed };
    let mut text = said(&format!(
        "Operational days are those of the calendar “{}”{version}: every day but ",
        days.title
    ));
    text.add(closed).say(&format!(
        " and the holidays that it names. It covers {} to {}.",
        show_date(days.first),
        show_date(days.last)
    ));
    Some(Block::Paragraph(text))
}

/// What is counted in operational days where no calendar says which these are: by its rule, and without dates.
fn without_calendar(agenda: &Agenda) -> Vec<Block> {
    let items: Vec<&Item> = agenda.items.iter().filter(|item| item.dating == Dating::NoCalendar).collect();
    if items.is_empty() {
        return Vec::new();
    }
    let heads = [("What", Align::Left), ("Who", Align::Left), ("When", Align::Left)];
    let mut table = Table::new("Dates that need a calendar of operational days", &heads);
    for item in items {
        table.row(vec![said(&item.title), said(&item.who), said(&item.rule)]);
    }
    let words = "This contract names no calendar that says which days are operational. So what the next table lists has \
                 no dates here: each date is found when it comes near, by counting as its rule says.";
    vec![paragraph(words), Block::Table(table)]
}

/// Which dates are left out because the calendar ends.
fn not_known(agenda: &Agenda) -> Option<Block> {
    let first: Date = agenda.unknown.iter().map(|unknown| unknown.day).min()?;
    let count = agenda.unknown.len();
    let dates = if count == 1 { "1 date is".to_string() } else { format!("{count} dates are") };
    Some(paragraph(&format!(
        "{dates} not known yet, because the calendar of operational days does not cover {} and what follows.",
        show_date(first)
    )))
}
