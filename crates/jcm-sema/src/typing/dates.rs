//! Dates in calculations: moved, counted between, and the days that they lead to.

use super::{Scope, make, typed, wrong_type};
use crate::checker::Checker;
use crate::constants::fold;
use crate::problems::{NoCalendar, PartOfDay, UnitMismatch};
use crate::units::{describe, describe_unit};
use jcm_model::{Constant, Expr, ExprKind, Ty};
use jcm_quantity::{DayCount, DayMark};
use jcm_source::Span;
use jcm_syntax::ast::Name;
use jcm_syntax::expression as syn;

/// `due + 20 operational days`, `due - 2 months`: the date is typed already.
pub(super) fn moved(
    cx: &mut Checker<'_>,
    scope: &Scope,
    date: Expr,
    earlier: bool,
    by: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    let by = typed(cx, scope, by, None)?;
    let Ty::Number(unit) = &by.ty else {
        let found = describe(cx, &by.ty);
        let (from, to) = (cx.text(by.span), cx.text(date.span));
        let help = format!("Write `days from {from} to {to}`");
        let help = (by.ty == Ty::Date && earlier).then_some(help.as_str());
        return wrong_type(cx, by.span, &found, "a number of days, operational days, months or years", help);
    };
    let Some(count) = DayCount::of_unit(unit) else {
        return cx.report(UnitMismatch {
            span: by.span,
            found: describe_unit(unit),
            expected: "a number of days, operational days, months or years".to_owned(),
            why: format!("to move `{}`", cx.text(date.span)),
            declared: Some((date.span, "this is a date".to_owned())),
            mend: None,
        });
    };
    operational(cx, count == DayCount::OperationalDays, by.span)?;
    if let Some(Constant::Number(figure)) = fold(&by)
        && !(&figure * &count.per_base()).is_integer()
    {
        return cx.report(PartOfDay { written: cx.text(by.span), span: by.span, count });
    }
    make(ExprKind::MoveDate { date: Box::new(date), by: Box::new(by), earlier, count }, Ty::Date, span)
}

/// `operational days from due to received`.
pub(super) fn count_between(
    cx: &mut Checker<'_>,
    scope: &Scope,
    count: &Name,
    from: &syn::Expr,
    to: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    let (from, to) = (date(cx, scope, from), date(cx, scope, to));
    let count = match count.text.as_str() {
        "days" => DayCount::Days,
        "months" => DayCount::Months,
        _ => {
            operational(cx, true, count.span)?;
            DayCount::OperationalDays
        }
    };
    let (from, to) = (Box::new(from?), Box::new(to?));
    make(ExprKind::CountBetween { from, to, count }, Ty::Number(count.unit()), span)
}

/// `end_of_month(received)`, `next_operational_day(due)`.
pub(super) fn marked(
    cx: &mut Checker<'_>,
    scope: &Scope,
    mark: DayMark,
    of: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    let date = Box::new(date(cx, scope, of)?);
    operational(cx, mark == DayMark::NextOperationalDay, span)?;
    make(ExprKind::MarkDate { date, mark }, Ty::Date, span)
}

fn date(cx: &mut Checker<'_>, scope: &Scope, expr: &syn::Expr) -> Option<Expr> {
    let typed = typed(cx, scope, expr, Some(&Ty::Date))?;
    if typed.ty == Ty::Date {
        return Some(typed);
    }
    let found = describe(cx, &typed.ty);
    wrong_type(cx, typed.span, &found, "a date", None)
}

/// Operational days are those of the contract's calendar.
fn operational(cx: &mut Checker<'_>, asked: bool, span: Span) -> Option<()> {
    if asked && cx.parts.calendar.is_none() {
        let near = cx.names.calendars().into_iter().chain(cx.project.calendars()).next();
        return cx.report(NoCalendar { span, near });
    }
    Some(())
}
