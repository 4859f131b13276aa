//! The type of every expression. One file for each family of expressions.
//!
//! A function gives `None` where a problem has been reported; nothing is reported twice because of it.

mod arithmetic;
mod calls;
mod cases;
mod choosing;
pub(crate) mod circle;
mod comparing;
mod dates;
mod forgotten_sign;
mod literals;
mod lookups;
mod over_all;
mod paths;
mod to_date;

pub use calls::{FUNCTIONS, Function};
pub(crate) use choosing::rounding_mode;
pub use over_all::FUNCTIONS as OVER_ALL;
pub(crate) use paths::{is_unread, kind_words, resolve};

use crate::checker::Checker;
use crate::constants::{fold, mend};
use crate::problems::{UnitMismatch, WrongType};
use crate::units::describe;
use jcm_model::{Arithmetic, Constant, Def, Expr, ExprKind, IncentiveId, Ty};
use jcm_quantity::Unit;
use jcm_source::Span;
use jcm_syntax::expression as syn;
use std::collections::{BTreeMap, BTreeSet};

/// What names mean at one place, besides the names of the whole contract.
#[derive(Clone, Default)]
pub(crate) struct Scope {
    /// Inputs and earlier lines.
    pub(crate) locals: BTreeMap<String, Def>,
    /// Figures that stand for names, in the formula of a function.
    pub(crate) arguments: BTreeMap<String, Expr>,
    /// Lines that come later, so that a message can say so.
    pub(crate) later: BTreeMap<String, Span>,
    /// What each line uses, so that a message can say which need each other.
    pub(crate) uses: circle::Uses,
    /// Inputs and lines that could not be read; the reason has been reported.
    pub(crate) failed: BTreeSet<String>,
    /// The incentive that this stands in.
    pub(crate) owner: Option<IncentiveId>,
    /// Whether figures of a single row may be used here.
    pub(crate) rows: bool,
    /// What a row is called.
    pub(crate) each: String,
    /// Whether this stands inside something that is worked out over all cases.
    pub(crate) over_all: bool,
}

impl Scope {
    /// Only the names of the whole contract.
    pub(crate) fn empty() -> Self {
        Self::default()
    }

    fn over_rows(&self) -> Self {
        Self { rows: true, ..self.clone() }
    }
}

/// Types an expression. `expected` helps where a figure or a name alone does not tell (a member of a choice).
pub(crate) fn typed(
    cx: &mut Checker<'_>,
    scope: &Scope,
    expr: &syn::Expr,
    expected: Option<&Ty>,
) -> Option<Expr> {
    match &expr.kind {
        syn::ExprKind::Literal(literal) => literals::literal(cx, literal, expr.span, expected),
        syn::ExprKind::Path(path) => paths::path(cx, scope, path, expected),
        syn::ExprKind::Call { name, args } => calls::call(cx, scope, name, args, expr.span),
        syn::ExprKind::Unary { op, arg } => arithmetic::unary(cx, scope, *op, arg, expr.span, expected),
        syn::ExprKind::Binary { op, left, right } => binary(cx, scope, *op, left, right, expr.span),
        syn::ExprKind::List(_) => wrong_type(cx, expr.span, "a list", "one value", None),
        syn::ExprKind::When { cases, otherwise } => {
            choosing::when(cx, scope, cases, otherwise.as_deref(), expr.span, expected)
        }
        syn::ExprKind::Cases { of, rows } => cases::cases(cx, scope, of, rows, expr.span, expected),
        syn::ExprKind::AtLeast { value, limit } => {
            choosing::limited(cx, scope, value, limit, true, expr.span)
        }
        syn::ExprKind::AtMost { value, limit } => {
            choosing::limited(cx, scope, value, limit, false, expr.span)
        }
        syn::ExprKind::Rounded { value, mode, grain } => {
            choosing::rounded(cx, scope, (value, expected), mode.as_ref(), grain, expr.span)
        }
        syn::ExprKind::OverAll { of, each, same, settings } => {
            let same = same.as_deref();
            let parts = over_all::Parts { of, each: each.as_ref(), same, settings, span: expr.span };
            over_all::over_all(cx, scope, &parts)
        }
        syn::ExprKind::CountBetween { count, from, to } => {
            dates::count_between(cx, scope, count, from, to, expr.span)
        }
        syn::ExprKind::IfMissing { value, default } => {
            choosing::if_missing(cx, scope, value, default, expr.span, expected)
        }
    }
}

fn binary(
    cx: &mut Checker<'_>,
    scope: &Scope,
    op: syn::BinaryOp,
    left: &syn::Expr,
    right: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    use syn::BinaryOp as Op;
    match op {
        Op::Add | Op::Subtract | Op::Multiply | Op::Divide => {
            arithmetic::binary(cx, scope, op, left, right, span)
        }
        Op::Of => lookups::of(cx, scope, left, right, span),
        Op::For => lookups::at_keys(cx, scope, left, right, span),
        Op::In => lookups::in_period(cx, right),
        Op::And | Op::Or => comparing::logic(cx, scope, op == Op::And, left, right, span),
        Op::Equal | Op::NotEqual | Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual => {
            comparing::comparison(cx, scope, op, left, right, span)
        }
    }
}

/// Whether a value of one type can stand where another is needed.
pub(crate) fn fits(found: &Ty, needed: &Ty) -> bool {
    match (found, needed) {
        (Ty::Number(found), Ty::Number(needed)) => {
            found.same_kind(needed) && is_rate(found) == is_rate(needed)
        }
        _ => found == needed,
    }
}

/// Whether a unit without dimensions is shown as a percentage: 2 and 2% are not written for each other.
fn is_rate(unit: &Unit) -> bool {
    unit.dims().is_empty() && unit.is_percent()
}

/// Types an expression that must be a number, and gives its unit.
pub(crate) fn number(cx: &mut Checker<'_>, scope: &Scope, expr: &syn::Expr) -> Option<(Expr, Unit)> {
    let typed = typed(cx, scope, expr, None)?;
    as_number(cx, typed)
}

/// Holds a typed expression to being a number, and gives its unit.
fn as_number(cx: &mut Checker<'_>, typed: Expr) -> Option<(Expr, Unit)> {
    match &typed.ty {
        Ty::Number(unit) => {
            let unit = unit.clone();
            Some((typed, unit))
        }
        other => {
            let found = describe(cx, other);
            let help = (*other == Ty::Date).then_some(
                "Count from one date to another with `days from due to received`, or move it: `due + 5 days`",
            );
            wrong_type(cx, typed.span, &found, "a figure", help)
        }
    }
}

/// Types an expression that must be a condition.
pub(crate) fn condition(cx: &mut Checker<'_>, scope: &Scope, expr: &syn::Expr) -> Option<Expr> {
    let typed = typed(cx, scope, expr, Some(&Ty::Truth))?;
    if typed.ty == Ty::Truth {
        return Some(typed);
    }
    let found = describe(cx, &typed.ty);
    let help = "Compare it with something: `saving >= £1,000,000`, `track is enhanced`";
    wrong_type(cx, typed.span, &found, "a condition", Some(help))
}

/// Holds a typed expression to a unit; `why` says what the unit is needed for.
pub(crate) fn hold_to(
    cx: &mut Checker<'_>,
    expr: Expr,
    needed: &Ty,
    why: &str,
    declared: Option<(Span, String)>,
) -> Option<Expr> {
    if fits(&expr.ty, needed) {
        return Some(expr);
    }
    let mend = match (fold(&expr), needed) {
        (Some(Constant::Number(value)), Ty::Number(unit)) => mend(&value, &expr.ty, unit),
        _ => None,
    };
    let problem = UnitMismatch {
        span: expr.span,
        found: describe(cx, &expr.ty),
        expected: describe(cx, needed),
        why: why.to_owned(),
        declared,
        mend,
    };
    cx.report(problem)
}

/// A calculation whose unit is stated: it must give that kind, and is shown in it. A difference of percentages may be
/// stated in percentage points, and a quotient as a percentage or as a plain number.
pub(crate) fn shown_as(cx: &mut Checker<'_>, mut expr: Expr, ty: &Ty, why: &str) -> Option<Expr> {
    let difference = matches!(expr.kind, ExprKind::Arithmetic { op: Arithmetic::Subtract, .. });
    let points = ty.unit().is_some_and(|unit| *unit == Unit::percentage_points());
    let plain = |ty: &Ty| ty.unit().is_some_and(|unit| unit.dims().is_empty());
    let suits = (difference && points && plain(&expr.ty)) || (plain(&expr.ty) && plain(ty));
    if !suits {
        expr = hold_to(cx, expr, ty, why, None)?;
    }
    expr.ty = ty.clone();
    Some(expr)
}

pub(crate) fn wrong_type<T>(
    cx: &mut Checker<'_>,
    span: Span,
    found: &str,
    expected: &str,
    help: Option<&str>,
) -> Option<T> {
    cx.report(WrongType {
        case: "",
        span,
        found: found.to_owned(),
        expected: expected.to_owned(),
        help: help.map(str::to_owned),
    })
}

fn make(kind: ExprKind, ty: Ty, span: Span) -> Option<Expr> {
    Some(Expr { kind, ty, span })
}
