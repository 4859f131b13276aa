//! Runs that set each other off.

use crate::doubts::{HEADER, shared};
use crate::read;
use jcm_quantity::Exact;
use jcm_settle::{Engine, FileRead, Ledger, Problems, Run, RunKind, Settled, codes};
use proptest::prelude::*;

/// Settles a run, with its record.
fn run(
    engine: &Engine,
    kind: RunKind,
    rows: &str,
    disputes: &str,
    previous: Option<&str>,
) -> Result<(Ledger, String, Run), Problems> {
    let mut table = read(engine, &format!("{HEADER}{rows}"))?;
    if !disputes.is_empty() {
        let text = format!("case,input,by,figure,reason\n{disputes}");
        table = engine.read_disputes(table, "disputes.csv", text.as_bytes())?;
    }
    let run = engine.read_run(&table, kind, previous.map(|text| ("before.json", text.as_bytes())))?;
    let results = engine.settle(&table, &|_, _| ())?;
    let ledger = engine.ledger(&table, &results, Some(&run));
    let files = [FileRead { role: "data", name: "data.csv", bytes: rows.as_bytes() }];
    let settled = Settled { table: &table, results: &results, ledger: &ledger, run: &run };
    let record = engine.record(settled, &files, "jcm test").unwrap();
    Ok((ledger, record, run))
}

fn row(spent: u32) -> String {
    format!("A,EN,1000000,{spent},70000,2.00%,0\n")
}

#[test]
fn a_record_says_what_it_follows_and_what_was_read() {
    let engine = shared("undisputed");
    let (_, first, _) = run(&engine, RunKind::Provisional, &row(900_000), "", None).unwrap();
    let (_, second, _) = run(&engine, RunKind::Final, &row(950_000), "", Some(&first)).unwrap();
    let json: serde_json::Value = serde_json::from_str(&second).unwrap();
    assert_eq!(json["run"]["number"], 2);
    assert_eq!(json["previous"]["run"]["kind"], "provisional");
    assert_eq!(json["previous"]["sha256"].as_str().unwrap().len(), 64);
    // 40,000 and 33,500 before; 22,050 and 14,700 now.
    assert_eq!(json["cases"][0]["paid"][0]["now"], "-17950");
    assert_eq!(json["cases"][0]["paid"][1]["now"], "-18800");
    let (_, third, _) = run(&engine, RunKind::Reconciliation(1), &row(950_000), "", Some(&second)).unwrap();
    let json: serde_json::Value = serde_json::from_str(&third).unwrap();
    assert_eq!(json["cases"][0]["paid"][0]["before"], "22050");
    assert_eq!(json["cases"][0]["paid"][0]["now"], "0");
}

#[test]
fn a_record_of_something_else_is_refused() {
    let engine = shared("undisputed");
    let (_, first, _) = run(&engine, RunKind::Provisional, &row(900_000), "", None).unwrap();
    let refused = |kind: RunKind, rows: &str, record: &str| {
        let problems = run(&engine, kind, rows, "", Some(record)).map(|_| ()).unwrap_err();
        problems.list[0].code
    };
    let last = row(900_000);
    assert_eq!(refused(RunKind::Final, &last, "not json"), codes::NO_RECORD);
    assert_eq!(
        refused(RunKind::Final, &last, &first.replace("\"version\": 1", "\"version\": 2")),
        codes::NO_RECORD
    );
    assert_eq!(refused(RunKind::Final, &last, &first.replace("\"40000\"", "\"4O000\"")), codes::NO_RECORD);
    for (then, now) in [
        ("\"shared_savings\"", "\"another\""),
        ("Shared Savings Agreement", "Shared Savings Agreement: North"),
        ("\"USD\"", "\"EUR\""),
        ("\"period\": \"2022\"", "\"period\": \"2021\""),
        ("\"unit\": \"$\"", "\"unit\": \"€\""),
    ] {
        assert_eq!(refused(RunKind::Final, &last, &first.replace(then, now)), codes::OTHER_RUN, "{then}");
    }
    assert_eq!(refused(RunKind::Reconciliation(1), &last, &first), codes::RUN_DISORDERED);
    let other = last.replace("A,EN", "B,EN");
    assert_eq!(refused(RunKind::Final, &other, &first), codes::PAID_BEFORE_LOST);
    let problems = run(&engine, RunKind::Reconciliation(2), &last, "", None).map(|_| ()).unwrap_err();
    assert_eq!(problems.list[0].code, codes::RUN_DISORDERED);
}

#[test]
fn runs_come_in_order() {
    for (text, kind) in [
        ("provisional", Some(RunKind::Provisional)),
        ("final", Some(RunKind::Final)),
        ("reconciliation 2", Some(RunKind::Reconciliation(2))),
        ("reconciliation 0", None),
        ("reconciliation", None),
        ("Final settlement", None),
    ] {
        assert_eq!(RunKind::parse(text), kind, "{text}");
    }
}

#[test]
fn a_provisional_payment_is_not_taken_back_while_its_figure_is_in_dispute() {
    // 40,000 was paid to the group; the other figure gives 17,640: neither of the two is beyond dispute.
    let engine = shared("undisputed");
    let (_, first, _) = run(&engine, RunKind::Provisional, &row(900_000), "", None).unwrap();
    let disputes = "A,Expenditure,payer,960000,Again\n";
    let (ledger, ..) = run(&engine, RunKind::Final, &row(900_000), disputes, Some(&first)).unwrap();
    assert!(ledger.cases[0].iter().all(|account| account.now.is_zero()));
    // Where both figures give less, the lesser loss is paid back.
    let disputes = "A,Expenditure,payer,950000,Again\n";
    let (ledger, ..) = run(&engine, RunKind::Final, &row(960_000), disputes, Some(&first)).unwrap();
    let back: Vec<String> = ledger.cases[0].iter().map(|account| account.now.text()).collect();
    assert_eq!(back, ["-17950", "-18800"]);
    assert!(ledger.cases[0].iter().all(jcm_settle::Account::is_clawed_back));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Over any chain of runs: what was paid before and is paid now and is open is what is settled, to the penny and for
    /// each payee; what leaves the payer is what reaches the payees; and the record hands on what was paid.
    #[test]
    fn a_chain_of_runs_pays_what_is_settled(
        spent in proptest::collection::vec((800_000u32..1_300_000, proptest::option::of(800_000u32..1_300_000)), 1..5),
    ) {
        let engine = shared("undisputed");
        let mut record: Option<String> = None;
        let mut paid = vec![Exact::zero(); 2];
        for (place, (figure, other)) in spent.iter().enumerate() {
            let kind = match place {
                0 => RunKind::Provisional,
                1 => RunKind::Final,
                later => RunKind::Reconciliation(u32::try_from(later - 1).unwrap()),
            };
            let other = other.filter(|other| other != figure);
            let disputes = other.map_or_else(String::new, |other| format!("A,Expenditure,payer,{other},Again\n"));
            let (ledger, text, _) = run(&engine, kind, &row(*figure), &disputes, record.as_deref()).unwrap();
            for (account, paid) in ledger.cases[0].iter().zip(&mut paid) {
                prop_assert_eq!(&account.before, &*paid);
                prop_assert_eq!(&(&account.before + &account.now) + &account.open, account.settled.clone());
                if disputes.is_empty() {
                    prop_assert!(account.open.is_zero());
                }
                *paid = &*paid + &account.now;
            }
            let sum = |of: fn(&jcm_settle::Account) -> &Exact| ledger.cases[0].iter().map(of).sum::<Exact>();
            let totals = ledger.totals();
            prop_assert_eq!(sum(|a| &a.now), totals.iter().map(|a| &a.now).sum::<Exact>());
            prop_assert_eq!(
                sum(|a| &a.settled),
                sum(|a| &a.before) + sum(|a| &a.now) + sum(|a| &a.open)
            );
            record = Some(text);
        }
    }
}
