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
    for alike in entries.chunk_by(|left, right| is_next_part(left, right)) {
        let (Some(first), Some(last)) = (alike.first(), alike.last()) else { continue };
        let mut amount = show(&first.amount, money);
        let (mut due, mut reference) = (due_of(&first.due), first.reference.clone());
        if alike.len() > 1 {
            let all: Exact = alike.iter().map(|entry| &entry.amount).sum();
            amount = format!("{} payments of {amount}, together {}", alike.len(), show(&all, money));
            due = from_to(&first.due, &last.due);
            reference.push_str(" to ");
            reference.push_str(part_of(last).map_or(last.reference.as_str(), |(_, part)| part));
        }
        if !first.rule.is_empty() {
            due.push_str(&format!(" ({})", first.rule));
        }
        let cells = [&first.payer, &first.payee, &amount, &due, &reference];
        list.row(cells.map(|text| said(text)).to_vec());
    }
    Block::Table(list)
}

/// Whether an entry is the next of several equal parts of one payment, which are one row.
fn is_next_part(left: &Entry, right: &Entry) -> bool {
    let same = |of: fn(&Entry) -> &str| of(left) == of(right);
    let stem = |entry| part_of(entry).map(|(stem, _)| stem);
    stem(left).is_some()
        && stem(left) == stem(right)
        && left.amount == right.amount
        && same(|entry| &entry.payer)
        && same(|entry| &entry.payee)
        && same(|entry| &entry.rule)
}

/// The reference of a payment and which part of it an entry is: `part-3-of-12`.
fn part_of(entry: &Entry) -> Option<(&str, &str)> {
    let (stem, part) = entry.reference.rsplit_once('/')?;
    let (number, count) = part.strip_prefix("part-")?.split_once("-of-")?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(number) && is_number(count)).then_some((stem, part))
}

fn due_of(due: &str) -> String {
    parse_date(due).map_or_else(|| due.to_owned(), show_date)
}

/// `1 April 2027 to 1 March 2028`, or `on the first day of each month: April 2027 to March 2028`.
fn from_to(first: &str, last: &str) -> String {
    let words = first.rsplit_once(": ").zip(last.rsplit_once(": "));
    match words {
        Some(((rule, from), (same, to))) if rule == same => format!("{rule}: {from} to {to}"),
        _ => format!("{} to {}", due_of(first), due_of(last)),
    }
}

fn of_kind<'a>(entries: &[&'a Entry], kind: EntryKind) -> Vec<&'a Entry> {
    entries.iter().copied().filter(|entry| entry.kind == kind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(number: usize, amount: &str, due: &str) -> Entry {
        Entry {
            payer: "Council".to_owned(),
            payee: "Trust".to_owned(),
            amount: Exact::parse(amount).unwrap(),
            due: due.to_owned(),
            rule: String::new(),
            clause: String::new(),
            period: "2027/28".to_owned(),
            case: "all".to_owned(),
            reference: format!("vale/2027/28/all/block/trust/part-{number}-of-4"),
            fund: String::new(),
            kind: EntryKind::Payment,
            goes_back: false,
        }
    }

    #[test]
    fn equal_parts_of_one_payment_are_one_row() {
        let all = [
            part(1, "250.25", "each quarter: Q1 2027/28"),
            part(2, "250.25", "each quarter: Q2 2027/28"),
            part(3, "250.25", "each quarter: Q3 2027/28"),
            part(4, "250.26", "each quarter: Q4 2027/28"),
        ];
        let entries: Vec<&Entry> = all.iter().collect();
        let Block::Table(table) = entries_table("", ["From", "To"], &entries, &Unit::money("GBP")) else {
            panic!("no table")
        };
        let rows: Vec<String> = table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| jcm_doc::plain(cell)).collect::<Vec<_>>().join(" | "))
            .collect();
        assert_eq!(
            rows,
            [
                "Council | Trust | 3 payments of £250.25, together £750.75 | each quarter: Q1 2027/28 to Q3 2027/28 | \
                 vale/2027/28/all/block/trust/part-1-of-4 to part-3-of-4",
                "Council | Trust | £250.26 | each quarter: Q4 2027/28 | vale/2027/28/all/block/trust/part-4-of-4",
            ]
        );
    }

    #[test]
    fn days_of_parts_are_said_from_the_first_to_the_last() {
        assert_eq!(from_to("2027-04-01", "2028-03-01"), "1 April 2027 to 1 March 2028");
        assert!(part_of(&Entry { reference: "a/part-x-of-2".to_owned(), ..part(1, "1", "") }).is_none());
    }
}
