//! Sums, differences, products, quotients and signs.

use super::{Scope, as_number, condition, dates, forgotten_sign, make, number, typed};
use crate::checker::Checker;
use crate::constants::{fold, mend};
use crate::problems::UnitMismatch;
use crate::units::describe_unit;
use jcm_model::{Arithmetic, Constant, Expr, ExprKind, Ty};
use jcm_quantity::{Base, Unit};
use jcm_source::Span;
use jcm_syntax::expression::{self as syn, BinaryOp, UnaryOp};

pub(super) fn unary(
    cx: &mut Checker<'_>,
    scope: &Scope,
    op: UnaryOp,
    arg: &syn::Expr,
    span: Span,
    _expected: Option<&Ty>,
) -> Option<Expr> {
    match op {
        UnaryOp::Minus => {
            let (inner, unit) = number(cx, scope, arg)?;
            make(ExprKind::Negate(Box::new(inner)), Ty::Number(unit), span)
        }
        UnaryOp::Not => {
            let inner = condition(cx, scope, arg)?;
            make(ExprKind::Not(Box::new(inner)), Ty::Truth, span)
        }
    }
}

pub(super) fn binary(
    cx: &mut Checker<'_>,
    scope: &Scope,
    op: BinaryOp,
    left: &syn::Expr,
    right: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    let left = typed(cx, scope, left, None);
    if let (Some(date), BinaryOp::Add | BinaryOp::Subtract) = (&left, op)
        && date.ty == Ty::Date
    {
        return dates::moved(cx, scope, date.clone(), op == BinaryOp::Subtract, right, span);
    }
    let left = left.and_then(|left| as_number(cx, left));
    let right = number(cx, scope, right);
    let ((left, left_unit), (right, right_unit)) = (left?, right?);
    let (op, unit) = match op {
        BinaryOp::Multiply => (Arithmetic::Multiply, left_unit.times(&right_unit)),
        BinaryOp::Divide => (Arithmetic::Divide, left_unit.over(&right_unit)),
        BinaryOp::Add => {
            (Arithmetic::Add, sum_unit(cx, "to be added to", &left, &left_unit, &right, &right_unit)?)
        }
        _ => {
            (Arithmetic::Subtract, sum_unit(cx, "to be taken from", &left, &left_unit, &right, &right_unit)?)
        }
    };
    make(ExprKind::Arithmetic { op, left: Box::new(left), right: Box::new(right) }, Ty::Number(unit), span)
}

/// The unit of a sum or difference: both of one kind, or percentage points on a percentage.
fn sum_unit(
    cx: &mut Checker<'_>,
    why: &str,
    left: &Expr,
    left_unit: &Unit,
    right: &Expr,
    right_unit: &Unit,
) -> Option<Unit> {
    let rates = left_unit.is_percent() == right_unit.is_percent();
    if left_unit.same_kind(right_unit) && (rates || !left_unit.dims().is_empty()) {
        return Some(left_unit.clone());
    }
    // A ratio such as 1 - 40% mixes a plain number with a percentage on purpose.
    if left_unit.dims().is_empty() && right_unit.dims().is_empty() {
        return Some(Unit::percent());
    }
    if left_unit.is_percent() && is_points(right_unit) {
        return Some(left_unit.clone());
    }
    if forgotten_sign::report(cx, left, right).is_some() {
        return None;
    }
    let text = cx.text(left.span);
    let constant = fold(right).and_then(|value| match value {
        Constant::Number(value) => mend(&value, &right.ty, left_unit),
        _ => None,
    });
    let problem = UnitMismatch {
        span: right.span,
        found: describe_unit(right_unit),
        expected: describe_unit(left_unit),
        why: format!("{why} `{text}`"),
        declared: Some((left.span, format!("this is {}", describe_unit(left_unit)))),
        mend: constant,
    };
    cx.report(problem)
}

fn is_points(unit: &Unit) -> bool {
    matches!(unit.dims(), [(Base::PercentagePoint, 1)])
}
