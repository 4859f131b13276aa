//! `parameter point_value "Value of a point" : £ per point { from 2025-04-01 : £225.49 }`, and tables with keys.

use super::{dated, knob};
use crate::checker::Checker;
use crate::constants::constant;
use crate::fields::{Fields, comma_for_point, head, read_terms, read_value};
use crate::problems::{CommasMissing, Shape, WrongCount};
use crate::units::read_type;
use jcm_model::{Constant, Def, Parameter, ParameterOwner, ParameterRow, Ty};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind, Member, Operator, Phrase, Term, TermKind, Word};
use jcm_syntax::expression::Reader;

/// Reads every parameter and knob into its place.
pub(super) fn read_all<'p>(cx: &mut Checker<'p>) {
    for (id, declaration) in (0..).zip(cx.names.all("parameter")) {
        let home = cx.names.enter(declaration);
        let is_knob = declaration.kind == Kind::Knob;
        let read = |cx: &mut Checker<'p>| {
            if is_knob { knob::read(cx, declaration) } else { read(cx, declaration) }
        };
        let parameter = cx.remembered(("parameter", id), None, declaration, read);
        cx.names.go_home(home);
        if let Some(slot) = cx.parts.parameters.get_mut(id as usize) {
            *slot = parameter;
        }
    }
}

fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration) -> Option<Parameter> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let opening = opening(cx, declaration)?;
    let (named, others): (Vec<&Member>, Vec<&Member>) =
        fields.others.iter().partition(|member| is_columns(member));
    let columns = match (&opening.ty, named.as_slice()) {
        (Some(ty), []) => vec![(String::new(), ty.clone())],
        (None, [member]) => columns(cx, &fields, member)?,
        _ => return header_shape(cx, declaration),
    };
    let mut rows = Vec::new();
    let mut spans = Vec::new();
    let mut failed = false;
    if let Some(value) = &opening.value {
        rows.push(super::population::always(single(cx, value, &columns, &head.name)?));
        spans.push(declaration.span);
    }
    for member in others {
        match row(cx, &fields, member, &opening.keys, &columns, &head.name) {
            Some(row) => {
                rows.push(row);
                spans.push(member.span);
            }
            None => failed = true,
        }
    }
    dated::close(cx, &format!("`{}`", head.name), &mut rows, &spans);
    if opening.keys.is_empty() && !failed {
        dated::fill_term(cx, &format!("`{}`", head.name), &rows, fields.span);
    }
    if cx.names.is_of_library(declaration) {
        dated::keep_within_term(cx, &mut rows);
    }
    let source = fields.source(cx);
    Some(Parameter { head, owner: ParameterOwner::Declared, keys: opening.keys, columns, rows, source })
}

struct Opening {
    ty: Option<Ty>,
    keys: Vec<(String, Ty)>,
    value: Option<Vec<Term>>,
}

/// `: percent by track`, `: £ = £5`, `by indicator`.
fn opening<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration) -> Option<Opening> {
    let mut opening = Opening { ty: None, keys: Vec::new(), value: None };
    // Its unit then stands in `columns`.
    let Some(first) = declaration.header.first() else { return Some(opening) };
    let mut reader = Reader::new(first);
    if reader.operator(Operator::Colon) {
        let terms = until_by_or_equal(&mut reader);
        opening.ty = Some(read_type(cx, terms, first.span)?);
    }
    if reader.operator(Operator::Equal) {
        opening.value = Some(reader.rest().to_vec());
        if let Some(decimal) = crate::fields::comma_for_point(cx, &declaration.header) {
            return cx.report(decimal);
        }
        // A single figure has no second one.
        return if declaration.header.len() > 1 { header_shape(cx, declaration) } else { Some(opening) };
    }
    if reader.word(Word::By) {
        let more = declaration.header.iter().skip(1).map(Reader::new);
        for mut reader in std::iter::once(reader).chain(more) {
            let name = reader.name();
            let Some(name) = name.filter(|_| reader.is_empty()) else { return header_shape(cx, declaration) };
            let ty = match cx.names.get(&name.text).and_then(|symbol| symbol.def) {
                Some(Def::Choice(id)) => Ty::Choice(id),
                _ => Ty::Text,
            };
            opening.keys.push((name.text.clone(), ty));
        }
    } else if !reader.is_empty() || declaration.header.len() > 1 {
        return header_shape(cx, declaration);
    }
    Some(opening)
}

/// The terms before `by` or `=`.
fn until_by_or_equal<'a>(reader: &mut Reader<'a>) -> &'a [Term] {
    let rest = reader.rest();
    let stop = |term: &Term| term.word() == Some(Word::By) || term.operator() == Some(Operator::Equal);
    let count = rest.iter().position(stop).unwrap_or(rest.len());
    for _ in 0..count {
        reader.next();
    }
    rest.get(..count).unwrap_or(rest)
}

fn header_shape<T>(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<T> {
    if declaration.broken {
        return None;
    }
    cx.report(Shape {
        what: "this parameter".to_owned(),
        span: declaration
            .kind_span
            .to(declaration.header.last().map_or(declaration.kind_span, |phrase| phrase.span)),
        expected: "a colon and a unit, or `columns { ... }`, and the keys after `by`".to_owned(),
        example: "parameter sharing_rate \"Sharing rate\" : percent by track {".to_owned(),
    })
}

/// `columns { points : points, lower : percent }`
fn is_columns(member: &Member) -> bool {
    let first = member.value.first().and_then(|phrase| phrase.terms.first()).and_then(Term::name);
    member.key.is_none() && first.is_some_and(|name| name.text == "columns")
}

fn columns<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, member: &'p Member) -> Option<Vec<(String, Ty)>> {
    let block = member.value.first().and_then(|phrase| phrase.terms.get(1)).and_then(Term::as_block);
    let Some(block) = block.filter(|block| !block.is_empty()) else {
        fields.report_stray(cx, member);
        return None;
    };
    let mut columns = Vec::new();
    for column in block {
        let name =
            column.key.as_deref().and_then(|key| key.first()).and_then(Phrase::single).and_then(Term::name);
        let (Some(name), [phrase]) = (name, column.value.as_slice()) else {
            fields.report_stray(cx, column);
            return None;
        };
        columns.push((name.text.clone(), read_type(cx, &phrase.terms, phrase.span)?));
    }
    Some(columns)
}

/// One value, for a plain figure.
fn single(cx: &mut Checker<'_>, terms: &[Term], columns: &[(String, Ty)], name: &str) -> Option<Constant> {
    let expr = read_terms(cx, terms)?;
    constant(cx, &expr, &columns.first()?.1, &format!("`{name}`"))
}

/// `enhanced in 2022 : 75%`, `from 2026/27 : £225.49`, `AF03 in 2010/11 : 12 points, 40%, -`.
pub(super) fn row<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    member: &'p Member,
    keys: &[(String, Ty)],
    columns: &[(String, Ty)],
    name: &str,
) -> Option<ParameterRow> {
    let Some(key) = &member.key else {
        fields.report_stray(cx, member);
        return None;
    };
    let (key_values, when) = row_key(cx, member, key, keys)?;
    if member.value.len() != columns.len() {
        if let Some(decimal) = comma_for_point(cx, &member.value) {
            return cx.report(decimal);
        }
        let names: Vec<&str> =
            columns.iter().map(|(name, _)| name.as_str()).filter(|name| !name.is_empty()).collect();
        let expected = if names.is_empty() { "one figure".to_owned() } else { names.join(", ") };
        if let Some(commas) = CommasMissing::found(name, &member.value, columns.len(), &expected) {
            return cx.report(commas);
        }
        let problem =
            WrongCount { what: name.to_owned(), span: member.span, found: member.value.len(), expected };
        return cx.report(problem);
    }
    let mut values = Vec::new();
    for (phrase, (column, ty)) in member.value.iter().zip(columns) {
        let what = if column.is_empty() { format!("`{name}`") } else { format!("`{column}`") };
        values.push(cell(cx, phrase, ty, &what)?);
    }
    let (from, until) = when.map_or((None, None), |when| (when.from, when.until));
    Some(ParameterRow { keys: key_values, from, until, values })
}

/// A figure, or `none` where there is none.
fn cell(cx: &mut Checker<'_>, phrase: &Phrase, ty: &Ty, what: &str) -> Option<Constant> {
    if phrase.single().and_then(Term::name).is_some_and(|name| name.text == "none") {
        return Some(Constant::Missing);
    }
    let expr = read_value(cx, std::slice::from_ref(phrase))?;
    constant(cx, &expr, ty, what)
}

fn row_key(
    cx: &mut Checker<'_>,
    member: &Member,
    key: &[Phrase],
    keys: &[(String, Ty)],
) -> Option<(Vec<Constant>, Option<dated::When>)> {
    let mut values = Vec::new();
    let mut when = None;
    let count = key.len();
    for (place, phrase) in key.iter().enumerate() {
        let mut reader = Reader::new(phrase);
        if let Some((_, ty)) = keys.get(place) {
            let before = cx.problems();
            match key_value(cx, &mut reader, ty) {
                Some(value) => values.push(value),
                None if cx.problems() > before => return None,
                None => return row_shape(cx, member, keys),
            }
        }
        if !reader.is_empty() && place + 1 == count {
            let before = cx.problems();
            when = dated::when(cx, &mut reader);
            if when.is_none() {
                return if cx.problems() > before { None } else { row_shape(cx, member, keys) };
            }
        }
        if !reader.is_empty() {
            return row_shape(cx, member, keys);
        }
    }
    if values.len() == keys.len() { Some((values, when)) } else { row_shape(cx, member, keys) }
}

/// A key: a word or a text; a member of the choice where the key is one.
fn key_value(cx: &mut Checker<'_>, reader: &mut Reader<'_>, ty: &Ty) -> Option<Constant> {
    let term = reader.next()?;
    let text = match &term.kind {
        TermKind::Text(text) => text.clone(),
        TermKind::Path(path) if path.len() == 1 => path.first()?.text.clone(),
        TermKind::Number(digits) => digits.clone(),
        _ => return None,
    };
    match ty {
        Ty::Choice(id) => {
            let choice = cx.parts.choices.get(id.index()).and_then(Option::as_ref)?;
            if choice.members.iter().any(|(name, _)| *name == text) {
                return Some(Constant::Member(text));
            }
            let near = crate::problems::near(&text, choice.members.iter().map(|(name, _)| name.as_str()));
            let wanted = format!("choice of {}", choice.head.title);
            cx.report(crate::problems::UnknownName { name: text, span: term.span, wanted, near })
        }
        _ => Some(Constant::Text(text)),
    }
}

fn row_shape<T>(cx: &mut Checker<'_>, member: &Member, keys: &[(String, Ty)]) -> Option<T> {
    if member.broken {
        return None;
    }
    let key = keys.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let (expected, example) = if keys.is_empty() {
        ("when the figure holds, a colon and the figure".to_owned(), "from 2026/27 : £225.49".to_owned())
    } else {
        (
            format!("its {key}, when the figure holds if that changes, a colon and the figures"),
            format!("{key} in 2026/27 : 40%"),
        )
    };
    cx.report(Shape { what: "this row".to_owned(), span: member_span(member), expected, example })
}

fn member_span(member: &Member) -> Span {
    crate::fields::key_span(member)
}
