//! Operational days: the days on which a calendar says that offices are open, for the years of which it knows.

use crate::date::show_date;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// Every day of the week, from Monday.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// The name in a source text: `monday`.
    pub fn name(self) -> &'static str {
        match self {
            Weekday::Monday => "monday",
            Weekday::Tuesday => "tuesday",
            Weekday::Wednesday => "wednesday",
            Weekday::Thursday => "thursday",
            Weekday::Friday => "friday",
            Weekday::Saturday => "saturday",
            Weekday::Sunday => "sunday",
        }
    }

    /// The name in a sentence: `Monday`.
    pub fn title(self) -> &'static str {
        match self {
            Weekday::Monday => "Monday",
            Weekday::Tuesday => "Tuesday",
            Weekday::Wednesday => "Wednesday",
            Weekday::Thursday => "Thursday",
            Weekday::Friday => "Friday",
            Weekday::Saturday => "Saturday",
            Weekday::Sunday => "Sunday",
        }
    }

    /// The day of a name.
    pub fn named(name: &str) -> Option<Weekday> {
        Weekday::ALL.into_iter().find(|day| day.name() == name)
    }

    /// The day of the week of a date.
    pub fn of(date: Date) -> Weekday {
        let place = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
        Weekday::ALL.get(place).copied().unwrap_or(Weekday::Monday)
    }
}

/// Which days are open, and for which days that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What the calendar is called, such as `Bank holidays in England and Wales`.
    pub title: String,
    /// The version of its source; empty if not stated.
    pub version: String,
    /// Days of the week that are always closed.
    pub closed: BTreeSet<Weekday>,
    /// The first day that it covers.
    pub first: Date,
    /// The last day that it covers.
    pub last: Date,
    /// Days that are closed besides, with their names.
    pub holidays: BTreeMap<Date, String>,
}

/// Why a date or a number of days cannot be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDate {
    /// Operational days are asked for where no calendar says which days these are.
    NoCalendar,
    /// Whether this day is open is not known: the calendar does not cover it.
    Uncovered(Date),
    /// The date lies outside the years 0001 to 9999.
    OutOfRange,
}

impl Calendar {
    /// Whether the calendar knows of the day.
    pub fn covers(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether offices are open on the day.
    pub fn is_operational(&self, day: Date) -> Result<bool, NoDate> {
        if !self.covers(day) {
            return Err(NoDate::Uncovered(day));
        }
        Ok(!self.closed.contains(&Weekday::of(day)) && !self.holidays.contains_key(&day))
    }

    /// The day itself if it is operational, otherwise the first operational day after it.
    pub fn next_operational(&self, day: Date) -> Result<Date, NoDate> {
        let mut day = day;
        while !self.is_operational(day)? {
            day = day.tomorrow().map_err(|_| NoDate::OutOfRange)?;
        }
        Ok(day)
    }

    /// The day itself or the first day after it that is not closed each week; holidays are not asked for, so that this
    /// is known beyond the days that the calendar covers too.
    pub fn next_open(&self, day: Date) -> Result<Date, NoDate> {
        let mut day = day;
        // A week that is closed on every day has no such day.
        for _ in 0..7 {
            if !self.closed.contains(&Weekday::of(day)) {
                break;
            }
            day = day.tomorrow().map_err(|_| NoDate::OutOfRange)?;
        }
        Ok(day)
    }

    /// The day itself if it is operational, otherwise the last operational day before it.
    pub fn last_operational(&self, day: Date) -> Result<Date, NoDate> {
        let mut day = day;
        while !self.is_operational(day)? {
            day = day.yesterday().map_err(|_| NoDate::OutOfRange)?;
        }
        Ok(day)
    }

    /// The date so many operational days later: the first operational day after `date` counts as 1. Before it for a
    /// number below zero; the date itself for none.
    pub fn moved(&self, date: Date, by: i64) -> Result<Date, NoDate> {
        let mut day = date;
        let mut left = by.unsigned_abs();
        while left > 0 {
            day = step(day, by > 0)?;
            if self.is_operational(day)? {
                left -= 1;
            }
        }
        Ok(day)
    }

    /// How many operational days lie after `from` up to and with `to`; below zero where `to` comes first, so that
    /// moving `from` by the number gives `to` again if `to` is operational.
    pub fn between(&self, from: Date, to: Date) -> Result<i64, NoDate> {
        let mut day = from;
        let mut count = 0_i64;
        while day != to {
            day = step(day, from < to)?;
            if self.is_operational(day)? {
                count += if from < to { 1 } else { -1 };
            }
        }
        Ok(count)
    }

    /// What makes a day closed, in words: `a Saturday, a Sunday or one of its 8 holidays`.
    pub fn closed_words(&self) -> String {
        let mut parts: Vec<String> = self.closed.iter().map(|day| format!("a {}", day.title())).collect();
        if !self.holidays.is_empty() {
            parts.push("a day that is listed as a holiday".to_string());
        }
        match parts.split_last() {
            None => "no day".to_string(),
            Some((only, [])) => only.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
        }
    }

    /// The days that are covered: `1 January 2026 to 31 December 2028`.
    pub fn covered(&self) -> String {
        format!("{} to {}", show_date(self.first), show_date(self.last))
    }
}

fn step(day: Date, forwards: bool) -> Result<Date, NoDate> {
    let next = if forwards { day.tomorrow() } else { day.yesterday() };
    next.map_err(|_| NoDate::OutOfRange)
}
