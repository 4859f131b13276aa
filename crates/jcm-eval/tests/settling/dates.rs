//! Dates in a settlement: worked by hand, what missing means for them, and where they stop.

use crate::build::*;
use jcm_calculus::*;
use jcm_eval::{IntervalCase, Prepared, Range, Stop, possible};
use jcm_quantity::{Calendar, Date, DayCount, DayMark, Unit, Weekday, parse_date};

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn date(text: &str) -> Value {
    Value::Date(day(text))
}

fn at(text: &str) -> Expr {
    Expr::literal(date(text))
}

fn by(figure: &str, count: DayCount) -> Expr {
    Expr::Literal { value: number(figure), unit: Some(count.unit()) }
}

fn moved(from: &Expr, by: &Expr, count: DayCount) -> Expr {
    Expr::MoveDate { date: Box::new(from.clone()), by: Box::new(by.clone()), count }
}

fn between(from: &Expr, to: &Expr, count: DayCount) -> Expr {
    Expr::CountBetween { from: Box::new(from.clone()), to: Box::new(to.clone()), count }
}

fn days_of(count: DayCount) -> Type {
    Type::Number(count.unit())
}

/// Closed at weekends, on 1 January 2027 and over Easter of 2027.
fn calendar() -> Calendar {
    let holidays = ["2027-01-01", "2027-03-26", "2027-03-29"];
    Calendar {
        title: "Office days".to_owned(),
        version: String::new(),
        closed: [Weekday::Saturday, Weekday::Sunday].into(),
        first: day("2026-01-01"),
        last: day("2027-12-31"),
        holidays: holidays.iter().map(|holiday| (day(holiday), "closed".to_owned())).collect(),
    }
}

fn with_calendar() -> Settlement {
    Settlement { calendar: Some(calendar()), ..empty() }
}

#[test]
fn a_deduction_for_each_operational_day_of_delay() {
    let mut s = with_calendar();
    let (ends, received) = (s.input("ends", Type::Date), s.input("received", Type::Date));
    let twenty = by("20", DayCount::OperationalDays);
    let due = s.line("due", Type::Date, moved(&ends, &twenty, DayCount::OperationalDays));
    let late = between(&due, &received, DayCount::OperationalDays);
    let late = s.line("late", days_of(DayCount::OperationalDays), late);
    let price = Expr::Literal {
        value: number("£250"),
        unit: Some(Unit::money("GBP").over(&DayCount::OperationalDays.unit())),
    };
    let deduction = s.line("deduction", pounds(), mul(&late, &price));
    verify(&s).unwrap();
    // 1 January is closed, so the twentieth operational day of January 2027 is Friday the 29th.
    let outcome = run(&s, &[(&ends, date("2026-12-31")), (&received, date("2027-02-15"))]).unwrap();
    assert_eq!(outcome.value(step_id(&due), None), Some(&date("2027-01-29")));
    assert_eq!(text(&outcome, &late), "11");
    assert_eq!(text(&outcome, &deduction), "2750");
}

#[test]
fn months_are_parts_of_a_year_and_a_day_leads_to_the_end_of_its_month() {
    let mut s = empty();
    let start = s.input("start", Type::Date);
    let two_months = Expr::Literal { value: number_of("1/6"), unit: Some(Unit::years()) };
    let review = s.line("review", Type::Date, moved(&start, &two_months, DayCount::Months));
    let end = Expr::MarkDate { date: Box::new(review.clone()), mark: DayMark::EndOfQuarter };
    let end = s.line("end", Type::Date, end);
    let length = s.line("length", Type::Number(Unit::years()), between(&start, &end, DayCount::Months));
    verify(&s).unwrap();
    let outcome = run(&s, &[(&start, date("2026-12-31"))]).unwrap();
    assert_eq!(outcome.value(step_id(&review), None), Some(&date("2027-02-28")));
    assert_eq!(outcome.value(step_id(&end), None), Some(&date("2027-03-31")));
    assert_eq!(text(&outcome, &length), "0.25");
}

fn number_of(fraction: &str) -> Value {
    let (above, below) = fraction.split_once('/').unwrap();
    Value::Number(n(above).checked_div(&n(below)).unwrap())
}

#[test]
fn a_missing_date_leaves_everything_that_follows_from_it_missing() {
    let mut s = empty();
    let received = s.input_at(Level::Case, "received", Type::Date, MissingRule::Neutral);
    let five = by("5", DayCount::Days);
    let later = s.line("later", Type::Date, moved(&received, &five, DayCount::Days));
    let count = between(&at("2026-04-01"), &later, DayCount::Days);
    let count = s.line("count", days_of(DayCount::Days), count);
    let end = Expr::MarkDate { date: Box::new(later.clone()), mark: DayMark::EndOfMonth };
    let end = s.line("end", Type::Date, end);
    let outcome = run(&s, &[]).unwrap();
    for line in [later, count, end] {
        assert_eq!(outcome.value(step_id(&line), None), Some(&Value::Missing));
    }
}

#[test]
fn a_day_beyond_the_calendar_stops_the_case_and_is_named() {
    let mut s = with_calendar();
    let ends = s.input("ends", Type::Date);
    let five = by("5", DayCount::OperationalDays);
    let due = s.line("due", Type::Date, moved(&ends, &five, DayCount::OperationalDays));
    let stop = run(&s, &[(&ends, date("2027-12-30"))]).unwrap_err();
    assert_eq!(stop, Stop::Uncovered { step: step_id(&due), day: day("2028-01-01") });
    assert_eq!(
        stop.words(&s),
        "The line “due” needs to know whether 1 January 2028 is an operational day, and the calendar \
         “Office days” covers 1 January 2026 to 31 December 2027 only."
    );
}

#[test]
fn a_part_of_a_day_stops_the_case() {
    let mut s = empty();
    let delay = s.input("delay", days_of(DayCount::Days));
    let due = s.line("due", Type::Date, moved(&at("2026-04-01"), &delay, DayCount::Days));
    let stop = run(&s, &[(&delay, number("2.5"))]).unwrap_err();
    assert_eq!(stop, Stop::PartOfDay { step: step_id(&due), count: DayCount::Days, by: n("2.5") });
    assert!(stop.words(&s).contains("2.5 days, which is no whole number"), "{}", stop.words(&s));
    let far = run(&s, &[(&delay, number("9,999,999"))]).unwrap_err();
    assert_eq!(far, Stop::TooLarge { step: step_id(&due) });
}

#[test]
fn units_and_the_calendar_are_held() {
    let verified = |s: &mut Settlement, expr: Expr, ty: Type| {
        s.line("line", ty, expr);
        verify(s).is_ok()
    };
    let (start, days) = (at("2026-04-01"), by("5", DayCount::Days));
    let operational = by("5", DayCount::OperationalDays);
    assert!(verified(&mut empty(), moved(&start, &days, DayCount::Days), Type::Date));
    assert!(!verified(&mut empty(), moved(&start, &days, DayCount::Months), Type::Date));
    assert!(!verified(&mut empty(), moved(&days, &days, DayCount::Days), Type::Date));
    let in_open = moved(&start, &operational, DayCount::OperationalDays);
    assert!(!verified(&mut empty(), in_open.clone(), Type::Date));
    assert!(verified(&mut with_calendar(), in_open, Type::Date));
    let next = Expr::MarkDate { date: Box::new(start.clone()), mark: DayMark::NextOperationalDay };
    assert!(!verified(&mut empty(), next, Type::Date));
    let count = between(&start, &start, DayCount::Days);
    assert!(!verified(&mut empty(), count.clone(), days_of(DayCount::OperationalDays)));
    assert!(verified(&mut empty(), count, days_of(DayCount::Days)));
}

#[test]
fn a_delay_within_an_interval_follows_each_whole_day_of_it() {
    let mut s = with_calendar();
    let delay = s.input("delay", days_of(DayCount::Days));
    let arrives = s.line("arrives", Type::Date, moved(&at("2027-03-24"), &delay, DayCount::Days));
    let late = between(&at("2027-03-24"), &arrives, DayCount::OperationalDays);
    let late = s.line("late", days_of(DayCount::OperationalDays), late);
    let mut case = IntervalCase::default();
    case.inputs.insert(InputId(0), Range::Between(n("1.5"), n("6.5")));
    // 26 and 29 March are closed, and so is the weekend between them.
    let found = possible(&Prepared::new(&s), &case, step_id(&late), None).unwrap();
    assert_eq!(found, [(n("1"), n("1")), (n("2"), n("2"))]);
    case.inputs.insert(InputId(0), Range::Between(n("1.2"), n("1.8")));
    assert!(possible(&Prepared::new(&s), &case, step_id(&late), None).is_err());
}
