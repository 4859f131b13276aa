//! The least and the most that each payment comes to in all, in each period.

use crate::asking::Asking;
use crate::opening::Openings;
use crate::reach::Reach;
use crate::subject::Subject;
use crate::{facts, lines};
use jcm_calculus::Value;
use jcm_eval::Prepared;
use jcm_quantity::{End, Exact};
use std::sync::OnceLock;

/// How far a payment goes one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// It comes to this and never goes further: proved, and a case settles so.
    Reached(Exact),
    /// It never goes further than this, and no case was found that comes to it.
    Within(Exact),
    /// It goes as far as its figures go.
    Endless,
}

/// What a payment comes to in some periods in which the same figures are in force, before rounding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payable {
    /// The payment, by its place in the settlement.
    pub payment: usize,
    /// The periods, by their places.
    pub periods: Vec<usize>,
    /// The least; `None` where it is not known.
    pub least: Option<Bound>,
    /// The most; `None` where it is not known.
    pub most: Option<Bound>,
}

/// The least and the most of some payments in each period.
pub fn payable(subject: &Subject<'_>, payments: &[usize]) -> Vec<Payable> {
    let prepared = Prepared::new(subject.settlement);
    let lines = lines::Lines::new(subject.settlement);
    let alone = Prepared::new(&lines.settlement);
    let openings = Openings::new(subject, &prepared, &lines, &alone);
    let mut found = Vec::new();
    for periods in crate::alike(subject.settlement) {
        let Some(period) = periods.first().copied() else { continue };
        let openings = openings.of(&periods);
        let facts = facts::Facts::new(&lines, &alone, subject, (period, &openings));
        let asking =
            Asking { subject, prepared: &prepared, facts, period, periods, openings, drawn: OnceLock::new() };
        found.extend(payments.iter().filter_map(|payment| of_payment(&asking, *payment)));
    }
    found
}

fn of_payment(asking: &Asking<'_>, payment: usize) -> Option<Payable> {
    let amount = asking.settlement().allocations.get(payment)?.amount;
    let bench = asking.bench(&[], &[payment]).ok()?;
    let Reach { range, up, down } = Reach::of(&bench, amount).ok()??;
    let (mut low, mut high): (Option<Exact>, Option<Exact>) = (None, None);
    for settled in bench.sampler().each() {
        let Some(Value::Number(value)) = settled.outcome.value(amount, None) else { continue };
        if low.as_ref().is_none_or(|known| value < known) {
            low = Some(value.clone());
        }
        if high.as_ref().is_none_or(|known| value > known) {
            high = Some(value.clone());
        }
    }
    let bound = |end: &End, reached: &Option<Exact>, endless: bool| match end {
        End::At(end) if reached.as_ref() == Some(end) => Some(Bound::Reached(end.clone())),
        End::At(end) => Some(Bound::Within(end.clone())),
        _ => endless.then_some(Bound::Endless),
    };
    let (least, most) = (bound(&range.low, &low, down), bound(&range.high, &high, up));
    Some(Payable { payment, periods: asking.periods.clone(), least, most })
}
