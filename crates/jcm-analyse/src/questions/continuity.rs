//! Whether a payment runs on without a jump: what runs on, made of what runs on, does.
//!
//! A line by itself (`facts`): what it is made of stands for free figures. That holds with any number of rows and cases.
//! What is left are lines that jump if the figures before them were free, and these are followed over the figures of the
//! case.
//!
//! Over a box: where a condition is open, the ways on both of its sides are polynomials, and come to the same at the
//! border if their difference is a multiple of what is compared. Boxes are closed and cover all figures, so that what
//! runs on within each runs on everywhere.

use crate::asking::{Asking, Bench};
use crate::engine::{View, Way};
use crate::poly::Poly;
use crate::reading::Cell;
use jcm_calculus::{
    Arithmetic, Comparison, Expr, InputId, ScaleResult, ScaleRow, Settlement, StepId, Type, Value, WeightRule,
};
use jcm_eval::Held;
use jcm_quantity::{End, Exact, Statistic};
use std::collections::BTreeSet;

/// The lines behind a payment that may jump where nothing before them does, by what each is made of.
pub(super) fn suspects(asking: &Asking<'_>, payment: usize) -> Vec<StepId> {
    let settlement = asking.settlement();
    let amount = settlement.allocations.get(payment).map(|paid| paid.amount);
    let (behind, _, _) = asking.behind(amount.as_slice());
    let known = behind.into_iter().filter(|id| {
        settlement.steps.get(id.index()).is_some_and(|step| {
            matches!(step.ty, Type::Number(_))
                && !runs_on(settlement, &step.expr)
                && !asking.facts.runs_on(*id)
        })
    });
    known.collect()
}

/// Whether an expression runs on where its parts do.
fn runs_on(settlement: &Settlement, expr: &Expr) -> bool {
    let all = |parts: &[Expr]| parts.iter().all(|part| runs_on(settlement, part));
    match expr {
        Expr::Literal { .. } | Expr::Input(_) | Expr::Step(_) | Expr::Carried(_) => true,
        Expr::Parameter { keys, .. } => keys.iter().all(|key| is_fixed(settlement, key)),
        Expr::Arithmetic { op: Arithmetic::Divide, left, right } => {
            runs_on(settlement, left) && is_fixed(settlement, right)
        }
        Expr::Arithmetic { left, right, .. } => runs_on(settlement, left) && runs_on(settlement, right),
        Expr::Negate(part) | Expr::Absolute(part) | Expr::SumOfRows(part) => runs_on(settlement, part),
        Expr::Least(parts) | Expr::Greatest(parts) => all(parts),
        Expr::Power { value, exponent } => *exponent >= 0 && runs_on(settlement, value),
        Expr::Statistic { statistic, parts } => is_even(statistic) && all(parts),
        Expr::StatisticOfRows { statistic, value } => is_even(statistic) && runs_on(settlement, value),
        Expr::Bands { value, .. } => runs_on(settlement, value),
        Expr::Scale { value, rows } => is_one_line(rows) && runs_on(settlement, value),
        // Which figures are there is not what moves.
        Expr::IfMissing(value, other) => runs_on(settlement, value) && runs_on(settlement, other),
        Expr::Weighted { parts, missing: WeightRule::Reweight | WeightRule::Zero } => {
            parts.iter().all(|(_, part)| runs_on(settlement, part))
        }
        Expr::Choose { cases, otherwise } => {
            runs_on(settlement, otherwise)
                && cases
                    .iter()
                    .all(|(condition, value)| is_fixed(settlement, condition) && runs_on(settlement, value))
        }
        _ => false,
    }
}

/// Whether an expression stays as numbers move: it is made of what is written down, of choices, and of what is there.
fn is_fixed(settlement: &Settlement, expr: &Expr) -> bool {
    let mut open = vec![expr];
    let mut seen = BTreeSet::new();
    while let Some(expr) = open.pop() {
        match expr {
            Expr::Input(id) if moves(settlement, *id) => return false,
            Expr::Carried(_) | Expr::OverAll { .. } => return false,
            Expr::IsMissing(_) => continue,
            Expr::Step(id) if seen.insert(*id) => {
                open.extend(settlement.steps.get(id.index()).map(|step| &step.expr));
            }
            _ => {}
        }
        open.extend(expr.parts());
    }
    true
}

fn moves(settlement: &Settlement, input: InputId) -> bool {
    settlement.inputs.get(input.index()).is_none_or(|input| matches!(input.ty, Type::Number(_) | Type::Date))
}

/// Whether a statistic runs on as its numbers do.
fn is_even(statistic: &Statistic) -> bool {
    !matches!(statistic, Statistic::StandardDeviation { .. } | Statistic::Quantile { .. })
}

/// Whether the rows of a table join in one line.
fn is_one_line(rows: &[ScaleRow]) -> bool {
    let ends = |row: &ScaleRow| match &row.result {
        ScaleResult::Flat(result) => (result.clone(), result.clone()),
        ScaleResult::Even { from, to } => (from.clone(), to.clone()),
    };
    rows.iter().zip(rows.iter().skip(1)).all(|(row, next)| {
        let borders = row.upper.as_ref().zip(next.lower.as_ref());
        ends(row).1 == ends(next).0 && borders.is_some_and(|(upper, lower)| upper.value == lower.value)
    })
}

/// Whether a line runs on over all figures of a bench.
pub(super) fn by_boxes(bench: &Bench<'_>, line: StepId) -> bool {
    let number = |way: &Way| matches!(way.values.first(), Some(Held::Number(_)));
    let joined = |_: &Cell, view: &View| {
        view.notes.jumps.is_empty() && view.ways.iter().all(number) && joins(view, &[])
    };
    bench.engine.holds(&bench.engine.whole, &[line], joined).is_ok()
}

/// Whether the ways of a box come to the same wherever two of them meet. Some figures of the box are still: they change
/// only where something else jumps.
pub(crate) fn joins(view: &View, still: &[usize]) -> bool {
    let ways = &view.ways;
    // One way runs on, even where it is no polynomial.
    ways.iter().enumerate().all(|(place, one)| {
        ways.iter().skip(place + 1).all(|other| !touch(one, other) || meet(one, other, still))
    })
}

/// How a way is made of the figures, where it is a number and a polynomial.
fn form(way: &Way) -> Option<&Poly> {
    match way.values.first() {
        Some(Held::Number(span)) => span.form.as_ref(),
        _ => None,
    }
}

/// Whether the boxes to which the answers narrow two ways have a point together.
fn touch(one: &Way, other: &Way) -> bool {
    one.numbers.iter().zip(&other.numbers).all(|(one, other)| one.and(other).is_some())
}

/// Whether two ways come to the same where what decides between them is nought, or do not come there.
fn meet(one: &Way, other: &Way, still: &[usize]) -> bool {
    let mut pairs = one.decisions.iter().zip(&other.decisions);
    let Some((first, _)) = pairs.find(|(a, b)| a.taken != b.taken) else { return false };
    let Some(border) = &first.beyond.form else { return false };
    if border.figures().iter().all(|place| still.contains(place)) {
        return true;
    }
    let none = |way: &Way| matches!(way.values.first(), Some(Held::Other(Value::Missing)));
    if none(one) && none(other) {
        return true;
    }
    let (Some(one_form), Some(other_form)) = (form(one), form(other)) else {
        return [one, other].iter().any(|way| keeps_away(way, border, &Poly::constant(Exact::one())));
    };
    let apart = one_form.plus(&other_form.scaled(&-&Exact::one()));
    let Some(apart) = apart.and_then(|apart| apart.where_nought(border)) else { return false };
    apart == Poly::default() || [one, other].iter().any(|way| keeps_away(way, border, &apart))
}

/// Whether the answers of a way cannot be given where something is nought, or near there, but where what two ways are
/// apart is nought as well.
fn keeps_away(way: &Way, border: &Poly, apart: &Poly) -> bool {
    way.decisions.iter().any(|decision| {
        let Some(compared) = decision.beyond.form.as_ref().and_then(|form| form.where_nought(border)) else {
            return false;
        };
        let above = match (decision.op, decision.taken) {
            (Comparison::Greater | Comparison::GreaterOrEqual, taken) => taken,
            (Comparison::Less | Comparison::LessOrEqual, taken) => !taken,
            (Comparison::Equal, true) | (Comparison::NotEqual, false) => {
                return !compared.range(&way.numbers).has(&Exact::zero());
            }
            _ => return false,
        };
        let range = compared.range(&way.numbers);
        let zero = End::At(Exact::zero());
        // Near the border an answer is given up to nought itself.
        let (beyond, at) = if above {
            (range.high < zero, range.high == zero)
        } else {
            (range.low > zero, range.low == zero)
        };
        beyond || (at && apart.where_nought(&compared) == Some(Poly::default()))
    })
}
