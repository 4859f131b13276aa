//! The journal: what a settlement alone says of when money is due, and what stays within one party.

use crate::{POINTS, engine_with, points, settle};
use jcm_settle::{Engine, Entry, EntryKind, Settled};
use serde_json::json;

/// £871.78 for one practice: 90 % to it, 10 % to the network.
const MEASURES: &str = "practice,ind,num,denom,points\nP1,AF01,1,0,10\nP1,AF02,2,3,10\n";

fn journal(engine: &Engine) -> Vec<Entry> {
    let (table, results) = settle(engine, MEASURES);
    let ledger = engine.ledger(&table, &results, None);
    engine.journal(&[Settled { table: &table, results: &results, ledger: &ledger }], None)
}

fn rows(entries: &[Entry]) -> Vec<(&str, &str, String, &str)> {
    let row = |entry: &'_ Entry| (entry.amount.text(), entry.kind.words());
    entries
        .iter()
        .map(|entry| {
            let (amount, kind) = row(entry);
            (entry.payer.as_str(), entry.payee.as_str(), amount, kind)
        })
        .collect()
}

#[test]
fn parts_and_days_come_from_the_settlement() {
    let parts = json!([{
        "period": "2013/14",
        "parts": [{ "day": "2013-10-01" }, { "day": "2014-04-01" }, { "words": "in the summer after" }],
        "odd": "one_each",
    }]);
    let entries = journal(&engine_with(POINTS, &[("/payments/0/due", parts)]));
    let network: Vec<(String, &str)> = entries
        .iter()
        .filter(|entry| entry.payee == "The Network")
        .map(|entry| (entry.amount.text(), entry.due.as_str()))
        .collect();
    let days = ["2013-10-01", "2014-04-01", "in the summer after"];
    // 8,718 pence in three parts.
    assert_eq!(network, days.map(|day| ("29.06".to_owned(), day)));
    assert!(entries.iter().all(|entry| entry.fund == "The Points Fund"));
    let references: std::collections::BTreeSet<&str> =
        entries.iter().map(|entry| entry.reference.as_str()).collect();
    assert_eq!(references.len(), 6);
}

#[test]
fn a_settlement_that_does_not_say_when_is_not_guessed_at() {
    let entries = journal(&engine_with(POINTS, &[("/payments/0/due", json!([]))]));
    assert!(entries.iter().all(|entry| entry.due == "the settlement does not say"), "{entries:?}");
}

#[test]
fn the_host_of_a_fund_does_not_pay_itself_through_a_bank() {
    assert!(journal(&points()).iter().all(|entry| entry.kind == EntryKind::Payment));
    let engine =
        engine_with(POINTS, &[("/payments/0/payer", json!("network")), ("/payments/0/due", json!([]))]);
    let entries = journal(&engine);
    assert_eq!(
        rows(&entries),
        [
            ("The Network", "The Practice (P1)", "784.6".to_owned(), "payment"),
            ("The Network, for The Points Fund", "The Network", "87.18".to_owned(), "internal transfer"),
        ]
    );
    let csv = engine.journal_csv(&entries);
    assert!(csv.ends_with(",The Points Fund,internal transfer\n"), "{csv}");
}
