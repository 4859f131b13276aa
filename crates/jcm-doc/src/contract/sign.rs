//! Whether an amount can be below zero, so that the contract says who pays back only where somebody may have to.

use jcm_model::{Arithmetic, Constant, Expr, ExprKind, LineId, Program, Table, TableKind};
use jcm_quantity::Exact;

/// Whether a line can give less than nothing, as far as its rule shows; where the rule does not show it, it can.
pub(crate) fn line_can_be_negative(program: &Program, id: LineId) -> bool {
    program.line(id).is_none_or(|line| can_be_negative(program, &line.expr))
}

fn can_be_negative(program: &Program, expr: &Expr) -> bool {
    let can = |expr: &Expr| can_be_negative(program, expr);
    match &expr.kind {
        ExprKind::Constant(value) => is_negative(value),
        ExprKind::Line(id) => line_can_be_negative(program, *id),
        ExprKind::Parameter { parameter, column, .. } => program.parameter(*parameter).is_none_or(|found| {
            let place = usize::try_from(*column).unwrap_or(usize::MAX);
            found.rows.iter().any(|row| row.values.get(place).is_none_or(is_negative))
        }),
        ExprKind::Arithmetic { op: Arithmetic::Subtract, .. } => true,
        ExprKind::Arithmetic { left, right, .. } => can(left) || can(right),
        ExprKind::Absolute(_) => false,
        ExprKind::Smallest(all) => all.iter().any(can),
        ExprKind::Greatest(all) => all.iter().all(can),
        ExprKind::AtLeast { value, limit } => can(value) && can(limit),
        ExprKind::AtMost { value, limit } => can(value) || can(limit),
        ExprKind::Round { value, .. } | ExprKind::RoundToFigures { value, .. } => can(value),
        ExprKind::When { cases, otherwise } => cases.iter().any(|(value, _)| can(value)) || can(otherwise),
        ExprKind::Cases { rows, otherwise, .. } => {
            rows.iter().any(|(value, _)| can(value)) || otherwise.as_deref().is_some_and(can)
        }
        ExprKind::Table { table, value } => program.table(*table).is_none_or(|table| {
            table_can_be_negative(table) || (table.kind != TableKind::Scale && can(value))
        }),
        ExprKind::Weighted { parts, .. } => {
            parts.iter().any(|(weight, part)| below_zero(weight) || can(part))
        }
        ExprKind::IfMissing { value, default } => can(value) || can(default),
        _ => true,
    }
}

/// Whether a row gives less than nothing.
fn table_can_be_negative(table: &Table) -> bool {
    table.rows.iter().any(|row| below_zero(&row.from) || row.to.as_ref().is_some_and(below_zero))
}

fn below_zero(number: &Exact) -> bool {
    *number < Exact::from_int(0)
}

fn is_negative(value: &Constant) -> bool {
    matches!(value, Constant::Number(number) if below_zero(number))
}
