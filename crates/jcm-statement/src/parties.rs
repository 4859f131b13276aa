//! What each party pays and is paid.

use crate::page::{said, strong, table};
use jcm_doc::{Align, Block};
use jcm_quantity::{Exact, Unit, show};
use jcm_settle::Entry;

/// What one party pays and is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartyTotal<'a> {
    pub(crate) party: &'a str,
    pub(crate) pays: Exact,
    pub(crate) is_paid: Exact,
}

impl PartyTotal<'_> {
    /// What it has more in the end; below nought what it has less.
    pub(crate) fn net(&self) -> Exact {
        &self.is_paid - &self.pays
    }
}

/// Every party of the journal, payers before payees, in the order in which they come.
pub(crate) fn parties<'a>(entries: &[&'a Entry]) -> Vec<PartyTotal<'a>> {
    let mut totals: Vec<PartyTotal<'a>> = Vec::new();
    let names = entries.iter().map(|entry| entry.payer.as_str());
    for party in names.chain(entries.iter().map(|entry| entry.payee.as_str())) {
        if totals.iter().any(|total| total.party == party) {
            continue;
        }
        let sum = |of: fn(&Entry) -> &str| {
            let own = entries.iter().filter(|entry| of(entry) == party);
            own.map(|entry| &entry.amount).sum()
        };
        totals.push(PartyTotal {
            party,
            pays: sum(|entry| &entry.payer),
            is_paid: sum(|entry| &entry.payee),
        });
    }
    totals
}

/// The same as a table, which balances.
pub(crate) fn parties_table(caption: &str, entries: &[&Entry], money: &Unit) -> Block {
    let columns = [
        ("Partner", Align::Left),
        ("Pays", Align::Right),
        ("Is paid", Align::Right),
        ("Is paid less pays", Align::Right),
    ];
    let mut rows = table(caption, &columns);
    let totals = parties(entries);
    for total in &totals {
        let figures = [&total.pays, &total.is_paid, &total.net()].map(|amount| said(&show(amount, money)));
        rows.row(std::iter::once(said(total.party)).chain(figures).collect());
    }
    let sum = |of: fn(&PartyTotal<'_>) -> Exact| -> Exact { totals.iter().map(of).sum() };
    let sums =
        [sum(|total| total.pays.clone()), sum(|total| total.is_paid.clone()), sum(|total| total.net())];
    let sums = sums.map(|amount| strong(&show(&amount, money)));
    rows.row(std::iter::once(strong("In all")).chain(sums).collect());
    Block::Table(rows)
}
