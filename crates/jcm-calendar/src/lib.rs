//! The dates of a contract: what is due when, from whom and to whom.
//!
//! [`agenda`] is a pure function of the checked program. What follows from the contract alone has dates; what depends
//! on something that happens is listed without any, in the words of the contract; and where the calendar of
//! operational days ends, a date is not known yet. Nothing is guessed, and there is no clock.

mod expand;
mod paid;
mod sources;
mod write;

pub use paid::{DueOn, due_in_each, moved_from};
pub use write::{csv, icalendar, json, text};

use jcm_model::{Def, PartnerId, Program};
use jcm_quantity::{Date, NoDate, Period};
use jcm_source::Span;
use std::collections::BTreeSet;

/// Everything of a contract that has a date or waits for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// The contract, by name.
    pub contract: String,
    /// The contract's title.
    pub title: String,
    /// What is to be done or happens, in the order of the contract.
    pub items: Vec<Item>,
    /// Every date, in order.
    pub dates: Vec<Occurrence>,
    /// Dates that cannot be said, because the calendar does not cover them.
    pub unknown: Vec<Unknown>,
}

/// Something that is to be done or happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// A name that stays the same as long as the thing keeps its own: `obligation.cost_statement`.
    pub key: String,
    /// The thing of the contract.
    pub thing: Def,
    /// What it is called.
    pub title: String,
    /// What is to be done, in words; empty where the title says it.
    pub action: String,
    /// Who does it, in words; empty where everybody does, or nobody.
    pub who: String,
    /// To whom, in words; empty if not stated.
    pub to: String,
    /// When, in the words of the contract.
    pub rule: String,
    /// Whom it concerns; `None` for all partners.
    pub concerns: Option<BTreeSet<PartnerId>>,
    /// Where it is printed, such as `Schedule 6A`; whoever prints the contract fills it in.
    pub place: String,
    /// Where its deadline stands in the source.
    pub span: Option<Span>,
    /// Whether it has dates that follow from the contract.
    pub dating: Dating,
}

/// Whether something has dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dating {
    /// It has, where the calendar covers them.
    Dated,
    /// It is counted from something that happens.
    Relative,
    /// It is counted in operational days, and the contract names no calendar.
    NoCalendar,
}

/// One date of one thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// The date.
    pub date: Date,
    /// The thing, by its place in [`Agenda::items`].
    pub item: usize,
    /// The period that it is about, if it comes again and again.
    pub period: String,
}

/// A date that cannot be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The thing, by its place in [`Agenda::items`].
    pub item: usize,
    /// The period that it is about, if it comes again and again.
    pub period: String,
    /// The day of which it is not known whether it is operational.
    pub day: Date,
}

/// Every date of a contract over its term, and what waits for one.
pub fn agenda(program: &Program) -> Agenda {
    let mut agenda = Agenda {
        contract: program.contract.head.name.clone(),
        title: program.contract.head.title.clone(),
        items: Vec::new(),
        dates: Vec::new(),
        unknown: Vec::new(),
    };
    sources::add_all(program, &mut agenda);
    agenda.dates.sort();
    agenda
}

impl Agenda {
    /// Only what lies between two days, both included, and concerns a partner.
    pub fn only(&self, from: Option<Date>, to: Option<Date>, partner: Option<PartnerId>) -> Agenda {
        let concerns = |item: usize| {
            let concerned = self.items.get(item).and_then(|item| item.concerns.as_ref());
            partner.is_none_or(|partner| concerned.is_none_or(|those| those.contains(&partner)))
        };
        let within = |date: Date| from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to);
        Agenda {
            dates: self.dates.iter().filter(|x| within(x.date) && concerns(x.item)).cloned().collect(),
            unknown: self
                .unknown
                .iter()
                .filter(|x| to.is_none_or(|to| x.day <= to) && concerns(x.item))
                .cloned()
                .collect(),
            items: self
                .items
                .iter()
                .enumerate()
                .map(|(place, item)| match concerns(place) {
                    true => item.clone(),
                    // Places stay as they are; what concerns others has nothing to wait for.
                    false => Item { dating: Dating::Dated, ..item.clone() },
                })
                .collect(),
            ..self.clone()
        }
    }

    /// What has no dates, because it is counted from something that happens or in days that no calendar defines.
    pub fn undated(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.dating != Dating::Dated)
    }

    /// Adds something, with its dates.
    fn add(&mut self, mut item: Item, found: Vec<(Option<Period>, Result<Date, NoDate>)>) {
        let place = self.items.len();
        for (period, date) in found {
            let period = period.map_or_else(String::new, |period| period.label);
            match date {
                Ok(date) => self.dates.push(Occurrence { date, item: place, period }),
                Err(NoDate::Uncovered(day)) => self.unknown.push(Unknown { item: place, period, day }),
                Err(NoDate::NoCalendar) => item.dating = Dating::NoCalendar,
                Err(NoDate::OutOfRange) => {}
            }
        }
        self.items.push(item);
    }
}
