//! The dates of every form of deadline, worked out by hand with a wall calendar of 2026 and 2027.
#![expect(clippy::unwrap_used, reason = "a test whose contract does not check has failed")]

use jcm::{Agenda, InMemory, Target, agenda, agenda_icalendar, check, emit, settlement};
use jcm_quantity::parse_date;

const CONTRACT: &str = include_str!("../../../tests/lang/calendar/deadlines-that-have-dates.jcm");

fn agenda_of(contract: &str) -> Agenda {
    agenda(&check(&InMemory::new("contract.jcm", contract)).into_program().unwrap())
}

fn dates(agenda: &Agenda, key: &str) -> Vec<String> {
    let place = agenda.items.iter().position(|item| item.key == key).unwrap();
    agenda.dates.iter().filter(|found| found.item == place).map(|found| found.date.to_string()).collect()
}

fn dates_of(name: &str) -> Vec<String> {
    dates(&agenda_of(CONTRACT), &format!("obligation.{name}"))
}

#[test]
fn deadlines_counted_from_the_end_of_a_period() {
    assert_eq!(dates_of("after_quarter"), ["2026-07-28", "2026-10-28", "2027-01-29", "2027-04-28"]);
    assert_eq!(dates_of("after_it_ends"), ["2026-08-30", "2026-11-30", "2027-02-28", "2027-05-31"]);
    assert_eq!(dates_of("of_the_end"), ["2027-04-21"]);
    assert_eq!(dates_of("before_the_end"), ["2026-09-30"]);
}

#[test]
fn days_of_each_period_and_single_days() {
    assert_eq!(
        dates_of("first_day"),
        [
            "2026-04-01",
            "2026-05-01",
            "2026-06-01",
            "2026-07-01",
            "2026-08-03",
            "2026-09-01",
            "2026-10-01",
            "2026-11-02",
            "2026-12-01",
            "2027-01-04",
            "2027-02-01",
            "2027-03-01"
        ]
    );
    assert_eq!(dates_of("last_day"), ["2026-06-30", "2026-09-30", "2026-12-31", "2027-03-31"]);
    assert_eq!(dates_of("yearly"), ["2026-05-31"]);
    assert_eq!(dates_of("once"), ["2026-09-30"]);
    assert_eq!(dates_of("once_in_words"), ["2026-09-30"]);
}

#[test]
fn what_depends_on_something_that_happens_has_no_date() {
    let agenda = agenda_of(CONTRACT);
    let undated: Vec<&str> = agenda.undated().map(|item| item.key.as_str()).collect();
    assert_eq!(undated, ["obligation.depends", "obligation.any_words", "obligation.some_year"]);
}

#[test]
fn the_same_contract_gives_the_same_calendar_and_every_event_its_own_name() {
    let stamp = parse_date("2026-04-01").unwrap();
    let made = agenda_icalendar(&agenda_of(CONTRACT), stamp, "jcm 1");
    assert_eq!(made, agenda_icalendar(&agenda_of(CONTRACT), stamp, "jcm 1"));
    let mut names: Vec<&str> = made.split("\r\n").filter(|line| line.starts_with("UID:")).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!((all, names.len()), (agenda_of(CONTRACT).dates.len(), all));
}

#[test]
fn a_partner_sees_what_concerns_it_and_what_concerns_all() {
    let agenda = agenda_of(CONTRACT);
    let council = agenda.only(None, None, Some(jcm::PartnerId(0)));
    assert!(dates(&council, "obligation.once").is_empty());
    assert_eq!(dates(&council, "settlement.final"), ["2027-09-30"]);
    assert_eq!(council.undated().count(), 0);
    let autumn = agenda.only(parse_date("2026-09-01"), parse_date("2026-09-30"), None);
    assert!(autumn.dates.iter().all(|found| found.date.to_string().starts_with("2026-09")));
    assert_eq!(dates(&autumn, "obligation.first_day"), ["2026-09-01"]);
}

#[test]
fn the_contract_says_which_days_are_operational_and_lists_its_dates() {
    let checked = check(&InMemory::new("contract.jcm", CONTRACT));
    let program = checked.program().unwrap();
    let made = emit(program, &settlement(program, &checked.sources)).unwrap();
    let contract =
        std::str::from_utf8(&made.iter().find(|made| made.target == Target::Markdown).unwrap().bytes)
            .unwrap();
    for said in [
        "| Operational days | by the calendar “Bank holidays in England and Wales”, version 2026-11 |",
        "**“Operational Day”** means any day but a Saturday, a Sunday or a day that is listed as a holiday in the \
         calendar “Bank holidays in England and Wales”, version 2026-11, which covers 1 January 2012 to 31 December \
         2028",
        "| Counted from the end of each quarter | Vale Community Care | within 20 operational days after each \
         quarter | 4 dates, from 28 July 2026 to 28 April 2027 |",
        "| On one day | Vale Community Care | by 30 September 2026 | 30 September 2026 |",
        "| [Vale Community Care](#party-community) shall give notice | by 31 May each year |",
    ] {
        assert!(contract.contains(said), "{said}\n{contract}");
    }
    assert!(!contract.contains("| On something that happens | Vale Community Care | within"), "{contract}");
}
