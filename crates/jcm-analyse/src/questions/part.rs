//! What a partner gets over a box of figures.

use super::payees;
use crate::asking::Asking;
use crate::engine::{Engine, Way, cut};
use crate::poly::Poly;
use crate::reading::Cell;
use crate::sample::is_direct;
use crate::span::{Span, Trend};
use jcm_calculus::{Excess, PartyId, Settlement};
use jcm_eval::{Held, kinks, parts};
use jcm_quantity::{End, Exact, Range};

/// What a party gets from one payment over a box, whose amount is one of the values of a way.
pub(super) fn part_of(asking: &Asking<'_>, payment: usize, party: PartyId, amount: &Span) -> Option<Span> {
    let settlement = asking.settlement();
    let allocation = settlement.allocations.get(payment)?;
    let limited = allocation
        .shares
        .iter()
        .any(|share| share.losing_at_most.is_some() || share.gaining_at_most.is_some());
    if !limited && allocation.first.is_empty() {
        let share: Exact = allocation
            .shares
            .iter()
            .filter(|share| share.party == party)
            .map(|share| share.share.clone())
            .sum();
        return Some(Span {
            range: amount.range.times(&Range::point(share.clone())),
            form: amount.form.as_ref().map(|form| form.scaled(&share)),
            trends: if share.is_zero() { Vec::new() } else { amount.trends.clone() },
        });
    }
    let at = |number: &Exact| -> Option<Exact> {
        let parts = parts(settlement, payment, number).ok()?;
        parts.into_iter().find(|(known, _)| *known == party).map(|(_, part)| part)
    };
    let own = allocation.shares.iter().find(|share| share.party == party);
    let bears = matches!(&allocation.excess, Some(Excess::To(to)) if *to == party);
    let limit = |gain: bool| {
        let own = own.filter(|_| !bears && allocation.first.is_empty())?;
        if gain { own.gaining_at_most.clone() } else { own.losing_at_most.as_ref().map(|limit| -limit) }
    };
    let end = |end: &End| match end {
        End::At(number) => at(number).map(End::At),
        End::Below => Some(limit(false).map_or(End::Below, End::At)),
        End::Above => Some(limit(true).map_or(End::Above, End::At)),
    };
    // No part falls as the amount rises.
    let range = Range { low: end(&amount.range.low)?, high: end(&amount.range.high)? };
    let form = straight(settlement, payment, &amount.range, at)
        .and_then(|(height, slope)| amount.form.as_ref()?.scaled(&slope).plus(&Poly::constant(height)));
    Some(Span { range, form, trends: amount.trends.clone() })
}

/// Height at nought and slope of a part over a range of the amount, where it runs straight there.
fn straight(
    settlement: &Settlement,
    payment: usize,
    range: &Range,
    part: impl Fn(&Exact) -> Option<Exact>,
) -> Option<(Exact, Exact)> {
    let strictly_inside =
        |kink: &Exact| range.low < End::At(kink.clone()) && range.high > End::At(kink.clone());
    if kinks(settlement, payment).iter().any(strictly_inside) {
        return None;
    }
    let (from, to) = match (range.low.number(), range.high.number()) {
        (Some(low), Some(high)) => (low.clone(), high.clone()),
        (Some(low), None) => (low.clone(), low + Exact::one()),
        (None, Some(high)) => (high - Exact::one(), high.clone()),
        (None, None) => return None,
    };
    let (first, last) = (part(&from)?, part(&to)?);
    let slope = (last - &first).checked_div(&(&to - &from))?;
    Some((first - &slope * from, slope))
}

/// Boxes cut where a limit of somebody's share begins to hold, as far as one figure decides that.
pub(super) fn cut_at_limits(asking: &Asking<'_>, engine: &Engine<'_>, payments: &[usize]) -> Vec<Cell> {
    let mut cells = engine.whole.clone();
    for payment in payments {
        let amounts = asking.amounts(&[*payment]);
        for kink in kinks(asking.settlement(), *payment) {
            let border = Poly::constant(-&kink);
            let halves = |cell: Cell| -> Vec<Cell> {
                let view = engine.view(&cell, &amounts).unwrap_or_default();
                let root = view.ways.iter().find_map(|way| match way.values.first() {
                    Some(Held::Number(amount)) => amount.form.as_ref()?.plus(&border)?.root(),
                    _ => None,
                });
                match root.and_then(|(place, at)| cut(&cell, place, &at)) {
                    Some((one, other)) => vec![one, other],
                    None => vec![cell],
                }
            };
            cells = cells.into_iter().flat_map(halves).collect();
        }
    }
    cells
}

/// What a party gets from some payments over a box, less what it pays itself; the amounts are the first values of the
/// way, in the order of the payments.
pub(super) fn net_of(
    asking: &Asking<'_>,
    payments: &[usize],
    party: PartyId,
    way: &Way,
    cell: &[Range],
) -> Option<Span> {
    let mut sum = Span::number(Exact::zero(), cell.len());
    for (payment, value) in payments.iter().zip(&way.values) {
        let Held::Number(amount) = value else { return None };
        if payees(asking, *payment).contains(&party) {
            let mut part = part_of(asking, *payment, party, amount)?;
            part.trends.resize(cell.len(), Trend::Level);
            sum = sum.plus(&part, cell);
        }
        let payer = asking.settlement().allocations.get(*payment)?.payer;
        if payer == party && is_direct(asking.settlement(), *payment) {
            sum = sum.minus(amount, cell);
        }
    }
    Some(sum)
}
