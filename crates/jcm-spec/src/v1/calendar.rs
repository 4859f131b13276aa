//! Operational days: the calendar of a settlement, and what days are counted in.

use super::Day;
use jcm_quantity as q;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which days are operational. Beyond the days that it covers nothing is known, and a case that asks stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// What it is called.
    pub title: String,
    /// The version of its source; absent if not stated.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// The first day that it covers.
    pub from: Day,
    /// The last day that it covers.
    pub to: Day,
    /// Days of the week that are closed.
    pub closed: Vec<Weekday>,
    /// Days that are closed besides, in order.
    pub holidays: Vec<Holiday>,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
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

/// A day that is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day.
    pub day: Day,
    /// Its name.
    pub title: String,
}

/// What a stretch of time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayCount {
    /// Days.
    Days,
    /// Days on which the calendar is open.
    OperationalDays,
    /// Months: the same day of the month, or the last of a month that has no such day.
    Months,
}

/// A day that a date leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayMark {
    /// The last day of its month.
    EndOfMonth,
    /// The last day of its quarter.
    EndOfQuarter,
    /// 31 March of its financial year.
    EndOfFinancialYear,
    /// 31 December of its year.
    EndOfCalendarYear,
    /// The day itself if it is operational, otherwise the first operational day after it.
    NextOperationalDay,
}

/// Says of two types of the same names which one is which, both ways.
macro_rules! same_names {
    ($wire:ident: $($name:ident)*) => {
        impl $wire {
            pub(super) fn of(own: q::$wire) -> Self {
                match own { $(q::$wire::$name => Self::$name,)* }
            }

            pub(super) fn calculus(self) -> q::$wire {
                match self { $(Self::$name => q::$wire::$name,)* }
            }
        }
    };
}

same_names! { Weekday: Monday Tuesday Wednesday Thursday Friday Saturday Sunday }
same_names! { DayCount: Days OperationalDays Months }
same_names! { DayMark: EndOfMonth EndOfQuarter EndOfFinancialYear EndOfCalendarYear NextOperationalDay }

impl Calendar {
    pub(super) fn of(calendar: &q::Calendar) -> Self {
        let holiday =
            |(day, title): (&q::Date, &String)| Holiday { day: Day::of(*day), title: title.clone() };
        Self {
            title: calendar.title.clone(),
            version: calendar.version.clone(),
            from: Day::of(calendar.first),
            to: Day::of(calendar.last),
            closed: calendar.closed.iter().copied().map(Weekday::of).collect(),
            holidays: calendar.holidays.iter().map(holiday).collect(),
        }
    }

    pub(super) fn calculus(&self) -> Result<q::Calendar, String> {
        let (first, last) = (self.from.calculus()?, self.to.calculus()?);
        if last < first {
            return Err("the calendar ends before it begins".to_owned());
        }
        let holidays =
            self.holidays.iter().map(|holiday| Ok((holiday.day.calculus()?, holiday.title.clone())));
        Ok(q::Calendar {
            title: self.title.clone(),
            version: self.version.clone(),
            closed: self.closed.iter().map(|day| day.calculus()).collect(),
            first,
            last,
            holidays: holidays.collect::<Result<_, String>>()?,
        })
    }
}
