//! Cases, limits, rounding, and what stands in for a missing figure.

use super::{Scope, condition, fits, forgotten_sign, hold_to, make, number, paths, typed, wrong_type};
use crate::checker::Checker;
use crate::constants::{figure, fold};
use crate::problems::{LimitsCross, Shape, UnknownName, near};
use crate::units::describe_unit;
use jcm_model::{Arithmetic, Constant, Expr, ExprKind, LineId, Rounding, Ty};
use jcm_quantity::{Exact, RoundingMode, Unit, show};
use jcm_source::Span;
use jcm_syntax::ast::Name;
use jcm_syntax::expression as syn;

pub(super) fn when(
    cx: &mut Checker<'_>,
    scope: &Scope,
    cases: &[(syn::Expr, syn::Expr)],
    otherwise: Option<&syn::Expr>,
    span: Span,
    expected: Option<&Ty>,
) -> Option<Expr> {
    let otherwise = otherwise?;
    let values: Vec<&syn::Expr> = cases.iter().map(|(value, _)| value).chain([otherwise]).collect();
    let mut typed: Vec<Option<Expr>> = vec![None; values.len()];
    let mut ty: Option<(Ty, Span)> = None;
    // `missing` and `nothing` have the unit of the others, so these come first.
    let has_no_unit = |value: &syn::Expr| is_word(value, "missing") || is_word(value, paths::NOTHING);
    for later in [false, true] {
        for (slot, value) in typed.iter_mut().zip(&values).filter(|(_, value)| has_no_unit(value) == later) {
            *slot = alternative(cx, scope, value, expected, &mut ty);
        }
    }
    let tests: Vec<Option<Expr>> = cases.iter().map(|(_, test)| condition(cx, scope, test)).collect();
    let otherwise = typed.pop()??;
    let made: Option<Vec<(Expr, Expr)>> =
        typed.into_iter().zip(tests).map(|(value, test)| value.zip(test)).collect();
    let ty = otherwise.ty.clone();
    make(ExprKind::When { cases: made?, otherwise: Box::new(otherwise) }, ty, span)
}

/// Whether a value is a word and nothing else.
fn is_word(value: &syn::Expr, word: &str) -> bool {
    match &value.kind {
        syn::ExprKind::Path(path) => path.len() == 1 && path.iter().all(|name| name.text == word),
        _ => false,
    }
}

/// One of several values, all of which must be of the type of the first.
pub(super) fn alternative(
    cx: &mut Checker<'_>,
    scope: &Scope,
    value: &syn::Expr,
    expected: Option<&Ty>,
    ty: &mut Option<(Ty, Span)>,
) -> Option<Expr> {
    let value = typed(cx, scope, value, ty.as_ref().map(|(ty, _)| ty).or(expected))?;
    match ty {
        Some((needed, first)) => {
            let declared = Some((*first, "the first alternative decides the unit".to_owned()));
            hold_to(cx, value, &needed.clone(), "as in the first alternative", declared)
        }
        None => {
            *ty = Some((value.ty.clone(), value.span));
            Some(value)
        }
    }
}

pub(super) fn limited(
    cx: &mut Checker<'_>,
    scope: &Scope,
    value: &syn::Expr,
    limit: &syn::Expr,
    least: bool,
    span: Span,
) -> Option<Expr> {
    let value = number(cx, scope, value);
    let limit = match &value {
        Some((value, _)) if is_word(limit, paths::NOTHING) => typed(cx, scope, limit, Some(&value.ty)),
        None if is_word(limit, paths::NOTHING) => None,
        _ => number(cx, scope, limit).map(|(limit, _)| limit),
    };
    let ((value, unit), limit) = (value?, limit?);
    let declared = Some((value.span, "this is what is limited".to_owned()));
    let ty = Ty::Number(unit);
    if !fits(&limit.ty, &ty) && forgotten_sign::report(cx, &value, &limit).is_some() {
        return None;
    }
    let limit = hold_to(cx, limit, &ty, "for the limit", declared)?;
    check_crossing(cx, &value, &limit, least)?;
    let (value, limit) = (Box::new(value), Box::new(limit));
    make(if least { ExprKind::AtLeast { value, limit } } else { ExprKind::AtMost { value, limit } }, ty, span)
}

/// Holds a limit not to lie beyond one that was set before it on the other side: it would always be what is given.
fn check_crossing(cx: &mut Checker<'_>, value: &Expr, limit: &Expr, least: bool) -> Option<()> {
    let mut inner = value;
    loop {
        let (next, other, is_least) = match &inner.kind {
            ExprKind::AtLeast { value, limit } => (value, limit, true),
            ExprKind::AtMost { value, limit } => (value, limit, false),
            _ => return Some(()),
        };
        let in_words = |expr: &Expr| match (stated(cx, expr), limit.ty.unit()) {
            (Some(value), Some(unit)) => show(&value, unit),
            _ => cx.text(expr.span).to_owned(),
        };
        let (low, high) = if least { (limit, &**other) } else { (&**other, limit) };
        if is_least != least && lies_above(cx, low, high) {
            let (least, most, always) = (in_words(low), in_words(high), in_words(limit));
            return cx.report(LimitsCross { span: limit.span, other: other.span, least, most, always });
        }
        inner = next;
    }
}

/// Whether one limit lies above another whatever comes in: both are stated, or both are parts of what one fund holds.
fn lies_above(cx: &Checker<'_>, low: &Expr, high: &Expr) -> bool {
    if let (Some(low), Some(high)) = (stated(cx, low), stated(cx, high)) {
        return low > high;
    }
    let parts = (part_of_a_budget(cx, low), part_of_a_budget(cx, high));
    matches!(parts, (Some((low, one)), Some((high, same))) if one == same && low > high)
}

/// `5% of fund.budget`: the part, and the line that is the budget, which is never below nothing.
fn part_of_a_budget(cx: &Checker<'_>, limit: &Expr) -> Option<(Exact, LineId)> {
    let (part, whole) = match &limit.kind {
        ExprKind::Arithmetic { op: Arithmetic::Of | Arithmetic::Multiply, left, right } => {
            (stated(cx, left)?, right)
        }
        ExprKind::Negate(inner) => {
            let (part, line) = part_of_a_budget(cx, inner)?;
            return Some((-part, line));
        }
        _ => return None,
    };
    let ExprKind::Line(line) = whole.kind else { return None };
    let mut pools = cx.parts.pools.iter().flatten();
    pools.any(|pool| pool.budget == line).then_some((part, line))
}

/// What a limit comes to, where the contract states one figure for it.
fn stated(cx: &Checker<'_>, limit: &Expr) -> Option<Exact> {
    let constant = match (&limit.kind, fold(limit)) {
        (_, Some(constant)) => Some(constant),
        (ExprKind::Parameter { parameter, column, keys }, None) if keys.is_empty() => {
            match cx.parameter(*parameter)?.rows.as_slice() {
                [row] => row.values.get(*column as usize).cloned(),
                _ => None,
            }
        }
        _ => None,
    };
    match constant? {
        Constant::Number(value) => Some(value),
        _ => None,
    }
}

pub(super) fn rounded(
    cx: &mut Checker<'_>,
    scope: &Scope,
    (value, expected): (&syn::Expr, Option<&Ty>),
    mode: Option<&Name>,
    grain: &syn::Expr,
    span: Span,
) -> Option<Expr> {
    let (value, unit) = number(cx, scope, value)?;
    let mode = match mode {
        Some(name) => rounding_mode(cx, name)?,
        None => cx.parts.contract.as_ref()?.rounding.mode,
    };
    if let Some(figures) = significant_figures(cx, grain) {
        return to_figures(cx, value, unit, mode, figures?, span);
    }
    let grain_span = grain.span;
    let grain = match decimals(cx, grain) {
        // A share is counted in the decimals in which its line shows it: 66.7% has one.
        Some(decimals) => {
            let shown = expected.and_then(Ty::unit).filter(|shown| shown.same_kind(&unit)).unwrap_or(&unit);
            Exact::ten_to(decimals?.checked_neg()?).checked_div(&shown.scale())?
        }
        None => figure(cx, grain, &unit, "what is rounded")?,
    };
    if !grain.is_positive() {
        return cx.report(Shape {
            what: "the rounding".to_owned(),
            span: grain_span,
            expected: "an amount above nothing".to_owned(),
            example: "rounded half_up to £1".to_owned(),
        });
    }
    make(
        ExprKind::Round { value: Box::new(value), rounding: Rounding { mode, grain } },
        Ty::Number(unit),
        span,
    )
}

/// `2 decimals`; the outer `None` means that the grain is something else.
fn decimals(cx: &mut Checker<'_>, grain: &syn::Expr) -> Option<Option<i32>> {
    let syn::ExprKind::Literal(syn::Literal::Number { digits, unit }) = &grain.kind else { return None };
    if !matches!(unit.words.as_slice(), [word] if word.text == "decimal" || word.text == "decimals") {
        return None;
    }
    let decimals = digits.parse().ok().filter(|decimals| (0..=40).contains(decimals));
    Some(decimals.or_else(|| {
        cx.report(Shape {
            what: "the rounding".to_owned(),
            span: grain.span,
            expected: "a whole number of decimals from 0 to 40".to_owned(),
            example: "rounded half_up to 2 decimals".to_owned(),
        })
    }))
}

/// `3 significant figures`; the outer `None` means that the grain is something else.
fn significant_figures(cx: &mut Checker<'_>, grain: &syn::Expr) -> Option<Option<u32>> {
    let syn::ExprKind::Literal(syn::Literal::Number { digits, unit }) = &grain.kind else { return None };
    let words: Vec<&str> = unit.words.iter().map(|word| word.text.as_str()).collect();
    if !matches!(words.as_slice(), ["significant", "figure" | "figures"]) {
        return None;
    }
    let figures = digits.parse().ok().filter(|figures| (1..=40).contains(figures));
    Some(figures.or_else(|| {
        cx.report(Shape {
            what: "the rounding".to_owned(),
            span: grain.span,
            expected: "a whole number of significant figures from 1 to 40".to_owned(),
            example: "rounded half_up to 3 significant figures".to_owned(),
        })
    }))
}

/// `rounded half_up to 3 significant figures`: of the figure as it is written.
fn to_figures(
    cx: &mut Checker<'_>,
    value: Expr,
    unit: Unit,
    mode: RoundingMode,
    figures: u32,
    span: Span,
) -> Option<Expr> {
    let shown_in = unit.scale().text();
    if !shown_in.strip_prefix('1').is_some_and(|zeros| zeros.chars().all(|digit| digit == '0')) {
        let help = "Round it to a grain instead: `rounded half_up to 0.1 per 12 people`";
        return wrong_type(
            cx,
            value.span,
            &describe_unit(&unit),
            "a figure counted in powers of ten",
            Some(help),
        );
    }
    make(ExprKind::RoundToFigures { value: Box::new(value), mode, figures }, Ty::Number(unit), span)
}

/// The mode of a name.
pub(crate) fn rounding_mode(cx: &mut Checker<'_>, name: &Name) -> Option<RoundingMode> {
    if let Some(mode) = RoundingMode::from_name(&name.text) {
        return Some(mode);
    }
    const MODES: [&str; 7] = ["half_even", "half_up", "half_down", "up", "down", "ceiling", "floor"];
    let near = near(&name.text, MODES);
    let near = if near.is_empty() { vec!["half_even".to_owned(), "half_up".to_owned()] } else { near };
    cx.report(UnknownName { name: name.text.clone(), span: name.span, wanted: "rounding".to_owned(), near })
}

pub(super) fn if_missing(
    cx: &mut Checker<'_>,
    scope: &Scope,
    value: &syn::Expr,
    default: &syn::Expr,
    span: Span,
    expected: Option<&Ty>,
) -> Option<Expr> {
    let value = typed(cx, scope, value, expected)?;
    let default = typed(cx, scope, default, Some(&value.ty))?;
    let declared = Some((value.span, "this is what it stands in for".to_owned()));
    let ty = value.ty.clone();
    let default = hold_to(cx, default, &ty, "to stand in for a missing figure", declared)?;
    make(ExprKind::IfMissing { value: Box::new(value), default: Box::new(default) }, ty, span)
}
