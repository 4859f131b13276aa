//! Cases that may show something: figures at the borders of the contract, beside them and between, settled exactly.

use crate::asking::{Bench, Number};
use crate::reading::{Cell, Place as At};
use jcm_calculus::{CarriedId, PartyId, Settlement, StepId, Value};
use jcm_eval::{Case, Outcome};
use jcm_quantity::{End, Exact, Range, RoundingMode};
use std::collections::BTreeSet;

/// The most values of one figure that are tried.
const MOST_VALUES: usize = 16;

/// The most cases that are settled for one bench.
const MOST_CASES: usize = 500;

/// The most rays near the usual figures.
const MOST_NEAR: usize = 200;

/// Boxes that are looked at for borders.
const MOST_PIECES: usize = 40;

/// A case that was settled.
#[derive(Debug, Clone)]
pub(crate) struct Settled {
    pub(crate) case: Case,
    /// The other cases that it was settled with.
    pub(crate) others: Vec<Case>,
    pub(crate) outcome: Outcome,
}

impl Settled {
    pub(crate) fn net(&self, settlement: &Settlement, party: PartyId) -> Exact {
        let mut sum = Exact::zero();
        for payment in &self.outcome.payments {
            if payment.to == party {
                sum = sum + &payment.amount;
            }
            if payment.from == party && is_direct(settlement, payment.allocation) {
                sum = sum - &payment.amount;
            }
        }
        sum
    }

    /// What a party gets from one payment, before and after rounding.
    pub(crate) fn part(&self, payment: usize, party: PartyId) -> Option<(&Exact, &Exact)> {
        let found = self.outcome.payments.iter().find(|one| one.allocation == payment && one.to == party)?;
        Some((&found.exact, &found.amount))
    }

    pub(crate) fn truth(&self, step: StepId) -> Option<bool> {
        match self.outcome.value(step, None)? {
            Value::Truth(truth) => Some(*truth),
            _ => None,
        }
    }
}

/// What everybody gets together, as it is paid.
pub(crate) fn paid_in_all(outcome: &Outcome) -> Exact {
    outcome.payments.iter().map(|payment| payment.amount.clone()).sum()
}

/// What a case begins its period with of some balances together.
pub(crate) fn kept(settlement: &Settlement, case: &Case, balances: &[CarriedId]) -> Exact {
    let of = |id: &CarriedId| {
        let carried = settlement.carried.get(id.index())?;
        match case.carried.get(id) {
            _ if carried.begins_in(case.period) => Some(carried.opening.clone()),
            Some(Value::Number(number)) => Some(number.clone()),
            _ => None,
        }
    };
    balances.iter().filter_map(of).sum()
}

/// Whether the payer pays from its own money, and not from a pool that it hosts.
pub(crate) fn is_direct(settlement: &Settlement, payment: usize) -> bool {
    settlement.allocations.get(payment).is_some_and(|allocation| allocation.pool.is_empty())
}

/// The figures that are tried, and how they are settled.
pub(crate) struct Sampler<'a> {
    bench: &'a Bench<'a>,
    /// For each number of the boxes, in ascending order.
    pub(crate) values: &'a [Vec<Exact>],
}

impl<'a> Sampler<'a> {
    pub(crate) fn of(bench: &'a Bench<'a>) -> Sampler<'a> {
        Sampler { bench, values: bench.values.get_or_init(|| values(bench)) }
    }

    /// Every case that is tried, settled; those that stop are left out.
    pub(crate) fn cases(&self) -> Vec<Settled> {
        self.each().collect()
    }

    /// The same, each settled when it is asked for.
    pub(crate) fn each(&self) -> impl Iterator<Item = Settled> {
        let cells = &self.bench.engine.whole;
        let share = MOST_CASES.checked_div(cells.len()).unwrap_or(MOST_CASES).max(40);
        let points = self.points(share, None);
        cells
            .iter()
            .flat_map(move |cell| points.clone().into_iter().map(move |point| (cell, point)))
            .filter_map(|(cell, point)| self.settle(cell, &point))
    }

    /// Lines of cases that differ in one figure only, in ascending order of it.
    pub(crate) fn lines(&self, figure: usize) -> Vec<Vec<Settled>> {
        let mut found = Vec::new();
        let own = self.values.get(figure).cloned().unwrap_or_default();
        for cell in &self.bench.engine.whole {
            let share = MOST_CASES / self.bench.engine.whole.len().max(1) / own.len().max(1);
            for base in self.points(share.max(6), Some(figure)) {
                let line = own.iter().filter_map(|value| {
                    let mut point = base.clone();
                    if let Some(place) = point.get_mut(figure) {
                        *place = value.clone();
                    }
                    self.settle(cell, &point)
                });
                found.push(line.collect());
            }
        }
        found
    }

    /// Points: every combination where these are few, else combinations spread evenly over all of them. `without` stays
    /// at its first value.
    pub(crate) fn points(&self, most: usize, without: Option<usize>) -> Vec<Vec<Exact>> {
        let counts: Vec<usize> = self
            .values
            .iter()
            .enumerate()
            .map(|(place, values)| if Some(place) == without { 1 } else { values.len().max(1) })
            .collect();
        let all = counts.iter().fold(1usize, |all, count| all.saturating_mul(*count));
        let stride = all.div_ceil(most.max(1)).max(1);
        // A stride that shares no factor with the counts goes through every value of every figure.
        let stride = (stride..stride + 64)
            .find(|stride| counts.iter().all(|count| common(*stride, *count) == 1 || *stride == 1))
            .unwrap_or(stride);
        let mut points: Vec<Vec<Exact>> =
            (0..all).step_by(stride).take(most).map(|number| self.point(number, &counts)).collect();
        points.extend(self.points_near(without));
        points
    }

    /// Where rays along a figure begin: so many points spread over all others, and some near the usual figures, each with
    /// choices of its own.
    pub(crate) fn rays(&self, most: usize, figure: usize) -> Vec<(&'a Cell, Vec<Exact>)> {
        let cells = &self.bench.engine.whole;
        let near = self.points_near(Some(figure));
        let mut points = self.points(most.checked_div(cells.len()).unwrap_or(most).max(1), Some(figure));
        points.truncate(points.len().saturating_sub(near.len()));
        // Of the points near the usual figures each combination of choices gets its part, and all of them the first.
        let stride = near.len().saturating_mul(cells.len()).div_ceil(MOST_NEAR).max(1);
        let mut rays = Vec::new();
        for (nth, cell) in cells.iter().enumerate() {
            rays.extend(points.iter().map(|point| (cell, point.clone())));
            rays.extend(near.first().map(|point| (cell, point.clone())));
            let own = near.iter().skip(1).skip(nth.checked_rem(stride).unwrap_or_default()).step_by(stride);
            rays.extend(own.map(|point| (cell, point.clone())));
        }
        rays
    }

    /// The usual figures, and each figure by itself at every value beside them.
    fn points_near(&self, without: Option<usize>) -> Vec<Vec<Exact>> {
        let Some(usual) = self.usual() else { return Vec::new() };
        let mut points = vec![usual.clone()];
        for (place, values) in self.values.iter().enumerate().filter(|(place, _)| Some(*place) != without) {
            points.extend(values.iter().map(|value| {
                let mut point = usual.clone();
                if let Some(own) = point.get_mut(place) {
                    *own = value.clone();
                }
                point
            }));
        }
        points
    }

    fn usual(&self) -> Option<Vec<Exact>> {
        let one = |(number, values): (&Number, &Vec<Exact>)| {
            let near = self
                .bench
                .asking
                .subject
                .usual
                .iter()
                .find_map(|(id, value)| (Number::Input(*id) == *number).then(|| value.clone()));
            near.or_else(|| values.get(values.len() / 2).cloned())
        };
        self.bench.numbers.iter().zip(self.values).map(one).collect()
    }

    fn point(&self, number: usize, counts: &[usize]) -> Vec<Exact> {
        let mut left = number;
        let value = |(values, count): (&Vec<Exact>, &usize)| {
            let place = left.checked_rem(*count).unwrap_or_default();
            left = left.checked_div(*count).unwrap_or_default();
            values.get(place).cloned().unwrap_or_default()
        };
        self.values.iter().zip(counts).map(value).collect()
    }

    pub(crate) fn settle(&self, cell: &Cell, point: &[Exact]) -> Option<Settled> {
        settle(self.bench, cell, point)
    }
}

/// For each number of a bench the values that are tried, in ascending order.
fn values(bench: &Bench<'_>) -> Vec<Vec<Exact>> {
    let mut borders: Vec<BTreeSet<Exact>> = vec![BTreeSet::new(); bench.numbers.len()];
    for start in &bench.engine.whole {
        let pieces = bench.engine.pieces(start, &bench.steps, MOST_PIECES).unwrap_or_default();
        for cell in pieces.iter().map(|(cell, _)| cell) {
            for (range, known) in cell.numbers.iter().zip(&mut borders) {
                known.extend(range.low.number().cloned());
                known.extend(range.high.number().cloned());
            }
        }
    }
    let ranges = bench.engine.whole.first().map(|cell| cell.numbers.clone()).unwrap_or_default();
    let values = bench.numbers.iter().zip(ranges).zip(borders);
    values.map(|((number, range), borders)| values_of(bench, *number, &range, &borders)).collect()
}

/// Settles the figures of a point with the choices of a cell.
pub(crate) fn settle(bench: &Bench<'_>, cell: &Cell, point: &[Exact]) -> Option<Settled> {
    let case = bench.case_at(cell, point);
    let outcome = bench.asking.prepared.settle_part(&case, &bench.steps, &bench.payments).ok()?;
    Some(Settled { case, others: Vec::new(), outcome })
}

impl Bench<'_> {
    /// The case of a point with the choices of a cell.
    pub(crate) fn case_at(&self, cell: &Cell, point: &[Exact]) -> Case {
        let mut case = Case { period: self.asking.period, ..Case::default() };
        for (number, value) in self.numbers.iter().zip(point) {
            let value = Value::Number(value.clone());
            match number {
                Number::Input(id) => drop(case.inputs.insert(*id, value)),
                Number::Carried(id) => drop(case.carried.insert(*id, value)),
            }
        }
        for (id, at) in &self.engine.layout.inputs {
            if let At::Fixed(place) = at
                && let Some(value) = cell.fixed.get(*place)
            {
                case.inputs.insert(*id, value.clone());
            }
        }
        case
    }
}

fn common(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common(b, a.checked_rem(b).unwrap_or_default()) }
}

/// The values of one figure: its ends, the borders with what lies right beside them, and points between.
fn values_of(bench: &Bench<'_>, number: Number, range: &Range, borders: &BTreeSet<Exact>) -> Vec<Exact> {
    let grain = bench.asking.grain_of(number);
    let mut near: BTreeSet<Exact> = borders.clone();
    near.extend(
        bench
            .asking
            .subject
            .usual
            .iter()
            .filter(|(id, _)| Number::Input(*id) == number)
            .map(|(_, v)| v.clone()),
    );
    if near.len() < 2 && !matches!((&range.low, &range.high), (End::At(_), End::At(_))) {
        let unit = bench.asking.unit(number);
        let large = match unit.is_money() {
            Some(_) => Exact::from_int(1_000_000),
            None if unit.is_percent() => Exact::one(),
            None => Exact::from_int(1_000).checked_div(&unit.scale()).unwrap_or_default(),
        };
        near.extend([Exact::zero(), large]);
    }
    let mut all: BTreeSet<Exact> = BTreeSet::new();
    let mut before: Option<&Exact> = None;
    for value in &near {
        if let Some(before) = before.replace(value) {
            all.extend((before + value).checked_div(&Exact::from_int(2)));
        }
        all.insert(value.round(&grain, RoundingMode::Floor));
        all.insert(value.round(&grain, RoundingMode::Ceiling));
        if near.len() <= MOST_VALUES / 2 {
            all.insert(value.round(&grain, RoundingMode::Ceiling) - &grain);
            all.insert(value.round(&grain, RoundingMode::Floor) + &grain);
        }
    }
    if let (End::Above, Some(last)) = (&range.high, near.last()) {
        let beyond = last.abs() * Exact::from_int(2);
        all.insert(if beyond.is_zero() { grain.clone() } else { beyond });
    }
    if let (End::Below, Some(first)) = (&range.low, near.first()) {
        all.insert(-(first.abs() * Exact::from_int(2) + &grain));
    }
    let whole: BTreeSet<Exact> = all
        .iter()
        .map(|value| value.round(&grain, RoundingMode::HalfEven))
        .filter(|v| range.has(v))
        .collect();
    thinned(whole.into_iter().collect())
}

/// At most so many of a list, with both its ends.
fn thinned(values: Vec<Exact>) -> Vec<Exact> {
    let most = MOST_VALUES;
    if values.len() <= most {
        return values;
    }
    let last = values.len() - 1;
    (0..most).filter_map(|place| values.get(place * last / (most - 1)).cloned()).collect()
}
