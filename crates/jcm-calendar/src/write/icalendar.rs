//! The agenda as iCalendar (RFC 5545), for the calendars of people: one whole-day event for each date.

use super::{detail, item_at, titled};
use crate::Agenda;
use jcm_quantity::Date;

/// The most octets on a line, without its end.
const LONGEST_LINE: usize = 75;

/// `maker` is the program that made it. An event keeps its identifier as long as the thing keeps its name, so taking a
/// calendar in again changes events and does not double them. There is no clock: the time stamp that the standard asks
/// for is the first day of the term.
pub fn icalendar(agenda: &Agenda, stamp: Date, maker: &str) -> String {
    let mut out = String::new();
    let mut line = |name: &str, text: &str| folded(&mut out, &format!("{name}:{text}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", &format!("-//jcm//{}//EN", escaped(maker)));
    line("CALSCALE", "GREGORIAN");
    line("X-WR-CALNAME", &escaped(&agenda.title));
    for occurrence in &agenda.dates {
        let Some(item) = item_at(agenda, occurrence.item) else { continue };
        line("BEGIN", "VEVENT");
        line("UID", &identifier(&[&agenda.contract, &item.key, &occurrence.period]));
        line("DTSTAMP", &format!("{}T000000Z", compact(stamp)));
        line("DTSTART;VALUE=DATE", &compact(occurrence.date));
        if let Ok(next) = occurrence.date.tomorrow() {
            line("DTEND;VALUE=DATE", &compact(next));
        }
        line("SUMMARY", &escaped(&titled(item, &occurrence.period)));
        let detail = detail(item);
        if !detail.is_empty() {
            line("DESCRIPTION", &escaped(&detail));
        }
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    out
}

/// `stour_valley.obligation.cost_statement.Q1-2026-27@jcm`.
fn identifier(parts: &[&str]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| part.replace(|c: char| !(c.is_ascii_alphanumeric() || "._".contains(c)), "-"))
        .collect();
    format!("{}@jcm", parts.join("."))
}

/// `20260728`.
fn compact(date: Date) -> String {
    date.to_string().replace('-', "")
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Adds a line, cut where it is too long; a line that goes on begins with a space. No character is cut in two.
fn folded(out: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST_LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LINE, escaped, folded, identifier};
    use proptest::prelude::*;

    #[test]
    fn an_identifier_holds_nothing_that_a_calendar_could_misread() {
        assert_eq!(
            identifier(&["vale", "obligation.report", "Q1 2026/27"]),
            "vale.obligation.report.Q1-2026-27@jcm"
        );
        assert_eq!(identifier(&["vale", "term.end", ""]), "vale.term.end@jcm");
    }

    #[test]
    fn marks_of_the_format_are_escaped() {
        assert_eq!(escaped("a; b, c\\d\ne"), "a\\; b\\, c\\\\d\\ne");
    }

    proptest! {
        #[test]
        fn folding_keeps_the_text_and_the_length(text in "\\PC{0,300}") {
            let mut out = String::new();
            folded(&mut out, &text);
            prop_assert!(out.split("\r\n").all(|line| line.len() <= LONGEST_LINE));
            prop_assert_eq!(out.replace("\r\n ", "").replace("\r\n", ""), text);
        }
    }
}
