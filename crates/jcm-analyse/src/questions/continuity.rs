//! Whether a payment runs on without a jump, shown in one of two ways.
//!
//! By its lines: sums, products, limits and tables that run evenly cannot jump, and a choice by what is not a number
//! cannot either, as a figure moves. That holds with any number of rows.
//!
//! By boxes: where a condition is open over a box of figures, the ways on both of its sides are polynomials, and come to
//! the same at the border if their difference is a multiple of what is compared. Boxes are closed and cover all figures,
//! so that what runs on within each runs on everywhere.

use crate::asking::Bench;
use crate::engine::{View, Way};
use crate::poly::Poly;
use crate::reading::Decision;
use jcm_calculus::{Arithmetic, Expr, InputId, ScaleResult, ScaleRow, Settlement, StepId, Type, WeightRule};
use jcm_eval::{Held, holds};
use jcm_quantity::{Exact, Statistic};
use std::collections::BTreeSet;

/// Whether none of some steps can jump, by what they are made of.
pub(super) fn by_lines(settlement: &Settlement, steps: &BTreeSet<StepId>) -> bool {
    let known = steps.iter().filter_map(|id| settlement.steps.get(id.index()));
    known.filter(|step| matches!(step.ty, Type::Number(_))).all(|step| runs_on(settlement, &step.expr))
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

/// Whether every line behind the payment of a bench runs on over all figures.
pub(super) fn by_boxes(bench: &Bench<'_>) -> bool {
    let settlement = bench.asking.settlement();
    let no_jumps = bench.engine.holds(&bench.engine.whole, &bench.steps, |_, view| !view.notes.jumps);
    if no_jumps.is_err() {
        return false;
    }
    let (behind, _, _) = bench.asking.behind(&bench.steps);
    // A line that runs on where its parts do need not be followed.
    let doubtful = behind.iter().filter(|id| {
        let step = settlement.steps.get(id.index());
        step.is_some_and(|step| matches!(step.ty, Type::Number(_)) && has_choice(&step.expr))
    });
    let mut doubtful = doubtful.copied();
    doubtful.all(|step| {
        let followed = bench.engine.holds(&bench.engine.whole, &[step], |_, view| joins(view));
        followed.is_ok()
    })
}

/// Whether an expression is one thing or another by a condition or by a table.
fn has_choice(expr: &Expr) -> bool {
    let own = !matches!(
        expr,
        Expr::Literal { .. }
            | Expr::Input(_)
            | Expr::Step(_)
            | Expr::Carried(_)
            | Expr::Arithmetic { .. }
            | Expr::Negate(_)
            | Expr::Absolute(_)
            | Expr::Least(_)
            | Expr::Greatest(_)
            | Expr::Power { .. }
            | Expr::Bands { .. }
            | Expr::Scale { .. }
    );
    // A key may be chosen by a number.
    let own = own && !matches!(expr, Expr::Parameter { keys, .. } if keys.is_empty());
    own || expr.parts().into_iter().any(has_choice)
}

/// Whether the ways of a box come to the same wherever two of them meet.
fn joins(view: &View) -> bool {
    let ways = &view.ways;
    let form = |way: &Way| match way.values.first() {
        Some(Held::Number(span)) => Some(span.form.clone()),
        _ => None,
    };
    if ways.iter().any(|way| form(way).is_none()) {
        return false;
    }
    // One way runs on, even where it is no polynomial.
    ways.iter().enumerate().all(|(place, one)| {
        ways.iter().skip(place + 1).all(|other| !touch(one, other) || meet(one, other, &form))
    })
}

/// Whether the boxes to which the answers narrow two ways have a point together.
fn touch(one: &Way, other: &Way) -> bool {
    one.numbers.iter().zip(&other.numbers).all(|(one, other)| one.and(other).is_some())
}

/// Whether two ways come to the same where what decides between them is nought, or do not come there.
fn meet(one: &Way, other: &Way, form: &impl Fn(&Way) -> Option<Option<Poly>>) -> bool {
    let mut pairs = one.decisions.iter().zip(&other.decisions);
    let Some((first, _)) = pairs.find(|(a, b)| a.taken != b.taken) else { return false };
    let Some(border) = &first.beyond.form else { return false };
    if [one, other].iter().any(|way| way.decisions.iter().any(|decision| is_excluded(decision, border))) {
        return true;
    }
    let (Some(Some(one)), Some(Some(other))) = (form(one), form(other)) else { return false };
    let apart = one.plus(&other.scaled(&-&Exact::one()));
    apart.and_then(|apart| apart.where_nought(border)) == Some(Poly::default())
}

/// Whether an answer cannot be given where something is nought, nor near there: what was compared is one number there,
/// and another answer follows from it.
fn is_excluded(decision: &Decision, border: &Poly) -> bool {
    let compared = decision.beyond.form.as_ref().and_then(|form| form.where_nought(border));
    let number = compared.and_then(|compared| compared.number()).filter(|number| !number.is_zero());
    number.is_some_and(|number| holds(decision.op, &number, &Exact::zero()) != decision.taken)
}
