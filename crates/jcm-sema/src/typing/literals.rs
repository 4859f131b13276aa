//! Figures, dates and texts.

use super::make;
use crate::checker::Checker;
use crate::problems::NoSuchDate;
use crate::units::{date, quantity};
use jcm_model::{Constant, Expr, ExprKind, Ty};
use jcm_source::Span;
use jcm_syntax::expression::Literal;

pub(super) fn literal(
    cx: &mut Checker<'_>,
    literal: &Literal,
    span: Span,
    expected: Option<&Ty>,
) -> Option<Expr> {
    let (constant, ty) = match literal {
        Literal::Text(text) => match expected {
            Some(Ty::Choice(id)) => return super::paths::member(cx, *id, text, span),
            _ => (Constant::Text(text.clone()), Ty::Text),
        },
        Literal::Date(text) => (Constant::Date(date(cx, text, span)?), Ty::Date),
        Literal::Year(text) => {
            let why = "a financial year is no single figure".to_owned();
            return cx.report(NoSuchDate { text: text.clone(), span, why });
        }
        Literal::Number { .. } | Literal::Percent { .. } | Literal::Money { .. } => {
            let (value, unit) = quantity(cx, literal, span)?;
            (Constant::Number(value), Ty::Number(unit))
        }
    };
    make(ExprKind::Constant(constant), ty, span)
}
