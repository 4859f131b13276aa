//! `calendar england_and_wales "…" { covers: 2012-01-01 to 2028-12-31  closed: saturday, sunday  holidays { … } }`

use super::pool::named_block;
use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::problems::{CalendarNotUsed, DatesDisordered, HolidayMisplaced, Shape, UnknownName, near};
use crate::units::date;
use jcm_model::WorkingCalendar;
use jcm_quantity::{Calendar, Date, Weekday, show_date};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind, Member, Name, Word};
use jcm_syntax::expression::Reader;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn read<'p>(
    cx: &mut Checker<'p>,
    declaration: &'p Declaration,
    _id: u32,
) -> Option<WorkingCalendar> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let covers = covers(cx, &fields);
    let closed = closed(cx, &fields);
    let holidays = holidays(cx, &fields);
    let ((first, last), closed, holidays) = (covers?, closed?, holidays?);
    let mut calendar = Calendar {
        title: head.title.clone(),
        version: fields.text(cx, "version"),
        closed,
        first,
        last,
        holidays: BTreeMap::new(),
    };
    let mut seen: BTreeMap<Date, Span> = BTreeMap::new();
    let mut whole = true;
    for (day, title, span) in holidays {
        let first = seen.get(&day).copied();
        if first.is_some() || !calendar.covers(day) {
            let covers = (calendar.covered(), fields.span_of("covers"));
            cx.report::<()>(HolidayMisplaced { day, span, first, covers });
            whole = false;
        }
        seen.insert(day, span);
        calendar.holidays.insert(day, title);
    }
    let source = fields.text(cx, "source");
    whole.then_some(WorkingCalendar { head, calendar, source })
}

/// The calendar that the contract names.
pub(super) fn named(cx: &mut Checker<'_>, name: &Name) -> Option<WorkingCalendar> {
    let found = cx.names.get(&name.text).map(|symbol| symbol.declaration);
    if let Some(declaration) = found.filter(|declaration| declaration.kind == Kind::Calendar) {
        let place =
            cx.names.all("calendar").into_iter().position(|known| std::ptr::eq(known, declaration))?;
        return cx.parts.calendars.get(place)?.clone();
    }
    let path = cx.project.calendars().find(|path| path.rsplit('.').next() == Some(name.text.as_str()));
    if let Some(path) = path {
        return cx.report(CalendarNotUsed { name: name.text.clone(), span: name.span, path });
    }
    let wanted = "calendar".to_owned();
    let near = near(&name.text, cx.names.calendars().iter().map(String::as_str));
    cx.report(UnknownName { name: name.text.clone(), span: name.span, wanted, near })
}

/// `2012-01-01 to 2028-12-31`.
fn covers(cx: &mut Checker<'_>, fields: &Fields<'_>) -> Option<(Date, Date)> {
    let mut reader = fields.reader("covers")?;
    let first = reader.date();
    let to = reader.word(Word::To);
    let (Some(first), true, Some(last), true) = (first, to, reader.date(), reader.is_empty()) else {
        return fields.shape(cx, "covers");
    };
    let span = fields.span_of("covers");
    let (first, last) = (date(cx, first, span), date(cx, last, span));
    let (first, last) = (first?, last?);
    if last < first {
        return cx.report(DatesDisordered { span, start: show_date(first), end: show_date(last) });
    }
    Some((first, last))
}

/// `saturday, sunday`; some day of the week stays open.
fn closed(cx: &mut Checker<'_>, fields: &Fields<'_>) -> Option<BTreeSet<Weekday>> {
    fields.get("closed")?;
    let mut days = BTreeSet::new();
    let mut known = true;
    for name in fields.names(cx, "closed") {
        match Weekday::named(&name.text.to_lowercase()) {
            Some(day) => drop(days.insert(day)),
            None => {
                let near = near(&name.text, Weekday::ALL.map(Weekday::name));
                let wanted = "day of the week".to_owned();
                cx.report::<()>(UnknownName { name: name.text.clone(), span: name.span, wanted, near });
                known = false;
            }
        }
    }
    if days.len() == Weekday::ALL.len() {
        return cx.report(Shape {
            what: "`closed`".to_owned(),
            span: fields.span_of("closed"),
            expected: "days of the week of which at least one stays open".to_owned(),
            example: "closed: saturday, sunday".to_owned(),
        });
    }
    (known && !days.is_empty()).then_some(days)
}

type Holiday = (Date, String, Span);

fn holidays(cx: &mut Checker<'_>, fields: &Fields<'_>) -> Option<Vec<Holiday>> {
    let mut found = Vec::new();
    for member in &fields.others {
        match named_block(member, "holidays") {
            Some(rows) => found.extend(rows.iter().map(|row| holiday(cx, row))),
            None => {
                fields.report_stray(cx, member);
                found.push(None);
            }
        }
    }
    found.into_iter().collect()
}

/// `2026-12-25 "Christmas Day"`.
fn holiday(cx: &mut Checker<'_>, row: &Member) -> Option<Holiday> {
    if row.broken {
        return None;
    }
    let mut day = None;
    if let ([phrase], None) = (row.value.as_slice(), &row.key) {
        let mut reader = Reader::new(phrase);
        let span = reader.span_here();
        let written = reader.date().zip(reader.text()).filter(|_| reader.is_empty());
        day = written.map(|(day, title)| (day, title, span));
    }
    let Some((day, title, span)) = day else {
        return cx.report(Shape {
            what: "this holiday".to_owned(),
            span: row.span,
            expected: "a date and its name".to_owned(),
            example: "2026-12-25 \"Christmas Day\"".to_owned(),
        });
    };
    Some((date(cx, day, span)?, title.to_owned(), span))
}
