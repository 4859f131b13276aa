//! `of` and `for`: shares, scales, sums over rows, and figures from tables.

use super::{Scope, calls, condition, fits, make, number, paths, typed, wrong_type};
use crate::checker::Checker;
use crate::problems::{UnitMismatch, WrongCount, WrongType};
use crate::units::{describe, describe_unit};
use jcm_model::{Arithmetic, Def, Expr, ExprKind, Ty};
use jcm_quantity::Statistic;
use jcm_source::Span;
use jcm_syntax::expression as syn;

/// `rate of amount`, `scale of quantity`, `sum of figure`, `count of condition`.
pub(super) fn of(
    cx: &mut Checker<'_>,
    scope: &Scope,
    left: &syn::Expr,
    right: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    if let syn::ExprKind::Path(path) = &left.kind {
        if let [name] = path.as_slice()
            && !scope.locals.contains_key(&name.text)
        {
            let known = cx.names.get(&name.text).is_some();
            match (name.text.as_str(), Statistic::from_name(&name.text)) {
                (name @ ("sum" | "count"), _) => return of_rows(cx, scope, name, right, span),
                (_, Some(statistic)) if !known => {
                    return statistic_of_rows(cx, scope, statistic, right, span);
                }
                _ => {}
            }
        }
        let full = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
        if let Some(Def::Table(id)) = cx.names.get(&full).and_then(|symbol| symbol.def) {
            return table(cx, scope, id, right, span);
        }
    }
    let left = number(cx, scope, left);
    let right = number(cx, scope, right);
    let ((left, left_unit), (right, right_unit)) = (left?, right?);
    if !left_unit.dims().is_empty() {
        let found = describe_unit(&left_unit);
        let help = "Write `×` to multiply; `of` takes a share (`40% of saving`) or a scale";
        return wrong_type(cx, left.span, &found, "a percentage or a scale", Some(help));
    }
    let unit = if right_unit.dims().is_empty() { left_unit.times(&right_unit) } else { right_unit };
    let op = Arithmetic::Of;
    make(ExprKind::Arithmetic { op, left: Box::new(left), right: Box::new(right) }, Ty::Number(unit), span)
}

fn table(
    cx: &mut Checker<'_>,
    scope: &Scope,
    id: jcm_model::TableId,
    value: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    let (value, unit) = number(cx, scope, value)?;
    let table = cx.parts.tables.get(id.index()).and_then(Option::as_ref)?;
    let gives = match table.kind {
        jcm_model::TableKind::Scale => table.gives.clone(),
        jcm_model::TableKind::Bands if unit.dims().is_empty() => table.gives.clone(),
        jcm_model::TableKind::Bands => table.of.times(&table.gives),
    };
    if !unit.same_kind(&table.of) {
        let problem = UnitMismatch {
            span: value.span,
            found: describe_unit(&unit),
            expected: describe_unit(&table.of),
            why: format!("to be looked up in `{}`", table.head.name),
            declared: Some((table.head.name_span, "declared here".to_owned())),
            mend: None,
        };
        return cx.report(problem);
    }
    make(ExprKind::Table { table: id, value: Box::new(value) }, Ty::Number(gives), span)
}

/// The sum of a figure, or the count of a condition, over the rows of a case.
pub(super) fn of_rows(
    cx: &mut Checker<'_>,
    scope: &Scope,
    name: &str,
    value: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    match name {
        "sum" => sum_of_rows(cx, scope, value, span),
        _ => count_of_rows(cx, scope, value, span),
    }
}

/// One figure that stands for those of the rows of a case.
pub(super) fn statistic_of_rows(
    cx: &mut Checker<'_>,
    scope: &Scope,
    statistic: Statistic,
    value: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    rows_exist(cx, scope, span)?;
    let (value, of) = number(cx, &scope.over_rows(), value)?;
    let Some(unit) = statistic.unit(&of) else { return calls::no_such_unit(cx, &of, span) };
    make(ExprKind::StatisticOfRows { statistic, value: Box::new(value) }, Ty::Number(unit), span)
}

fn sum_of_rows(cx: &mut Checker<'_>, scope: &Scope, value: &syn::Expr, span: Span) -> Option<Expr> {
    rows_exist(cx, scope, span)?;
    let (value, unit) = number(cx, &scope.over_rows(), value)?;
    make(ExprKind::SumOfRows(Box::new(value)), Ty::Number(unit), span)
}

fn count_of_rows(cx: &mut Checker<'_>, scope: &Scope, test: &syn::Expr, span: Span) -> Option<Expr> {
    rows_exist(cx, scope, span)?;
    let test = condition(cx, &scope.over_rows(), test)?;
    make(ExprKind::CountOfRows(Box::new(test)), Ty::Number(jcm_quantity::Unit::none()), span)
}

pub(super) fn rows_exist(cx: &mut Checker<'_>, scope: &Scope, span: Span) -> Option<()> {
    if scope.each.is_empty() || scope.rows {
        let help = "Put what there is more than one of in a case into `each name { ... }`, and take it together after that; what is taken over every case of the data is written with `over all`";
        return wrong_type(cx, span, "a single case", "something of which a case has several", Some(help));
    }
    Some(())
}

/// `table for key` and `table for (key, key)`.
pub(super) fn at_keys(
    cx: &mut Checker<'_>,
    scope: &Scope,
    left: &syn::Expr,
    right: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    let syn::ExprKind::Path(path) = &left.kind else {
        return wrong_type(cx, left.span, "a calculation", "the name of a parameter with keys", None);
    };
    let (id, column) = match paths::column(cx, path) {
        Some(found) => found,
        None => match paths::resolve(cx, scope, path)? {
            Def::Parameter(id) => (id, 0),
            other => {
                return wrong_type(cx, left.span, paths::kind_words(other), "a parameter with keys", None);
            }
        },
    };
    let parameter = cx.parameter(id)?;
    let (keys, ty) = (parameter.keys.clone(), parameter.columns.get(column as usize)?.1.clone());
    let given: Vec<&syn::Expr> = match &right.kind {
        syn::ExprKind::List(list) => list.iter().collect(),
        _ => vec![right],
    };
    if given.len() != keys.len() {
        let names: Vec<&str> = keys.iter().map(|(name, _)| name.as_str()).collect();
        let expected =
            if names.is_empty() { "no key".to_owned() } else { format!("its {}", names.join(" and ")) };
        let what = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
        return cx.report(WrongCount { what, span: right.span, found: given.len(), expected });
    }
    let mut made = Vec::new();
    for (given, (name, needed)) in given.into_iter().zip(&keys) {
        let key = typed(cx, scope, given, Some(needed))?;
        if !fits(&key.ty, needed) {
            let problem = UnitMismatch {
                span: key.span,
                found: describe(cx, &key.ty),
                expected: describe(cx, needed),
                why: format!("for the {name}"),
                declared: None,
                mend: None,
            };
            return cx.report(problem);
        }
        made.push(key);
    }
    make(ExprKind::Parameter { parameter: id, column, keys: made }, ty, span)
}

/// `x in 2027/28` is for figures that are given, not for calculations.
pub(super) fn in_period(cx: &mut Checker<'_>, period: &syn::Expr) -> Option<Expr> {
    let help = "A calculation takes every figure of the period that is settled: leave the period out";
    cx.report(WrongType {
        case: "period-in-calculation",
        span: period.span,
        found: "a period".to_owned(),
        expected: "a calculation without one".to_owned(),
        help: Some(help.to_owned()),
    })
}
