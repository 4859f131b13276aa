//! Date arithmetic, one definition each: moving a date, counting between two dates, and the ends of months and years.

use crate::calendar::{Calendar, NoDate};
use crate::date::{Period, add_months};
use crate::{Exact, Unit};
use jiff::ToSpan;
use jiff::civil::Date;

/// What a stretch of time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayCount {
    /// Days, whatever they are.
    Days,
    /// Days on which the contract's calendar is open.
    OperationalDays,
    /// Months; a year is twelve.
    Months,
}

impl DayCount {
    /// Every one.
    pub const ALL: [DayCount; 3] = [DayCount::Days, DayCount::OperationalDays, DayCount::Months];

    /// The name in a specification: `operational_days`.
    pub fn name(self) -> &'static str {
        match self {
            DayCount::Days => "days",
            DayCount::OperationalDays => "operational_days",
            DayCount::Months => "months",
        }
    }

    /// The name in a sentence: `operational days`.
    pub fn words(self) -> &'static str {
        match self {
            DayCount::Days => "days",
            DayCount::OperationalDays => "operational days",
            DayCount::Months => "months",
        }
    }

    /// The unit of the figure that is counted; months are parts of a year.
    pub fn unit(self) -> Unit {
        match self {
            DayCount::Days => Unit::days(),
            DayCount::OperationalDays => Unit::thing("operational_days"),
            DayCount::Months => Unit::years(),
        }
    }

    /// How a date of this count is moved by a figure of a unit; `None` for units that are no time.
    pub fn of_unit(unit: &Unit) -> Option<DayCount> {
        DayCount::ALL.into_iter().find(|count| count.unit().same_kind(unit))
    }

    /// How many of what is counted one of the unit's base is: a year is twelve months.
    pub fn per_base(self) -> Exact {
        match self {
            DayCount::Days | DayCount::OperationalDays => Exact::one(),
            DayCount::Months => Exact::from_int(12),
        }
    }
}

/// A day that another one leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayMark {
    /// The last day of its month.
    EndOfMonth,
    /// The last day of its quarter, of the financial year as of the calendar year.
    EndOfQuarter,
    /// 31 March of its financial year.
    EndOfFinancialYear,
    /// 31 December of its year.
    EndOfCalendarYear,
    /// The day itself if it is operational, otherwise the first operational day after it.
    NextOperationalDay,
}

impl DayMark {
    /// Every one.
    pub const ALL: [DayMark; 5] = [
        DayMark::EndOfMonth,
        DayMark::EndOfQuarter,
        DayMark::EndOfFinancialYear,
        DayMark::EndOfCalendarYear,
        DayMark::NextOperationalDay,
    ];

    /// The name of the function.
    pub fn name(self) -> &'static str {
        match self {
            DayMark::EndOfMonth => "end_of_month",
            DayMark::EndOfQuarter => "end_of_quarter",
            DayMark::EndOfFinancialYear => "end_of_financial_year",
            DayMark::EndOfCalendarYear => "end_of_calendar_year",
            DayMark::NextOperationalDay => "next_operational_day",
        }
    }

    /// The mark of a name.
    pub fn named(name: &str) -> Option<DayMark> {
        DayMark::ALL.into_iter().find(|mark| mark.name() == name)
    }

    /// What it is in a sentence, before a date: `the end of the month of`.
    pub fn words(self) -> &'static str {
        match self {
            DayMark::EndOfMonth => "the last day of the month of",
            DayMark::EndOfQuarter => "the last day of the quarter of",
            DayMark::EndOfFinancialYear => "the last day of the financial year of",
            DayMark::EndOfCalendarYear => "the last day of the calendar year of",
            DayMark::NextOperationalDay => "the first operational day from",
        }
    }

    /// The day that it is for a date.
    pub fn of(self, date: Date, calendar: Option<&Calendar>) -> Result<Date, NoDate> {
        let period = match self {
            DayMark::EndOfMonth => Period::month_of(date),
            DayMark::EndOfQuarter => Period::quarter_of(date),
            DayMark::EndOfFinancialYear => Period::financial_year_of(date),
            DayMark::EndOfCalendarYear => Period::calendar_year(date.year()),
            DayMark::NextOperationalDay => {
                return calendar.ok_or(NoDate::NoCalendar)?.next_operational(date);
            }
        };
        period.map(|period| period.last_day()).ok_or(NoDate::OutOfRange)
    }
}

/// The date so many days, operational days or months later; earlier for a number below zero.
pub fn move_date(date: Date, by: i64, count: DayCount, calendar: Option<&Calendar>) -> Result<Date, NoDate> {
    match count {
        DayCount::Days => {
            let span = 0.days().try_days(by).map_err(|_| NoDate::OutOfRange)?;
            date.checked_add(span).map_err(|_| NoDate::OutOfRange)
        }
        DayCount::OperationalDays => calendar.ok_or(NoDate::NoCalendar)?.moved(date, by),
        DayCount::Months => {
            let months = i32::try_from(by).map_err(|_| NoDate::OutOfRange)?;
            add_months(date, months).ok_or(NoDate::OutOfRange)
        }
    }
}

/// How many days, operational days or whole months lead from one date to another; below zero where the second comes
/// first.
///
/// Months are whole: the most by which `from` can be moved without passing `to`.
pub fn count_between(
    from: Date,
    to: Date,
    count: DayCount,
    calendar: Option<&Calendar>,
) -> Result<i64, NoDate> {
    match count {
        DayCount::Days => {
            from.until(to).map(|span| i64::from(span.get_days())).map_err(|_| NoDate::OutOfRange)
        }
        DayCount::OperationalDays => calendar.ok_or(NoDate::NoCalendar)?.between(from, to),
        DayCount::Months if to < from => whole_months(to, from).map(i64::wrapping_neg),
        DayCount::Months => whole_months(from, to),
    }
}

/// Whole months from one date to another that is not before it.
fn whole_months(from: Date, to: Date) -> Result<i64, NoDate> {
    let years = i32::from(to.year()) - i32::from(from.year());
    let months = years * 12 + i32::from(to.month()) - i32::from(from.month());
    let reached = add_months(from, months).ok_or(NoDate::OutOfRange)?;
    Ok(i64::from(if reached > to { months - 1 } else { months }))
}
