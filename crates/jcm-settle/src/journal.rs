//! The journal of payments: who pays whom what, when and under which clause. It always balances, because every entry
//! leaves one party and reaches another.

use crate::record::Settled;
use crate::results::{Sheet, money};
use crate::run::{Run, label_of};
use jcm_calculus::{PartyId, Settlement};
use jcm_quantity::Exact;

/// The heads of the columns. Whoever replaces a file knows a journal by them.
const HEADS: [&str; 9] =
    ["payer", "payee", "amount", "currency", "due", "clause", "period", "case", "reference"];

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who pays.
    pub payer: String,
    /// Who is paid.
    pub payee: String,
    /// How much, above nought.
    pub amount: Exact,
    /// When, as a date or in the words of the contract; empty where it does not say.
    pub due: String,
    /// Where the payment stands in the contract; may be empty.
    pub clause: String,
    /// The period that it is for.
    pub period: String,
    /// The case that it is for.
    pub case: String,
    /// What tells it from every other payment under the contract.
    pub reference: String,
}

/// What is paid now for every case, in the order of the cases; `due` says when, by the name of the payment and the label
/// of the period. What is below nought goes the other way.
pub fn journal(
    settlement: &Settlement,
    periods: &[Settled<'_>],
    run: Option<&Run>,
    due: &dyn Fn(&str, &str) -> String,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    let run = run.map(|run| format!("/{}", run.kind.words().replace(' ', "-"))).unwrap_or_default();
    for Settled { table, ledger, .. } in periods {
        let period = label_of(settlement, table);
        for (data, accounts) in table.cases.iter().zip(&ledger.cases) {
            let case = data.name();
            for ((place, to), account) in ledger.payees.iter().zip(accounts) {
                let Some(allocation) = settlement.allocations.get(*place) else { continue };
                if account.now.is_zero() {
                    continue;
                }
                let (payer, payee) =
                    (party(settlement, allocation.payer, &case), party(settlement, *to, &case));
                let back = account.now.is_negative();
                let (payer, payee) = if back { (payee, payer) } else { (payer, payee) };
                let name = settlement.parties.get(to.index()).map_or("", |party| &party.name);
                let own = &allocation.name;
                entries.push(Entry {
                    payer,
                    payee,
                    amount: account.now.abs(),
                    due: due(own, period),
                    clause: allocation.origin.clause.clone(),
                    period: period.to_owned(),
                    reference: format!("{}/{period}/{case}/{own}/{name}{run}", settlement.name),
                    case: case.clone(),
                });
            }
        }
    }
    entries
}

/// The journal as CSV (UTF-8, commas, one header row); amounts are plain decimals of the currency.
pub fn journal_csv(settlement: &Settlement, entries: &[Entry]) -> String {
    let mut sheet = Sheet::default();
    HEADS.iter().for_each(|head| sheet.cell(head));
    sheet.end_row();
    for entry in entries {
        sheet.text(&entry.payer);
        sheet.text(&entry.payee);
        sheet.cell(&money(&entry.amount, settlement.currency.minor, None));
        sheet.cell(&settlement.currency.code);
        for text in [&entry.due, &entry.clause, &entry.period, &entry.case, &entry.reference] {
            sheet.text(text);
        }
        sheet.end_row();
    }
    sheet.text
}

/// A party by its title; the one that changes from case to case with the key of the case.
fn party(settlement: &Settlement, id: PartyId, case: &str) -> String {
    let Some(party) = settlement.parties.get(id.index()) else { return String::new() };
    let title = if party.title.is_empty() { &party.name } else { &party.title };
    if party.per_case { format!("{title} ({case})") } else { title.clone() }
}
