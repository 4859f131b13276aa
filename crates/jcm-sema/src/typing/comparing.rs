//! Conditions.

use super::{Scope, condition, forgotten_sign, make, typed};
use crate::checker::Checker;
use crate::constants::{fold, mend};
use crate::problems::UnitMismatch;
use crate::units::describe;
use jcm_model::{Comparison, Constant, Expr, ExprKind, Ty};
use jcm_source::Span;
use jcm_syntax::expression::{self as syn, BinaryOp};

pub(super) fn logic(
    cx: &mut Checker<'_>,
    scope: &Scope,
    both: bool,
    left: &syn::Expr,
    right: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    let left = condition(cx, scope, left);
    let right = condition(cx, scope, right);
    let (left, right) = (Box::new(left?), Box::new(right?));
    make(if both { ExprKind::And(left, right) } else { ExprKind::Or(left, right) }, Ty::Truth, span)
}

pub(super) fn comparison(
    cx: &mut Checker<'_>,
    scope: &Scope,
    op: BinaryOp,
    left: &syn::Expr,
    right: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    if let Some(found) = is_missing(cx, scope, op, left, right, span) {
        return found;
    }
    let left = typed(cx, scope, left, None);
    let expected = left.as_ref().map(|left| left.ty.clone());
    let right = typed(cx, scope, right, expected.as_ref());
    let (left, right) = (left?, right?);
    comparable(cx, &left, &right)?;
    let op = match op {
        BinaryOp::Equal => Comparison::Equal,
        BinaryOp::NotEqual => Comparison::NotEqual,
        BinaryOp::Less => Comparison::Less,
        BinaryOp::LessOrEqual => Comparison::LessOrEqual,
        BinaryOp::Greater => Comparison::Greater,
        _ => Comparison::GreaterOrEqual,
    };
    make(ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) }, Ty::Truth, span)
}

/// `x is missing` and `x is not missing`.
fn is_missing(
    cx: &mut Checker<'_>,
    scope: &Scope,
    op: BinaryOp,
    left: &syn::Expr,
    right: &syn::Expr,
    span: Span,
) -> Option<Option<Expr>> {
    let syn::ExprKind::Path(path) = &right.kind else { return None };
    let [name] = path.as_slice() else { return None };
    if name.text != "missing" || !matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) {
        return None;
    }
    let Some(value) = typed(cx, scope, left, None) else { return Some(None) };
    let test = make(ExprKind::IsMissing(Box::new(value)), Ty::Truth, span);
    if op == BinaryOp::Equal {
        return Some(test);
    }
    Some(test.and_then(|test| make(ExprKind::Not(Box::new(test)), Ty::Truth, span)))
}

/// Reports two things that cannot be compared.
fn comparable(cx: &mut Checker<'_>, left: &Expr, right: &Expr) -> Option<()> {
    let same = match (&left.ty, &right.ty) {
        // A quotient of two amounts is a percentage or a plain number, as one likes.
        (Ty::Number(a), Ty::Number(b)) => {
            a.same_kind(b)
                && (a.is_percent() == b.is_percent()
                    || !a.dims().is_empty()
                    || fold(left).is_none() && fold(right).is_none())
        }
        (a, b) => a == b,
    };
    if same {
        return Some(());
    }
    if forgotten_sign::report(cx, left, right).is_some() {
        return None;
    }
    let mend = match (fold(right), &left.ty) {
        (Some(Constant::Number(value)), Ty::Number(unit)) => mend(&value, &right.ty, unit),
        _ => None,
    };
    let problem = UnitMismatch {
        span: right.span,
        found: describe(cx, &right.ty),
        expected: describe(cx, &left.ty),
        why: format!("to be compared with `{}`", cx.text(left.span)),
        declared: Some((left.span, format!("this is {}", describe(cx, &left.ty)))),
        mend,
    };
    cx.report(problem)
}
