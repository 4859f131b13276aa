//! `150 per day` beside an amount, where `£150 per day` was meant.

use crate::checker::Checker;
use crate::constants::fold;
use crate::problems::SignForgotten;
use crate::units::describe_unit;
use jcm_model::{Arithmetic, Constant, Expr, ExprKind};

/// Reports the figure without a sign where one of two figures that belong together is money and the other a plain
/// number that is worked out; `None` where it is something else that does not fit.
pub(super) fn report(cx: &mut Checker<'_>, one: &Expr, other: &Expr) -> Option<()> {
    let (plain, money) = match (is_plain(one), is_plain(other)) {
        (true, false) => (one, other),
        // What is only a figure is mended where it stands.
        (false, true) if fold(other).is_none() => (other, one),
        _ => return None,
    };
    let contract = cx.parts.contract.as_ref()?;
    let code = money.ty.unit()?.is_money()?;
    let sign = contract.currency.symbol.clone();
    if contract.currency.code != code {
        return None;
    }
    let bare = bare_figure(plain).map(|figure| (figure.span, cx.text(figure.span)));
    let bare = bare.filter(|(_, text)| text.starts_with(|first: char| first.is_ascii_digit()));
    let problem = SignForgotten {
        plain: (plain.span, cx.text(plain.span)),
        figure: bare,
        money: (money.span, describe_unit(money.ty.unit()?)),
        sign,
    };
    cx.report::<()>(problem);
    Some(())
}

fn is_plain(expr: &Expr) -> bool {
    expr.ty.unit().is_some_and(|unit| unit.dims().is_empty() && !unit.is_percent())
}

/// The figure of a product that could be an amount: the one with a rate before any other, the last of several.
fn bare_figure(expr: &Expr) -> Option<&Expr> {
    let mut figures = Vec::new();
    factors(expr, &mut figures);
    let is_rate = |figure: &&&Expr| figure.ty.unit().is_some_and(|unit| !unit.dims().is_empty());
    figures.iter().rfind(is_rate).or(figures.last()).copied()
}

fn factors<'e>(expr: &'e Expr, found: &mut Vec<&'e Expr>) {
    match &expr.kind {
        ExprKind::Constant(Constant::Number(_)) if expr.ty.unit().is_some_and(|unit| !unit.is_percent()) => {
            found.push(expr);
        }
        ExprKind::Arithmetic { op: Arithmetic::Divide, left: value, .. }
        | ExprKind::Arithmetic { op: Arithmetic::Of, right: value, .. }
        | ExprKind::AtLeast { value, .. }
        | ExprKind::AtMost { value, .. }
        | ExprKind::Round { value, .. }
        | ExprKind::Negate(value) => factors(value, found),
        ExprKind::Arithmetic { op: Arithmetic::Multiply, left, right } => {
            factors(left, found);
            factors(right, found);
        }
        _ => {}
    }
}
