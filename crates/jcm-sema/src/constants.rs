//! Expressions that are figures of the contract itself.

use crate::checker::Checker;
use crate::problems::{NotConstant, UnitMismatch};
use crate::typing::{self, Scope};
use crate::units::describe;
use jcm_model::{Arithmetic, Constant, Expr, ExprKind, Ty};
use jcm_quantity::{Exact, Unit, show};
use jcm_source::Span;
use jcm_syntax::expression as syn;

/// The constant of an expression of this type; `what` names it in messages: "the cap of `x`".
pub(crate) fn constant(cx: &mut Checker<'_>, expr: &syn::Expr, ty: &Ty, what: &str) -> Option<Constant> {
    constant_or(cx, expr, ty, what, None)
}

/// The same, with words for what to write where it is no figure.
pub(crate) fn constant_or(
    cx: &mut Checker<'_>,
    expr: &syn::Expr,
    ty: &Ty,
    what: &str,
    instead: Option<&str>,
) -> Option<Constant> {
    let typed = typing::typed(cx, &Scope::empty(), expr, Some(ty))?;
    let Some(value) = fold(&typed) else {
        return not_constant(cx, (&typed, typed.span), what, instead);
    };
    if !typing::fits(&typed.ty, ty) {
        return mismatch(cx, &typed, &value, ty, what);
    }
    Some(value)
}

/// Reports what is no figure of the contract itself.
pub(crate) fn not_constant<T>(
    cx: &mut Checker<'_>,
    (typed, span): (&Expr, Span),
    what: &str,
    instead: Option<&str>,
) -> Option<T> {
    let parameter = match typed.kind {
        ExprKind::Parameter { parameter, .. } => cx.parameter(parameter).map(|found| found.head.name.clone()),
        _ => None,
    };
    let (what, instead) = (what.to_owned(), instead.map(str::to_owned));
    cx.report(NotConstant { span, what, parameter, instead })
}

/// The number of an expression in this unit.
pub(crate) fn figure(cx: &mut Checker<'_>, expr: &syn::Expr, unit: &Unit, what: &str) -> Option<Exact> {
    match constant(cx, expr, &Ty::Number(unit.clone()), what)? {
        Constant::Number(value) => Some(value),
        _ => None,
    }
}

fn mismatch<T>(cx: &mut Checker<'_>, typed: &Expr, value: &Constant, ty: &Ty, what: &str) -> Option<T> {
    let mend = match (value, ty) {
        (Constant::Number(value), Ty::Number(unit)) => mend(value, &typed.ty, unit),
        _ => None,
    };
    let problem = UnitMismatch {
        span: typed.span,
        found: describe(cx, &typed.ty),
        expected: describe(cx, ty),
        why: format!("for {what}"),
        declared: None,
        mend,
    };
    cx.report(problem)
}

/// The same digits in the unit that is needed, where a plain number only lacks its unit, or where both are plain
/// numbers, money or percentages; a plain number below one is the percentage that it is.
pub(crate) fn mend(value: &Exact, found: &Ty, unit: &Unit) -> Option<String> {
    let found = found.unit()?;
    let simple = |unit: &Unit| unit.dims().is_empty() || unit.is_money().is_some();
    let bare = found.dims().is_empty() && found.scale() == Exact::one();
    if !bare && (!simple(found) || !simple(unit)) {
        return None;
    }
    let digits = value * &found.scale();
    // A spreadsheet shows 58% as 0.58.
    if bare && unit.is_percent() && !digits.is_zero() && digits.abs() < Exact::one() {
        return Some(show(&digits, unit));
    }
    let mended = digits.checked_div(&unit.scale())?;
    Some(show(&mended, unit))
}

/// The value of an expression without inputs, lines or tables.
pub(crate) fn fold(expr: &Expr) -> Option<Constant> {
    let number = |expr: &Expr| match fold(expr)? {
        Constant::Number(value) => Some(value),
        _ => None,
    };
    let value = match &expr.kind {
        ExprKind::Constant(constant) => return Some(constant.clone()),
        ExprKind::Negate(inner) => number(inner)?.neg(),
        ExprKind::Absolute(inner) => number(inner)?.abs(),
        ExprKind::Arithmetic { op, left, right } => {
            let (left, right) = (number(left)?, number(right)?);
            match op {
                Arithmetic::Add => left + right,
                Arithmetic::Subtract => left - right,
                Arithmetic::Multiply | Arithmetic::Of => left * right,
                Arithmetic::Divide => left.checked_div(&right)?,
            }
        }
        _ => return None,
    };
    Some(Constant::Number(value))
}

/// A constant as people write it.
pub(crate) fn shown(value: &Constant, ty: &Ty) -> String {
    match (value, ty) {
        (Constant::Number(value), Ty::Number(unit)) => show(value, unit),
        (Constant::Number(value), _) => value.text(),
        (Constant::Member(text) | Constant::Text(text), _) => text.clone(),
        (Constant::Truth(true), _) => "yes".to_owned(),
        (Constant::Truth(false), _) => "no".to_owned(),
        (Constant::Date(date), _) => jcm_quantity::show_date(*date),
        (Constant::Missing, _) => "missing".to_owned(),
    }
}

/// A range as people write it.
pub(crate) fn range(from: &Exact, to: &Exact, unit: &Unit) -> String {
    format!("{} to {}", show(from, unit), show(to, unit))
}
