//! The dates of a contract with the places where they are printed, and the dates that its calendar does not cover.

use crate::Diagnostic;
use crate::problems::{Uncovered, calendar_ends};
use jcm_calendar::Agenda;
use jcm_doc::Wording;
use jcm_model::Program;
use std::collections::BTreeSet;

/// Every date of a contract, and what waits for one.
pub fn agenda(program: &Program) -> Agenda {
    let wording = Wording::new(program);
    let mut agenda = jcm_calendar::agenda(program);
    for item in &mut agenda.items {
        item.place = wording.address(item.thing).to_owned();
    }
    agenda
}

/// One problem for each deadline with a date before the calendar begins, and one for all dates after it ends.
pub(crate) fn uncovered(program: &Program) -> Vec<Diagnostic> {
    let Some(calendar) = &program.calendar else { return Vec::new() };
    let agenda = jcm_calendar::agenda(program);
    let mut seen = BTreeSet::new();
    let first_of_each = agenda.unknown.iter().filter(|unknown| seen.insert(unknown.item));
    let deadlines = first_of_each.filter_map(|unknown| {
        let item = agenda.items.get(unknown.item)?;
        let count = agenda.unknown.iter().filter(|other| other.item == unknown.item).count();
        Some(Uncovered { item, day: unknown.day, count })
    });
    let (early, late): (Vec<_>, Vec<_>) = deadlines.partition(|found| found.day < calendar.calendar.first);
    let groups = early.chunks(1).chain((!late.is_empty()).then_some(late.as_slice()));
    let contract = program.contract.head.name_span;
    groups.filter_map(|group| calendar_ends(&calendar.calendar, group, contract)).collect()
}
