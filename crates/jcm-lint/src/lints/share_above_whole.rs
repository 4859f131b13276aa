//! L0128: an amount of money multiplied with `of` by a bare number above one, where a percentage was meant.

use super::finding;
use crate::view::{View, number};
use jcm_diagnostics::Diagnostic;
use jcm_model::{Arithmetic, Expr, ExprKind, Ty};
use jcm_quantity::Exact;

pub(super) fn find(view: &View<'_>, _: &Exact) -> Vec<Diagnostic> {
    view.program.lines.iter().flat_map(|line| above_whole(view, &line.expr)).collect()
}

fn above_whole(view: &View<'_>, expr: &Expr) -> Vec<Diagnostic> {
    let inside = expr.parts().into_iter().flat_map(|part| above_whole(view, part));
    own(view, expr).into_iter().chain(inside).collect()
}

fn own(view: &View<'_>, expr: &Expr) -> Option<Diagnostic> {
    let ExprKind::Arithmetic { op: Arithmetic::Of, left, right } = &expr.kind else { return None };
    let (ExprKind::Constant(constant), Ty::Number(unit)) = (&left.kind, &right.ty) else { return None };
    let is_above = number(constant).is_some_and(|share| *share > Exact::one());
    let written = view.words(left.span);
    // Of 150 % it is sure that more than the whole is meant.
    if !is_above || unit.is_money().is_none() || written.contains('%') {
        return None;
    }
    let whole = view.words(right.span);
    Some(
        finding(
            format!("`{written} of {whole}` is {written} times the amount"),
            left.span,
            "a number without `%`",
        )
        .help(format!("Write `{written}% of {whole}` for a part of it, or `{written} * {whole}` for so many times as much")),
    )
}
