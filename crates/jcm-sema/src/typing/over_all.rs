//! `mean of rate over all`, `median of visits over each ward`: what is worked out over all cases of a settlement, or over
//! what a case has several of.

use super::{Scope, calls, condition, lookups, make, number, typed, wrong_type};
use crate::checker::Checker;
use crate::constants::figure;
use crate::problems::{Shape, UnknownName, near};
use jcm_model::{Expr, ExprKind, Ty};
use jcm_quantity::{Exact, OverAll, QuantileMethod, Statistic, Ties, Unit};
use jcm_source::Span;
use jcm_syntax::ast::Name;
use jcm_syntax::expression as syn;
use jcm_syntax::expression::{Setting, SettingKind};

/// `(name, how it is written)` of every function over all cases.
pub const FUNCTIONS: &[(&str, &str)] = &[
    ("sum", "sum of score over all"),
    ("mean", "mean of score over all"),
    ("median", "median of rate over all"),
    ("min", "min of rate over all"),
    ("max", "max of rate over all"),
    ("variance", "variance of rate over all"),
    ("count", "count of (score >= 50%) over all"),
    ("standard_deviation", "standard_deviation of rate over all to 4 decimals"),
    ("quantile", "quantile of rate over all at 50% by nearest rank"),
    ("rank", "rank of score over all from highest ties best"),
    ("group", "group of share over all into 5"),
    ("winsorised", "winsorised(cost) over all from 1% to 99% by nearest rank"),
];

/// What stands around `over all`.
pub(super) struct Parts<'e> {
    pub(super) of: &'e syn::Expr,
    pub(super) each: Option<&'e Name>,
    pub(super) same: Option<&'e syn::Expr>,
    pub(super) settings: &'e [Setting],
    pub(super) span: Span,
}

pub(super) fn over_all(cx: &mut Checker<'_>, scope: &Scope, parts: &Parts<'_>) -> Option<Expr> {
    let (name, value) = function(cx, parts)?;
    if let Some(each) = parts.each {
        return over_each(cx, scope, parts, each, (name, value));
    }
    allowed(cx, scope, parts.span)?;
    let scope = &Scope { over_all: true, ..scope.clone() };
    let same = match parts.same {
        Some(same) => Some(Box::new(typed(cx, scope, same, None)?)),
        None => None,
    };
    if name == "count" {
        let condition = Box::new(condition(cx, scope, value)?);
        Settings::new(parts, "count").nothing_else(cx)?;
        return make(ExprKind::CountOfCases { condition, same }, Ty::Number(Unit::none()), parts.span);
    }
    let (value, unit) = number(cx, scope, value)?;
    let function = read_function(cx, name, parts)?;
    let result = match &function {
        OverAll::Statistic(statistic) => statistic.unit(&unit),
        OverAll::Rank { .. } | OverAll::Group { .. } => Some(Unit::none()),
        OverAll::Winsorised { .. } => Some(unit.clone()),
    };
    let Some(result) = result else { return calls::no_such_unit(cx, &unit, parts.span) };
    let value = Box::new(value);
    make(ExprKind::OverAll { function, value, same }, Ty::Number(result), parts.span)
}

/// What is worked out over the rows of a case.
fn over_each(
    cx: &mut Checker<'_>,
    scope: &Scope,
    parts: &Parts<'_>,
    each: &Name,
    (name, value): (&str, &syn::Expr),
) -> Option<Expr> {
    lookups::rows_exist(cx, scope, parts.span)?;
    if each.text != scope.each {
        let (near, wanted) = (vec![scope.each.clone()], "`each` of this incentive".to_owned());
        return cx.report(UnknownName { name: each.text.clone(), span: each.span, wanted, near });
    }
    if name == "count" || name == "sum" {
        Settings::new(parts, name).nothing_else(cx)?;
        return lookups::of_rows(cx, scope, name, value, parts.span);
    }
    match read_function(cx, name, parts)? {
        OverAll::Statistic(statistic) if parts.same.is_none() => {
            lookups::statistic_of_rows(cx, scope, statistic, value, parts.span)
        }
        _ => cx.report(Shape {
            what: format!("this function over each `{}`", scope.each),
            span: parts.span,
            expected:
                "one figure for all of them: `sum`, `count`, `mean`, `median`, `min`, `max`, `variance`, \
                       `standard_deviation` or `quantile`"
                    .to_owned(),
            example: format!("median of {} over each {}", cx.text(value.span), scope.each),
        }),
    }
}

/// The name of the function, and what it is of: `mean of score`, `rank(score)`.
fn function<'e>(cx: &mut Checker<'_>, parts: &Parts<'e>) -> Option<(&'static str, &'e syn::Expr)> {
    let found = match &parts.of.kind {
        syn::ExprKind::Binary { op: syn::BinaryOp::Of, left, right } => match &left.kind {
            syn::ExprKind::Path(path) => match path.as_slice() {
                [name] => Some((name, &**right)),
                _ => None,
            },
            _ => None,
        },
        syn::ExprKind::Call { name, args } => match args.as_slice() {
            [value] => Some((name, value)),
            _ => None,
        },
        _ => None,
    };
    let Some((name, value)) = found else {
        return cx.report(Shape {
            what: "what stands before `over all`".to_owned(),
            span: parts.of.span,
            expected: "a function and the figure of each case".to_owned(),
            example: "mean of score over all".to_owned(),
        });
    };
    if let Some((known, _)) = FUNCTIONS.iter().find(|(known, _)| *known == name.text) {
        return Some((known, value));
    }
    let near = near(&name.text, FUNCTIONS.iter().map(|(known, _)| *known));
    let wanted = "function over all cases".to_owned();
    cx.report(UnknownName { name: name.text.clone(), span: name.span, wanted, near })
}

/// A figure over all cases belongs to a case as a whole, and not inside another one.
fn allowed(cx: &mut Checker<'_>, scope: &Scope, span: Span) -> Option<()> {
    let wanted = match (scope.rows, scope.over_all) {
        (false, false) => return Some(()),
        (true, _) => "a figure of the row itself",
        (false, true) => "a figure of the case itself",
    };
    let help = "Give it a line of its own, for the case as a whole, and use the name of that line here";
    wrong_type(cx, span, "a figure over all cases", wanted, Some(help))
}

fn read_function(cx: &mut Checker<'_>, name: &str, parts: &Parts<'_>) -> Option<OverAll> {
    let mut settings = Settings::new(parts, name);
    let function = match name {
        "standard_deviation" => {
            let decimals = settings.decimals(cx)?;
            OverAll::Statistic(Statistic::StandardDeviation { decimals })
        }
        "quantile" => {
            let (share, method) = (settings.share(cx)?, settings.method(cx)?);
            OverAll::Statistic(Statistic::Quantile { share, method })
        }
        "rank" => OverAll::Rank { highest_first: settings.highest_first(cx)?, ties: settings.ties(cx)? },
        "group" => OverAll::Group { groups: settings.groups(cx)? },
        "winsorised" => {
            let ((from, to), method) = (settings.between(cx)?, settings.method(cx)?);
            OverAll::Winsorised { from, to, method }
        }
        plain => OverAll::Statistic(Statistic::from_name(plain)?),
    };
    settings.nothing_else(cx)?;
    Some(function)
}

/// The settings of one function; each is taken by what needs it.
struct Settings<'e> {
    left: Vec<&'e Setting>,
    example: &'static str,
    span: Span,
}

impl<'e> Settings<'e> {
    fn new(parts: &Parts<'e>, name: &str) -> Self {
        let example = FUNCTIONS.iter().find(|(known, _)| *known == name).map_or("", |(_, example)| example);
        Settings { left: parts.settings.iter().collect(), example, span: parts.span }
    }

    fn take<T>(&mut self, pick: impl Fn(&'e SettingKind) -> Option<T>) -> Option<(T, Span)> {
        let place = self.left.iter().position(|setting| pick(&setting.kind).is_some())?;
        let setting = self.left.remove(place);
        Some((pick(&setting.kind)?, setting.span))
    }

    fn shape<T>(&self, cx: &mut Checker<'_>, span: Span, expected: &str) -> Option<T> {
        cx.report(Shape {
            what: "this function over all cases".to_owned(),
            span,
            expected: expected.to_owned(),
            example: self.example.to_owned(),
        })
    }

    fn nothing_else(&self, cx: &mut Checker<'_>) -> Option<()> {
        match self.left.first() {
            Some(extra) => self.shape(cx, extra.span, "nothing more than what it needs, each once"),
            None => Some(()),
        }
    }

    fn method(&mut self, cx: &mut Checker<'_>) -> Option<QuantileMethod> {
        let expected = "`by nearest rank` or `by linear interpolation`";
        let by = self.take(|kind| match kind {
            SettingKind::By(names) => {
                Some(names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(" "))
            }
            _ => None,
        });
        let Some((words, span)) = by else { return self.shape(cx, self.span, expected) };
        QuantileMethod::from_words(&words).or_else(|| self.shape(cx, span, expected))
    }

    fn share(&mut self, cx: &mut Checker<'_>) -> Option<Exact> {
        let at = self.take(|kind| match kind {
            SettingKind::At(value) => Some(&**value),
            _ => None,
        });
        let Some((value, _)) = at else { return self.shape(cx, self.span, "`at` and a percentage") };
        self.percentage(cx, value)
    }

    fn between(&mut self, cx: &mut Checker<'_>) -> Option<(Exact, Exact)> {
        let ends = self.take(|kind| match kind {
            SettingKind::Between(low, high) => Some((&**low, &**high)),
            _ => None,
        });
        let expected = "`from` a percentage `to` a greater one";
        let Some(((low, high), span)) = ends else { return self.shape(cx, self.span, expected) };
        let (low, high) = (self.percentage(cx, low)?, self.percentage(cx, high)?);
        if low > high { self.shape(cx, span, expected) } else { Some((low, high)) }
    }

    fn percentage(&self, cx: &mut Checker<'_>, value: &syn::Expr) -> Option<Exact> {
        let share = figure(cx, value, &Unit::percent(), "a share of all cases")?;
        if share.is_negative() || share > Exact::one() {
            return self.shape(cx, value.span, "a percentage from 0% to 100%");
        }
        Some(share)
    }

    fn decimals(&mut self, cx: &mut Checker<'_>) -> Option<u32> {
        let to = self.take(|kind| match kind {
            SettingKind::To(value) => Some(&**value),
            _ => None,
        });
        match to {
            Some((value, _)) => calls::decimals(cx, value),
            None => self.shape(cx, self.span, "`to` and how many decimals"),
        }
    }

    fn highest_first(&mut self, cx: &mut Checker<'_>) -> Option<bool> {
        let expected = "`from highest` or `from lowest`: which figure has rank 1";
        let from = self.take(|kind| match kind {
            SettingKind::From(name) => Some(name.text.as_str()),
            _ => None,
        });
        match from {
            Some(("highest", _)) => Some(true),
            Some(("lowest", _)) => Some(false),
            Some((_, span)) => self.shape(cx, span, expected),
            None => self.shape(cx, self.span, expected),
        }
    }

    fn ties(&mut self, cx: &mut Checker<'_>) -> Option<Ties> {
        let expected = "`ties best`, `ties worst` or `ties middle`: which of their ranks equal figures have";
        let ties = self.take(|kind| match kind {
            SettingKind::Ties(name) => Some(name.text.as_str()),
            _ => None,
        });
        let Some((name, span)) = ties else { return self.shape(cx, self.span, expected) };
        Ties::from_name(name).or_else(|| self.shape(cx, span, expected))
    }

    fn groups(&mut self, cx: &mut Checker<'_>) -> Option<u32> {
        let expected = "`into` and a whole number of groups from 1 to 1000";
        let into = self.take(|kind| match kind {
            SettingKind::Into(value) => Some(&**value),
            _ => None,
        });
        let Some((value, span)) = into else { return self.shape(cx, self.span, expected) };
        let groups = calls::whole(value).and_then(|groups| u32::try_from(groups).ok());
        groups.filter(|groups| (1..=1000).contains(groups)).or_else(|| self.shape(cx, span, expected))
    }
}
