//! Expressions to the wire and back.

use super::balance::{periods_from, periods_of};
use super::calendar::{DayCount, DayMark};
use super::expression::{
    BandRow, Case, End, Expression, Gives, MAX_DEPTH, ScaleRow, WeightRule, WeightedPart,
};
use super::quantity::{figure_from, figure_of};
use super::statistic::{OverAll, Statistic};
use super::{Figure, Mode, Rounding, Unit, Value};
use crate::names::Names;
use jcm_calculus as c;
use jcm_calculus::Expr;
use jcm_quantity::Irrational;

/// What the conversion to the wire carries along.
#[derive(Clone, Copy)]
struct To<'a> {
    names: &'a Names,
    /// Brackets open around the operation.
    depth: usize,
}

impl Expression {
    pub(super) fn of(expr: &Expr, names: &Names, depth: usize) -> Result<Self, String> {
        To { names, depth }.expression(expr)
    }
}

impl To<'_> {
    /// The conversion for what stands `brackets` deeper.
    fn below(self, brackets: usize) -> Self {
        Self { depth: self.depth + brackets, ..self }
    }

    fn arg(self, expr: &Expr) -> Result<Box<Expression>, String> {
        Ok(Box::new(self.below(1).expression(expr)?))
    }

    fn pair(self, left: &Expr, right: &Expr) -> Result<Box<[Expression; 2]>, String> {
        let to = self.below(2);
        Ok(Box::new([to.expression(left)?, to.expression(right)?]))
    }

    fn list(self, exprs: &[Expr]) -> Result<Vec<Expression>, String> {
        exprs.iter().map(|expr| self.below(2).expression(expr)).collect()
    }

    fn expression(self, expr: &Expr) -> Result<Expression, String> {
        if self.depth > MAX_DEPTH {
            return Err("it is nested too deep to be written; give a part of it a line of its own".to_owned());
        }
        Ok(match expr {
            Expr::Literal { value, unit } => {
                Expression::Literal { value: Value::of(value)?, unit: unit.as_ref().map(Unit::of) }
            }
            Expr::Input(id) => Expression::Input { name: self.names.inputs.name(id.index())? },
            Expr::Step(id) => Expression::Step { name: self.names.steps.name(id.index())? },
            Expr::Carried(id) => Expression::Balance { name: self.names.balances.name(id.index())? },
            Expr::InPeriods(places) => Expression::InPeriods { periods: periods_of(places, self.names)? },
            Expr::Parameter { parameter, column, keys } => self.parameter(*parameter, *column, keys)?,
            Expr::Arithmetic { op, left, right } => self.arithmetic(*op, left, right, expr)?,
            Expr::Negate(x) => Expression::Negate { arg: self.arg(x)? },
            Expr::Absolute(x) => Expression::Absolute { arg: self.arg(x)? },
            Expr::Least(xs) => Expression::Least { args: self.list(xs)? },
            Expr::Greatest(xs) => Expression::Greatest { args: self.list(xs)? },
            Expr::Round { value, rounding } => {
                let Rounding { mode, grain } = Rounding::of(rounding)?;
                Expression::Round { arg: self.arg(value)?, mode, grain }
            }
            Expr::RoundToFigures { value, mode, figures } => {
                Expression::RoundToFigures { arg: self.arg(value)?, mode: Mode::of(*mode), figures: *figures }
            }
            Expr::Irrational { function, value, decimals } => {
                irrational(*function, self.arg(value)?, *decimals)
            }
            Expr::Power { value, exponent } => {
                Expression::Power { arg: self.arg(value)?, exponent: *exponent }
            }
            Expr::Statistic { statistic, parts } => {
                Expression::Statistic { statistic: Statistic::of(statistic)?, args: self.list(parts)? }
            }
            Expr::OverAll { function, value, same } => Expression::OverAll {
                function: OverAll::of(function)?,
                arg: self.arg(value)?,
                same: same.as_ref().map(|same| self.arg(same)).transpose()?,
            },
            Expr::Compare { op, left, right } => compare(*op, self.pair(left, right)?),
            Expr::All(xs) => Expression::All { args: self.list(xs)? },
            Expr::Any(xs) => Expression::Any { args: self.list(xs)? },
            Expr::Not(x) => Expression::Not { arg: self.arg(x)? },
            Expr::Choose { cases, otherwise } => self.choose(cases, otherwise)?,
            Expr::Scale { value, rows } => {
                let rows = rows.iter().map(ScaleRow::of).collect::<Result<_, _>>()?;
                Expression::Scale { arg: self.arg(value)?, rows }
            }
            Expr::Bands { value, rows } => {
                let rows = rows.iter().map(BandRow::of).collect::<Result<_, _>>()?;
                Expression::Bands { arg: self.arg(value)?, rows }
            }
            Expr::Weighted { parts, missing } => {
                let part = |(weight, part): &(_, Expr)| {
                    Ok(WeightedPart { weight: Figure::of(weight)?, part: self.below(3).expression(part)? })
                };
                let parts = parts.iter().map(part).collect::<Result<_, String>>()?;
                Expression::Weighted { parts, missing: WeightRule::of(*missing) }
            }
            Expr::IsMissing(x) => Expression::IsMissing { arg: self.arg(x)? },
            Expr::IfMissing(x, instead) => Expression::IfMissing { args: self.pair(x, instead)? },
            Expr::MoveDate { .. } | Expr::CountBetween { .. } | Expr::MarkDate { .. } => self.dates(expr)?,
            Expr::SumOfRows(x) => Expression::SumOfRows { arg: self.arg(x)? },
            Expr::CountOfRows(x) => Expression::CountOfRows { arg: self.arg(x)? },
            Expr::StatisticOfRows { statistic, value } => {
                Expression::StatisticOfRows { statistic: Statistic::of(statistic)?, arg: self.arg(value)? }
            }
        })
    }

    fn choose(self, cases: &[(Expr, Expr)], otherwise: &Expr) -> Result<Expression, String> {
        let to = self.below(3);
        let case =
            |(when, then): &(Expr, Expr)| Ok(Case { when: to.expression(when)?, then: to.expression(then)? });
        let cases = cases.iter().map(case).collect::<Result<_, String>>()?;
        Ok(Expression::Choose { cases, otherwise: self.arg(otherwise)? })
    }

    /// An operation on dates.
    fn dates(self, expr: &Expr) -> Result<Expression, String> {
        Ok(match expr {
            Expr::MoveDate { date, by, count } => {
                Expression::MoveDate { date: self.arg(date)?, by: self.arg(by)?, count: DayCount::of(*count) }
            }
            Expr::CountBetween { from, to, count } => {
                Expression::CountBetween { args: self.pair(from, to)?, count: DayCount::of(*count) }
            }
            Expr::MarkDate { date, mark } => {
                Expression::MarkDate { arg: self.arg(date)?, mark: DayMark::of(*mark) }
            }
            _ => return Err("it is no operation on dates".to_owned()),
        })
    }

    fn parameter(self, id: c::ParameterId, column: u32, keys: &[Expr]) -> Result<Expression, String> {
        let name = self.names.parameters.name(id.index())?;
        let columns = self.names.columns.get(id.index());
        let column = columns.map(|columns| columns.name(column as usize)).transpose()?.unwrap_or_default();
        Ok(Expression::Parameter { name, column, keys: self.list(keys)? })
    }

    /// A sum of sums is written as one list, which is how people read it and what keeps long sums shallow.
    fn arithmetic(
        self,
        op: c::Arithmetic,
        left: &Expr,
        right: &Expr,
        whole: &Expr,
    ) -> Result<Expression, String> {
        let chain = |op| {
            let to = self.below(2);
            terms(op, whole).into_iter().map(|term| to.expression(term)).collect::<Result<Vec<_>, _>>()
        };
        Ok(match op {
            c::Arithmetic::Add => Expression::Add { args: chain(op)? },
            c::Arithmetic::Multiply => Expression::Multiply { args: chain(op)? },
            c::Arithmetic::Subtract => Expression::Subtract { args: self.pair(left, right)? },
            c::Arithmetic::Divide => Expression::Divide { args: self.pair(left, right)? },
        })
    }
}

/// The terms of `((a op b) op c) op d`, in order.
fn terms(op: c::Arithmetic, mut expr: &Expr) -> Vec<&Expr> {
    let mut terms = Vec::new();
    while let Expr::Arithmetic { op: this, left, right } = expr {
        if *this != op {
            break;
        }
        terms.push(&**right);
        expr = left;
    }
    terms.push(expr);
    terms.reverse();
    terms
}

fn irrational(function: Irrational, arg: Box<Expression>, decimals: u32) -> Expression {
    match function {
        Irrational::Exp => Expression::Exp { arg, decimals },
        Irrational::Ln => Expression::Ln { arg, decimals },
        Irrational::SquareRoot => Expression::SquareRoot { arg, decimals },
    }
}

fn compare(op: c::Comparison, args: Box<[Expression; 2]>) -> Expression {
    match op {
        c::Comparison::Equal => Expression::Equal { args },
        c::Comparison::NotEqual => Expression::NotEqual { args },
        c::Comparison::Less => Expression::Less { args },
        c::Comparison::LessOrEqual => Expression::LessOrEqual { args },
        c::Comparison::Greater => Expression::Greater { args },
        c::Comparison::GreaterOrEqual => Expression::GreaterOrEqual { args },
    }
}

impl Expression {
    #[expect(clippy::too_many_lines, reason = "one arm for each operation")]
    pub(super) fn calculus(&self, names: &Names) -> Result<Expr, String> {
        let arg = |x: &Expression| Ok::<_, String>(Box::new(x.calculus(names)?));
        let list = |xs: &[Expression]| xs.iter().map(|x| x.calculus(names)).collect::<Result<Vec<_>, _>>();
        Ok(match self {
            Self::Literal { value, unit } => Expr::Literal {
                value: value.calculus()?,
                unit: unit.as_ref().map(Unit::calculus).transpose()?,
            },
            Self::Input { name } => Expr::Input(c::InputId(names.inputs.id(name)?)),
            Self::Step { name } => Expr::Step(c::StepId(names.steps.id(name)?)),
            Self::Balance { name } => Expr::Carried(c::CarriedId(names.balances.id(name)?)),
            Self::InPeriods { periods } => Expr::InPeriods(periods_from(periods, names)?),
            Self::Parameter { name, column, keys } => {
                let id = names.parameters.id(name)?;
                let columns = names.columns.get(names.parameters.find(name)?);
                let found = columns.map(|columns| columns.id(column)).transpose();
                let column =
                    found.map_err(|e| format!("in the parameter `{name}`, {e}"))?.unwrap_or_default();
                Expr::Parameter { parameter: c::ParameterId(id), column, keys: list(keys)? }
            }
            Self::Add { args } => chain(c::Arithmetic::Add, "add", args, names)?,
            Self::Multiply { args } => chain(c::Arithmetic::Multiply, "multiply", args, names)?,
            Self::Subtract { args } => binary(c::Arithmetic::Subtract, args, names)?,
            Self::Divide { args } => binary(c::Arithmetic::Divide, args, names)?,
            Self::Negate { arg: x } => Expr::Negate(arg(x)?),
            Self::Absolute { arg: x } => Expr::Absolute(arg(x)?),
            Self::Least { args } => Expr::Least(list(args)?),
            Self::Greatest { args } => Expr::Greatest(list(args)?),
            Self::Round { arg: x, mode, grain } => {
                let rounding = Rounding { mode: *mode, grain: grain.clone() }.calculus()?;
                Expr::Round { value: arg(x)?, rounding }
            }
            Self::RoundToFigures { arg: x, mode, figures } => {
                Expr::RoundToFigures { value: arg(x)?, mode: mode.quantity(), figures: *figures }
            }
            Self::Exp { arg: x, decimals } => {
                Expr::Irrational { function: Irrational::Exp, value: arg(x)?, decimals: *decimals }
            }
            Self::Ln { arg: x, decimals } => {
                Expr::Irrational { function: Irrational::Ln, value: arg(x)?, decimals: *decimals }
            }
            Self::SquareRoot { arg: x, decimals } => {
                Expr::Irrational { function: Irrational::SquareRoot, value: arg(x)?, decimals: *decimals }
            }
            Self::Power { arg: x, exponent } => Expr::Power { value: arg(x)?, exponent: *exponent },
            Self::Statistic { statistic, args } => {
                Expr::Statistic { statistic: statistic.quantity()?, parts: list(args)? }
            }
            Self::OverAll { function, arg: x, same } => Expr::OverAll {
                function: function.quantity()?,
                value: arg(x)?,
                same: same.as_ref().map(|same| arg(same)).transpose()?,
            },
            Self::Equal { args } => comparison(c::Comparison::Equal, args, names)?,
            Self::NotEqual { args } => comparison(c::Comparison::NotEqual, args, names)?,
            Self::Less { args } => comparison(c::Comparison::Less, args, names)?,
            Self::LessOrEqual { args } => comparison(c::Comparison::LessOrEqual, args, names)?,
            Self::Greater { args } => comparison(c::Comparison::Greater, args, names)?,
            Self::GreaterOrEqual { args } => comparison(c::Comparison::GreaterOrEqual, args, names)?,
            Self::All { args } => Expr::All(list(args)?),
            Self::Any { args } => Expr::Any(list(args)?),
            Self::Not { arg: x } => Expr::Not(arg(x)?),
            Self::Choose { cases, otherwise } => {
                let case = |case: &Case| Ok((case.when.calculus(names)?, case.then.calculus(names)?));
                let cases = cases.iter().map(case).collect::<Result<_, String>>()?;
                Expr::Choose { cases, otherwise: arg(otherwise)? }
            }
            Self::Scale { arg: x, rows } => {
                let rows = rows.iter().map(ScaleRow::calculus).collect::<Result<_, _>>()?;
                Expr::Scale { value: arg(x)?, rows }
            }
            Self::Bands { arg: x, rows } => {
                let rows = rows.iter().map(BandRow::calculus).collect::<Result<_, _>>()?;
                Expr::Bands { value: arg(x)?, rows }
            }
            Self::Weighted { parts, missing } => {
                let part = |p: &WeightedPart| Ok((p.weight.calculus()?, p.part.calculus(names)?));
                let parts = parts.iter().map(part).collect::<Result<_, String>>()?;
                Expr::Weighted { parts, missing: missing.calculus() }
            }
            Self::IsMissing { arg: x } => Expr::IsMissing(arg(x)?),
            Self::IfMissing { args } => {
                let [x, instead] = &**args;
                Expr::IfMissing(arg(x)?, arg(instead)?)
            }
            Self::MoveDate { date, by, count } => {
                Expr::MoveDate { date: arg(date)?, by: arg(by)?, count: count.calculus() }
            }
            Self::CountBetween { args, count } => {
                let [from, to] = &**args;
                Expr::CountBetween { from: arg(from)?, to: arg(to)?, count: count.calculus() }
            }
            Self::MarkDate { arg: x, mark } => Expr::MarkDate { date: arg(x)?, mark: mark.calculus() },
            Self::SumOfRows { arg: x } => Expr::SumOfRows(arg(x)?),
            Self::CountOfRows { arg: x } => Expr::CountOfRows(arg(x)?),
            Self::StatisticOfRows { statistic, arg: x } => {
                Expr::StatisticOfRows { statistic: statistic.quantity()?, value: arg(x)? }
            }
        })
    }
}

fn binary(op: c::Arithmetic, args: &[Expression; 2], names: &Names) -> Result<Expr, String> {
    let [left, right] = args;
    Ok(Expr::Arithmetic {
        op,
        left: Box::new(left.calculus(names)?),
        right: Box::new(right.calculus(names)?),
    })
}

fn comparison(op: c::Comparison, args: &[Expression; 2], names: &Names) -> Result<Expr, String> {
    let [left, right] = args;
    Ok(Expr::Compare { op, left: Box::new(left.calculus(names)?), right: Box::new(right.calculus(names)?) })
}

/// A list of terms as operations on two, from the left.
fn chain(op: c::Arithmetic, name: &str, args: &[Expression], names: &Names) -> Result<Expr, String> {
    let (Some((first, rest)), true) = (args.split_first(), args.len() <= MAX_TERMS) else {
        return Err(format!("`{name}` takes 2 to {MAX_TERMS} arguments"));
    };
    if rest.is_empty() {
        return Err(format!("`{name}` takes 2 to {MAX_TERMS} arguments"));
    }
    rest.iter().try_fold(first.calculus(names)?, |left, right| {
        Ok(Expr::Arithmetic { op, left: Box::new(left), right: Box::new(right.calculus(names)?) })
    })
}

/// How many terms one operation may have: as deep as the calculus goes.
const MAX_TERMS: usize = 200;

impl ScaleRow {
    fn of(row: &c::ScaleRow) -> Result<Self, String> {
        let gives = match &row.result {
            c::ScaleResult::Flat(value) => Gives::Flat(Figure::of(value)?),
            c::ScaleResult::Even { from, to } => {
                Gives::Evenly(Box::new([Figure::of(from)?, Figure::of(to)?]))
            }
        };
        let end = |end: &Option<c::End>| end.as_ref().map(End::of).transpose();
        Ok(Self { from: end(&row.lower)?, to: end(&row.upper)?, gives })
    }

    fn calculus(&self) -> Result<c::ScaleRow, String> {
        let result = match &self.gives {
            Gives::Flat(value) => c::ScaleResult::Flat(value.calculus()?),
            Gives::Evenly(ends) => {
                let [from, to] = &**ends;
                c::ScaleResult::Even { from: from.calculus()?, to: to.calculus()? }
            }
        };
        let end = |end: &Option<End>| end.as_ref().map(End::calculus).transpose();
        Ok(c::ScaleRow { lower: end(&self.from)?, upper: end(&self.to)?, result })
    }
}

impl End {
    fn of(end: &c::End) -> Result<Self, String> {
        Ok(Self { value: Figure::of(&end.value)?, included: end.included })
    }

    fn calculus(&self) -> Result<c::End, String> {
        Ok(c::End { value: self.value.calculus()?, included: self.included })
    }
}

impl BandRow {
    fn of(row: &c::BandRow) -> Result<Self, String> {
        let (from, to) = (figure_of(row.lower.as_ref())?, figure_of(row.upper.as_ref())?);
        Ok(Self { from, to, rate: Figure::of(&row.rate)? })
    }

    fn calculus(&self) -> Result<c::BandRow, String> {
        let (lower, upper) = (figure_from(self.from.as_ref())?, figure_from(self.to.as_ref())?);
        Ok(c::BandRow { lower, upper, rate: self.rate.calculus()? })
    }
}

impl WeightRule {
    fn of(rule: c::WeightRule) -> Self {
        match rule {
            c::WeightRule::Reweight => Self::Reweight,
            c::WeightRule::Zero => Self::Zero,
            c::WeightRule::Missing => Self::Missing,
        }
    }

    fn calculus(self) -> c::WeightRule {
        match self {
            Self::Reweight => c::WeightRule::Reweight,
            Self::Zero => c::WeightRule::Zero,
            Self::Missing => c::WeightRule::Missing,
        }
    }
}
