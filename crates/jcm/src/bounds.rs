//! What a change of the contract does to the least and the most that is payable, which examples seldom reach.

use crate::analysis::subject::subject;
use crate::analysis::whole::taken_whole;
use crate::effect::Settling;
use jcm_analyse::{Bound, Payable, payable};
use jcm_calculus::Excess;
use jcm_model::{Def, Flow, FlowId, Program};
use jcm_quantity::{Exact, RoundingMode, Unit, show};

/// The least or the most of a payment, by two contracts, in periods in which it changes alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundEffect {
    /// The title of the line that is paid.
    pub title: String,
    /// The titles of those who pay it and are paid it, and of the fund that it comes from.
    pub partners: Vec<String>,
    /// The labels of the periods, in order.
    pub periods: Vec<String>,
    /// Whether it is the most, and not the least.
    pub is_most: bool,
    /// By the old contract, in words.
    pub before: String,
    /// By the new contract, in words.
    pub after: String,
}

impl BoundEffect {
    /// `the most that is payable by “Share” in 2026/27: £144,000.00 → £120,000.00`.
    pub fn said(&self) -> String {
        format!("{} in {}: {} → {}", self.what(), self.periods.join(", "), self.before, self.after)
    }

    /// `the most that is payable by “Share”`.
    pub fn what(&self) -> String {
        let word = if self.is_most { "most" } else { "least" };
        format!("the {word} that is payable by “{}”", self.title)
    }
}

/// What becomes of the least and the most of each payment.
pub fn bounds_effect(old: Settling<'_>, new: Settling<'_>) -> Vec<BoundEffect> {
    if old.0.contract.currency.code != new.0.contract.currency.code {
        return Vec::new();
    }
    let (before, after) = (sides(old), sides(new));
    let mut found: Vec<BoundEffect> = Vec::new();
    for is in &after {
        let same = |was: &&Side| was.name == is.name && was.period == is.period;
        let Some(was) = before.iter().find(same) else { continue };
        for (is_most, before, after) in [(true, &was.most, &is.most), (false, &was.least, &is.least)] {
            let (Some(before), Some(after)) = (before, after) else { continue };
            if before == after {
                continue;
            }
            let alike = |known: &&mut BoundEffect| {
                (&known.title, known.is_most, &known.before, &known.after)
                    == (&is.title, is_most, before, after)
            };
            if let Some(known) = found.iter_mut().find(alike) {
                known.periods.push(is.period.clone());
                continue;
            }
            found.push(BoundEffect {
                title: is.title.clone(),
                partners: is.partners.clone(),
                periods: vec![is.period.clone()],
                is_most,
                before: before.clone(),
                after: after.clone(),
            });
        }
    }
    found
}

/// What a payment comes to in one period by one contract, in words.
struct Side {
    name: String,
    title: String,
    partners: Vec<String>,
    period: String,
    least: Option<String>,
    most: Option<String>,
}

/// In the order of the payments and then of the periods.
fn sides((program, settlement): Settling<'_>) -> Vec<Side> {
    let of_flow = |flow: &Flow| Def::Line(flow.amount);
    // Where the payer keeps what is over a limit, less is paid than the line comes to.
    let whole = |place: &usize| {
        let allocation = settlement.allocations.get(*place);
        allocation.is_some_and(|allocation| allocation.excess != Some(Excess::Payer))
    };
    let payments: Vec<usize> = (0..program.flows.len()).filter(whole).collect();
    let (settlement, wholes) = taken_whole(program, settlement, &[]);
    let subject = subject(program, &settlement, &wholes, &[]);
    let found = payable(&subject, &payments);
    let mut sides: Vec<((usize, usize), Side)> = Vec::new();
    for Payable { payment, periods, least, most } in &found {
        let Some(flow) = program.flows.get(*payment) else { continue };
        for place in periods {
            let Some(period) = program.contract.periods.get(*place) else { continue };
            let side = Side {
                name: program.name(of_flow(flow)).to_owned(),
                title: payment_title(program, flow).to_owned(),
                partners: ends(flow).map(|def| program.title(def).to_owned()).collect(),
                period: period.label.clone(),
                least: least.as_ref().map(|bound| in_words(program, bound, "no less than")),
                most: most.as_ref().map(|bound| in_words(program, bound, "no more than")),
            };
            sides.push(((*payment, *place), side));
        }
    }
    sides.sort_by_key(|(place, _)| *place);
    sides.into_iter().map(|(_, side)| side).collect()
}

/// The title of the incentive or payment whose only flow it is, and otherwise that of its line.
fn payment_title<'p>(program: &'p Program, flow: &Flow) -> &'p str {
    let own =
        |flows: &[FlowId]| flows.len() == 1 && flows.first().and_then(|id| program.flow(*id)) == Some(flow);
    let incentive = program.incentives.iter().find(|one| own(&one.flows)).map(|one| &one.head.title);
    incentive
        .filter(|title| !title.is_empty())
        .map_or_else(|| program.title(Def::Line(flow.amount)), String::as_str)
}

/// Who is paid, who pays, and the fund that the money comes from.
fn ends(flow: &Flow) -> impl Iterator<Item = Def> {
    let partners = flow.payees().into_iter().chain([flow.payer]).map(Def::Partner);
    partners.chain(flow.pool.map(Def::Pool))
}

fn in_words(program: &Program, bound: &Bound, within: &str) -> String {
    let money = |amount: &Exact| {
        let amount = amount.round(&Exact::ten_to(-2), RoundingMode::HalfEven);
        show(&amount, &Unit::money(&program.contract.currency.code))
    };
    match bound {
        Bound::Reached(amount) => money(amount),
        Bound::Within(amount) => format!("{within} {}", money(amount)),
        Bound::Endless => "no limit".to_owned(),
    }
}
