//! What each payee has been paid, is paid now, and what disputes leave open.

use crate::results::{payees, received};
use crate::run::{Run, label_of, payee_of};
use crate::settle::Results;
use crate::table::Table;
use crate::undisputed::Undisputed;
use jcm_calculus::{PartyId, Settlement};
use jcm_quantity::{Exact, Unit, show};
use std::fmt::Write as _;

/// The accounts of every case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Who can be paid from which payment: its place in the settlement, and the party.
    pub payees: Vec<(usize, PartyId)>,
    /// For each case, an account for each payee.
    pub cases: Vec<Vec<Account>>,
    /// Whether nothing was paid before and nothing is left open, so that what is settled is all there is to say.
    pub is_plain: bool,
    title: String,
    currency: Unit,
    names: Vec<String>,
}

/// What one payee of one case is paid from one payment. Below nought is what it pays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// What it comes to with the figures that count for the time being.
    pub settled: Exact,
    /// What the runs before paid.
    pub before: Exact,
    /// What is paid now: clawed back where it goes against what is settled.
    pub now: Exact,
    /// What disputes leave open: what it comes to, less what was paid before and now.
    pub open: Exact,
    /// How far it can still move when the dispute is resolved, from what was paid before and now.
    pub in_dispute: Exact,
    /// The least and the most that it can come to, where disputes leave it open.
    pub range: Option<(Exact, Exact)>,
}

/// Sets what each case comes to against what was paid before; of what is in dispute, the undisputed part is paid.
pub fn ledger(settlement: &Settlement, table: &Table, results: &Results, run: Option<&Run>) -> Ledger {
    let all = payees(settlement);
    let named: Vec<_> = all.iter().map(|(place, party, _)| payee_of(settlement, *place, *party)).collect();
    let previous = run.and_then(|run| run.previous.as_ref());
    let period = label_of(settlement, table);
    let mut cases = Vec::with_capacity(results.outcomes.len());
    for (place, (outcome, data)) in results.outcomes.iter().zip(&table.cases).enumerate() {
        let key = data.name();
        let undisputed = results.undisputed.get(&place);
        let account = |((allocation, party, _), payee): (&(usize, PartyId, String), _)| {
            let settled = received(outcome, *allocation, *party);
            let before = previous.map(|previous| previous.paid((period, &key), payee)).unwrap_or_default();
            let own = outcome.payments.iter().enumerate();
            let own: Vec<usize> =
                own.filter(|(_, p)| (p.allocation, p.to) == (*allocation, *party)).map(|(i, _)| i).collect();
            let now = match undisputed {
                Some(undisputed) => undisputed.part(&own, &before),
                None => &settled - &before,
            };
            let range = undisputed
                .and_then(|undisputed| undisputed.range(&own))
                .filter(|(least, most)| least != most);
            let open = &(&settled - &before) - &now;
            let paid = &before + &now;
            let in_dispute = range.as_ref().map_or_else(|| open.clone(), |range| furthest(&paid, range));
            Account { settled, before, now, open, in_dispute, range }
        };
        cases.push(all.iter().zip(&named).map(account).collect());
    }
    let party = |id: PartyId| settlement.parties.get(id.index()).map_or("", |party| &party.title);
    let names = all.iter().map(|(place, to, _)| {
        let payment = settlement.allocations.get(*place).map_or("", |allocation| &allocation.title);
        format!("{payment}, to {}", party(*to))
    });
    Ledger {
        names: names.collect(),
        payees: all.iter().map(|(place, party, _)| (*place, *party)).collect(),
        is_plain: previous.is_none() && !results.undisputed.values().any(Undisputed::moves_money),
        cases,
        title: run.map_or_else(String::new, |run| run.kind.named()),
        currency: Unit::money(&settlement.currency.code),
    }
}

/// How far what was paid is from the end of a range that is further away.
fn furthest(paid: &Exact, (least, most): &(Exact, Exact)) -> Exact {
    let (down, up) = (least - paid, most - paid);
    if down.abs() > up.abs() { down } else { up }
}

impl Ledger {
    /// Each payee in words: `Gain share, to Stour Council`.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The sums over all cases, for each payee.
    pub fn totals(&self) -> Vec<Account> {
        let mut totals = vec![Account::default(); self.payees.len()];
        for case in &self.cases {
            totals.iter_mut().zip(case).for_each(|(total, account)| total.add(account));
        }
        totals
    }

    /// The sums of a run as a table: what is settled, was paid before, is to pay now, and is open.
    pub fn text(&self) -> String {
        let mut rows = vec![Self::heads()];
        let totals = self.totals();
        rows.extend(self.names.iter().zip(&totals).map(|(name, account)| self.row(name, account)));
        if totals.len() > 1 {
            let mut all = Account::default();
            totals.iter().for_each(|account| all.add(account));
            rows.push(self.row("in all", &all));
        }
        let mut text = in_columns(&rows);
        if totals.iter().chain(self.cases.iter().flatten()).any(Account::is_clawed_back) {
            text.push_str("  What is below nought under “to pay now” is paid back by the payee.\n");
        }
        text
    }

    /// The accounts of one case as a section of its statement.
    pub fn case_text(&self, case: usize) -> String {
        let Some(accounts) = self.cases.get(case) else { return String::new() };
        let title = if self.title.is_empty() { String::new() } else { format!(" in {}", self.title) };
        let mut text = format!("\nPayable{title}\n");
        let rows = self.names.iter().zip(accounts).map(|(name, account)| self.row(name, account));
        text.push_str(&in_columns(&std::iter::once(Self::heads()).chain(rows).collect::<Vec<_>>()));
        for (name, account) in self.names.iter().zip(accounts) {
            let money = |amount: &Exact| show(amount, &self.currency);
            // Writing to a text cannot fail.
            if account.is_clawed_back() {
                let _ = writeln!(text, "  {name}: {} is paid back", money(&account.now.abs()));
            }
            if let Some((least, most)) = &account.range {
                let _ = writeln!(
                    text,
                    "  {name}: between {} and {} when the dispute is resolved",
                    money(least),
                    money(most)
                );
            }
        }
        text
    }

    fn heads() -> [String; 5] {
        ["", "settled", "paid before", "to pay now", "in dispute"].map(str::to_owned)
    }

    fn row(&self, name: &str, account: &Account) -> [String; 5] {
        let money = |amount: &Exact| show(amount, &self.currency);
        [
            name.to_owned(),
            money(&account.settled),
            money(&account.before),
            money(&account.now),
            money(&account.in_dispute),
        ]
    }
}

impl Account {
    fn add(&mut self, other: &Account) {
        self.settled = &self.settled + &other.settled;
        self.before = &self.before + &other.before;
        self.now = &self.now + &other.now;
        self.open = &self.open + &other.open;
        self.in_dispute = &self.in_dispute + &other.in_dispute;
    }

    /// Whether something that was paid is taken back.
    pub fn is_clawed_back(&self) -> bool {
        self.before.is_positive() && self.now.is_negative()
    }
}

/// Rows in columns as wide as their cells; the first to the left, the others to the right.
fn in_columns(rows: &[[String; 5]]) -> String {
    let mut widths = [0usize; 5];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::from("  ");
        for (place, (cell, width)) in row.iter().zip(widths).enumerate() {
            let room = " ".repeat(width.saturating_sub(cell.chars().count()));
            if place == 0 {
                line.push_str(&format!("{cell}{room}"));
            } else {
                line.push_str(&format!("  {room}{cell}"));
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
