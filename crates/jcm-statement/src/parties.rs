//! What each party pays and is paid, and what it only moves in its own books.

use crate::page::{paragraph, said, strong, table};
use jcm_doc::{Align, Block};
use jcm_quantity::{Exact, Unit, parse_date, show, show_date};
use jcm_settle::{Entry, EntryKind, paid_now};

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

/// Every party that pays another or is paid by one, payers before payees, in the order in which they come.
pub(crate) fn parties<'a>(entries: &[&'a Entry]) -> Vec<PartyTotal<'a>> {
    let mut totals: Vec<PartyTotal<'a>> = Vec::new();
    let entries = of_kind(entries, EntryKind::Payment);
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

/// What goes from a fund to the partner that holds it, or back, with what that means; nothing where there is none.
pub(crate) fn within(entries: &[&Entry], money: &Unit) -> Vec<Block> {
    let own = of_kind(entries, EntryKind::InternalTransfer);
    if own.is_empty() {
        return Vec::new();
    }
    let text = "A partner that holds a fund is paid from it itself. It enters the amount in its own books; no money \
                goes through a bank, and it is not counted above.";
    vec![paragraph(text), entries_table("Transfers within one partner", ["From", "To"], &own, money)]
}

/// That payments and transfers come to all that is to pay now, for who sets one sum against the other.
pub(crate) fn in_all(amounts: &Exact, entries: &[&Entry], money: &Unit) -> Option<Block> {
    let (payments, transfers) = paid_now(entries);
    let sum = &payments + &transfers;
    // What is paid back goes the other way, and sizes are not to be added up.
    if transfers.is_zero() || sum != *amounts {
        return None;
    }
    let [payments, transfers, sum] = [payments, transfers, sum].map(|amount| show(&amount, money));
    Some(paragraph(&format!(
        "Payments of {payments} and transfers within one partner of {transfers} make {sum}, which is all that is to pay now."
    )))
}

/// The entries from one party to another.
pub(crate) fn payments<'a>(entries: &[&'a Entry]) -> Vec<&'a Entry> {
    of_kind(entries, EntryKind::Payment)
}

/// Entries as a table, with their days and references.
pub(crate) fn entries_table(caption: &str, ends: [&str; 2], entries: &[&Entry], money: &Unit) -> Block {
    let [from, to] = ends;
    let columns = [
        (from, Align::Left),
        (to, Align::Left),
        ("Amount", Align::Right),
        ("Due", Align::Left),
        ("Reference", Align::Left),
    ];
    let mut list = table(caption, &columns);
    for entry in entries {
        let amount = show(&entry.amount, money);
        let mut due = parse_date(&entry.due).map_or_else(|| entry.due.clone(), show_date);
        if !entry.rule.is_empty() {
            due.push_str(&format!(" ({})", entry.rule));
        }
        let cells = [&entry.payer, &entry.payee, &amount, &due, &entry.reference];
        list.row(cells.map(|text| said(text)).to_vec());
    }
    Block::Table(list)
}

fn of_kind<'a>(entries: &[&'a Entry], kind: EntryKind) -> Vec<&'a Entry> {
    entries.iter().copied().filter(|entry| entry.kind == kind).collect()
}
