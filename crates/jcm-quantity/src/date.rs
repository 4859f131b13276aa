//! Dates and half-open periods, and how both are read and written.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// A named stretch of days: from the first day to the day before `end`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The name, such as `2027/28`.
    pub label: String,
    /// The first day.
    pub start: Date,
    /// The first day after.
    pub end: Date,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Period {
    /// A period of any length; `None` if it holds no day.
    pub fn between(label: &str, start: Date, end: Date) -> Option<Period> {
        (start < end).then(|| Period { label: label.to_string(), start, end })
    }

    /// The year from 1 April: `2027/28`; `None` for a year that four digits do not write.
    pub fn financial_year(year: i16) -> Option<Period> {
        let start = first_of(year, 4)?;
        Period::between(&financial_label(year), start, add_months(start, 12)?)
    }

    /// The year from 1 January: `2022`; `None` for a year that four digits do not write.
    pub fn calendar_year(year: i16) -> Option<Period> {
        let start = first_of(year, 1)?;
        Period::between(&format!("{year:04}"), start, add_months(start, 12)?)
    }

    /// The three months from a date, named as a quarter of the financial year: `Q1 2026/27` starts on 1 April.
    ///
    /// `None` unless the date is the first day of such a quarter.
    pub fn quarter(start: Date) -> Option<Period> {
        let (number, year) = match (start.month(), start.day()) {
            (4, 1) => (1, start.year()),
            (7, 1) => (2, start.year()),
            (10, 1) => (3, start.year()),
            (1, 1) => (4, start.year().checked_sub(1)?),
            _ => return None,
        };
        Period::between(&format!("Q{number} {}", financial_label(year)), start, add_months(start, 3)?)
    }

    /// The month from its first day: `April 2026`; `None` for any other day.
    pub fn month(start: Date) -> Option<Period> {
        let label = format!("{} {:04}", month_name(start.month())?, start.year());
        (start.day() == 1).then_some(())?;
        Period::between(&label, start, add_months(start, 1)?)
    }

    /// The month that a date lies in.
    pub fn month_of(date: Date) -> Option<Period> {
        Period::month(date.first_of_month())
    }

    /// The quarter that a date lies in.
    pub fn quarter_of(date: Date) -> Option<Period> {
        let into = (date.month() - 1).rem_euclid(3);
        Period::quarter(add_months(date.first_of_month(), -i32::from(into))?)
    }

    /// The financial year that a date lies in.
    pub fn financial_year_of(date: Date) -> Option<Period> {
        let year = if date.month() < 4 { date.year().checked_sub(1)? } else { date.year() };
        Period::financial_year(year)
    }

    /// Whether the day lies in the period.
    pub fn contains(&self, day: Date) -> bool {
        self.start <= day && day < self.end
    }

    /// Whether the two share a day.
    pub fn overlaps(&self, other: &Period) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The last day.
    pub fn last_day(&self) -> Date {
        self.end.yesterday().unwrap_or(self.end)
    }

    /// First and last day: `1 April 2027 to 31 March 2028`.
    pub fn describe(&self) -> String {
        format!("{} to {}", show_date(self.start), show_date(self.last_day()))
    }
}

/// Reads every label that a period is given here: `2027/28`, `2022`, `Q1 2026/27`, `April 2026`.
///
/// The second half of a financial year must follow the first.
pub fn parse_period(text: &str) -> Option<Period> {
    if let Some((first, second)) = text.split_once(' ') {
        if let Some(number) = first.strip_prefix('Q') {
            let year = financial_start(second)?;
            let start = match number {
                "1" => first_of(year, 4)?,
                "2" => first_of(year, 7)?,
                "3" => first_of(year, 10)?,
                "4" => first_of(year.checked_add(1)?, 1)?,
                _ => return None,
            };
            return Period::quarter(start);
        }
        let month = MONTHS.iter().position(|name| *name == first)?;
        return Period::month(first_of(parse_year(second)?, i8::try_from(month).ok()? + 1)?);
    }
    if text.contains('/') {
        return Period::financial_year(financial_start(text)?);
    }
    Period::calendar_year(parse_year(text)?)
}

/// The date so many months later; a day that the month does not have becomes its last.
pub fn add_months(date: Date, months: i32) -> Option<Date> {
    let span = Span::new().try_months(months).ok()?;
    date.checked_add(span).ok()
}

/// The date so many days later; `None` where the calendar ends.
pub fn add_days(date: Date, days: i64) -> Option<Date> {
    let span = Span::new().try_days(days).ok()?;
    date.checked_add(span).ok()
}

/// A date in words: `1 April 2027`.
pub fn show_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()).unwrap_or_default(), date.year())
}

/// The number of a month by its English name, from 1.
pub fn month_named(name: &str) -> Option<i8> {
    let place = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name))?;
    i8::try_from(place + 1).ok()
}

/// Reads `2026-04-01`.
pub fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(parse_year(year)?, two_digits(month)?, two_digits(day)?).ok()
}

fn first_of(year: i16, month: i8) -> Option<Date> {
    let date = Date::new(year, month, 1).ok()?;
    // The year after must be writable too, because a period ends on its first day.
    (year >= 0 && date.checked_add(1.year()).is_ok()).then_some(date)
}

fn financial_label(year: i16) -> String {
    format!("{year:04}/{:02}", (year + 1).rem_euclid(100))
}

fn financial_start(text: &str) -> Option<i16> {
    let (first, second) = text.split_once('/')?;
    let year = parse_year(first)?;
    (two_digits(second)? == i8::try_from((year + 1).rem_euclid(100)).ok()?).then_some(year)
}

fn parse_year(text: &str) -> Option<i16> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn two_digits(text: &str) -> Option<i8> {
    (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn month_name(month: i8) -> Option<&'static str> {
    MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?).copied()
}
