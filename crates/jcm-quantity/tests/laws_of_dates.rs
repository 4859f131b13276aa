//! Date arithmetic: worked by hand, and laws over any date.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use jcm_quantity::{
    Calendar, Cycle, Date, DayCount, DayMark, NoDate, Period, Weekday, count_between, move_date, parse_date,
};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

/// Christmas and New Year of 2026/27, closed at weekends.
fn calendar() -> Calendar {
    let holidays = ["2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26", "2027-03-29"];
    Calendar {
        title: "Office days".to_string(),
        version: String::new(),
        closed: [Weekday::Saturday, Weekday::Sunday].into(),
        first: day("2026-01-01"),
        last: day("2027-12-31"),
        holidays: holidays.iter().map(|date| (day(date), "a holiday".to_string())).collect(),
    }
}

fn operational(from: &str, by: i64) -> Result<Date, NoDate> {
    move_date(day(from), by, DayCount::OperationalDays, Some(&calendar()))
}

#[test]
fn the_day_after_counts_as_one_and_closed_days_count_as_none() {
    // 24 December 2026 is a Thursday; Christmas, the weekend and the substitute day follow.
    assert_eq!(operational("2026-12-24", 1), Ok(day("2026-12-29")));
    assert_eq!(operational("2026-12-24", 4), Ok(day("2027-01-04")));
    // From a closed day the first open one counts as 1.
    assert_eq!(operational("2026-12-26", 1), Ok(day("2026-12-29")));
    assert_eq!(operational("2027-01-04", -4), Ok(day("2026-12-24")));
    assert_eq!(operational("2026-12-26", 0), Ok(day("2026-12-26")));
}

#[test]
fn a_day_beyond_the_calendar_is_named_and_not_guessed() {
    assert_eq!(operational("2027-12-30", 5), Err(NoDate::Uncovered(day("2028-01-01"))));
    let count =
        count_between(day("2025-12-30"), day("2026-01-05"), DayCount::OperationalDays, Some(&calendar()));
    assert_eq!(count, Err(NoDate::Uncovered(day("2025-12-31"))));
    assert_eq!(move_date(day("2027-01-01"), 1, DayCount::OperationalDays, None), Err(NoDate::NoCalendar));
    assert_eq!(move_date(day("9999-12-01"), 2, DayCount::Months, None), Err(NoDate::OutOfRange));
}

#[test]
fn a_weekend_beyond_the_calendar_is_still_closed() {
    // 1 January 2028 is a Saturday; whether the Monday is a holiday is not known.
    assert_eq!(calendar().next_open(day("2028-01-01")), Ok(day("2028-01-03")));
    assert_eq!(calendar().next_open(day("2028-01-04")), Ok(day("2028-01-04")));
}

#[test]
fn a_month_later_is_the_same_day_or_the_last_of_a_shorter_month() {
    let months = |from, by| move_date(day(from), by, DayCount::Months, None);
    assert_eq!(months("2026-01-31", 1), Ok(day("2026-02-28")));
    assert_eq!(months("2028-01-31", 1), Ok(day("2028-02-29")));
    assert_eq!(months("2026-02-28", 1), Ok(day("2026-03-28")));
    assert_eq!(months("2026-06-30", 2), Ok(day("2026-08-30")));
    assert_eq!(months("2028-02-29", 12), Ok(day("2029-02-28")));
    assert_eq!(months("2026-03-31", -1), Ok(day("2026-02-28")));
}

#[test]
fn months_between_are_whole_months() {
    let months = |from, to| count_between(day(from), day(to), DayCount::Months, None);
    assert_eq!(months("2026-04-15", "2026-06-14"), Ok(1));
    assert_eq!(months("2026-04-15", "2026-06-15"), Ok(2));
    assert_eq!(months("2026-01-31", "2026-02-28"), Ok(1));
    assert_eq!(months("2026-06-15", "2026-04-15"), Ok(-2));
}

#[test]
fn a_day_leads_to_the_ends_of_what_it_lies_in() {
    let mark = |mark: DayMark, date| mark.of(day(date), Some(&calendar()));
    assert_eq!(mark(DayMark::EndOfMonth, "2028-02-03"), Ok(day("2028-02-29")));
    assert_eq!(mark(DayMark::EndOfQuarter, "2026-08-01"), Ok(day("2026-09-30")));
    assert_eq!(mark(DayMark::EndOfQuarter, "2027-03-31"), Ok(day("2027-03-31")));
    assert_eq!(mark(DayMark::EndOfFinancialYear, "2027-03-31"), Ok(day("2027-03-31")));
    assert_eq!(mark(DayMark::EndOfFinancialYear, "2027-04-01"), Ok(day("2028-03-31")));
    assert_eq!(mark(DayMark::EndOfCalendarYear, "2027-04-01"), Ok(day("2027-12-31")));
    assert_eq!(mark(DayMark::NextOperationalDay, "2026-12-25"), Ok(day("2026-12-29")));
    assert_eq!(mark(DayMark::NextOperationalDay, "2026-12-24"), Ok(day("2026-12-24")));
}

#[test]
fn a_date_lies_in_its_month_quarter_and_year() {
    assert_eq!(Period::quarter_of(day("2027-01-31")).unwrap().label, "Q4 2026/27");
    assert_eq!(Period::financial_year_of(day("2027-03-31")).unwrap().label, "2026/27");
    assert_eq!(Period::month_of(day("2027-03-31")).unwrap().label, "March 2027");
}

#[test]
fn periods_of_a_contract_are_counted_from_its_first_day() {
    let place = |cycle: Cycle, first: &str, on: &str| cycle.period_of(day(on), day(first));
    let year = place(Cycle::ContractYear, "2027-10-01", "2028-09-30").unwrap();
    assert_eq!((year.label.as_str(), year.start, year.end), ("Year 1", day("2027-10-01"), day("2028-10-01")));
    assert_eq!(place(Cycle::ContractYear, "2027-10-01", "2028-10-01").unwrap().label, "Year 2");
    assert_eq!(place(Cycle::ContractQuarter, "2027-07-15", "2028-07-14").unwrap().label, "Q4 Year 1");
    assert_eq!(place(Cycle::ContractMonth, "2027-07-15", "2028-08-15").unwrap().label, "Month 2 Year 2");
    assert_eq!(place(Cycle::ContractYear, "2027-10-01", "2027-09-30"), None);
    let before = Cycle::ContractYear.of_contract(day("2027-10-01"), -1).unwrap();
    assert_eq!((before.label.as_str(), before.end), ("Year 0", day("2027-10-01")));
    assert_eq!(Cycle::Month.of_contract(day("2027-10-01"), 0), None);
}

#[test]
fn a_month_without_the_day_shortens_no_other() {
    let starts = |cycle: Cycle, first: &str, count: i32| -> Vec<String> {
        let periods = (0..count).map(|place| cycle.of_contract(day(first), place).unwrap());
        periods.map(|period| period.start.to_string()).collect()
    };
    assert_eq!(
        starts(Cycle::ContractMonth, "2027-01-31", 4),
        ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]
    );
    let leap = ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"];
    assert_eq!(starts(Cycle::ContractYear, "2028-02-29", 5), leap);
}

#[test]
fn a_cycle_makes_up_years_that_are_named_as_it_is() {
    for cycle in Cycle::ALL {
        assert_eq!(Cycle::named(cycle.name()), Some(cycle));
        assert_eq!(cycle.words(), cycle.name().replace('_', " "));
        assert!(cycle.makes_up(cycle.year()) && cycle.year().months() == 12);
    }
    assert!(Cycle::Month.makes_up(Cycle::CalendarYear) && Cycle::Quarter.makes_up(Cycle::ContractYear));
    assert!(
        !Cycle::Quarter.makes_up(Cycle::CalendarYear) && !Cycle::ContractMonth.makes_up(Cycle::FinancialYear)
    );
}

proptest! {
    #[test]
    fn every_day_of_a_contract_lies_in_one_period_and_the_next_follows_at_once(first in 0_i64..2_000, on in 0_i64..8_000) {
        let first = move_date(day("2026-01-01"), first, DayCount::Days, None).unwrap();
        let on = move_date(first, on, DayCount::Days, None).unwrap();
        for cycle in Cycle::ALL {
            let period = cycle.period_of(on, first).unwrap();
            prop_assert!(period.contains(on));
            let next = cycle.period_of(period.end, first).unwrap();
            prop_assert_eq!(next.start, period.end);
            let year = cycle.year().period_of(on, first).unwrap();
            prop_assert!(year.start <= period.start && period.end <= year.end);
        }
    }

    #[test]
    fn moving_by_operational_days_and_counting_gives_the_number(from in 60_i64..600, by in -40_i64..60) {
        let calendar = calendar();
        let from = move_date(day("2026-01-01"), from, DayCount::Days, None).unwrap();
        let to = calendar.moved(from, by).unwrap();
        prop_assert_eq!(calendar.between(from, to), Ok(by));
        prop_assert!(by == 0 || calendar.is_operational(to).unwrap());
    }

    #[test]
    fn the_count_of_a_stretch_is_that_of_its_parts(a in 0_i64..700, b in 0_i64..700, c in 0_i64..700) {
        let calendar = calendar();
        let at = |days| move_date(day("2026-01-01"), days, DayCount::Days, None).unwrap();
        let mut days = [a, b, c];
        days.sort_unstable();
        let [a, b, c] = days.map(at);
        let whole = calendar.between(a, c).unwrap();
        prop_assert_eq!(whole, calendar.between(a, b).unwrap() + calendar.between(b, c).unwrap());
    }

    #[test]
    fn days_and_months_count_back_what_they_were_moved_by(from in 0_i64..20_000, days in -9_000_i64..9_000, months in 0_i64..400) {
        let from = move_date(day("2000-01-01"), from, DayCount::Days, None).unwrap();
        let moved = move_date(from, days, DayCount::Days, None).unwrap();
        prop_assert_eq!(count_between(from, moved, DayCount::Days, None), Ok(days));
        let moved = move_date(from, months, DayCount::Months, None).unwrap();
        prop_assert_eq!(count_between(from, moved, DayCount::Months, None), Ok(months));
    }

    #[test]
    fn the_next_operational_day_is_open_and_nothing_open_lies_before_it(from in 0_i64..720) {
        let calendar = calendar();
        let from = move_date(day("2026-01-01"), from, DayCount::Days, None).unwrap();
        let next = calendar.next_operational(from).unwrap();
        prop_assert!(calendar.is_operational(next).unwrap());
        let before = calendar.last_operational(from).unwrap();
        prop_assert_eq!(calendar.between(before, next), Ok(i64::from(before != next)));
    }
}
