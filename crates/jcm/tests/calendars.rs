//! The calendars of the library, against the rules by which bank holidays are set and the special days as they were
//! proclaimed. The rules are written here by the day of the week on which a holiday falls, not by moving days.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use jcm::{InMemory, Program, check};
use jcm_quantity::{Date, Weekday};
use std::collections::BTreeSet;

const YEARS: std::ops::RangeInclusive<i16> = 2012..=2028;

fn program(calendar: &str) -> Program {
    let contract = format!(
        "jcm 1\n\nuse std.calendars.{calendar}\n\ncontract vale \"Vale Agreement\" {{\n    \
         term: 2026-04-01 to 2027-03-31\n    currency: GBP\n    calendar: {calendar}\n    \
         settled: every financial_year\n    rounding: half_even to £0.01\n}}\n\n\
         partner council \"Vale Council\" {{ role: commissioner }}\n"
    );
    check(&InMemory::new("contract.jcm", &contract)).into_program().unwrap()
}

fn holidays(calendar: &str) -> BTreeSet<Date> {
    let program = program(calendar);
    let calendar = program.calendar.unwrap().calendar;
    assert_eq!((calendar.first, calendar.last), (day(2012, 1, 1), day(2028, 12, 31)));
    assert_eq!(calendar.closed, [Weekday::Saturday, Weekday::Sunday].into());
    calendar.holidays.into_keys().collect()
}

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn later(date: Date, days: i64) -> Date {
    jcm_quantity::move_date(date, days, jcm_quantity::DayCount::Days, None).unwrap()
}

/// Easter Sunday between 1900 and 2099, by Carter's rule.
fn easter(year: i16) -> Date {
    let mut moon = 225 - 11 * (year % 19);
    while moon > 50 {
        moon -= 30;
    }
    if moon > 48 {
        moon -= 1;
    }
    let sunday = moon + 7 - (year + year / 4 + moon + 1) % 7;
    later(day(year, 3, 1), i64::from(sunday) - 1)
}

fn first_monday(year: i16, month: i8) -> Date {
    (1..=7).map(|n| day(year, month, n)).find(|date| Weekday::of(*date) == Weekday::Monday).unwrap()
}

/// The last Monday of a month of 31 days.
fn last_monday(year: i16, month: i8) -> Date {
    (25..=31).map(|n| day(year, month, n)).find(|date| Weekday::of(*date) == Weekday::Monday).unwrap()
}

/// A single day, or the Monday after if it falls at the weekend.
fn or_monday(date: Date) -> Date {
    match Weekday::of(date) {
        Weekday::Saturday => later(date, 2),
        Weekday::Sunday => later(date, 1),
        _ => date,
    }
}

/// Two days in a row from a date, by the day of the week of the first.
fn two_days(first: Date) -> [Date; 2] {
    let (a, b) = match Weekday::of(first) {
        Weekday::Friday => (0, 3),
        Weekday::Saturday => (2, 3),
        Weekday::Sunday => (1, 2),
        _ => (0, 1),
    };
    [later(first, a), later(first, b)]
}

/// What all three have in common: Good Friday, May, Christmas, and the special days.
fn common(year: i16) -> Vec<Date> {
    let mut days = vec![later(easter(year), -2)];
    days.push(if year == 2020 { day(2020, 5, 8) } else { first_monday(year, 5) });
    match year {
        2012 => days.extend([day(2012, 6, 4), day(2012, 6, 5)]),
        2022 => days.extend([day(2022, 6, 2), day(2022, 6, 3), day(2022, 9, 19)]),
        _ => days.push(last_monday(year, 5)),
    }
    if year == 2023 {
        days.push(day(2023, 5, 8));
    }
    days.extend(two_days(day(year, 12, 25)));
    days
}

fn by_rule(of_year: impl Fn(i16) -> Vec<Date>) -> BTreeSet<Date> {
    YEARS.flat_map(|year| common(year).into_iter().chain(of_year(year))).collect()
}

#[test]
fn england_and_wales() {
    let by_rule =
        by_rule(|year| vec![or_monday(day(year, 1, 1)), later(easter(year), 1), last_monday(year, 8)]);
    assert_eq!(holidays("england_and_wales"), by_rule);
    // Eight a year, and four special ones besides: two jubilees, a funeral and a coronation.
    assert_eq!(by_rule.len(), 17 * 8 + 4);
}

#[test]
fn scotland() {
    let by_rule = by_rule(|year| {
        let mut days = two_days(day(year, 1, 1)).to_vec();
        days.extend([first_monday(year, 8), or_monday(day(year, 11, 30))]);
        if year == 2026 {
            days.push(day(2026, 6, 15));
        }
        days
    });
    assert_eq!(holidays("scotland"), by_rule);
    assert_eq!(by_rule.len(), 17 * 9 + 5);
}

#[test]
fn northern_ireland() {
    let by_rule = by_rule(|year| {
        vec![
            or_monday(day(year, 1, 1)),
            or_monday(day(year, 3, 17)),
            later(easter(year), 1),
            or_monday(day(year, 7, 12)),
            last_monday(year, 8),
        ]
    });
    assert_eq!(holidays("northern_ireland"), by_rule);
    assert_eq!(by_rule.len(), 17 * 10 + 4);
}

#[test]
fn easter_is_where_almanacs_have_it() {
    let known = [(2012, 4, 8), (2016, 3, 27), (2019, 4, 21), (2024, 3, 31), (2026, 4, 5), (2028, 4, 16)];
    for (year, month, date) in known {
        assert_eq!(easter(year), day(year, month, date));
    }
}
