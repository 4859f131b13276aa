//! `dataset py2022 "…" { key: "ACO_ID", columns { "ABtotBnchmk" : benchmark, rounded } }`

use super::{dated, long};
use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::problems::{BoundTwice, Shape};
use crate::typing::{self, Scope};
use jcm_model::{Column, Constant, Dataset, Def, InputId, Published, Reading, Ty};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, Member, Name, Phrase, Term, Word};
use jcm_syntax::expression::Reader;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration) {
    let Some(head) = head(cx, declaration) else { return };
    let Some(fields) = Fields::of(cx, declaration, None) else { return };
    let before = cx.problems();
    let period_column = fields.reader("period").and_then(|reader| reader.peek()).and_then(Term::as_text);
    let period_column = period_column.map(str::to_owned);
    let mut columns = Vec::new();
    let mut published = Vec::new();
    let Some(mut form) = long::form(cx, &fields) else { return };
    for member in fields.others.clone() {
        match block(member) {
            Some(("columns", rows)) => {
                columns.extend(rows.iter().filter_map(|row| column(cx, &fields, row, &mut form)).flatten())
            }
            Some(("published", rows)) => {
                published.extend(rows.iter().filter_map(|row| published_column(cx, &fields, row)))
            }
            _ => fields.report_stray(cx, member),
        }
    }
    let key = fields.texts(cx, "key");
    let row_key = fields.texts(cx, "row");
    let missing = fields.texts(cx, "missing");
    let suppressed = fields.texts(cx, "suppressed");
    check_marks(cx, &fields, &missing, &suppressed);
    let leave_out = leave_out(cx, &fields).unwrap_or_default();
    check_twice(cx, &columns);
    let Some(part) = form.part(cx, &fields) else { return };
    let dataset = Dataset {
        head,
        period: if period_column.is_some() { None } else { period(cx, &fields).unwrap_or_default() },
        period_column,
        key,
        row_key,
        part,
        figures: form.figures,
        columns,
        published,
        missing,
        suppressed,
        leave_out,
    };
    // A column that cannot be read may have been that of what would seem to lack one.
    if cx.problems() == before {
        crate::checks::check_dataset(cx, &dataset);
    }
    cx.parts.datasets.push(dataset);
}

/// The period of the file; the outer `None` means that a problem was reported.
fn period<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Option<usize>> {
    let Some(mut reader) = fields.reader("period") else { return Some(None) };
    let span = reader.span_here();
    let Some(period) = dated::period(cx, &mut reader) else { return fields.shape(cx, "period") };
    dated::settlement_period(cx, &period, span).map(Some)
}

/// `columns { … }` and `published { … }`
fn block(member: &Member) -> Option<(&str, &[Member])> {
    let [phrase] = member.value.as_slice() else { return None };
    let [word, block] = phrase.terms.as_slice() else { return None };
    Some((word.name()?.text.as_str(), block.as_block()?)).filter(|_| member.key.is_none())
}

fn header_text(row: &Member) -> Option<&str> {
    let [phrase] = row.key.as_deref()? else { return None };
    phrase.single()?.as_text()
}

/// `"ABtotBnchmk" : benchmark, rounded`
fn column<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    row: &'p Member,
    form: &mut long::Form,
) -> Option<Vec<Column>> {
    let (header, path, rest) = row_parts(cx, fields, row)?;
    let inputs = match form.of_parts(cx, path)? {
        long::Found::Parts(inputs) => inputs,
        long::Found::Whole => vec![(input(cx, path)?, None)],
    };
    let ty = cx.input(inputs.first()?.0)?.ty.clone();
    let (received, rest) = received(cx, rest, row.span)?;
    let (reading, rounded) = reading(cx, rest, &ty)?;
    let column = |(input, part): (InputId, Option<u32>)| Column {
        header: header.clone(),
        input,
        reading: reading.clone(),
        rounded,
        received: received.clone(),
        part,
        span: row.span,
    };
    Some(inputs.into_iter().map(column).collect())
}

/// `"EarnSaveLoss" : shared_savings.earned, rounded`
fn published_column<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, row: &'p Member) -> Option<Published> {
    let (header, path, rest) = row_parts(cx, fields, row)?;
    let span = path.first()?.span.to(path.last()?.span);
    let line = match find(cx, path)? {
        Def::Line(id) => id,
        Def::Score(id) => cx.parts.scores.get(id.index())?.as_ref()?.line,
        other => return typing::wrong_type(cx, span, typing::kind_words(other), "a line", None),
    };
    let ty = cx.line(line)?.ty.clone();
    let (reading, rounded) = reading(cx, rest, &ty)?;
    Some(Published { header, line, reading, rounded, span: row.span })
}

type RowParts<'p> = (String, &'p [Name], &'p [Phrase]);

fn row_parts<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, row: &'p Member) -> Option<RowParts<'p>> {
    let header = header_text(row).map(str::to_owned);
    let (first, rest) = row.value.split_first()?;
    match (header, first.single().and_then(Term::path)) {
        (Some(header), Some(path)) => Some((header, path, rest)),
        _ => {
            fields.report_stray(cx, row);
            None
        }
    }
}

/// What a path stands for: a thing of the contract, or a part of the only incentive that has one of this name.
fn find(cx: &mut Checker<'_>, path: &[Name]) -> Option<Def> {
    if let [name] = path {
        let owners: Vec<Def> = cx
            .members
            .named(&name.text)
            .filter(|(owner, _)| matches!(owner, Def::Incentive(_)))
            .map(|(_, def)| def)
            .collect();
        if let [only] = owners.as_slice() {
            return Some(*only);
        }
        if cx.names.get(&name.text).is_none() && cx.parts.incentives.iter().any(Option::is_none) {
            return None;
        }
    }
    typing::resolve(cx, &Scope::empty(), path)
}

fn input(cx: &mut Checker<'_>, path: &[Name]) -> Option<InputId> {
    let span = path.first()?.span.to(path.last()?.span);
    match find(cx, path)? {
        Def::Input(id) => Some(id),
        Def::Measure(id) => super::measure::one_input(cx, id, span),
        other => typing::wrong_type(cx, span, typing::kind_words(other), "an input or a measure", None),
    }
}

/// The column of the days on which figures came, if there is one, and the phrases before it.
type Received<'p> = (Option<(String, Reading)>, &'p [Phrase]);

/// `received "Received on"`, and how its dates are read, behind everything else that is said of a column.
fn received<'p>(cx: &mut Checker<'_>, phrases: &'p [Phrase], span: Span) -> Option<Received<'p>> {
    let begins = |phrase: &Phrase| Reader::new(phrase).spelled("received");
    let Some(place) = phrases.iter().position(begins) else { return Some((None, phrases)) };
    let (before, from) = phrases.split_at_checked(place)?;
    let (first, order) = from.split_first()?;
    let mut reader = Reader::new(first);
    reader.next();
    let header = reader.text().filter(|_| reader.is_empty());
    let order = match order {
        [] => Some(Reading::DateYearFirst),
        [order] => date_order(&mut Reader::new(order), &Ty::Date),
        _ => None,
    };
    match (header, order) {
        (Some(header), Some(order)) => Some((Some((header.to_owned(), order)), before)),
        _ => cx.report(Shape {
            what: "`received`".to_owned(),
            span: from.last().map_or(span, |last| first.span.to(last.span)),
            expected: "the header of the column of dates, and if need be `day first` or `month first`"
                .to_owned(),
            example: "\"Still at home\" : still_at_home, received \"Received on\", day first".to_owned(),
        }),
    }
}

/// One text cannot stand for two things.
fn check_marks<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, missing: &[String], suppressed: &[String]) {
    if let Some(mark) = suppressed.iter().find(|mark| missing.contains(mark)) {
        let what = format!("the text “{mark}”");
        let (span, first) = (fields.span_of("suppressed"), fields.span_of("missing"));
        cx.report::<()>(BoundTwice { what, span, first });
    }
}

/// `percent without sign`, `rounded`, `day first`, `"EN" is enhanced`.
fn reading(cx: &mut Checker<'_>, phrases: &[Phrase], ty: &Ty) -> Option<(Reading, bool)> {
    let mut reading = match ty {
        Ty::Number(unit) if unit.is_percent() => Reading::Percent,
        Ty::Number(_) => Reading::Number,
        Ty::Choice(_) | Ty::Truth => Reading::Coded(Vec::new()),
        Ty::Text => Reading::Text,
        Ty::Date => Reading::DateYearFirst,
    };
    let mut rounded = false;
    let mut codes = Vec::new();
    for phrase in phrases {
        let mut reader = Reader::new(phrase);
        if reader.word(Word::Rounded) && reader.is_empty() {
            rounded = true;
        } else if reader.spelled("percent")
            && reader.word(Word::Without)
            && reader.spelled("sign")
            && reader.is_empty()
        {
            reading = Reading::PercentWithoutSign;
        } else if let Some(order) = date_order(&mut reader, ty) {
            reading = order;
        } else if let Some(text) = reader.text() {
            codes.push((text.to_owned(), code(cx, &mut reader, ty, phrase.span)?));
        } else {
            return shape(cx, phrase.span);
        }
    }
    if !codes.is_empty() {
        reading = Reading::Coded(codes);
    }
    Some((reading, rounded))
}

fn date_order(reader: &mut Reader<'_>, ty: &Ty) -> Option<Reading> {
    let order = match reader.peek()?.name()?.text.as_str() {
        "year" => Reading::DateYearFirst,
        "day" => Reading::DateDayFirst,
        "month" => Reading::DateMonthFirst,
        _ => return None,
    };
    reader.next();
    (reader.spelled("first") && reader.is_empty() && *ty == Ty::Date).then_some(order)
}

/// `is enhanced` after a text of the file.
fn code(cx: &mut Checker<'_>, reader: &mut Reader<'_>, ty: &Ty, span: Span) -> Option<Constant> {
    if !reader.word(Word::Is) {
        return shape(cx, span);
    }
    let expr = crate::fields::read_terms(cx, reader.rest())?;
    crate::constants::constant(cx, &expr, ty, "what the text means")
}

fn shape<T>(cx: &mut Checker<'_>, span: Span) -> Option<T> {
    cx.report(Shape {
        what: "this reading".to_owned(),
        span,
        expected: "`rounded`, `percent without sign`, `year first`, `day first`, `month first`, or a text `is` what it means".to_owned(),
        example: "\"Current_Track\" : track, \"EN\" is enhanced, \"A\" is basic_a".to_owned(),
    })
}

/// `leave out: "status" is "withdrawn", "closed"`
fn leave_out<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Vec<(String, Vec<String>)>> {
    let Some(member) = fields.get("leave out") else { return Some(Vec::new()) };
    let (first, rest) = member.value.split_first()?;
    let mut reader = Reader::new(first);
    let header = reader.text();
    let text = if reader.word(Word::Is) { reader.text() } else { None };
    let more: Option<Vec<String>> =
        rest.iter().map(|phrase| phrase.single()?.as_text().map(str::to_owned)).collect();
    match (header, text, more) {
        (Some(header), Some(text), Some(more)) => {
            let mut texts = vec![text.to_owned()];
            texts.extend(more);
            Some(vec![(header.to_owned(), texts)])
        }
        _ => fields.shape(cx, "leave out"),
    }
}

fn check_twice(cx: &mut Checker<'_>, columns: &[Column]) {
    for (place, column) in columns.iter().enumerate() {
        let before = columns.iter().take(place).find(|other| other.input == column.input);
        if let Some(first) = before {
            let what =
                cx.input(column.input).map(|input| format!("`{}`", input.head.name)).unwrap_or_default();
            cx.report::<()>(BoundTwice { what, span: column.span, first: first.span });
        }
    }
}
