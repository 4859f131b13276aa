//! Figures that are disputed, late, suppressed or carried forward, and figures that were awarded.

use crate::{POINTS, SHARED_SAVINGS, engine_with, read};
use jcm_settle::{Account, Engine, Problems, Results, Table, codes};
use proptest::prelude::*;
use serde_json::{Value, json};

pub(crate) const HEADER: &str = "ID,Track,Benchmark,Expenditure,People,Elected,Earned\n";

/// Savings that are shared between two, one of whom can gain no more than 40,000; `rule` for disputed expenditure.
pub(crate) fn shared(rule: &str) -> Engine {
    let parties = json!([
        { "name": "payer", "title": "The Payer", "per_case": false },
        { "name": "group", "title": "The Group", "per_case": true },
        { "name": "other", "title": "The Other", "per_case": false }
    ]);
    let shares = json!([
        { "party": "group", "share": "0.6", "gaining_at_most": "40000" },
        { "party": "other", "share": "0.4" }
    ]);
    let doubt = json!({ "disputed": rule, "verified_by": "external auditor" });
    engine_with(
        SHARED_SAVINGS,
        &[
            ("/parties", parties),
            ("/payments/0/shares", shares),
            ("/payments/0/excess", json!("others")),
            ("/inputs/1/doubt", doubt.clone()),
            ("/inputs/2/doubt", doubt),
            ("/vectors", json!([])),
        ],
    )
}

fn disputed(engine: &Engine, rows: &str, disputes: &str) -> Result<(Table, Results), Problems> {
    let table = read(engine, &format!("{HEADER}{rows}"))?;
    let text = format!("case,input,by,figure,reason\n{disputes}");
    let table = engine.read_disputes(table, "disputes.csv", text.as_bytes())?;
    let results = engine.settle(&table, &|_, _| ())?;
    Ok((table, results))
}

/// What is paid to the group and the other now, and what is open.
fn paid(engine: &Engine, rows: &str, disputes: &str) -> Vec<(String, String)> {
    let (table, results) = disputed(engine, rows, disputes).unwrap();
    let ledger = engine.ledger(&table, &results, None);
    ledger.cases[0].iter().map(|account| (account.now.text(), account.open.text())).collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

const A: &str = "A,EN,1000000,900000,70000,2.00%,0\n";

#[test]
fn what_is_paid_under_both_figures_is_paid() {
    // 75 % of 98 % of the saving: 73,500 of 100,000, 29,400 of 40,000. Of the first, the group reaches its limit.
    let engine = shared("undisputed");
    let lower = paid(&engine, A, "A,Expenditure,payer,960000,Counted again\n");
    assert_eq!(lower, pairs(&[("17640", "22360"), ("11760", "21740")]));
    let higher = paid(&engine, A, "A,expenditure,payer,800000,Counted again\n");
    assert_eq!(higher, pairs(&[("40000", "0"), ("33500", "0")]));
}

#[test]
fn what_flows_in_two_directions_is_not_paid() {
    // A loss of 100,000 against a gain of as much.
    let engine = shared("undisputed");
    let found = paid(&engine, A, "A,Expenditure,payer,1100000,Counted again\n");
    assert_eq!(found, pairs(&[("0", "40000"), ("0", "33500")]));
}

#[test]
fn a_payment_that_is_held_waits_whole() {
    let found = paid(&shared("hold"), A, "A,Expenditure,payer,960000,Counted again\n");
    assert_eq!(found, pairs(&[("0", "40000"), ("0", "33500")]));
}

#[test]
fn the_figure_that_counts_is_the_collected_or_the_verified_one() {
    let found = paid(&shared("as_collected"), A, "A,Expenditure,payer,960000,Counted again\n");
    assert_eq!(found, pairs(&[("40000", "0"), ("33500", "0")]));
    let verified =
        "A,Expenditure,External Auditor,960000,Counted again\nA,Expenditure,payer,999999,As well\n";
    assert_eq!(paid(&shared("as_verified"), A, verified), pairs(&[("17640", "0"), ("11760", "0")]));
    let engine = shared("as_verified");
    let (table, results) = disputed(&engine, A, verified).unwrap();
    let text = engine.statement(&table, &results, "A").unwrap().text();
    assert!(
        text.contains("disputed by External Auditor, who gives $960,000.00, which counts: Counted again"),
        "{text}"
    );
    let problems = disputed(&engine, A, "A,Expenditure,payer,960000,Counted again\n").unwrap_err();
    assert_eq!(problems.list[0].code, codes::DISPUTE_UNRULED);
}

#[test]
fn sixty_four_combinations_are_settled_and_no_more() {
    let engine = shared("undisputed");
    let figures = |count: usize| -> String {
        let parties = (0..count).map(|i| format!("A,Expenditure,auditor {i},{},Again\n", 901_000 + i));
        parties.collect()
    };
    assert_eq!(disputed(&engine, A, &figures(63)).unwrap().1.undisputed[&0].combinations, 64);
    let problems = disputed(&engine, A, &figures(64)).unwrap_err();
    assert_eq!((problems.list[0].code, problems.list[0].row), (codes::TOO_MANY_DISPUTES, Some(2)));
}

#[test]
fn a_disputed_figure_under_which_nothing_can_be_settled_is_said() {
    let problems = disputed(&shared("undisputed"), A, "A,Benchmark,payer,0,There is none\n").unwrap_err();
    assert_eq!(problems.list[0].code, codes::CASE_STOPS);
    assert!(problems.to_string().ends_with("with a figure that is in dispute"), "{problems}");
}

#[test]
fn over_all_cases_a_dispute_of_one_leaves_the_others_open() {
    let literal = json!({
        "op": "literal", "value": { "number": "1000" },
        "unit": { "label": "$", "dims": { "money USD": 1 }, "shown": "plain" }
    });
    let step = json!({ "op": "step", "name": "shared.generated" });
    let sum = json!({ "op": "over_all", "function": { "statistic": "sum" }, "arg": step });
    let share = json!({ "op": "divide", "args": [step, sum] });
    let earned = json!({ "op": "round", "arg": { "op": "multiply", "args": [literal, share] }, "mode": "half_up", "grain": "1" });
    let engine = engine_with(
        SHARED_SAVINGS,
        &[
            ("/steps/4/expression", earned),
            ("/inputs/2/doubt", json!({ "disputed": "undisputed" })),
            ("/vectors", json!([])),
        ],
    );
    let rows = "A,EN,1000000,900000,70000,2.00%,\nB,EN,1000000,700000,70000,2.00%,\n";
    let (table, results) = disputed(&engine, rows, "A,Expenditure,payer,700000,Counted again\n").unwrap();
    let ledger = engine.ledger(&table, &results, None);
    // 250 or 500 for A, 750 or 500 for B.
    let now: Vec<String> = ledger.cases.iter().map(|case| case[0].now.text()).collect();
    assert_eq!(now, ["250", "500"]);
    let ranges: Vec<bool> = ledger.cases.iter().map(|case| case[0].range.is_some()).collect();
    assert_eq!(ranges, [true, true]);
}

/// Points by measure, where the number reached can be late or suppressed.
fn counted(doubt: Value) -> Engine {
    engine_with(
        POINTS,
        &[
            ("/inputs/1/doubt", doubt),
            ("/inputs/1/missing", json!({ "carry_forward": { "times": 1, "then": "neutral" } })),
            ("/datasets/0/suppressed", json!(["*"])),
            ("/datasets/0/columns/1/received", json!({ "header": "came", "reading": "date_year_first" })),
            ("/vectors", json!([])),
        ],
    )
}

const ROWS: &str = "practice,ind,num,came,denom,points,achieved\n";

fn given(engine: &Engine, table: &Table) -> Vec<(String, String)> {
    let results = engine.settle(table, &|_, _| ()).unwrap();
    let statement = engine.statement(table, &results, "P").unwrap();
    let of_row = |row: &jcm_settle::StatementRow| {
        let reached = row.given.iter().find(|given| given.title == "People reached").unwrap();
        (reached.value.clone(), reached.notes.join("; "))
    };
    statement.rows.iter().map(of_row).collect()
}

#[test]
fn what_is_late_or_suppressed_is_what_the_contract_says() {
    let engine =
        counted(json!({ "late": { "months": 1, "days": 0 }, "suppressed": { "use": { "number": "3" } } }));
    let last = engine.settlement().periods[0].end;
    let (in_time, late) = (day_after(last, 29), day_after(last, 40));
    let text =
        format!("{ROWS}P,AF01,50,{in_time},100,10,\nP,AF02,50,{late},100,10,\nP,BP01,*,{in_time},100,10,\n");
    let table = read(&engine, &text).unwrap();
    let given = given(&engine, &table);
    assert_eq!(given[0], ("50 people".to_owned(), String::new()));
    assert_eq!(given[1].0, "missing");
    assert!(given[1].1.starts_with("it came on ") && given[1].1.ends_with("the last day on which it counts"));
    assert_eq!(given[2].0, "3 people");
    assert!(given[2].1.contains("“*”"), "{}", given[2].1);
    // Without the day nobody knows whether it counts.
    let problems = read(&engine, &format!("{ROWS}P,AF01,50,,100,10,\n")).unwrap_err();
    assert_eq!(
        (problems.list[0].code, problems.list[0].column.as_deref()),
        (codes::UNREADABLE_CELL, Some("came"))
    );
}

/// So many days after a day.
fn day_after(day: jcm_quantity::Date, days: u32) -> String {
    jcm_quantity::add_days(day, i64::from(days)).unwrap().to_string()
}

#[test]
fn a_figure_is_carried_forward_as_long_as_the_contract_says() {
    let engine = counted(json!({ "suppressed": "as_missing" }));
    let now = format!("{ROWS}P,AF01,,2022-01-01,100,10,\nP,AF02,*,2022-01-01,100,10,\n");
    let before = format!("{ROWS}P,AF01,40,2022-01-01,,,\nP,AF02,,2022-01-01,,,\n");
    let long_before = format!("{ROWS}P,AF02,30,2022-01-01,,,\n");
    let table = read(&engine, &now).unwrap();
    let files: [(&str, &[u8]); 2] = [("q3.csv", before.as_bytes()), ("q2.csv", long_before.as_bytes())];
    let table = engine.read_earlier(table, &files).unwrap();
    let given = given(&engine, &table);
    assert_eq!(given[0].0, "40 people");
    assert_eq!(given[0].1, "not reported; carried forward from the period before, in q3.csv");
    // Two periods are too long.
    assert_eq!(given[1].0, "missing");
}

fn overridden(engine: &Engine, rows: &str, overrides: &str) -> Result<(Table, Results), Problems> {
    let table = read(engine, &format!("{HEADER}{rows}"))?;
    let text = format!("case,line,payee,value,reason,author,date\n{overrides}");
    let table = engine.read_overrides(table, "overrides.csv", text.as_bytes())?;
    let results = engine.settle(&table, &|_, _| ())?;
    Ok((table, results))
}

#[test]
fn an_award_stands_in_for_a_line_and_the_lines_after_it_follow() {
    let engine = shared("hold");
    let award = "A,saving,,\"$50,000\",Flood,Director,2023-02-01\n";
    let (table, results) = overridden(&engine, A, award).unwrap();
    let statement = engine.statement(&table, &results, "A").unwrap();
    let saving = statement.line("shared.saving").unwrap();
    assert_eq!(saving.value, "$50,000.00");
    assert_eq!(saving.award.as_ref().unwrap().0, "$100,000.00");
    assert_eq!(statement.payments[0].amount, "$36,750.00");
    for (wrong, code) in [
        ("B,saving,,5,Flood,Director,2023-02-01\n", codes::NOTHING_THERE),
        ("A,savings,,5,Flood,Director,2023-02-01\n", codes::NOTHING_THERE),
        ("A,saving,,5,Flood,,2023-02-01\n", codes::UNSAID),
        ("A,saving,,five,Flood,Director,2023-02-01\n", codes::UNREADABLE_CELL),
        ("A,saving,,5,Flood,Director,1/2/2023\n", codes::UNREADABLE_CELL),
        ("A,shared,nobody,5,Flood,Director,2023-02-01\n", codes::NOTHING_THERE),
        ("A,shared,group,5,Flood,Director,2023-02-01\n", codes::PARTS_DIFFER),
        (
            "A,saving,,5,Flood,Director,2023-02-01\nA,Saving,,6,Flood,Director,2023-02-01\n",
            codes::DUPLICATE_KEY,
        ),
    ] {
        let problems = overridden(&engine, A, wrong).unwrap_err();
        assert_eq!(problems.list[0].code, code, "{wrong}: {problems}");
    }
}

#[test]
fn awarded_parts_must_sum_to_the_payment() {
    let engine = shared("hold");
    let both = "A,shared,group,\"$30,000\",Flood,Director,2023-02-01\nA,shared,The Other,\"$43,500\",Flood,Director,2023-02-01\n";
    let (table, results) = overridden(&engine, A, both).unwrap();
    let paid = &engine.statement(&table, &results, "A").unwrap().payments[0];
    assert!(paid.sums);
    assert_eq!(paid.parts[0].amount, "$30,000.00");
    assert_eq!(paid.parts[0].award.as_ref().unwrap().0, "$40,000.00");
}

fn settled(engine: &Engine, rows: &str) -> Vec<Account> {
    let table = read(engine, &format!("{HEADER}{rows}")).unwrap();
    let results = engine.settle(&table, &|_, _| ()).unwrap();
    engine.ledger(&table, &results, None).cases[0].clone()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Undisputed and open parts add up to what is settled, and no payee is paid more than under any combination.
    #[test]
    fn the_undisputed_part_is_paid_under_every_figure(
        benchmark in 1_000_000u32..1_200_000, other_benchmark in 1_000_000u32..1_200_000,
        spent in 800_000u32..1_300_000, other_spent in 800_000u32..1_300_000,
    ) {
        prop_assume!(benchmark != other_benchmark && spent != other_spent);
        let engine = shared("undisputed");
        let row = |benchmark: u32, spent: u32| format!("A,EN,{benchmark},{spent},70000,2.00%,0\n");
        let disputes = format!("A,Benchmark,payer,{other_benchmark},Again\nA,Expenditure,payer,{other_spent},Again\n");
        let (table, results) = disputed(&engine, &row(benchmark, spent), &disputes).unwrap();
        let accounts = engine.ledger(&table, &results, None).cases[0].clone();
        let corners = [(benchmark, spent), (benchmark, other_spent), (other_benchmark, spent), (other_benchmark, other_spent)];
        let corners: Vec<Vec<Account>> = corners.iter().map(|(b, s)| settled(&engine, &row(*b, *s))).collect();
        for (payee, account) in accounts.iter().enumerate() {
            prop_assert_eq!(&account.now + &account.open, account.settled.clone());
            prop_assert_eq!(&account.settled, &corners[0][payee].settled);
            let mut met = account.now.is_zero();
            for corner in &corners {
                let due = &corner[payee].settled;
                prop_assert!(account.now.abs() <= due.abs() && (account.now.is_zero() || account.now.is_negative() == due.is_negative()));
                met |= *due == account.now;
            }
            prop_assert!(met, "more could be paid");
        }
    }
}
