//! The account of each pooled fund over a period: what its partners pay in, what is paid out of it, and what is left.

use crate::journal::{Entry, EntryKind};
use crate::record::Settled;
use crate::run::label_of;
use jcm_calculus::{ParameterRow, PartyId, Pool, Settlement, Value};
use jcm_quantity::Exact;

/// The account of one fund over one period and all of its cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundAccount {
    /// The fund.
    pub fund: String,
    /// Who holds it.
    pub host: String,
    /// Who pays in, and how much for the period; their sum is the budget.
    pub contributions: Vec<(String, Exact)>,
    /// What is paid out for the period, before and now; what waits for a dispute is not in it.
    pub payments: Vec<FundPayment>,
    /// What is left of the contributions: they, less what is paid out.
    pub closing: Exact,
    /// Whether what the journal moves is what the account says is paid out now.
    pub balances: bool,
}

/// What one payee is paid from a fund for a period, over all cases; below nought what it pays back into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundPayment {
    /// What it is paid for.
    pub title: String,
    /// The payee.
    pub to: String,
    /// How much, before and now.
    pub amount: Exact,
    /// How far it can still move when a dispute is resolved.
    pub in_dispute: Exact,
    /// Whether the payee holds the fund, so that it only enters the amount in its own books.
    pub is_internal: bool,
}

impl FundAccount {
    /// What is paid in, in all.
    pub fn paid_in(&self) -> Exact {
        self.contributions.iter().map(|(_, amount)| amount).sum()
    }

    /// What is paid out, in all.
    pub fn paid_out(&self) -> Exact {
        self.payments.iter().map(|payment| &payment.amount).sum()
    }
}

/// The accounts of the funds that payments of a period come from. Nothing where a fund is not the same for every case, or
/// where its budget is not known.
pub fn fund_accounts(settlement: &Settlement, settled: &Settled<'_>, journal: &[Entry]) -> Vec<FundAccount> {
    settlement.pools.iter().filter_map(|pool| account(settlement, settled, journal, pool)).collect()
}

fn account(
    settlement: &Settlement,
    settled: &Settled<'_>,
    journal: &[Entry],
    pool: &Pool,
) -> Option<FundAccount> {
    let pays = |place: &usize| settlement.allocations.get(*place).is_some_and(|own| own.pool == pool.title);
    let is_one = settlement.pools.iter().filter(|other| other.title == pool.title).count() == 1;
    if !is_one || !settled.ledger.payees.iter().any(|(place, _)| pays(place)) {
        return None;
    }
    let contributions = contributions(settlement, settled, pool)?;
    let (mut payments, mut now) = (Vec::new(), Exact::zero());
    for ((place, to), total) in settled.ledger.payees.iter().zip(settled.ledger.totals()) {
        let Some(allocation) = settlement.allocations.get(*place).filter(|_| pays(place)) else { continue };
        now = &now + &total.now;
        payments.push(FundPayment {
            title: allocation.title.clone(),
            to: title_of(settlement, *to),
            amount: &total.before + &total.now,
            in_dispute: total.in_dispute,
            is_internal: *to == allocation.payer,
        });
    }
    let period = label_of(settlement, settled.table);
    let own = journal.iter().filter(|entry| entry.period == period && entry.fund == pool.title);
    let moved =
        own.fold(
            Exact::zero(),
            |sum, entry| if entry.goes_back { &sum - &entry.amount } else { &sum + &entry.amount },
        );
    let mut account = FundAccount {
        fund: pool.title.clone(),
        host: title_of(settlement, pool.host),
        contributions,
        payments,
        closing: Exact::zero(),
        balances: moved == now,
    };
    account.closing = &account.paid_in() - &account.paid_out();
    Some(account)
}

/// What each partner pays in for the period: its part of the budget, which is the same in every case.
fn contributions(
    settlement: &Settlement,
    settled: &Settled<'_>,
    pool: &Pool,
) -> Option<Vec<(String, Exact)>> {
    let budget_of = |outcome: &jcm_eval::Outcome| {
        let line = outcome.lines.iter().find(|line| line.step == pool.budget)?;
        if let Value::Number(budget) = &line.value { Some(budget.clone()) } else { None }
    };
    let mut budgets = settled.results.outcomes.iter().map(budget_of);
    let budget = budgets.next()??;
    if budgets.any(|other| other.as_ref() != Some(&budget)) {
        return None;
    }
    let first = settlement.periods.get(settled.table.period())?.start;
    let holds = |row: &&ParameterRow| {
        row.from.is_none_or(|from| from <= first) && row.until.is_none_or(|until| first < until)
    };
    let mut rates = Vec::new();
    for (party, parameter) in &pool.contributions {
        let row = settlement.parameters.get(parameter.index())?.rows.iter().find(holds)?;
        let Some(Value::Number(rate)) = row.values.first() else { return None };
        rates.push((title_of(settlement, *party), rate.clone()));
    }
    // All pay for the same length of time, which the budget has in it.
    let all: Exact = rates.iter().map(|(_, rate)| rate).sum();
    let length = budget.checked_div(&all)?;
    Some(rates.into_iter().map(|(party, rate)| (party, &rate * &length)).collect())
}

fn title_of(settlement: &Settlement, id: PartyId) -> String {
    let party = settlement.parties.get(id.index());
    party.map_or("", |party| if party.title.is_empty() { &party.name } else { &party.title }).to_owned()
}

/// What is paid by payments, and what only moves in the books of one partner: together all that is to pay now.
pub fn paid_now(journal: &[&Entry]) -> (Exact, Exact) {
    let sum =
        |kind: EntryKind| journal.iter().filter(|entry| entry.kind == kind).map(|entry| &entry.amount).sum();
    (sum(EntryKind::Payment), sum(EntryKind::InternalTransfer))
}
