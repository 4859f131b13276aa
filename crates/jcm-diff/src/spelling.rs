//! Calculations spelled by names and exact figures, for deciding whether two of them are the same.
//!
//! Ids differ between two contracts and titles can be alike, so neither can be compared.

use jcm_model::{Constant, Def, Expr, ExprKind, Program, Rounding, Ty};

/// A constant, exactly.
pub(crate) fn constant(value: &Constant) -> String {
    match value {
        Constant::Number(number) => number.text(),
        Constant::Member(name) => name.clone(),
        Constant::Truth(truth) => truth.to_string(),
        Constant::Text(text) => format!("{text:?}"),
        Constant::Date(date) => date.to_string(),
        Constant::Missing => "missing".to_owned(),
    }
}

/// A type, by name.
pub(crate) fn ty(program: &Program, ty: &Ty) -> String {
    match ty {
        Ty::Number(unit) => format!("{unit:?}"),
        Ty::Choice(id) => program.name(Def::Choice(*id)).to_owned(),
        Ty::Truth => "truth".to_owned(),
        Ty::Text => "text".to_owned(),
        Ty::Date => "date".to_owned(),
    }
}

/// A mode and a grain.
pub(crate) fn rounding(rounding: &Rounding) -> String {
    format!("{} to {}", rounding.mode.name(), rounding.grain.text())
}

/// A calculation: every operation with its operands in order.
pub(crate) fn expr(program: &Program, of: &Expr) -> String {
    let one = |operation: &str, value: &Expr| call(program, operation, [value]);
    let two = |operation: &str, left: &Expr, right: &Expr| call(program, operation, [left, right]);
    match &of.kind {
        ExprKind::Constant(value) => format!("{} : {}", constant(value), ty(program, &of.ty)),
        ExprKind::Input(id) => format!("input {}", program.name(Def::Input(*id))),
        ExprKind::Line(id) => format!("line {}", program.name(Def::Line(*id))),
        ExprKind::Balance(id) => format!("balance {}", program.name(Def::Balance(*id))),
        ExprKind::At(occasion) => format!("at {}", occasion.name()),
        ExprKind::Parameter { parameter, column, keys } => {
            call(program, &format!("figure {}.{column}", program.name(Def::Parameter(*parameter))), keys)
        }
        ExprKind::Arithmetic { op, left, right } => two(&format!("{op:?}"), left, right),
        ExprKind::Compare { op, left, right } => two(&format!("{op:?}"), left, right),
        ExprKind::And(left, right) => two("and", left, right),
        ExprKind::Or(left, right) => two("or", left, right),
        ExprKind::AtLeast { value, limit } => two("at least", value, limit),
        ExprKind::AtMost { value, limit } => two("at most", value, limit),
        ExprKind::IfMissing { value, default } => two("if missing", value, default),
        ExprKind::Negate(value) => one("minus", value),
        ExprKind::Absolute(value) => one("abs", value),
        ExprKind::Not(value) => one("not", value),
        ExprKind::IsMissing(value) => one("is missing", value),
        ExprKind::SumOfRows(value) => one("sum", value),
        ExprKind::CountOfRows(value) => one("count", value),
        ExprKind::StatisticOfRows { statistic, value } => one(&format!("{statistic:?} of rows"), value),
        ExprKind::Smallest(values) => call(program, "smallest", values),
        ExprKind::Greatest(values) => call(program, "greatest", values),
        ExprKind::Round { value, rounding: how } => one(&format!("rounded {}", rounding(how)), value),
        ExprKind::RoundToFigures { value, mode, figures } => {
            one(&format!("rounded {} to {figures} figures", mode.name()), value)
        }
        ExprKind::Irrational { function, value, decimals } => {
            one(&format!("{function:?} to {decimals} decimals"), value)
        }
        ExprKind::Power { value, exponent } => one(&format!("power {exponent}"), value),
        ExprKind::Statistic { statistic, values } => call(program, &format!("{statistic:?}"), values),
        ExprKind::WeightedMean(parts) => {
            call(program, "weighted mean", parts.iter().flat_map(|(value, weight)| [value, weight]))
        }
        ExprKind::OverAll { function, value, same } => {
            let operands = [&**value].into_iter().chain(same.as_deref());
            call(program, &format!("over all {function:?}"), operands)
        }
        ExprKind::CountOfCases { condition, same } => {
            call(program, "count of cases", [&**condition].into_iter().chain(same.as_deref()))
        }
        ExprKind::When { cases, otherwise } => {
            let cases = cases.iter().flat_map(|(value, condition)| [value, condition]);
            call(program, "when", cases.chain([&**otherwise]))
        }
        ExprKind::Cases { rows, otherwise, .. } => {
            let rows = rows.iter().flat_map(|(value, condition)| [value, condition]);
            call(program, "cases", rows.chain(otherwise.as_deref()))
        }
        ExprKind::Table { table, value } => {
            one(&format!("table {}", program.name(Def::Table(*table))), value)
        }
        ExprKind::MoveDate { date, by, earlier, count } => {
            let way = if *earlier { "earlier" } else { "later" };
            call(program, &format!("{} {way}", count.words()), [&**date, &**by])
        }
        ExprKind::CountBetween { from, to, count } => two(&format!("{} between", count.words()), from, to),
        ExprKind::MarkDate { date, mark } => one(mark.name(), date),
        ExprKind::Progress { value, from, to } => call(program, "progress", [&**value, &**from, &**to]),
        ExprKind::Weighted { parts, missing } => {
            let weights: Vec<String> = parts.iter().map(|(weight, _)| weight.text()).collect();
            let operation = format!("weighted {} {missing:?}", weights.join(" "));
            call(program, &operation, parts.iter().map(|(_, part)| part))
        }
    }
}

fn call<'e>(program: &Program, operation: &str, operands: impl IntoIterator<Item = &'e Expr>) -> String {
    let operands: Vec<String> = operands.into_iter().map(|operand| expr(program, operand)).collect();
    format!("{operation}({})", operands.join(", "))
}
