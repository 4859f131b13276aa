//! The functions of the language. A new one is a row in [`FUNCTIONS`] and an arm in `call`.

use super::{Scope, hold_to, make, number};
use crate::checker::Checker;
use crate::problems::{UnknownName, WrongCount, near};
use crate::read::function;
use jcm_model::{Expr, ExprKind, Ty};
use jcm_quantity::Unit;
use jcm_source::Span;
use jcm_syntax::ast::Name;
use jcm_syntax::expression as syn;

/// `(name, what it is given)` of every function.
pub(super) const FUNCTIONS: &[(&str, &str)] = &[
    ("abs", "one figure"),
    ("min", "two figures or more"),
    ("max", "two figures or more"),
    ("progress", "three figures: where it is, where it started, where it should go"),
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
    let Some((_, expected)) = FUNCTIONS.iter().find(|(known, _)| *known == name.text) else {
        let near = near(&name.text, FUNCTIONS.iter().map(|(name, _)| *name));
        return cx.report(UnknownName {
            name: name.text.clone(),
            span: name.span,
            wanted: "function".to_owned(),
            near,
        });
    };
    let count_fits = match name.text.as_str() {
        "abs" => args.len() == 1,
        "progress" => args.len() == 3,
        _ => args.len() >= 2,
    };
    if !count_fits {
        return cx.report(WrongCount {
            what: name.text.clone(),
            span,
            found: args.len(),
            expected: (*expected).to_owned(),
        });
    }
    let mut figures = Vec::new();
    let mut ty: Option<(Ty, Span)> = None;
    for arg in args {
        let (arg, unit) = number(cx, scope, arg)?;
        let arg = match &ty {
            Some((needed, first)) => hold_to(
                cx,
                arg,
                needed,
                "as in the first place",
                Some((*first, "this decides the unit".to_owned())),
            )?,
            None => arg,
        };
        ty.get_or_insert((Ty::Number(unit), arg.span));
        figures.push(arg);
    }
    let (ty, _) = ty?;
    match (name.text.as_str(), figures.as_slice()) {
        ("abs", [one]) => make(ExprKind::Absolute(Box::new(one.clone())), ty, span),
        ("min", _) => make(ExprKind::Smallest(figures), ty, span),
        ("max", _) => make(ExprKind::Greatest(figures), ty, span),
        ("progress", [value, from, to]) => {
            let (value, from, to) = (Box::new(value.clone()), Box::new(from.clone()), Box::new(to.clone()));
            make(ExprKind::Progress { value, from, to }, Ty::Number(Unit::percent()), span)
        }
        _ => None,
    }
}
