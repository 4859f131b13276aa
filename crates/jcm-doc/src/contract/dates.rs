//! The dates that follow from the contract, for Schedule 6. Settlement has its own table in Schedule 3.

use super::{paragraph, schedule_part};
use crate::document::{Align, Block, Table, said};
use crate::english::Wording;
use jcm_calendar::{Agenda, Occurrence, agenda};
use jcm_model::Def;
use jcm_quantity::{Date, show_date};

/// The lettered part with a row for each thing that has dates, if there is one.
pub(super) fn part(w: &Wording<'_>, place: usize) -> Option<Block> {
    let agenda = agenda(w.program);
    let heads = [
        ("What", Align::Left),
        ("Who", Align::Left),
        ("When", Align::Left),
        ("First date", Align::Left),
        ("Last date", Align::Left),
        ("Dates", Align::Right),
    ];
    let mut table = Table::new("Dates that follow from this contract", &heads);
    for (number, item) in agenda.items.iter().enumerate().filter(|(_, item)| item.thing != Def::Contract) {
        let own: Vec<&Occurrence> = agenda.dates.iter().filter(|found| found.item == number).collect();
        let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
        table.row(vec![
            said(&item.title),
            said(&item.who),
            said(&item.rule),
            said(&show_date(first.date)),
            said(&if own.len() > 1 { show_date(last.date) } else { String::new() }),
            said(&own.len().to_string()),
        ]);
    }
    if table.rows.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Table(table)];
    blocks.extend(not_known(&agenda));
    Some(schedule_part(6, place, "Dates", "dates", blocks))
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
