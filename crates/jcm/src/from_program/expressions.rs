//! Expressions, one to one. Only what the contract says in its own way is spelled out: "at least", "progress".

use super::rounding_of;
use crate::value::value_of;
use jcm_calculus::{
    Arithmetic, BandRow, CarriedId, Comparison, End, Expr, InputId, ParameterId, ScaleResult, ScaleRow,
    StepId, Value, WeightRule,
};
use jcm_model::{ExprKind, Program, TableId, TableKind};
use jcm_quantity::{DayCount, Exact, OverAll, Statistic, Unit};

/// The expression of the calculus that has the meaning of `expr`.
pub(crate) fn expression(program: &Program, expr: &jcm_model::Expr) -> Expr {
    let one = |expr: &jcm_model::Expr| expression(program, expr);
    let boxed = |expr: &jcm_model::Expr| Box::new(expression(program, expr));
    let all = |exprs: &[jcm_model::Expr]| exprs.iter().map(one).collect::<Vec<_>>();
    let unit = || expr.ty.unit().cloned();
    match &expr.kind {
        ExprKind::Constant(constant) => Expr::Literal { value: value_of(constant), unit: unit() },
        ExprKind::Input(id) => Expr::Input(InputId(id.0)),
        ExprKind::Line(id) => Expr::Step(StepId(id.0)),
        ExprKind::Balance(id) => Expr::Carried(CarriedId(id.0)),
        ExprKind::At(occasion) => Expr::InPeriods(program.contract.periods_at(*occasion)),
        ExprKind::Parameter { parameter, column, keys } => {
            Expr::Parameter { parameter: ParameterId(parameter.0), column: *column, keys: all(keys) }
        }
        ExprKind::Arithmetic { op, left, right } => {
            Expr::Arithmetic { op: arithmetic(*op), left: boxed(left), right: boxed(right) }
        }
        ExprKind::Negate(value) => Expr::Negate(boxed(value)),
        ExprKind::Absolute(value) => Expr::Absolute(boxed(value)),
        ExprKind::Smallest(values) => Expr::Least(all(values)),
        ExprKind::Greatest(values) => Expr::Greatest(all(values)),
        ExprKind::AtLeast { value, limit } => Expr::Greatest(vec![one(value), one(limit)]),
        ExprKind::AtMost { value, limit } => Expr::Least(vec![one(value), one(limit)]),
        ExprKind::Round { value, rounding } => {
            Expr::Round { value: boxed(value), rounding: rounding_of(rounding) }
        }
        ExprKind::RoundToFigures { value, mode, figures } => {
            Expr::RoundToFigures { value: boxed(value), mode: *mode, figures: *figures }
        }
        ExprKind::Irrational { function, value, decimals } => {
            Expr::Irrational { function: *function, value: boxed(value), decimals: *decimals }
        }
        ExprKind::Power { value, exponent } => Expr::Power { value: boxed(value), exponent: *exponent },
        ExprKind::Statistic { statistic, values } => {
            Expr::Statistic { statistic: statistic.clone(), parts: all(values) }
        }
        ExprKind::WeightedMean(parts) => {
            weighted_mean(parts.iter().map(|(value, weight)| (one(value), one(weight))).collect())
        }
        ExprKind::OverAll { function, value, same } => Expr::OverAll {
            function: function.clone(),
            value: boxed(value),
            same: same.as_ref().map(|same| boxed(same)),
        },
        ExprKind::CountOfCases { condition, same } => {
            count_of_cases(one(condition), same.as_ref().map(|same| boxed(same)))
        }
        ExprKind::Compare { op, left, right } => {
            Expr::Compare { op: comparison(*op), left: boxed(left), right: boxed(right) }
        }
        ExprKind::And(left, right) => Expr::All(vec![one(left), one(right)]),
        ExprKind::Or(left, right) => Expr::Any(vec![one(left), one(right)]),
        ExprKind::Not(value) => Expr::Not(boxed(value)),
        ExprKind::When { cases, otherwise } => Expr::Choose {
            cases: cases.iter().map(|(value, condition)| (one(condition), one(value))).collect(),
            otherwise: boxed(otherwise),
        },
        ExprKind::Cases { rows, otherwise, .. } => cases(rows, otherwise.as_deref(), one),
        ExprKind::Table { table, value } => table_of(program, *table, boxed(value)),
        ExprKind::Progress { value, from, to } => progress(one(value), one(from), one(to)),
        ExprKind::Weighted { parts, missing } => weighted(program, parts, *missing),
        ExprKind::IfMissing { value, default } => Expr::IfMissing(boxed(value), boxed(default)),
        ExprKind::IsMissing(value) => Expr::IsMissing(boxed(value)),
        ExprKind::MoveDate { date, by, earlier, count } => moved(boxed(date), boxed(by), *earlier, *count),
        ExprKind::CountBetween { from, to, count } => counted(boxed(from), boxed(to), *count),
        ExprKind::MarkDate { date, mark } => Expr::MarkDate { date: boxed(date), mark: *mark },
        ExprKind::SumOfRows(value) => Expr::SumOfRows(boxed(value)),
        ExprKind::CountOfRows(condition) => Expr::CountOfRows(boxed(condition)),
        ExprKind::StatisticOfRows { statistic, value } => statistic_of_rows(statistic, boxed(value)),
    }
}

fn counted(from: Box<Expr>, to: Box<Expr>, count: DayCount) -> Expr {
    Expr::CountBetween { from, to, count }
}

fn statistic_of_rows(statistic: &Statistic, value: Box<Expr>) -> Expr {
    Expr::StatisticOfRows { statistic: statistic.clone(), value }
}

/// Earlier is later by less than nothing.
fn moved(date: Box<Expr>, by: Box<Expr>, earlier: bool, count: DayCount) -> Expr {
    let by = if earlier { Box::new(Expr::Negate(by)) } else { by };
    Expr::MoveDate { date, by, count }
}

/// `(value - from) / (to - from)`.
fn progress(value: Expr, from: Expr, to: Expr) -> Expr {
    let less = |left: Expr, right: Expr| Expr::Arithmetic {
        op: Arithmetic::Subtract,
        left: Box::new(left),
        right: Box::new(right),
    };
    Expr::Arithmetic {
        op: Arithmetic::Divide,
        left: Box::new(less(value, from.clone())),
        right: Box::new(less(to, from)),
    }
}

fn weighted(program: &Program, parts: &[(Exact, jcm_model::Expr)], missing: jcm_model::WeightRule) -> Expr {
    let parts = parts.iter().map(|(weight, part)| (weight.clone(), expression(program, part)));
    Expr::Weighted { parts: parts.collect(), missing: weight_rule(missing) }
}

/// `(value × weight + …) / (weight + …)`.
fn weighted_mean(parts: Vec<(Expr, Expr)>) -> Expr {
    let on_two = |op| {
        move |left: Expr, right: Expr| Expr::Arithmetic { op, left: Box::new(left), right: Box::new(right) }
    };
    let products =
        parts.iter().map(|(value, weight)| on_two(Arithmetic::Multiply)(value.clone(), weight.clone()));
    let sum = products.reduce(on_two(Arithmetic::Add));
    let weights = parts.iter().map(|(_, weight)| weight.clone()).reduce(on_two(Arithmetic::Add));
    match (sum, weights) {
        (Some(sum), Some(weights)) => on_two(Arithmetic::Divide)(sum, weights),
        // The checker asks for parts; without any there is nothing to weigh.
        _ => Expr::literal(Value::Missing),
    }
}

/// The sum over all cases of 1 where the condition holds.
fn count_of_cases(condition: Expr, same: Option<Box<Expr>>) -> Expr {
    let figure = |number| Box::new(Expr::Literal { value: Value::Number(number), unit: Some(Unit::none()) });
    let value =
        Expr::Choose { cases: vec![(condition, *figure(Exact::one()))], otherwise: figure(Exact::zero()) };
    Expr::OverAll { function: OverAll::Statistic(Statistic::Sum), value: Box::new(value), same }
}

/// A scale or bands, with their rows in place. A table that does not exist has no row, which `verify` refuses.
fn table_of(program: &Program, table: TableId, value: Box<Expr>) -> Expr {
    let Some(table) = program.table(table) else { return Expr::Scale { value, rows: Vec::new() } };
    match table.kind {
        TableKind::Scale => Expr::Scale { value, rows: table.rows.iter().map(scale_row).collect() },
        TableKind::Bands => Expr::Bands { value, rows: table.rows.iter().map(band_row).collect() },
    }
}

fn scale_row(row: &jcm_model::TableRow) -> ScaleRow {
    let end = |end: &jcm_model::End| End { value: end.value.clone(), included: end.included };
    let result = match &row.to {
        None => ScaleResult::Flat(row.from.clone()),
        Some(to) => ScaleResult::Even { from: row.from.clone(), to: to.clone() },
    };
    ScaleRow { lower: row.lower.as_ref().map(end), upper: row.upper.as_ref().map(end), result }
}

fn band_row(row: &jcm_model::TableRow) -> BandRow {
    let value = |end: &jcm_model::End| end.value.clone();
    BandRow {
        lower: row.lower.as_ref().map(value),
        upper: row.upper.as_ref().map(value),
        rate: row.from.clone(),
    }
}

fn arithmetic(op: jcm_model::Arithmetic) -> Arithmetic {
    match op {
        jcm_model::Arithmetic::Add => Arithmetic::Add,
        jcm_model::Arithmetic::Subtract => Arithmetic::Subtract,
        jcm_model::Arithmetic::Multiply | jcm_model::Arithmetic::Of => Arithmetic::Multiply,
        jcm_model::Arithmetic::Divide => Arithmetic::Divide,
    }
}

fn comparison(op: jcm_model::Comparison) -> Comparison {
    match op {
        jcm_model::Comparison::Equal => Comparison::Equal,
        jcm_model::Comparison::NotEqual => Comparison::NotEqual,
        jcm_model::Comparison::Less => Comparison::Less,
        jcm_model::Comparison::LessOrEqual => Comparison::LessOrEqual,
        jcm_model::Comparison::Greater => Comparison::Greater,
        jcm_model::Comparison::GreaterOrEqual => Comparison::GreaterOrEqual,
    }
}

fn weight_rule(rule: jcm_model::WeightRule) -> WeightRule {
    match rule {
        jcm_model::WeightRule::Reweight => WeightRule::Reweight,
        jcm_model::WeightRule::Zero => WeightRule::Zero,
        jcm_model::WeightRule::Missing => WeightRule::Missing,
    }
}

/// The rows of a table of cases, of which exactly one holds: without an `otherwise`, the last is what is left.
fn cases(
    rows: &[(jcm_model::Expr, jcm_model::Expr)],
    otherwise: Option<&jcm_model::Expr>,
    one: impl Fn(&jcm_model::Expr) -> Expr,
) -> Expr {
    let mut cases: Vec<(Expr, Expr)> =
        rows.iter().map(|(value, condition)| (one(condition), one(value))).collect();
    let otherwise = otherwise.map(&one).or_else(|| cases.pop().map(|(_, value)| value));
    let otherwise = otherwise.unwrap_or(Expr::Literal { value: jcm_calculus::Value::Missing, unit: None });
    if cases.is_empty() { otherwise } else { Expr::Choose { cases, otherwise: Box::new(otherwise) } }
}
