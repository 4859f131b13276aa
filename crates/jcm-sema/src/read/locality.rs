//! `locality north_stour "North Stour" of stour_valley { sharing_rate = 40% }`

use super::measure::in_unit;
use super::{pool, population};
use crate::checker::Checker;
use crate::constants::{figure, range};
use crate::fields::{head, members, read_terms, read_value};
use crate::problems::{BoundTwice, NotLocal, OutOfRange, Shape};
use crate::typing::{self, Scope};
use jcm_model::{
    Constant, Def, Locality, Parameter, ParameterId, ParameterOwner, ParameterRow, PoolId, Setting,
};
use jcm_quantity::show;
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, Member, Name, Operator, Phrase, Term, Word};
use jcm_syntax::expression::Reader;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, _id: u32) -> Option<Locality> {
    let head = head(cx, declaration)?;
    of_this_contract(cx, declaration)?;
    let mut sets: Vec<Setting> = Vec::new();
    let mut whole = true;
    for member in members(declaration) {
        match settings(cx, member) {
            Some(made) => {
                for setting in made {
                    if let Some(first) = sets.iter().find(|other| other.parameter == setting.parameter) {
                        let what = cx
                            .parameter(setting.parameter)
                            .map(|p| format!("`{}`", p.head.name))
                            .unwrap_or_default();
                        let problem = BoundTwice { what, span: setting.span, first: first.span };
                        cx.report::<()>(problem);
                    }
                    sets.push(setting);
                }
            }
            None => whole = false,
        }
    }
    whole.then_some(Locality { head, sets })
}

/// `of stour_valley` names the contract of this project.
fn of_this_contract(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<()> {
    let mut reader = declaration.header.first().map(Reader::new)?;
    let name = if reader.word(Word::Of) { reader.name() } else { None };
    let own = cx
        .names
        .all("contract")
        .first()
        .and_then(|contract| contract.name.as_ref())
        .map(|name| name.text.clone());
    match (name, own) {
        (Some(name), Some(own)) if name.text == own => Some(()),
        (Some(name), own) => cx.report(crate::problems::UnknownName {
            name: name.text.clone(),
            span: name.span,
            wanted: "contract of this project".to_owned(),
            near: own.into_iter().collect(),
        }),
        (None, _) => shape(cx, declaration.kind_span),
    }
}

fn shape<T>(cx: &mut Checker<'_>, span: Span) -> Option<T> {
    cx.report(Shape {
        what: "this part of the locality".to_owned(),
        span,
        expected: "a knob or another local figure, `=` and its value".to_owned(),
        example: "locality north \"North\" of stour_valley { sharing_rate = 40% }".to_owned(),
    })
}

/// `sharing_rate = 40%`, several between commas, `alliance_fund.contributes { … }`.
fn settings(cx: &mut Checker<'_>, member: &Member) -> Option<Vec<Setting>> {
    if member.broken {
        return None;
    }
    if member.key.is_some() {
        return shape(cx, member.span);
    }
    let mut made = Vec::new();
    for phrase in &member.value {
        let mut reader = Reader::new(phrase);
        let Some(path) = reader.path() else { return shape(cx, phrase.span) };
        if let Some(rows) = pool::block_of(&reader) {
            made.extend(contributions(cx, path, rows)?);
            continue;
        }
        if !reader.operator(Operator::Equal) {
            return shape(cx, phrase.span);
        }
        made.push(one(cx, path, reader.rest(), phrase)?);
    }
    Some(made)
}

/// One figure: a knob, the size of a population, the baseline of a measure.
fn one(cx: &mut Checker<'_>, path: &[Name], terms: &[Term], phrase: &Phrase) -> Option<Setting> {
    let id = local_parameter(cx, path)?;
    let parameter = cx.parameter(id)?.clone();
    let unit = parameter.columns.first()?.1.unit()?.clone();
    // What comes after `at` or `in` says when the figure was taken, and is for people.
    let stop = terms.iter().position(|term| matches!(term.word(), Some(Word::At | Word::In)));
    let terms = terms.get(..stop.unwrap_or(terms.len())).unwrap_or(terms);
    if terms.is_empty() {
        return shape(cx, phrase.span);
    }
    let what = format!("`{}`", parameter.head.name);
    // A baseline is written as the measure writes it: the unit is the measure's.
    if let ParameterOwner::Measure(_) = parameter.owner {
        let rows = vec![population::always(in_unit(cx, terms, &unit, &what)?)];
        return Some(Setting { parameter: id, rows, span: phrase.span });
    }
    let expr = read_terms(cx, terms)?;
    let value = figure(cx, &expr, &unit, &what)?;
    if let ParameterOwner::Knob { from, to } = &parameter.owner
        && (value < *from || value > *to)
    {
        return cx.report(OutOfRange {
            what,
            span: expr.span,
            value: show(&value, &unit),
            range: range(from, to, &unit),
        });
    }
    let rows = vec![population::always(Constant::Number(value))];
    Some(Setting { parameter: id, rows, span: phrase.span })
}

/// A parameter that a locality may set.
fn local_parameter(cx: &mut Checker<'_>, path: &[Name]) -> Option<ParameterId> {
    let span = path.first()?.span.to(path.last()?.span);
    let def = typing::resolve(cx, &Scope::empty(), path)?;
    let name = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
    let local = |parameter: &Parameter| match parameter.owner {
        ParameterOwner::Knob { .. } | ParameterOwner::Population(_) => true,
        ParameterOwner::Measure(_) => parameter.head.name.ends_with(".baseline"),
        _ => false,
    };
    match def {
        Def::Parameter(id) if cx.parameter(id).is_some_and(local) => Some(id),
        // What could not be read has its problem already.
        Def::Parameter(id) if cx.parameter(id).is_none() => None,
        _ => {
            let knobs = cx.names.all("parameter").into_iter();
            let knobs = knobs.filter(|d| d.kind == jcm_syntax::ast::DeclarationKind::Knob);
            let knobs =
                knobs.filter_map(|knob| knob.name.as_ref()).map(|name| format!("`{}`", name.text)).collect();
            cx.report(NotLocal { name, span, knobs })
        }
    }
}

/// `alliance_fund.contributes { icb : £20,900,000 per year }`
fn contributions(cx: &mut Checker<'_>, path: &[Name], rows: &[Member]) -> Option<Vec<Setting>> {
    let [owner, part] = path else { return shape(cx, path.first()?.span) };
    let Some(Def::Pool(id)) =
        cx.names.get(&owner.text).and_then(|symbol| symbol.def).filter(|_| part.text == "contributes")
    else {
        let name = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
        return cx.report(NotLocal { name, span: owner.span.to(part.span), knobs: Vec::new() });
    };
    rows.iter().map(|row| contribution(cx, id, row)).collect()
}

fn contribution(cx: &mut Checker<'_>, pool_id: PoolId, row: &Member) -> Option<Setting> {
    let name = row.key.as_deref().and_then(|key| key.first()).and_then(Phrase::single).and_then(Term::name);
    let Some(name) = name else { return shape(cx, row.span) };
    let Some(Def::Parameter(id)) = cx.members.get(Def::Pool(pool_id), &name.text) else {
        // Without its term or its pool, nobody contributes anything that can be set.
        if cx.parts.contract.is_none() || typing::is_unread(cx, Def::Pool(pool_id)) {
            return None;
        }
        return cx.report(NotLocal { name: name.text.clone(), span: name.span, knobs: Vec::new() });
    };
    let unit = cx.parameter(id)?.columns.first()?.1.unit()?.clone();
    let amount = read_value(cx, &row.value)?;
    let value = figure(cx, &amount, &unit, &format!("the contribution of `{}`", name.text))?;
    let uplift = cx.parts.pools.get(pool_id.index())?.as_ref()?.uplift.clone();
    let periods = cx.parts.contract.as_ref()?.periods.clone();
    let rows: Vec<ParameterRow> = pool::rows_for(&periods, &value, uplift.as_ref());
    Some(Setting { parameter: id, rows, span: row.span })
}
