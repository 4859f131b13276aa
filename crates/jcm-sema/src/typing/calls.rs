//! The functions of the language. A new one is a row in [`FUNCTIONS`] and an arm in `of_figures` or `call`.

use super::{Scope, hold_to, make, number, wrong_type};
use crate::checker::Checker;
use crate::problems::{OnAccountInside, Shape, UnknownName, WrongCount, near};
use crate::read::function;
use crate::units::describe_unit;
use jcm_model::{Expr, ExprKind, Ty};
use jcm_quantity::{DayMark, Irrational, Statistic, Unit};
use jcm_source::Span;
use jcm_syntax::ast::{DeclarationKind as Kind, Name};
use jcm_syntax::expression as syn;

/// A function: what it is given, in words and in numbers.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// What it takes, in words.
    pub takes: &'static str,
    least: usize,
    most: usize,
}

const fn row(name: &'static str, takes: &'static str, least: usize, most: usize) -> Function {
    Function { name, takes, least, most }
}

/// How many figures a function may take that takes any number of them.
const MANY: usize = 100;

/// Every function of figures of one case.
pub const FUNCTIONS: &[Function] = &[
    row("abs", "one figure", 1, 1),
    row("min", "two figures or more", 2, MANY),
    row("max", "two figures or more", 2, MANY),
    row("best_of", "two figures or more", 2, MANY),
    row("progress", "three figures: where it is, where it started, where it should go", 3, 3),
    row("mean", "two figures or more", 2, MANY),
    row("median", "two figures or more", 2, MANY),
    row("variance", "two figures or more", 2, MANY),
    row("weighted_mean", "two pairs or more, each a figure and its weight: `(rate, people)`", 2, MANY),
    row("exp", "a figure and how many decimals: `exp(x, 10 decimals)`", 2, 2),
    row("ln", "a figure and how many decimals: `ln(x, 10 decimals)`", 2, 2),
    row("sqrt", "a figure and how many decimals: `sqrt(x, 10 decimals)`", 2, 2),
    row("on_account", "two amounts: the instalment of a period, and what is due for the year", 2, 2),
    row("end_of_month", "one date", 1, 1),
    row("end_of_quarter", "one date", 1, 1),
    row("end_of_financial_year", "one date", 1, 1),
    row("end_of_calendar_year", "one date", 1, 1),
    row("next_operational_day", "one date", 1, 1),
    row("power", "a figure and a whole number: `power(x, 3)`", 2, 2),
];

pub(super) fn call(
    cx: &mut Checker<'_>,
    scope: &Scope,
    name: &Name,
    args: &[syn::Expr],
    span: Span,
) -> Option<Expr> {
    if let Some(made) = function::call(cx, scope, name, args, span) {
        return made;
    }
    let Some(function) = FUNCTIONS.iter().find(|known| known.name == name.text) else {
        let mut known = cx.names.near(&name.text, |symbol| symbol.declaration.kind == Kind::Function);
        known.extend(FUNCTIONS.iter().map(|known| known.name.to_owned()));
        let near = near(&name.text, known.iter().map(String::as_str));
        return cx.report(UnknownName {
            name: name.text.clone(),
            span: name.span,
            wanted: "function".to_owned(),
            near,
        });
    };
    if args.len() < function.least || args.len() > function.most {
        return cx.report(WrongCount {
            what: name.text.clone(),
            span,
            found: args.len(),
            expected: function.takes.to_owned(),
        });
    }
    if let (Some(mark), [date]) = (DayMark::named(function.name), args) {
        return super::dates::marked(cx, scope, mark, date, span);
    }
    match (Irrational::from_name(function.name), function.name, args) {
        (Some(function), _, [value, places]) => irrational(cx, scope, function, value, places, span),
        // As the whole calculation of a line it is read before it comes here.
        (None, "on_account", _) => cx.report(OnAccountInside { span }),
        (None, "power", [value, exponent]) => power(cx, scope, value, exponent, span),
        (None, "weighted_mean", pairs) => weighted_mean(cx, scope, pairs, span),
        _ => of_figures(cx, scope, function.name, args, span),
    }
}

/// A function of figures of one unit.
fn of_figures(
    cx: &mut Checker<'_>,
    scope: &Scope,
    name: &str,
    args: &[syn::Expr],
    span: Span,
) -> Option<Expr> {
    let (figures, unit) = alike(cx, scope, args)?;
    let ty = Ty::Number(unit.clone());
    match (name, figures.as_slice()) {
        ("abs", [one]) => make(ExprKind::Absolute(Box::new(one.clone())), ty, span),
        ("min", _) => make(ExprKind::Smallest(figures), ty, span),
        ("max" | "best_of", _) => make(ExprKind::Greatest(figures), ty, span),
        ("progress", [value, from, to]) => {
            let (value, from, to) = (Box::new(value.clone()), Box::new(from.clone()), Box::new(to.clone()));
            make(ExprKind::Progress { value, from, to }, Ty::Number(Unit::percent()), span)
        }
        _ => {
            let statistic = Statistic::from_name(name)?;
            let Some(unit) = statistic.unit(&unit) else { return no_such_unit(cx, &unit, span) };
            make(ExprKind::Statistic { statistic, values: figures }, Ty::Number(unit), span)
        }
    }
}

/// Figures of which the first decides the unit.
fn alike<'e>(
    cx: &mut Checker<'_>,
    scope: &Scope,
    args: impl IntoIterator<Item = &'e syn::Expr>,
) -> Option<(Vec<Expr>, Unit)> {
    let mut figures = Vec::new();
    let mut first: Option<(Unit, Span)> = None;
    for arg in args {
        let (arg, unit) = number(cx, scope, arg)?;
        let arg = match &first {
            Some((unit, decides)) => {
                let declared = Some((*decides, "this decides the unit".to_owned()));
                hold_to(cx, arg, &Ty::Number(unit.clone()), "as in the first place", declared)?
            }
            None => arg,
        };
        first.get_or_insert((unit, arg.span));
        figures.push(arg);
    }
    Some((figures, first?.0))
}

/// `exp(x, 10 decimals)`, of a plain number; `sqrt` also of a figure whose unit is a square.
fn irrational(
    cx: &mut Checker<'_>,
    scope: &Scope,
    function: Irrational,
    value: &syn::Expr,
    places: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    let (value, unit) = number(cx, scope, value)?;
    let decimals = decimals(cx, places)?;
    let result = match function {
        Irrational::SquareRoot => unit.square_root(),
        Irrational::Exp | Irrational::Ln => unit.is_none().then(Unit::none),
    };
    let Some(result) = result else {
        let help = "Divide it by a figure of the same unit first: `ln(cost / expected, 10 decimals)`";
        return wrong_type(cx, value.span, &describe_unit(&unit), "a plain number", Some(help));
    };
    let value = Box::new(value);
    make(ExprKind::Irrational { function, value, decimals }, Ty::Number(result), span)
}

/// `10 decimals`.
pub(super) fn decimals(cx: &mut Checker<'_>, places: &syn::Expr) -> Option<u32> {
    let most = Irrational::MOST_DECIMALS;
    let found = counted(places, &["decimal", "decimals"]).filter(|decimals| *decimals <= most);
    if found.is_some() {
        return found;
    }
    cx.report(Shape {
        what: "the number of decimals".to_owned(),
        span: places.span,
        expected: format!("a whole number from 0 to {most} and the word `decimals`"),
        example: "10 decimals".to_owned(),
    })
}

/// A whole number as written, with one of these words after it.
pub(super) fn counted(expr: &syn::Expr, words: &[&str]) -> Option<u32> {
    let syn::ExprKind::Literal(syn::Literal::Number { digits, unit }) = &expr.kind else { return None };
    let [word] = unit.words.as_slice() else { return None };
    let fits = unit.per.is_empty() && words.contains(&word.text.as_str());
    digits.parse().ok().filter(|_| fits)
}

fn power(
    cx: &mut Checker<'_>,
    scope: &Scope,
    value: &syn::Expr,
    exponent: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    let (value, unit) = number(cx, scope, value)?;
    let Some(times) = whole(exponent).filter(|times| times.unsigned_abs() <= 100) else {
        return cx.report(Shape {
            what: "the exponent".to_owned(),
            span: exponent.span,
            expected: "a whole number from -100 to 100".to_owned(),
            example: "power(1 + growth, 3)".to_owned(),
        });
    };
    let Some(raised) = unit.raised(times) else { return no_such_unit(cx, &unit, span) };
    make(ExprKind::Power { value: Box::new(value), exponent: times }, Ty::Number(raised), span)
}

/// A whole number as written, without a unit, with or without a minus sign.
pub(super) fn whole(expr: &syn::Expr) -> Option<i32> {
    match &expr.kind {
        syn::ExprKind::Literal(syn::Literal::Number { digits, unit })
            if unit.words.is_empty() && unit.per.is_empty() =>
        {
            digits.parse().ok()
        }
        syn::ExprKind::Unary { op: syn::UnaryOp::Minus, arg } => whole(arg)?.checked_neg(),
        _ => None,
    }
}

/// `weighted_mean((rate, people), (other_rate, other_people))`.
fn weighted_mean(cx: &mut Checker<'_>, scope: &Scope, pairs: &[syn::Expr], span: Span) -> Option<Expr> {
    let mut parts = Vec::new();
    for pair in pairs {
        match &pair.kind {
            syn::ExprKind::List(items) if items.len() == 2 => parts.push(items),
            _ => {
                return cx.report(Shape {
                    what: "this part of the mean".to_owned(),
                    span: pair.span,
                    expected: "a figure and its weight in brackets".to_owned(),
                    example: "weighted_mean((rate, people), (other_rate, other_people))".to_owned(),
                });
            }
        }
    }
    let (values, unit) = alike(cx, scope, parts.iter().filter_map(|pair| pair.first()))?;
    let (weights, _) = alike(cx, scope, parts.iter().filter_map(|pair| pair.get(1)))?;
    let parts = values.into_iter().zip(weights).collect();
    make(ExprKind::WeightedMean(parts), Ty::Number(unit), span)
}

pub(super) fn no_such_unit(cx: &mut Checker<'_>, unit: &Unit, span: Span) -> Option<Expr> {
    wrong_type(cx, span, &describe_unit(unit), "a unit that can be multiplied by itself so often", None)
}
