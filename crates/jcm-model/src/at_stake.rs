//! How much money depends on results in the first settlement period, as far as the contract states it, and what part of
//! all that it pays this is.

use crate::{
    Arithmetic, Constant, Expr, ExprKind, Incentive, LineId, Parameter, ParameterId, Program, TableId,
    TableKind,
};
use jcm_quantity::Exact;
use std::collections::BTreeMap;

/// Between which figures a value lies; `None` where the contract states no end.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Range {
    low: Option<Exact>,
    high: Option<Exact>,
}

const OPEN: Range = Range { low: None, high: None };

type Known = BTreeMap<LineId, Range>;

impl Program {
    /// The most that an incentive can move in the first settlement period, one way or the other.
    pub fn at_stake(&self, incentive: &Incentive) -> Option<Exact> {
        let mut known = Known::new();
        let flows = incentive.flows.iter().filter_map(|id| self.flow(*id));
        let most = flows.map(|flow| {
            let range = line(self, flow.amount, &mut known);
            let gain = range.high?;
            let own_limits: Option<Exact> = flow
                .shares
                .iter()
                .map(|share| share.losing_at_most.clone())
                .collect::<Option<Vec<_>>>()
                .map(sum);
            let loss = match (range.low.map(|low| low.neg()), own_limits) {
                (Some(all), Some(own)) => all.min(own),
                (all, own) => all.or(own)?,
            };
            Some(gain.max(loss).max(Exact::zero()))
        });
        most.collect::<Option<Vec<_>>>().map(sum)
    }

    /// What the contract pays in the first settlement period: its pooled funds, and the payments that come from none.
    pub fn first_value(&self) -> Option<Exact> {
        let mut known = Known::new();
        let pools = self.pools.iter().map(|pool| pool.budget);
        let flows = self.payments.iter().filter_map(|payment| self.flow(payment.flow?));
        let payments = flows.filter(|flow| flow.pool.is_none()).map(|flow| flow.amount);
        let amounts = pools.chain(payments).map(|id| {
            let range = line(self, id, &mut known);
            (range.low == range.high).then_some(range.low).flatten()
        });
        amounts.collect::<Option<Vec<_>>>().map(sum)
    }

    /// The part of what the contract pays in its first settlement period that depends on results.
    pub fn part_at_stake(&self) -> Option<Exact> {
        let stakes = self.incentives.iter().map(|incentive| self.at_stake(incentive));
        let all = stakes.collect::<Option<Vec<_>>>().map(sum)?;
        all.checked_div(&self.first_value()?)
    }
}

fn sum(values: Vec<Exact>) -> Exact {
    values.into_iter().sum()
}

fn line(program: &Program, id: LineId, known: &mut Known) -> Range {
    if let Some(range) = known.get(&id) {
        return range.clone();
    }
    let range = program.line(id).map_or(OPEN, |line| range(program, &line.expr, known));
    known.insert(id, range.clone());
    range
}

fn range(program: &Program, expr: &Expr, known: &mut Known) -> Range {
    match &expr.kind {
        ExprKind::Constant(value) => of(value),
        ExprKind::Input(_) => Range { low: Some(Exact::zero()), high: None },
        ExprKind::Line(id) => line(program, *id, known),
        ExprKind::Balance(id) => program.balance(*id).map_or(OPEN, |balance| point(&balance.opening)),
        ExprKind::Parameter { parameter, column, .. } => figure(program, *parameter, *column),
        ExprKind::Arithmetic { op, left, right } => {
            let (left, right) = (range(program, left, known), range(program, right, known));
            arithmetic(*op, left, right)
        }
        ExprKind::Negate(inner) => negated(range(program, inner, known)),
        ExprKind::Absolute(inner) => absolute(range(program, inner, known)),
        ExprKind::Smallest(list) => joined(program, list, known, smaller),
        ExprKind::Greatest(list) => joined(program, list, known, greater),
        ExprKind::AtLeast { value, limit } => {
            greater(range(program, value, known), range(program, limit, known))
        }
        ExprKind::AtMost { value, limit } => {
            smaller(range(program, value, known), range(program, limit, known))
        }
        ExprKind::Round { value, .. } | ExprKind::RoundToFigures { value, .. } => {
            range(program, value, known)
        }
        ExprKind::Weighted { parts, .. } => {
            let values: Vec<&Expr> = parts.iter().map(|(_, part)| part).collect();
            joined(program, values, known, either)
        }
        ExprKind::When { cases, otherwise } => {
            let other = range(program, otherwise, known);
            cases.iter().fold(other, |all, (value, test)| {
                let own = match crate::stakes::above_nought(test) {
                    Some(id) => {
                        let mut inside = known.clone();
                        let held = line(program, id, known);
                        inside.insert(id, greater(held, point(&Exact::zero())));
                        range(program, value, &mut inside)
                    }
                    None => range(program, value, known),
                };
                either(all, own)
            })
        }
        ExprKind::Cases { rows, otherwise, .. } => {
            let values: Vec<&Expr> =
                rows.iter().map(|(value, _)| value).chain(otherwise.as_deref()).collect();
            joined(program, values, known, either)
        }
        ExprKind::IfMissing { value, default } => {
            either(range(program, value, known), range(program, default, known))
        }
        ExprKind::Table { table, value } => looked_up(program, *table, range(program, value, known)),
        _ => OPEN,
    }
}

fn point(value: &Exact) -> Range {
    Range { low: Some(value.clone()), high: Some(value.clone()) }
}

fn of(value: &Constant) -> Range {
    match value {
        Constant::Number(value) => point(value),
        _ => OPEN,
    }
}

/// The figures of a parameter that are in force when the contract begins.
fn figure(program: &Program, id: ParameterId, column: u32) -> Range {
    let (start, column) = (program.contract.start, usize::try_from(column).unwrap_or(usize::MAX));
    let rows = program.parameter(id).map_or(&[][..], |parameter: &Parameter| &parameter.rows);
    let in_force = rows.iter().filter(|row| {
        row.from.is_none_or(|from| from <= start) && row.until.is_none_or(|until| start < until)
    });
    let values = in_force.filter_map(|row| row.values.get(column)).map(of);
    values.reduce(either).unwrap_or(OPEN)
}

fn joined<'a>(
    program: &Program,
    list: impl IntoIterator<Item = &'a Expr>,
    known: &mut Known,
    join: fn(Range, Range) -> Range,
) -> Range {
    list.into_iter().map(|expr| range(program, expr, known)).reduce(join).unwrap_or(OPEN)
}

fn looked_up(program: &Program, table: TableId, value: Range) -> Range {
    let Some(table) = program.table(table) else { return OPEN };
    let results = table.rows.iter().flat_map(|row| [Some(&row.from), row.to.as_ref()]).flatten();
    let results = results.map(point).reduce(either).unwrap_or(OPEN);
    match table.kind {
        TableKind::Scale => results,
        TableKind::Bands => arithmetic(Arithmetic::Multiply, results, value),
    }
}

fn either(a: Range, b: Range) -> Range {
    Range {
        low: pair(a.low, b.low).map(|(a, b)| a.min(b)),
        high: pair(a.high, b.high).map(|(a, b)| a.max(b)),
    }
}

fn smaller(a: Range, b: Range) -> Range {
    let high = match (a.high, b.high) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    Range { low: pair(a.low, b.low).map(|(a, b)| a.min(b)), high }
}

fn greater(a: Range, b: Range) -> Range {
    negated(smaller(negated(a), negated(b)))
}

fn negated(a: Range) -> Range {
    Range { low: a.high.map(|high| high.neg()), high: a.low.map(|low| low.neg()) }
}

fn absolute(a: Range) -> Range {
    let high = pair(a.low, a.high).map(|(low, high)| low.abs().max(high.abs()));
    Range { low: Some(Exact::zero()), high }
}

fn pair(a: Option<Exact>, b: Option<Exact>) -> Option<(Exact, Exact)> {
    a.zip(b)
}

fn arithmetic(op: Arithmetic, a: Range, b: Range) -> Range {
    match op {
        Arithmetic::Add => Range {
            low: pair(a.low, b.low).map(|(a, b)| &a + &b),
            high: pair(a.high, b.high).map(|(a, b)| &a + &b),
        },
        Arithmetic::Subtract => arithmetic(Arithmetic::Add, a, negated(b)),
        Arithmetic::Multiply | Arithmetic::Of => product(a, b),
        Arithmetic::Divide => match (b.low.as_ref().and_then(Exact::recip), b.low == b.high) {
            (Some(by), true) => product(a, point(&by)),
            _ => OPEN,
        },
    }
}

/// Where one of the two has both its ends and is never below nought, an end of the other is enough for an end.
fn product(a: Range, b: Range) -> Range {
    let steady = |x: &Range| x.high.is_some() && x.low.as_ref().is_some_and(|low| !low.is_negative());
    let (a, b) = if steady(&a) { (a, b) } else { (b, a) };
    match (a, b) {
        (Range { low: Some(al), high: Some(ah) }, b) if !al.is_negative() => Range {
            low: b.low.map(|low| (&al * &low).min(&ah * &low)),
            high: b.high.map(|high| (&al * &high).max(&ah * &high)),
        },
        (Range { low: Some(al), high: Some(ah) }, Range { low: Some(bl), high: Some(bh) }) => {
            let corners = [&al * &bl, &al * &bh, &ah * &bl, &ah * &bh];
            Range { low: corners.iter().min().cloned(), high: corners.iter().max().cloned() }
        }
        _ => OPEN,
    }
}
