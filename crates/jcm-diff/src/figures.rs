//! Dated figures, compared day by day: each stretch of days on which a figure is not what it was.

use crate::{Part, spelling};
use jcm_model::{Constant, Contract, Def, Parameter, ParameterOwner, ParameterRow, Program, Ty};
use jcm_quantity::{Date, show, show_date};
use std::collections::{BTreeMap, BTreeSet};

/// A stretch of days on which a figure differs, at one key and in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch<'a> {
    /// One for each key.
    pub(crate) keys: &'a [Constant],
    /// The place of the column.
    pub(crate) column: usize,
    /// First day; `None` from the beginning.
    pub(crate) from: Option<Date>,
    /// First day after the last; `None` for ever.
    pub(crate) until: Option<Date>,
    /// The figure before, if there was one.
    pub(crate) before: Option<&'a Constant>,
    /// The figure now, if there is one.
    pub(crate) after: Option<&'a Constant>,
}

/// What changed in the figures of a declaration, paired by name.
pub(crate) fn compare(
    before: &Program,
    old: &[&Parameter],
    after: &Program,
    new: &[&Parameter],
) -> Vec<Part> {
    let mut parts = Vec::new();
    for parameter in new {
        let first = old.iter().find(|first| first.head.name == parameter.head.name);
        parts.extend(of_parameter(before, first.copied(), after, Some(parameter)));
    }
    for gone in old.iter().filter(|gone| new.iter().all(|kept| kept.head.name != gone.head.name)) {
        parts.extend(of_parameter(before, Some(gone), after, None));
    }
    parts
}

fn of_parameter(
    before: &Program,
    old: Option<&Parameter>,
    after: &Program,
    new: Option<&Parameter>,
) -> Vec<Part> {
    let Some((program, shown)) = new.map(|new| (after, new)).or(old.map(|old| (before, old))) else {
        return Vec::new();
    };
    let rows = |parameter: Option<&'_ Parameter>| parameter.map_or_else(Vec::new, |p| p.rows.clone());
    let (old_rows, new_rows) = (rows(old), rows(new));
    let types = |program: &Program, parameter: Option<&Parameter>| -> Option<Vec<String>> {
        Some(parameter?.columns.iter().map(|(name, ty)| name.clone() + &spelling::ty(program, ty)).collect())
    };
    let alike = types(before, old) == types(after, new);
    let stretches = stretches(&old_rows, &new_rows, shown.columns.len(), alike);
    let words = |program: &Program, parameter: Option<&Parameter>, column: usize, value: &Constant| {
        parameter
            .and_then(|parameter| parameter.columns.get(column))
            .map_or_else(|| spelling::constant(value), |(_, ty)| figure(program, value, ty))
    };
    let part = |stretch: Stretch<'_>| {
        let was = stretch.before.map(|value| words(before, old, stretch.column, value));
        let is = stretch.after.map(|value| words(after, new, stretch.column, value));
        let (before, after) = match (was, is, stretch.before, stretch.after) {
            (Some(was), Some(is), Some(first), Some(value)) => {
                let exactly = (spelling::constant(first), spelling::constant(value));
                crate::told_apart(was, is, &exactly.0, &exactly.1)
            }
            (was, is, _, _) => (was, is),
        };
        Part { label: label(program, shown, &stretch), before, after, words: Vec::new() }
    };
    // Figures end with the term; that they do is no change of theirs.
    let after_the_end = |stretch: &Stretch<'_>| {
        stretch.after.is_none() && stretch.from.is_some_and(|from| from >= after.contract.end)
    };
    stretches.into_iter().filter(|stretch| !after_the_end(stretch)).map(part).collect()
}

/// What tells a figure from the others of its declaration: its title where something else brings it, its keys, its
/// column and its days.
fn label(program: &Program, parameter: &Parameter, stretch: &Stretch<'_>) -> String {
    let mut words = Vec::new();
    if !matches!(parameter.owner, ParameterOwner::Declared | ParameterOwner::Knob { .. }) {
        words.push(title_in_owner(program, parameter));
    }
    let keys = stretch.keys.iter().zip(&parameter.keys);
    words.extend(keys.map(|(key, (_, ty))| figure(program, key, ty)));
    if let Some((name, _)) = parameter.columns.get(stretch.column).filter(|(name, _)| !name.is_empty()) {
        words.push(name.replace('_', " "));
    }
    words.extend(days(&program.contract, stretch.from, stretch.until));
    if words.is_empty() { "figure".to_owned() } else { words.join(", ") }
}

/// `Target` rather than `Target for Emergency admissions`, because the measure is named above it.
fn title_in_owner(program: &Program, parameter: &Parameter) -> String {
    let owner = match parameter.owner {
        ParameterOwner::Declared | ParameterOwner::Knob { .. } => return parameter.head.title.clone(),
        ParameterOwner::Pool(id) => Def::Pool(id),
        ParameterOwner::Measure(id) => Def::Measure(id),
        ParameterOwner::Population(id) => Def::Population(id),
        ParameterOwner::Payment(id) => Def::Payment(id),
        ParameterOwner::OpenTerm(id) => Def::OpenTerm(id),
    };
    let own = parameter.head.title.strip_suffix(program.title(owner));
    let own = own.and_then(|own| own.strip_suffix(" for ").or_else(|| own.strip_suffix(": ")));
    own.unwrap_or(&parameter.head.title).to_owned()
}

/// Every stretch on which two lists of rows differ; all of them where the figures are not `alike` in their units.
pub(crate) fn stretches<'a>(
    old: &'a [ParameterRow],
    new: &'a [ParameterRow],
    columns: usize,
    alike: bool,
) -> Vec<Stretch<'a>> {
    let (before, after) = (by_keys(old), by_keys(new));
    let mut found = Vec::new();
    let mut told: BTreeSet<&[Constant]> = BTreeSet::new();
    for keys in new.iter().chain(old).map(|row| row.keys.as_slice()).filter(|keys| told.insert(keys)) {
        let rows = |side: &BTreeMap<&'a [Constant], Vec<&'a ParameterRow>>| {
            side.get(keys).cloned().unwrap_or_default()
        };
        let (old_rows, new_rows) = (rows(&before), rows(&after));
        for column in 0..columns {
            at_keys(keys, column, (&old_rows, &new_rows), alike, &mut found);
        }
    }
    found
}

fn by_keys(rows: &[ParameterRow]) -> BTreeMap<&[Constant], Vec<&ParameterRow>> {
    let mut by_keys: BTreeMap<&[Constant], Vec<&ParameterRow>> = BTreeMap::new();
    for row in rows {
        by_keys.entry(&row.keys).or_default().push(row);
    }
    by_keys
}

/// The stretches of one key and column, in the order of days; neighbours with the same figures are one.
fn at_keys<'a>(
    keys: &'a [Constant],
    column: usize,
    (old, new): (&[&'a ParameterRow], &[&'a ParameterRow]),
    alike: bool,
    found: &mut Vec<Stretch<'a>>,
) {
    let days: BTreeSet<Date> =
        old.iter().chain(new).flat_map(|row| row.from.into_iter().chain(row.until)).collect();
    let starts = std::iter::once(None).chain(days.iter().copied().map(Some));
    let ends = days.iter().copied().map(Some).chain([None]);
    let mut current: Option<Stretch<'a>> = None;
    for (from, until) in starts.zip(ends) {
        let at = |rows: &[&'a ParameterRow]| rows.iter().find(|row| holds(row, from)).copied();
        let (before, after) = (at(old), at(new));
        let (before, after) =
            (before.and_then(|row| row.values.get(column)), after.and_then(|row| row.values.get(column)));
        match &mut current {
            Some(last) if last.before == before && last.after == after => last.until = until,
            _ => {
                let stretch = Stretch { keys, column, from, until, before, after };
                found.extend(current.replace(stretch).filter(|done| differs(done, alike)));
            }
        }
    }
    found.extend(current.filter(|last| differs(last, alike)));
}

fn differs(stretch: &Stretch<'_>, alike: bool) -> bool {
    stretch.before != stretch.after || (!alike && stretch.before.is_some())
}

/// Whether a row holds on a day; without a day, from the beginning.
fn holds(row: &ParameterRow, day: Option<Date>) -> bool {
    match day {
        None => row.from.is_none(),
        Some(day) => row.from.is_none_or(|from| from <= day) && row.until.is_none_or(|until| day < until),
    }
}

/// `from 1 April 2027`, `until 31 March 2027`, `1 April 2027 to 31 March 2028`; nothing where it is for the whole term.
pub(crate) fn days(contract: &Contract, from: Option<Date>, until: Option<Date>) -> Option<String> {
    let from = from.filter(|from| *from > contract.start);
    let until = until.filter(|until| *until < contract.end);
    let last = until.map(|day| show_date(day.yesterday().unwrap_or(day)));
    match (from, last) {
        (None, None) => None,
        (Some(from), None) => Some(format!("from {}", show_date(from))),
        (None, Some(last)) => Some(format!("until {last}")),
        (Some(from), Some(last)) => Some(format!("{} to {last}", show_date(from))),
    }
}

/// A figure as people read it.
pub(crate) fn figure(program: &Program, value: &Constant, ty: &Ty) -> String {
    match (value, ty) {
        (Constant::Number(number), Ty::Number(unit)) => show(number, unit),
        (Constant::Member(name), Ty::Choice(id)) => {
            let members = program.choice(*id).map_or(&[][..], |choice| &choice.members);
            let title = members.iter().find(|(known, _)| known == name).map(|(_, title)| title);
            title.filter(|title| !title.is_empty()).unwrap_or(name).clone()
        }
        (Constant::Truth(truth), _) => if *truth { "yes" } else { "no" }.to_owned(),
        (Constant::Date(date), _) => show_date(*date),
        (Constant::Text(text), _) => format!("“{text}”"),
        _ => spelling::constant(value),
    }
}
