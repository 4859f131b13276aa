//! The figures that a variation sets: `sharing_rate = 40%`, `falls.target = 23,000 in 2027/28, 22,000 from 2028/29`,
//! `alliance_fund.contributes { icb : £90,000,000 per year }`, `tariff { A01 : £120 }`.

use super::{dated, measure, parameter, pool};
use crate::checker::Checker;
use crate::constants::{constant, range, shown};
use crate::fields::{Fields, read_terms, read_value};
use crate::problems::{
    NotVariable, OutOfRange, Shape, UnknownName, VariationDates, VariedTwice, WrongDirection, near,
};
use crate::typing::{self, Scope, kind_words};
use jcm_model::{
    Better, Constant, Def, Parameter, ParameterId, ParameterOwner, ParameterRow, PoolId, Ty, VariedFigure,
};
use jcm_quantity::{Date, Exact, Period, add_months, show, show_date};
use jcm_source::Span;
use jcm_syntax::ast::{Member, Name, Operator, Phrase, Term, Word};
use jcm_syntax::expression::Reader;
use std::sync::Arc;

/// The variation that sets the figures.
pub(super) struct Frame {
    /// Its first day.
    pub(super) from: Date,
    /// Its name.
    pub(super) name: String,
}

/// A figure that a variation has set.
pub(super) struct Set {
    parameter: ParameterId,
    keys: Vec<Constant>,
    from: Date,
    until: Option<Date>,
    variation: String,
    span: Span,
}

/// The days on which a figure is to hold.
#[derive(Clone, Copy)]
struct Days {
    from: Date,
    until: Option<Date>,
}

/// The figures of one statement, put into the parameters.
pub(super) fn figures<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    frame: &Frame,
    member: &'p Member,
    earlier: &mut Vec<Set>,
) -> Option<Vec<VariedFigure>> {
    if let Some(key) = &member.key {
        // A figure with a field's colon is a slip of the sign, and anything else a slip of the name.
        let name = key.first().and_then(|phrase| phrase.terms.first()).and_then(Term::path);
        if name.and_then(|path| path.first()).is_some_and(|name| cx.names.get(&name.text).is_some()) {
            return shape(cx, member.span);
        }
        fields.report_stray(cx, member);
        return None;
    }
    let mut made = Vec::new();
    let mut current: Option<&[Name]> = None;
    for phrase in &member.value {
        let mut reader = Reader::new(phrase);
        let start = reader.clone();
        let path = reader.path();
        let block = path.and_then(|_| pool::block_of(&reader));
        if let (Some(path), Some(rows)) = (path, block) {
            made.extend(block_of_figures(cx, fields, frame, path, rows, earlier)?);
            continue;
        }
        let named = path.is_some() && reader.operator(Operator::Equal);
        let path = if named { path } else { current };
        let Some(path) = path else { return shape(cx, phrase.span) };
        current = Some(path);
        let reader = if named { reader } else { start };
        made.push(one(cx, frame, path, &reader, phrase, earlier)?);
    }
    Some(made)
}

fn shape<T>(cx: &mut Checker<'_>, span: Span) -> Option<T> {
    cx.report(Shape {
        what: "this part of the variation".to_owned(),
        span,
        expected:
            "a figure, `=` and what it is from then on; or `replaces`, `adds` or `removes` and a clause"
                .to_owned(),
        example: "sharing_rate = 40%".to_owned(),
    })
}

/// `sharing_rate = 40%`, `sharing_rate = 40% in 2027/28`.
fn one(
    cx: &mut Checker<'_>,
    frame: &Frame,
    path: &[Name],
    reader: &Reader<'_>,
    phrase: &Phrase,
    earlier: &mut Vec<Set>,
) -> Option<VariedFigure> {
    let id = variable(cx, path)?;
    let parameter = cx.parameter(id)?.clone();
    let [(_, ty)] = parameter.columns.as_slice() else { return rows_shape(cx, path, phrase.span) };
    if !parameter.keys.is_empty() {
        return rows_shape(cx, path, phrase.span);
    }
    let mut reader = reader.clone();
    let value = value(cx, &parameter, ty, &mut reader, phrase)?;
    let days = days(cx, frame, &mut reader, phrase)?;
    check_range(cx, &parameter, &value, phrase.span)?;
    check_direction(cx, &parameter, &value, phrase.span)?;
    let rows = match parameter.owner {
        ParameterOwner::Pool(pool) => contribution_rows(cx, pool, &value, days)?,
        _ => vec![row(Vec::new(), days, vec![value])],
    };
    set(cx, frame, Setting { id, keys: Vec::new(), days, rows, span: phrase.span }, earlier)
}

fn row(keys: Vec<Constant>, days: Days, values: Vec<Constant>) -> ParameterRow {
    ParameterRow { keys, from: Some(days.from), until: days.until, values }
}

fn rows_shape<T>(cx: &mut Checker<'_>, path: &[Name], span: Span) -> Option<T> {
    let name = written(path);
    cx.report(Shape {
        what: format!("`{name}` in a variation"),
        span,
        expected: "its rows between braces, as it is a table".to_owned(),
        example: format!("{name} {{ enhanced : 75% }}"),
    })
}

fn written(path: &[Name]) -> String {
    path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".")
}

/// The figure of a path that a variation may set.
fn variable(cx: &mut Checker<'_>, path: &[Name]) -> Option<ParameterId> {
    let span = path.first()?.span.to(path.last()?.span);
    let def = typing::resolve(cx, &Scope::empty(), path)?;
    if let Def::Parameter(id) = def {
        return Some(id);
    }
    let owned = cx.members.of(def).filter(|(_, part)| matches!(part, Def::Parameter(_)));
    let near = owned.map(|(part, _)| format!("`{}.{part}`", written(path))).take(3).collect();
    cx.report(NotVariable { name: written(path), span, kind: kind_words(def).to_owned(), near })
}

/// The value before `in`, `from` or `at`.
fn value(
    cx: &mut Checker<'_>,
    parameter: &Parameter,
    ty: &Ty,
    reader: &mut Reader<'_>,
    phrase: &Phrase,
) -> Option<Constant> {
    let what = format!("`{}`", parameter.head.name);
    if let (ParameterOwner::Measure(_), Ty::Number(unit)) = (&parameter.owner, ty) {
        if reader.is_empty() {
            return shape(cx, phrase.span);
        }
        return measure::figure_in_unit(cx, reader, unit, &what);
    }
    let terms = reader.until(&[Word::In, Word::From, Word::At]);
    if terms.is_empty() {
        return shape(cx, phrase.span);
    }
    let expr = read_terms(cx, terms)?;
    constant(cx, &expr, ty, &what)
}

/// The days after a value, or those of the variation. What stands after `at` says when a size was counted, and is for
/// people.
fn days(cx: &mut Checker<'_>, frame: &Frame, reader: &mut Reader<'_>, phrase: &Phrase) -> Option<Days> {
    if reader.word(Word::At) {
        let counted = reader.date();
        return match counted.filter(|_| reader.is_empty()) {
            Some(text) => {
                crate::units::date(cx, text, phrase.span)?;
                on_periods(cx, Days { from: frame.from, until: None }, phrase.span)
            }
            None => shape(cx, phrase.span),
        };
    }
    if reader.is_empty() {
        return on_periods(cx, Days { from: frame.from, until: None }, phrase.span);
    }
    let before = cx.problems();
    let when = dated::when(cx, reader);
    let Some(when) = when.filter(|_| reader.is_empty()) else {
        return if cx.problems() > before { None } else { shape(cx, phrase.span) };
    };
    within(cx, frame, &when)
}

/// The days of a period, which lie within the variation.
fn within(cx: &mut Checker<'_>, frame: &Frame, when: &dated::When) -> Option<Days> {
    let from = when.from.unwrap_or(frame.from);
    if from < frame.from {
        return cx.report(VariationDates {
            what: "this figure".to_owned(),
            span: when.span,
            why: format!("would hold from {}, before the variation begins", show_date(from)),
            label: "what was in force before stays as it was",
            help: format!("Let the figure hold from {} or later, or begin the variation earlier", frame.from),
        });
    }
    on_periods(cx, Days { from, until: when.until }, when.span)
}

/// Holds days to begin and end with settlement periods: each period is settled by one figure.
fn on_periods(cx: &mut Checker<'_>, days: Days, span: Span) -> Option<Days> {
    let contract = cx.parts.contract.as_ref()?;
    let starts = |day: Date| contract.periods.iter().any(|period| period.start == day);
    let day_before = |day: Date| day.yesterday().unwrap_or(day);
    let list =
        |days: Vec<Date>| days.iter().take(6).map(|day| format!("`{day}`")).collect::<Vec<_>>().join(", ");
    let (why, help) = if !starts(days.from) {
        let known = contract.periods.iter().map(|period| period.start).filter(|day| *day > contract.start);
        (
            format!("begins on {}", show_date(days.from)),
            format!("Begin it on one of {}", list(known.collect())),
        )
    } else {
        let wrong = days.until.filter(|until| *until < contract.end && !starts(*until));
        let Some(until) = wrong else { return Some(days) };
        let known = contract.periods.iter().map(|period| period.end).filter(|end| *end > days.from);
        let known = known.map(day_before).collect();
        (format!("ends on {}", show_date(day_before(until))), format!("End it on one of {}", list(known)))
    };
    let why = format!("{why}, within a settlement period");
    let label = "each settlement period is settled by one figure";
    cx.report(VariationDates { what: "this figure".to_owned(), span, why, label, help })
}

/// Holds a knob to its range.
fn check_range(cx: &mut Checker<'_>, parameter: &Parameter, value: &Constant, span: Span) -> Option<()> {
    let unit = parameter.columns.first().and_then(|(_, ty)| ty.unit());
    if let (ParameterOwner::Knob { from, to }, Constant::Number(number), Some(unit)) =
        (&parameter.owner, value, unit)
        && (number < from || number > to)
    {
        return cx.report(OutOfRange {
            what: format!("`{}`", parameter.head.name),
            span,
            value: show(number, unit),
            range: range(from, to, unit),
        });
    }
    Some(())
}

/// Holds a target to be no worse than the baseline.
fn check_direction(cx: &mut Checker<'_>, parameter: &Parameter, value: &Constant, span: Span) -> Option<()> {
    let ParameterOwner::Measure(id) = parameter.owner else { return Some(()) };
    let measure = cx.parts.measures.get(id.index()).and_then(Option::as_ref)?;
    let is_target = measure.target.and_then(|id| cx.parameter(id)).is_some_and(|p| p.head == parameter.head);
    let baseline =
        measure.baseline.as_ref().and_then(|(id, _)| cx.parameter(*id)?.rows.last()?.values.first());
    let (true, Some(Constant::Number(start)), Constant::Number(goal)) = (is_target, baseline, value) else {
        return Some(());
    };
    let worse = match measure.better {
        Better::Higher => goal < start,
        Better::Lower => goal > start,
    };
    if !worse {
        return Some(());
    }
    let ty = Ty::Number(measure.unit.clone());
    let problem = WrongDirection {
        measure: measure.head.name.clone(),
        span,
        target: shown(value, &ty),
        baseline: shown(&Constant::Number(start.clone()), &ty),
        before: measure.head.name_span,
        better: if measure.better == Better::Higher { "higher" } else { "lower" }.to_owned(),
    };
    cx.report(problem)
}

/// `alliance_fund.contributes { icb : £90,000,000 per year }` or the rows of a table of figures.
fn block_of_figures<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    frame: &Frame,
    path: &[Name],
    rows: &'p [Member],
    earlier: &mut Vec<Set>,
) -> Option<Vec<VariedFigure>> {
    if let [owner, part] = path
        && part.text == "contributes"
        && let Some(Def::Pool(pool)) = cx.names.get(&owner.text).and_then(|symbol| symbol.def)
    {
        return rows.iter().map(|row| contribution(cx, fields, frame, owner, pool, row, earlier)).collect();
    }
    let id = variable(cx, path)?;
    let parameter = cx.parameter(id)?.clone();
    let ParameterOwner::Declared = parameter.owner else { return shape(cx, path.first()?.span) };
    rows.iter().map(|row| table_row(cx, fields, frame, (id, &parameter), row, earlier)).collect()
}

/// `icb : £90,000,000 per year`
fn contribution<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    frame: &Frame,
    owner: &Name,
    pool: PoolId,
    row: &'p Member,
    earlier: &mut Vec<Set>,
) -> Option<VariedFigure> {
    let key = row.key.as_deref().and_then(|key| key.first());
    let Some(name) = key.and_then(Phrase::single).and_then(Term::name) else {
        fields.report_stray(cx, row);
        return None;
    };
    let Some(Def::Parameter(id)) = cx.members.get(Def::Pool(pool), &name.text) else {
        let pool = cx.parts.pools.get(pool.index()).and_then(Option::as_ref);
        let partners = pool.map(|pool| pool.contributions.clone()).unwrap_or_default();
        let names = partners.iter().filter_map(|(_, id)| cx.parameter(*id)?.head.name.rsplit('.').next());
        let near = near(&name.text, names);
        let wanted = format!("contribution to `{}`", owner.text);
        return cx.report(UnknownName { name: name.text.clone(), span: name.span, wanted, near });
    };
    let ty = cx.parameter(id)?.columns.first()?.1.clone();
    let amount = read_value(cx, &row.value)?;
    let value = constant(cx, &amount, &ty, &format!("the contribution of `{}`", name.text))?;
    let days = on_periods(cx, Days { from: frame.from, until: None }, row.span)?;
    let rows = contribution_rows(cx, pool, &value, days)?;
    set(cx, frame, Setting { id, keys: Vec::new(), days, rows, span: row.span }, earlier)
}

/// A contribution by settlement period. The uplift goes on from the first date after the variation begins: the figure
/// that was agreed is the one of its first day.
fn contribution_rows(
    cx: &Checker<'_>,
    pool: PoolId,
    value: &Constant,
    days: Days,
) -> Option<Vec<ParameterRow>> {
    let Constant::Number(value) = value else { return None };
    let uplift = cx.parts.pools.get(pool.index())?.as_ref()?.uplift.clone();
    let uplift = uplift.and_then(|(rate, first)| Some((rate, next_after(first, days.from)?)));
    let concerned =
        |period: &&Period| period.start >= days.from && days.until.is_none_or(|until| period.start < until);
    let periods: Vec<Period> =
        cx.parts.contract.as_ref()?.periods.iter().filter(concerned).cloned().collect();
    Some(pool::rows_for(&periods, value, uplift.as_ref() as Option<&(Exact, Date)>))
}

/// The first of yearly dates that lies after a day.
fn next_after(first: Date, day: Date) -> Option<Date> {
    let mut next = first;
    while next <= day {
        next = add_months(next, 12).filter(|later| *later > next)?;
    }
    Some(next)
}

/// A row of a table of figures, which has a row of these keys already.
fn table_row<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    frame: &Frame,
    (id, parameter): (ParameterId, &Parameter),
    member: &'p Member,
    earlier: &mut Vec<Set>,
) -> Option<VariedFigure> {
    let Parameter { head, keys, columns, rows, .. } = parameter;
    let read = parameter::row(cx, fields, member, keys, columns, &head.name)?;
    let span = super::variation::statement_span(member);
    if !rows.iter().any(|row| row.keys == read.keys) {
        let text = |row: &ParameterRow| {
            let keys = row.keys.iter().zip(keys).map(|(key, (_, ty))| shown(key, ty));
            keys.collect::<Vec<_>>().join(" ")
        };
        let known: Vec<String> = rows.iter().map(text).collect();
        let name = text(&read);
        let near = near(&name, known.iter().map(String::as_str));
        return cx.report(UnknownName { name, span, wanted: format!("row of `{}`", head.name), near });
    }
    let when = dated::When { from: read.from, until: read.until, span };
    let days = within(cx, frame, &when)?;
    let rows = vec![row(read.keys.clone(), days, read.values)];
    set(cx, frame, Setting { id, keys: read.keys, days, rows, span: member.span }, earlier)
}

/// A figure that is to be set.
struct Setting {
    id: ParameterId,
    keys: Vec<Constant>,
    days: Days,
    rows: Vec<ParameterRow>,
    span: Span,
}

/// Puts a figure into its parameter, unless a variation says something else of the same days.
fn set(
    cx: &mut Checker<'_>,
    frame: &Frame,
    setting: Setting,
    earlier: &mut Vec<Set>,
) -> Option<VariedFigure> {
    let Setting { id, keys, days, rows, span } = setting;
    let name = cx.parameter(id)?.head.name.clone();
    let clash = earlier.iter().find(|set| {
        let overlaps = set.until.is_none_or(|until| days.from < until)
            && days.until.is_none_or(|until| set.from < until);
        // A variation agreed later takes over from one that has begun; two beginnings must not cross.
        set.parameter == id
            && set.keys == keys
            && overlaps
            && (set.variation == frame.name || days.from <= set.from)
    });
    if let Some(first) = clash {
        let day = show_date(days.from.max(first.from));
        let help = if first.variation == frame.name {
            "Leave one of the two out, or say `in` or `from` when each holds".to_owned()
        } else {
            format!("Let this one begin after `{}` does, or end before it", first.variation)
        };
        let what = format!("`{name}` is set twice for {day}");
        return cx.report(VariedTwice { what, span, first: first.span, help });
    }
    let start = cx.parts.contract.as_ref()?.start;
    let parameter = Arc::make_mut(cx.parts.parameters.get_mut(id.index())?.as_mut()?);
    let on_first_day = |rows: &[ParameterRow]| {
        let holds = |row: &&ParameterRow| {
            row.keys == keys
                && row.from.is_none_or(|from| from <= days.from)
                && row.until.is_none_or(|until| days.from < until)
        };
        rows.iter().find(holds).map(|row| row.values.clone()).unwrap_or_default()
    };
    let before = on_first_day(&parameter.rows);
    put(&mut parameter.rows, &keys, days, rows, start);
    let after = on_first_day(&parameter.rows);
    let variation = frame.name.clone();
    earlier.push(Set {
        parameter: id,
        keys: keys.clone(),
        from: days.from,
        until: days.until,
        variation,
        span,
    });
    Some(VariedFigure { parameter: id, keys, from: days.from, until: days.until, before, after, span })
}

/// Cuts some days out of the rows of these keys, and puts new rows in their place. What would end before the contract
/// begins is left out.
fn put(rows: &mut Vec<ParameterRow>, keys: &[Constant], days: Days, new: Vec<ParameterRow>, start: Date) {
    let mut kept = Vec::new();
    let mut place = None;
    for row in rows.drain(..) {
        if row.keys != keys {
            kept.push(row);
            continue;
        }
        let begins_before = row.from.is_none_or(|from| from < days.from);
        if begins_before {
            let until = Some(row.until.map_or(days.from, |until| until.min(days.from)));
            if until > Some(start) {
                kept.push(ParameterRow { until, ..row.clone() });
            }
            place = Some(kept.len());
        }
        place.get_or_insert(kept.len());
        if let Some(end) = days.until.filter(|end| row.until.is_none_or(|until| *end < until)) {
            let from = Some(row.from.map_or(end, |from| from.max(end)));
            kept.push(ParameterRow { from, ..row });
        }
    }
    let place = place.unwrap_or(kept.len());
    kept.splice(place..place, new);
    *rows = kept;
}
