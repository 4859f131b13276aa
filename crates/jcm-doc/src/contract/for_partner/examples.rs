//! What a partner pays and is paid in each worked example, and between what it stands.

use super::paragraph;
use crate::document::{Align, Block, Table, Text, said};
use crate::english::{Origin, Wording, tidy};
use crate::{Computed, ComputedExample};
use jcm_model::{Example, PartnerId, Passed};
use jcm_quantity::{Exact, Unit, show};

/// What one example moves, seen from one partner. Nothing is said of what does not concern it.
#[derive(Debug, Clone, Default)]
struct Moved {
    /// What it pays itself.
    pays: Option<Exact>,
    /// What it is paid.
    is_paid: Option<Exact>,
    /// What leaves the funds that it holds or contributes to; below zero where money comes back.
    from_funds: Option<Exact>,
}

/// The range over all examples, and a row for each of those that concern the partner.
pub(super) fn blocks(w: &Wording<'_>, computed: &Computed, partner: PartnerId) -> Vec<Block> {
    let all = w.program.examples.iter().zip(&computed.examples);
    let mut own: Vec<(&Example, Moved)> = all
        .map(|(example, made)| (example, moved(w, made, partner)))
        .filter(|(_, moved)| moved.concerns())
        .collect();
    if own.is_empty() {
        return Vec::new();
    }
    // What happens in one example is nothing in the others, and not unknown.
    for part in [of_pays, of_is_paid, of_from_funds] {
        if own.iter_mut().any(|(_, moved)| part(moved).is_some()) {
            own.iter_mut().for_each(|(_, moved)| add(part(moved), &Exact::zero()));
        }
    }
    let words: Vec<String> = [
        range("it is paid", own.iter().filter_map(|(_, moved)| moved.is_paid.as_ref()), w),
        range("it pays", own.iter().filter_map(|(_, moved)| moved.pays.as_ref()), w),
        fund_range(own.iter().filter_map(|(_, moved)| moved.from_funds.as_ref()), w),
    ]
    .into_iter()
    .flatten()
    .collect();
    let passes = w.program.subcontracts.iter().filter(|of| of.from == partner || of.to == partner);
    let with = match passes.flat_map(|of| &of.passes).next() {
        Some(_) => ", with what sub-contracts pass on,",
        None => "",
    };
    let words =
        format!("In the worked examples{with} {}. Other figures can give less or more.", words.join("; "));
    vec![paragraph(&words), table(w, &own)]
}

fn of_pays(moved: &mut Moved) -> &mut Option<Exact> {
    &mut moved.pays
}

fn of_is_paid(moved: &mut Moved) -> &mut Option<Exact> {
    &mut moved.is_paid
}

fn of_from_funds(moved: &mut Moved) -> &mut Option<Exact> {
    &mut moved.from_funds
}

impl Moved {
    fn concerns(&self) -> bool {
        self.pays.is_some() || self.is_paid.is_some() || self.from_funds.is_some()
    }

    /// What it has more in the end, where it both pays and is paid.
    fn net(&self) -> Option<Exact> {
        Some(self.is_paid.as_ref()? - self.pays.as_ref()?)
    }
}

/// What an example moves over all of its periods. An amount below zero goes the other way.
fn moved(w: &Wording<'_>, made: &ComputedExample, partner: PartnerId) -> Moved {
    let mut moved = Moved::default();
    for period in std::iter::once(made).chain(&made.later) {
        passed_on(w, period, partner, &mut moved);
    }
    for payment in std::iter::once(made).chain(&made.later).flat_map(|period| &period.payments) {
        let Some(flow) = w.program.flow(payment.flow) else { continue };
        let fund = flow.pool.and_then(|id| w.program.pool(id));
        let (is_payee, is_payer) = (payment.partner == partner, flow.payer == partner);
        let contributes = fund.is_some_and(|fund| fund.contributions.iter().any(|(id, _)| *id == partner));
        if fund.is_some() && (is_payer || contributes) {
            add(&mut moved.from_funds, &payment.amount);
        }
        // What leaves a fund is not the money of the partner that holds it.
        let pays = is_payer && fund.is_none() && !is_payee;
        let (gets, gives) = if payment.amount.is_negative() { (pays, is_payee) } else { (is_payee, pays) };
        let size = payment.amount.abs();
        if gets {
            add(&mut moved.is_paid, &size);
        }
        if gives {
            add(&mut moved.pays, &size);
        }
        // A payee that is paid nothing is still one to be paid.
        if is_payee && !gives {
            add(&mut moved.is_paid, &Exact::zero());
        }
    }
    moved
}

/// What sub-contracts pass on of what the incentives come to in a period, from those who pass on to those who take on.
fn passed_on(w: &Wording<'_>, period: &ComputedExample, partner: PartnerId, moved: &mut Moved) {
    for of in w.program.subcontracts.iter().filter(|of| of.from == partner || of.to == partner) {
        for passed in &of.passes {
            let Some(incentive) = w.program.incentive(passed.incentive) else { continue };
            let own = period.payments.iter().filter(|payment| incentive.flows.contains(&payment.flow));
            let amounts: Vec<&Exact> = own.map(|payment| &payment.amount).collect();
            if amounts.is_empty() {
                continue;
            }
            let whole: Exact = amounts.into_iter().sum();
            let part = limited(&(&whole * &passed.share), passed);
            let pays = (of.from == partner) != part.is_negative();
            add(if pays { &mut moved.pays } else { &mut moved.is_paid }, &part.abs());
        }
    }
}

/// A part within what the sub-contractor gains and loses at the most.
fn limited(part: &Exact, passed: &Passed) -> Exact {
    let part = passed.gaining_at_most.as_ref().map_or(part.clone(), |most| part.clone().min(most.clone()));
    match &passed.losing_at_most {
        Some(most) => part.max(most.neg()),
        None => part,
    }
}

fn add(sum: &mut Option<Exact>, amount: &Exact) {
    let before = sum.take().unwrap_or_default();
    *sum = Some(&before + amount);
}

/// `it is paid between £0.00 and £540,000.00`.
fn range<'a>(
    what: &str,
    amounts: impl Iterator<Item = &'a Exact> + Clone,
    w: &Wording<'_>,
) -> Option<String> {
    let money = Unit::money(&w.program.contract.currency.code);
    let (least, most) = (amounts.clone().min()?, amounts.max()?);
    Some(match least == most {
        true => format!("{what} {}", show(most, &money)),
        false => format!("{what} between {} and {}", show(least, &money), show(most, &money)),
    })
}

/// `at most £1,658,880.00 leaves the funds that it holds or contributes to, and at most £1,500,000.00 comes back`.
fn fund_range<'a>(amounts: impl Iterator<Item = &'a Exact> + Clone, w: &Wording<'_>) -> Option<String> {
    let money = Unit::money(&w.program.contract.currency.code);
    let (least, most) = (amounts.clone().min()?, amounts.max()?);
    let leaves = show(&most.clone().max(Exact::zero()), &money);
    let words = format!("at most {leaves} leaves the fund that it holds or contributes to");
    Some(match least.is_negative() {
        true => format!("{words}, and at most {} comes back to it", show(&least.abs(), &money)),
        false => words,
    })
}

fn table(w: &Wording<'_>, own: &[(&Example, Moved)]) -> Block {
    let heads = [
        ("Worked example", Align::Left),
        ("Period", Align::Left),
        ("It pays", Align::Right),
        ("It is paid", Align::Right),
        ("Is paid less pays", Align::Right),
        ("Leaves the fund", Align::Right),
    ];
    let mut table = Table::new("What it pays and is paid in the worked examples", &heads);
    let money = Unit::money(&w.program.contract.currency.code);
    for (example, moved) in own {
        let origin = || Origin::stated(example.of, example.head.span);
        let figure = |amount: Option<&Exact>| -> Text {
            amount.map(|amount| vec![w.number(amount, &money, origin())]).unwrap_or_default()
        };
        table.row(vec![
            said(&tidy(&example.head.title)),
            said(&periods(w, example)),
            figure(moved.pays.as_ref()),
            figure(moved.is_paid.as_ref()),
            figure(moved.net().as_ref()),
            figure(moved.from_funds.as_ref()),
        ]);
    }
    table.drop_empty_columns();
    Block::Table(table)
}

/// `2026/27`, or `2026/27 to 2028/29` where the example runs on.
fn periods(w: &Wording<'_>, example: &Example) -> String {
    let label = |place: usize| w.program.contract.periods.get(place).map_or("", |period| &period.label);
    let last = example.period.saturating_add(example.later.len());
    match last == example.period {
        true => label(last).to_owned(),
        false => format!("{} to {}", label(example.period), label(last)),
    }
}
