//! Dates and periods as they stand behind a figure: `in 2026/27`, `from 2028/29`, `from 2026-04-01 to 2026-09-30`.

use crate::checker::Checker;
use crate::problems::{DatedGap, DatesDisordered, NoSuchDate, OutsideTerm, YearsUncounted};
use jcm_model::ParameterRow;
use jcm_quantity::{Cycle, Date, Period, parse_period, show_date};
use jcm_source::Span;
use jcm_syntax::ast::Word;
use jcm_syntax::expression::Reader;

/// When a figure is in force.
#[derive(Debug, Clone)]
pub(super) struct When {
    /// First day; `None` from the beginning.
    pub(super) from: Option<Date>,
    /// First day no longer; `None` until the next figure begins.
    pub(super) until: Option<Date>,
    /// Where it stands.
    pub(super) span: Span,
}

/// Reads a period: a financial year, a quarter of one, a month, a calendar year, or one that is counted from the first
/// day of the contract.
pub(super) fn period(cx: &mut Checker<'_>, reader: &mut Reader<'_>) -> Option<Period> {
    if let Some(counted) = counted(reader) {
        return of_contract(cx, counted);
    }
    let span = reader.span_here();
    let quarter = reader.peek().and_then(|term| term.name()).and_then(|name| quarter_number(&name.text));
    if quarter.is_some() {
        reader.next();
    } else if let Some((text, last)) = beyond_the_fourth(reader) {
        let why = "a year has four quarters, `Q1` to `Q4`".to_owned();
        return cx.report(NoSuchDate { text, span: span.to(last), why });
    }
    if let Some(month) = month(reader) {
        return Some(month);
    }
    let text = reader.year().or_else(|| reader.number())?;
    let Some(period) = parse_period(text) else {
        let why = "there is no such year".to_owned();
        return cx.report(NoSuchDate { text: text.to_owned(), span, why });
    };
    match quarter {
        Some(quarter) => Period::quarter(jcm_quantity::add_months(period.start, quarter.checked_mul(3)?)?),
        None => Some(period),
    }
}

/// A period by its number in a year of the contract.
struct Counted {
    cycle: Cycle,
    /// Which of the year, from 1.
    part: i32,
    /// Which year, from 1; 0 is the one before the contract.
    year: i32,
    /// As written.
    text: String,
    span: Span,
}

/// `Year 2`, `Q1 Year 2`, `Month 3 Year 2`
fn counted(reader: &mut Reader<'_>) -> Option<Counted> {
    let number = |digits: &str| Some(digits.parse().unwrap_or(i32::MAX)).filter(|_| !digits.contains('.'));
    let span = reader.span_here();
    let mut ahead = reader.clone();
    let mut word = ahead.name()?.text.clone();
    let (mut cycle, mut part, mut text) = (Cycle::ContractYear, 1, String::new());
    let quarter = word.strip_prefix(['Q', 'q']).filter(|digits| digits.parse::<u8>().is_ok());
    if let Some(digits) = quarter {
        (cycle, part, text) = (Cycle::ContractQuarter, number(digits)?, format!("{word} "));
        word = ahead.name()?.text.clone();
    } else if matches!(word.as_str(), "Month" | "month") {
        let digits = ahead.number()?;
        (cycle, part, text) = (Cycle::ContractMonth, number(digits)?, format!("{word} {digits} "));
        word = ahead.name()?.text.clone();
    }
    let last = ahead.span_here();
    let digits = ahead.number().filter(|_| matches!(word.as_str(), "Year" | "year"))?;
    *reader = ahead;
    Some(Counted {
        cycle,
        part,
        year: number(digits)?,
        text: format!("{text}Year {digits}"),
        span: span.to(last),
    })
}

/// The days of a period that is counted from the first day of the contract.
fn of_contract(cx: &mut Checker<'_>, counted: Counted) -> Option<Period> {
    let Counted { cycle, part, year, text, span } = counted;
    // Where the contract could not be read, that is said, and what is dated by its years is not wrong as well.
    let first_day = cx.parts.first_day.or_else(|| Date::new(2000, 4, 1).ok())?;
    let parts = i32::try_from(12_u32.checked_div(cycle.months())?).ok()?;
    let place =
        year.checked_sub(1).and_then(|year| year.checked_mul(parts)?.checked_add(part.checked_sub(1)?));
    let period = place.and_then(|place| cycle.of_contract(first_day, place));
    let Some(period) = period.filter(|_| (1..=parts).contains(&part)) else {
        let why = match (1..=parts).contains(&part) {
            true => "the calendar ends before that year".to_owned(),
            false => format!("a year has {parts} {}s", cycle.words()),
        };
        return cx.report(NoSuchDate { text, span, why });
    };
    let Some(contract) = cx.parts.contract.as_ref() else { return Some(period) };
    let (years, settled) = (contract.reconciled_every, contract.settled_every);
    if years == Cycle::ContractYear {
        return Some(period);
    }
    let same = |own: &&Period| own.start == period.start && own.end == period.end;
    let own_year = years.period_of(period.start, contract.start);
    let called = contract.periods.iter().chain(&own_year).find(same).map(|own| own.label.clone());
    cx.report(YearsUncounted { period, span, years, settled, called })
}

/// `April 2026`
fn month(reader: &mut Reader<'_>) -> Option<Period> {
    let mut ahead = reader.clone();
    let name = ahead.name()?.text.clone();
    let period = parse_period(&format!("{name} {}", ahead.number()?))?;
    *reader = ahead;
    Some(period)
}

fn quarter_number(text: &str) -> Option<i32> {
    match text {
        "Q1" | "q1" => Some(0),
        "Q2" | "q2" => Some(1),
        "Q3" | "q3" => Some(2),
        "Q4" | "q4" => Some(3),
        _ => None,
    }
}

/// `Q5 2027/28`, as it stands, and the place of its year.
fn beyond_the_fourth(reader: &mut Reader<'_>) -> Option<(String, Span)> {
    let mut ahead = reader.clone();
    let name = ahead.name()?.text.clone();
    let digits = name.strip_prefix(['Q', 'q'])?;
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let last = ahead.span_here();
    let year = ahead.year().or_else(|| ahead.number())?;
    *reader = ahead;
    Some((format!("{name} {year}"), last))
}

/// Reads `in PERIOD`, `from START`, `from START to END`, where a start and an end is a period or a date. The outer
/// `None` means that a problem was reported or that what follows is no such thing.
pub(super) fn when(cx: &mut Checker<'_>, reader: &mut Reader<'_>) -> Option<When> {
    let start = reader.span_here();
    if reader.word(Word::In) {
        let period = period(cx, reader)?;
        return Some(When {
            from: Some(period.start),
            until: Some(period.end),
            span: start.to(reader.span_here()),
        });
    }
    if !reader.word(Word::From) {
        return None;
    }
    let (from, _) = day(cx, reader)?;
    let until = if reader.word(Word::To) { Some(day(cx, reader)?.1) } else { None };
    let span = start.to(reader.span_here());
    if let Some(until) = until.filter(|until| *until <= from) {
        return cx.report(DatesDisordered { span, start: show_date(from), end: show_date(until) });
    }
    Some(When { from: Some(from), until, span })
}

/// The first day and the first day after of a period or date.
fn day(cx: &mut Checker<'_>, reader: &mut Reader<'_>) -> Option<(Date, Date)> {
    let span = reader.span_here();
    if let Some(text) = reader.date() {
        let date = crate::units::date(cx, text, span)?;
        return Some((date, date.tomorrow().ok()?));
    }
    period(cx, reader).map(|period| (period.start, period.end))
}

/// Ends each open row of the same keys where the next one begins, and reports rows that overlap.
/// `spans` are the places of the rows.
pub(super) fn close(cx: &mut Checker<'_>, what: &str, rows: &mut [ParameterRow], spans: &[Span]) {
    let starts: Vec<(Vec<jcm_model::Constant>, Option<Date>)> =
        rows.iter().map(|row| (row.keys.clone(), row.from)).collect();
    for row in rows.iter_mut().filter(|row| row.until.is_none()) {
        let next = starts
            .iter()
            .filter(|(keys, from)| *keys == row.keys && *from > row.from)
            .filter_map(|(_, from)| *from)
            .min();
        row.until = next;
    }
    let mut order: Vec<(&ParameterRow, Span)> = rows.iter().zip(spans.iter().copied()).collect();
    order.sort_by(|(a, _), (b, _)| (&a.keys, a.from).cmp(&(&b.keys, b.from)));
    for pair in order.windows(2) {
        let [(first, first_span), (second, second_span)] = pair else { continue };
        let overlap = first.keys == second.keys
            && first.until.is_none_or(|until| second.from.is_none_or(|from| from < until));
        if overlap {
            let from = second.from.map_or_else(|| "the beginning".to_owned(), show_date);
            let why = format!("overlap: two of them hold on {from}");
            cx.report::<()>(DatedGap {
                what: what.to_owned(),
                span: *second_span,
                why,
                other: Some(*first_span),
            });
        }
    }
}

/// Reports dates of the term on which a plain figure has no value.
pub(super) fn fill_term(cx: &mut Checker<'_>, what: &str, rows: &[ParameterRow], span: Span) {
    let Some((start, end)) = cx.parts.contract.as_ref().map(|contract| (contract.start, contract.end)) else {
        return;
    };
    let mut sorted: Vec<&ParameterRow> = rows.iter().collect();
    sorted.sort_by_key(|row| row.from);
    let mut reached = Some(start);
    for row in sorted {
        let Some(day) = reached.filter(|day| *day < end) else { return };
        if row.from.is_some_and(|from| from > day) {
            break;
        }
        reached = row.until.map(|until| until.max(day));
    }
    if let Some(day) = reached.filter(|day| *day < end) {
        let why = format!("leave a gap: there is none on {}", show_date(day));
        cx.report::<()>(DatedGap { what: what.to_owned(), span, why, other: None });
    }
}

/// Leaves out rows that are in force on no day of the term, as a table of the library has them for other contracts.
pub(super) fn keep_within_term(cx: &Checker<'_>, rows: &mut Vec<ParameterRow>) {
    let Some((start, end)) = cx.parts.contract.as_ref().map(|contract| (contract.start, contract.end)) else {
        return;
    };
    rows.retain(|row| row.from.is_none_or(|from| from < end) && row.until.is_none_or(|until| until > start));
}

/// The place of a period among the contract's settlement periods.
pub(super) fn settlement_period(cx: &mut Checker<'_>, period: &Period, span: Span) -> Option<usize> {
    let contract = cx.parts.contract.as_ref()?;
    let place = contract.periods.iter().position(|own| own.start == period.start && own.end == period.end);
    if place.is_some() {
        return place;
    }
    let known = contract.periods.iter().map(|period| period.label.clone()).collect();
    cx.report(OutsideTerm { period: period.label.clone(), span, known })
}
