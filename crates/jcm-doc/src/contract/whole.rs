//! Whether an amount needs no rounding, so that a rule for rounding is printed only where something is rounded.

use jcm_model::{Arithmetic, Constant, Expr, ExprKind, LineId, Program};
use jcm_quantity::Exact;

/// Whether a line always gives a multiple of `grain`, as far as its rule shows. Figures that are reported count as any
/// figure: nothing keeps them whole.
pub(crate) fn line_is_multiple(program: &Program, id: LineId, grain: &Exact) -> bool {
    program.line(id).is_some_and(|line| is_multiple(program, &line.expr, grain))
}

fn is_multiple(program: &Program, expr: &Expr, grain: &Exact) -> bool {
    let is = |expr: &Expr| is_multiple(program, expr, grain);
    match &expr.kind {
        ExprKind::Constant(value) => divides(value, grain),
        ExprKind::Line(id) => line_is_multiple(program, *id, grain),
        ExprKind::Parameter { parameter, column, .. } => program.parameter(*parameter).is_some_and(|found| {
            let place = usize::try_from(*column).unwrap_or(usize::MAX);
            found.rows.iter().all(|row| row.values.get(place).is_some_and(|value| divides(value, grain)))
        }),
        ExprKind::Arithmetic { op: Arithmetic::Add | Arithmetic::Subtract, left, right } => {
            is(left) && is(right)
        }
        ExprKind::Arithmetic { op: Arithmetic::Multiply, left, right } => {
            // What is multiplied by a stated number must be a multiple of so much more or less.
            let by = |number: &Expr, other: &Expr| match &number.kind {
                ExprKind::Constant(Constant::Number(number)) => {
                    grain.checked_div(number).is_some_and(|grain| is_multiple(program, other, &grain))
                }
                _ => false,
            };
            by(right, left) || by(left, right)
        }
        ExprKind::Negate(value) | ExprKind::Absolute(value) => is(value),
        ExprKind::Smallest(all) | ExprKind::Greatest(all) => all.iter().all(is),
        ExprKind::AtLeast { value, limit } | ExprKind::AtMost { value, limit } => is(value) && is(limit),
        ExprKind::Round { rounding, .. } => divides(&Constant::Number(rounding.grain.clone()), grain),
        ExprKind::When { cases, otherwise } => cases.iter().all(|(value, _)| is(value)) && is(otherwise),
        ExprKind::Cases { rows, otherwise, .. } => {
            rows.iter().all(|(value, _)| is(value)) && otherwise.as_deref().is_none_or(is)
        }
        ExprKind::IfMissing { value, default } => is(value) && is(default),
        _ => false,
    }
}

fn divides(value: &Constant, grain: &Exact) -> bool {
    match value {
        Constant::Number(number) => number.checked_div(grain).is_some_and(|times| times.is_integer()),
        _ => false,
    }
}
