//! Names: inputs, lines, parameters, and what belongs to other things.

use super::{Scope, make, to_date, wrong_type};
use crate::checker::Checker;
use crate::names::Symbol;
use crate::problems::{NotForPayment, RowsOutside, UnitAlone, UnknownName, UsedBefore, WrongCount, near};
use crate::read::{balance, measure};
use jcm_model::{ChoiceId, Constant, Def, Expr, ExprKind, MeasureUse, Occasion, ParameterId, Ty};
use jcm_quantity::Exact;
use jcm_source::Span;
use jcm_syntax::ast::{DeclarationKind, Name};

/// Nought in the unit of what it stands beside: `x, at least nothing`. A formula that takes any unit has no other.
pub(super) const NOTHING: &str = "nothing";

/// The value of a name.
pub(super) fn path(
    cx: &mut Checker<'_>,
    scope: &Scope,
    path: &[Name],
    expected: Option<&Ty>,
) -> Option<Expr> {
    let span = path.first()?.span.to(path.last()?.span);
    if let [name] = path
        && let Some(argument) = scope.arguments.get(&name.text)
        && (is_choice(Some(&argument.ty)) || !is_choice(expected))
    {
        return Some(argument.clone());
    }
    if let ([name], Some(ty)) = (path, expected)
        && name.text == "missing"
        && !scope.locals.contains_key(&name.text)
    {
        return make(ExprKind::Constant(Constant::Missing), ty.clone(), span);
    }
    if let [name] = path
        && name.text == NOTHING
        && !scope.locals.contains_key(NOTHING)
        && cx.names.get(NOTHING).is_none()
    {
        return nothing(cx, expected, span);
    }
    if let ([name], Some(Ty::Choice(id))) = (path, expected)
        && !is_a_choice(cx, scope, &name.text)
        && !scope.failed.contains(&name.text)
    {
        return member(cx, *id, &name.text, span);
    }
    if let [name] = path
        && !scope.locals.contains_key(&name.text)
        && let Some(truth) = truth(&name.text)
    {
        return make(ExprKind::Constant(Constant::Truth(truth)), Ty::Truth, span);
    }
    if let [name] = path
        && !scope.locals.contains_key(&name.text)
        && cx.names.get(&name.text).is_none()
        && let Some(occasion) = Occasion::from_name(&name.text)
    {
        return make(ExprKind::At(occasion), Ty::Truth, span);
    }
    if let Some((parameter, column)) = column(cx, path) {
        return plain_parameter(cx, parameter, column, path, span);
    }
    let def = resolve(cx, scope, path)?;
    value(cx, scope, def, path, span)
}

fn nothing(cx: &mut Checker<'_>, expected: Option<&Ty>, span: Span) -> Option<Expr> {
    if let Some(ty @ Ty::Number(_)) = expected {
        return make(ExprKind::Constant(Constant::Number(Exact::zero())), ty.clone(), span);
    }
    wrong_type(
        cx,
        span,
        "`nothing`, which has no unit of its own",
        "a figure",
        Some(
            "Write an amount with its unit, such as `£0`; `nothing` has the unit of what it limits or is compared with",
        ),
    )
}

/// Whether a name of this place stands for a choice. Otherwise it cannot be meant where one is needed, and the member
/// of that name is.
fn is_a_choice(cx: &Checker<'_>, scope: &Scope, name: &str) -> bool {
    let ty = match scope.locals.get(name) {
        Some(Def::Input(id)) => cx.input(*id).map(|input| &input.ty),
        Some(Def::Line(id)) => cx.line(*id).map(|line| &line.ty),
        _ => None,
    };
    is_choice(ty)
}

fn is_choice(ty: Option<&Ty>) -> bool {
    matches!(ty, Some(Ty::Choice(_)))
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// A member of a list of choices.
pub(super) fn member(cx: &mut Checker<'_>, id: ChoiceId, text: &str, span: Span) -> Option<Expr> {
    let choice = cx.parts.choices.get(id.index()).and_then(Option::as_ref)?;
    if choice.members.iter().any(|(name, _)| name == text) {
        return make(ExprKind::Constant(Constant::Member(text.to_owned())), Ty::Choice(id), span);
    }
    let near = near(text, choice.members.iter().map(|(name, _)| name.as_str()));
    let wanted = format!("{} of {}", "choice", choice.head.title);
    cx.report(UnknownName { name: text.to_owned(), span, wanted, near })
}

/// What a path stands for: something of this place, something of the contract, or a part of it.
pub(crate) fn resolve(cx: &mut Checker<'_>, scope: &Scope, path: &[Name]) -> Option<Def> {
    let span = path.first()?.span.to(path.last()?.span);
    let full = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
    if let Some(def) = scope.locals.get(&full) {
        return Some(*def);
    }
    if scope.failed.contains(&full) {
        return None;
    }
    if let Some(declared) = scope.later.get(&full) {
        let needed_by = scope.uses.closed_at(span, &full).map(str::to_owned);
        return cx.report(UsedBefore { name: full, span, declared: *declared, needed_by });
    }
    if let Some(sum) = to_date::line(cx, scope, path) {
        return sum;
    }
    if let Some(symbol) = cx.names.get(&full)
        && let Some(def) = symbol.def
    {
        return Some(def);
    }
    if let Some((owner, last)) = full.rsplit_once('.')
        && let Some(owner_def) = scope.locals.get(owner).copied().or_else(|| cx.names.get(owner)?.def)
    {
        return part(cx, owner_def, owner, last, span);
    }
    if cx.units.is_known(&full) {
        return cx.report(UnitAlone { unit: full, span });
    }
    let mut known: Vec<String> = scope.locals.keys().chain(scope.later.keys()).cloned().collect();
    known.extend(cx.names.near(&full, Symbol::is_usable));
    let near = near(&full, known.iter().map(String::as_str));
    cx.report(UnknownName {
        name: full,
        span,
        wanted: "input, line, measure, parameter, score or pool".to_owned(),
        near,
    })
}

/// A part of a thing: `alliance_fund.budget`.
fn part(cx: &mut Checker<'_>, owner: Def, owner_name: &str, last: &str, span: Span) -> Option<Def> {
    if let Some(def) = cx.members.get(owner, last) {
        return Some(def);
    }
    // The parts of a period are made where the first of them is asked for.
    if let Def::Measure(id) = owner
        && last.starts_with(['q', 'm'])
        && measure::reported(cx, id).is_some()
        && let Some(def) = cx.members.get(owner, last)
    {
        return Some(def);
    }
    if is_unread(cx, owner) || (last == "remainder" && balance::written_off(cx, owner, span).is_some()) {
        return None;
    }
    let near = near(last, cx.members.of(owner).map(|(name, _)| name))
        .into_iter()
        .map(|name| format!("{owner_name}.{name}"))
        .collect();
    cx.report(UnknownName {
        name: format!("{owner_name}.{last}"),
        span,
        wanted: format!("part of `{owner_name}`"),
        near,
    })
}

/// Whether a thing could not be read, so that its parts are not known; the reason has been reported.
pub(crate) fn is_unread(cx: &Checker<'_>, def: Def) -> bool {
    match def {
        Def::Measure(id) => cx.parts.measures.get(id.index()).is_none_or(Option::is_none),
        Def::Pool(id) => cx.parts.pools.get(id.index()).is_none_or(Option::is_none),
        Def::Incentive(id) => cx.parts.incentives.get(id.index()).is_none_or(Option::is_none),
        Def::Score(id) => cx.parts.scores.get(id.index()).is_none_or(Option::is_none),
        Def::Population(id) => cx.parts.populations.get(id.index()).is_none_or(Option::is_none),
        Def::Payment(id) => cx.parts.payments.get(id.index()).is_none_or(Option::is_none),
        Def::Ladder(id) => cx.parts.ladders.get(id.index()).is_none_or(Option::is_none),
        _ => false,
    }
}

/// The value of a thing, as an expression.
fn value(cx: &mut Checker<'_>, scope: &Scope, def: Def, path: &[Name], span: Span) -> Option<Expr> {
    match def {
        Def::Input(id) => {
            let input = cx.input(id)?.clone();
            rows_allowed(cx, scope, input.per_row, &input.head.name, span)?;
            make(ExprKind::Input(id), input.ty, span)
        }
        Def::Line(id) => {
            let line = cx.line(id)?;
            let (ty, per_row, name) = (line.ty.clone(), line.per_row, line.head.name.clone());
            rows_allowed(cx, scope, per_row, &name, span)?;
            make(ExprKind::Line(id), ty, span)
        }
        Def::Balance(id) => {
            let ty = Ty::Number(cx.balance(id)?.unit.clone());
            make(ExprKind::Balance(id), ty, span)
        }
        Def::Parameter(id) => plain_parameter(cx, id, 0, path, span),
        Def::Score(id) => {
            let line = cx.parts.scores.get(id.index()).and_then(Option::as_ref)?.line;
            let ty = cx.line(line)?.ty.clone();
            make(ExprKind::Line(line), ty, span)
        }
        Def::Measure(id) => {
            let measure = cx.parts.measures.get(id.index()).and_then(Option::as_ref)?;
            if measure.used_for != MeasureUse::Payment {
                let (name, declared) = (measure.head.name.clone(), measure.head.name_span);
                return cx.report(NotForPayment { measure: name, span, declared });
            }
            measure::figure(cx, id, span)
        }
        Def::Table(_) => {
            let name = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
            let kind = cx.names.get(&name).map(|symbol| symbol.declaration.kind);
            let found = if kind == Some(DeclarationKind::Bands) { "bands" } else { "a scale" };
            let help = format!("Write `{name} of` the figure that it is looked up for");
            wrong_type(cx, span, &format!("{found}, `{name}`"), "a figure", Some(&help))
        }
        other => {
            let found = kind_words(other);
            wrong_type(
                cx,
                span,
                found,
                "a figure",
                Some("Name an input, a line, a parameter, a score, or a part such as `fund.budget`"),
            )
        }
    }
}

fn rows_allowed(cx: &mut Checker<'_>, scope: &Scope, per_row: bool, name: &str, span: Span) -> Option<()> {
    if per_row && !scope.rows {
        let name = name.rsplit('.').next().unwrap_or(name).to_owned();
        return cx.report(RowsOutside { name, each: scope.each.clone(), span });
    }
    Some(())
}

/// A column of a parameter with columns: `indicators.lower`.
pub(super) fn column(cx: &Checker<'_>, path: &[Name]) -> Option<(ParameterId, u32)> {
    let (last, owner) = path.split_last()?;
    let owner = owner.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
    let Some(Def::Parameter(id)) = cx.names.get(&owner)?.def else { return None };
    let place = cx.parameter(id)?.columns.iter().position(|(name, _)| *name == last.text)?;
    Some((id, u32::try_from(place).ok()?))
}

/// A parameter without keys.
fn plain_parameter(
    cx: &mut Checker<'_>,
    id: ParameterId,
    column: u32,
    path: &[Name],
    span: Span,
) -> Option<Expr> {
    let parameter = cx.parameter(id)?;
    let keys: Vec<String> = parameter.keys.iter().map(|(name, _)| name.clone()).collect();
    let ty = parameter.columns.get(column as usize)?.1.clone();
    if !keys.is_empty() {
        let what = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
        let expected = format!("`for` and its {}", keys.join(" and "));
        return cx.report(WrongCount { what, span, found: 0, expected });
    }
    make(ExprKind::Parameter { parameter: id, column, keys: Vec::new() }, ty, span)
}

/// What a thing is, for messages.
pub(crate) fn kind_words(def: Def) -> &'static str {
    match def {
        Def::Contract => "a contract",
        Def::Partner(_) => "a partner",
        Def::Population(_) => "a population",
        Def::Outcome(_) => "an outcome",
        Def::Measure(_) => "a measure",
        Def::Service(_) => "a service",
        Def::Choice(_) => "a list of choices",
        Def::Parameter(_) => "a parameter",
        Def::Pool(_) => "a pool",
        Def::Table(_) => "a scale or bands",
        Def::Score(_) => "a score",
        Def::Incentive(_) => "an incentive",
        Def::Payment(_) => "a payment",
        Def::Input(_) => "an input",
        Def::Line(_) => "a line",
        Def::Balance(_) => "a balance",
        Def::Clause(_) => "a clause",
        Def::Definition(_) => "a defined term",
        Def::Board(_) => "a board",
        Def::Obligation(_) => "an obligation",
        Def::Ladder(_) => "a ladder",
        Def::OpenTerm(_) => "an open term",
        Def::Variation(_) => "a variation",
        Def::ConditionPrecedent(_) => "a condition precedent",
        Def::Decision(_) => "a decision",
        Def::Power(_) => "a power",
        Def::Subcontract(_) => "a sub-contract",
        Def::Document(_) => "a document",
    }
}
