//! `activity.year_to_date`, `saving.since_start`: the sum of a figure over the periods up to and with this one.

use super::{Scope, kind_words};
use crate::checker::Checker;
use crate::problems::NotSummed;
use crate::read::measure;
use jcm_model::{Arithmetic, Balance, BalanceKind, Def, Expr, ExprKind, Head, Line, LineId, LineOwner, Ty};
use jcm_quantity::Exact;
use jcm_source::Span;
use jcm_syntax::ast::Name;

/// Whether the sum begins anew every year, by the last word of a path.
fn every_year(word: &str) -> Option<bool> {
    match word {
        "year_to_date" => Some(true),
        "since_start" => Some(false),
        _ => None,
    }
}

/// The line of a sum to date, made where it is first asked for. The outer `None`: the path is no such sum.
pub(super) fn line(cx: &mut Checker<'_>, scope: &Scope, path: &[Name]) -> Option<Option<Def>> {
    let (last, of) = path.split_last()?;
    let every_year = every_year(&last.text).filter(|_| !of.is_empty())?;
    let joined = of.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
    if let Some(owner) = scope.owner
        && let Some(def) = cx.members.get(Def::Incentive(owner), &format!("{joined}.{}", last.text))
    {
        return Some(Some(def));
    }
    let span = path.first()?.span.to(last.span);
    Some(make(cx, scope, (&joined, of), last, every_year, span))
}

fn make(
    cx: &mut Checker<'_>,
    scope: &Scope,
    (joined, of): (&str, &[Name]),
    last: &Name,
    every_year: bool,
    span: Span,
) -> Option<Def> {
    let def = super::resolve(cx, scope, of)?;
    let refuse = |problem: String| NotSummed { what: joined.to_owned(), span, problem };
    let Some(owner) = scope.owner else {
        let problem = "it is worked out in no line of an incentive, where it would have to stand".to_owned();
        return cx.report(refuse(problem));
    };
    let Some((summed, title, per_row)) = figure(cx, def, span) else {
        return cx.report(refuse(format!("it is {}, and only a figure can be summed", kind_words(def))));
    };
    let Ty::Number(unit) = summed.ty.clone() else {
        return cx.report(refuse("it is no number".to_owned()));
    };
    if per_row {
        return cx.report(refuse("it belongs to the rows of a case; sum them first".to_owned()));
    }
    if unit.is_percent() {
        let problem = "percentages of several periods do not add up; sum what it is a percentage of";
        return cx.report(refuse(problem.to_owned()));
    }
    let since = if every_year { "in the year to date" } else { "since the start" };
    let incentive = cx.names.all("incentive").get(owner.index()).and_then(|d| d.name.as_ref())?.text.clone();
    let head = Head {
        name: format!("{incentive}.{joined}.{}", last.text),
        title: format!("{title} {since}"),
        doc: String::new(),
        span,
        name_span: span,
    };
    let balance = cx.add_balance(Balance {
        head: head.clone(),
        owner,
        kind: BalanceKind::ToDate,
        unit,
        opening: Exact::zero(),
        every_year,
        closing: LineId(u32::MAX),
    });
    let ty = summed.ty.clone();
    let before = Expr { kind: ExprKind::Balance(balance), ty: ty.clone(), span };
    let kind = ExprKind::Arithmetic { op: Arithmetic::Add, left: Box::new(before), right: Box::new(summed) };
    let expr = Expr { kind, ty: ty.clone(), span };
    let line = cx.add_line(Line { head, owner: LineOwner::Incentive(owner), ty, per_row: false, expr });
    cx.close_balance(balance, line);
    cx.members.insert(Def::Incentive(owner), format!("{joined}.{}", last.text), Def::Line(line));
    Some(Def::Line(line))
}

/// The figure that a name stands for, with its title and whether it belongs to rows.
fn figure(cx: &mut Checker<'_>, def: Def, span: Span) -> Option<(Expr, String, bool)> {
    match def {
        Def::Input(id) => {
            let input = cx.input(id)?;
            let kind = ExprKind::Input(id);
            Some((Expr { kind, ty: input.ty.clone(), span }, input.head.title.clone(), input.per_row))
        }
        Def::Line(id) => {
            let line = cx.line(id)?;
            let kind = ExprKind::Line(id);
            Some((Expr { kind, ty: line.ty.clone(), span }, line.head.title.clone(), line.per_row))
        }
        Def::Measure(id) => {
            let reported = measure::reported(cx, id)?;
            figure(cx, reported, span)
        }
        _ => None,
    }
}
