//! One file for each question that is asked of a contract.

mod cliff;
mod conflict;
mod conservation;
mod continuity;
mod flat;
mod fund;
mod influence;
mod perverse;
mod range;
mod reached;
mod steps;
mod twice;

pub(crate) use continuity::joins;

use crate::Statement;
use crate::asking::Asking;
use crate::engine::Way;
use crate::probes::Probe;
use crate::sample::is_direct;
use crate::span::Span;
use jcm_calculus::{InputId, PartyId, Settlement};
use jcm_eval::{Held, parts};
use jcm_quantity::{End, Exact, Range};

/// One question about one period. No answer depends on another, so that they can be found side by side.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Question {
    /// Of one payment, by its place.
    Range(usize),
    Conservation(usize),
    Cliff(usize),
    Flat(usize),
    /// Of one probe, by its place.
    Reached(usize),
    Perverse,
    Fund,
    Twice,
    Influence,
    Conflict,
}

/// Every question, in the order of the statements.
pub(crate) fn questions(settlement: &Settlement, probes: &[Probe]) -> Vec<Question> {
    let of_payment = |payment| {
        [Question::Range, Question::Conservation, Question::Cliff, Question::Flat].map(|ask| ask(payment))
    };
    let mut all: Vec<Question> = (0..settlement.allocations.len()).flat_map(of_payment).collect();
    all.extend((0..probes.len()).map(Question::Reached));
    let whole =
        [Question::Perverse, Question::Fund, Question::Twice, Question::Influence, Question::Conflict];
    all.extend(whole);
    all
}

/// What is said to one question.
pub(crate) fn ask(asking: &Asking<'_>, probes: &[Probe], question: Question) -> Vec<Statement> {
    match question {
        Question::Range(payment) => range::ask(asking, payment),
        Question::Conservation(payment) => conservation::ask(asking, payment),
        Question::Cliff(payment) => cliff::ask(asking, payment),
        Question::Flat(payment) => flat::ask(asking, payment),
        Question::Reached(probe) => {
            probes.get(probe).map(|probe| reached::ask(asking, probe)).into_iter().collect()
        }
        Question::Perverse => perverse::ask(asking),
        Question::Fund => fund::ask(asking),
        Question::Twice => twice::ask(asking),
        Question::Influence => influence::ask(asking),
        Question::Conflict => conflict::ask(asking),
    }
}

/// The payments that depend on an input, by their places.
fn payments_on(asking: &Asking<'_>, input: InputId) -> Vec<usize> {
    let depends = |place: &usize| inputs_of(asking, *place).contains(&input);
    (0..asking.settlement().allocations.len()).filter(depends).collect()
}

fn inputs_of(asking: &Asking<'_>, payment: usize) -> std::collections::BTreeSet<InputId> {
    let amount = asking.settlement().allocations.get(payment).map(|paid| paid.amount);
    asking.behind(&amount.into_iter().collect::<Vec<_>>()).1
}

/// Everybody whom a payment reaches: those of its shares, who come first, and who bears an excess.
fn payees(asking: &Asking<'_>, payment: usize) -> Vec<PartyId> {
    let parts = parts(asking.settlement(), payment, &Exact::zero()).unwrap_or_default();
    parts.into_iter().map(|(party, _)| party).collect()
}

/// What a party gets from one payment over a box, whose amount is one of the values of a way.
fn part_of(asking: &Asking<'_>, payment: usize, party: PartyId, amount: &Span) -> Option<Span> {
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
    let bears = matches!(&allocation.excess, Some(jcm_calculus::Excess::To(to)) if *to == party);
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
    Some(Span { range, form: None, trends: amount.trends.clone() })
}

/// What a party gets from some payments over a box, less what it pays itself; the amounts are the first values of the
/// way, in the order of the payments.
fn net_of(
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
            part.trends.resize(cell.len(), crate::span::Trend::Level);
            sum = sum.plus(&part, cell);
        }
        let payer = asking.settlement().allocations.get(*payment)?.payer;
        if payer == party && is_direct(asking.settlement(), *payment) {
            sum = sum.minus(amount, cell);
        }
    }
    Some(sum)
}
