//! From a data file to results.

use crate::{POINTS, engine_with, points, read, settle, shared_savings};
use jcm_settle::By;
use serde_json::json;
use std::cell::RefCell;

#[test]
fn one_row_per_case() {
    let text = "\
ID,Name,Track,Benchmark,Expenditure,People,Elected
A1,\"Acme, Inc\",A,\"50,000,000\",\"45,000,000\",\"5,500\",
A2,,withdrawn,,,,
A3,=evil(),EN,\"$1,000,000.00\",\"980,000\",70000,2.00%
=A4,,EN,1000000,980001,70000,2.00%
A5,,A,100,0,60000,.
";
    let (table, results) = settle(&shared_savings(), text);
    // A1: 10 % saved, 3.9 - 0.3 x 500 / 999 % needed, 40 % of it less 2 %. A3: 2 % reaches 2 %. A4: it just does not. A5: the cap of 10 %.
    let expected = "\
ID,shared.saving,shared.rate (%),shared.minimum (%),shared.generated,shared.earned,payment to group
A1,5000000.00,10,3.74984984985,5000000.00,1960000.00,1960000.00
A3,20000.00,2,2,20000.00,14700.00,14700.00
'=A4,19999.00,1.9999,2,0.00,0.00,0.00
A5,100.00,100,2,100.00,10.00,10.00
";
    assert_eq!(shared_savings().results_csv(&table, &results, By::Case), expected);
    assert_eq!(shared_savings().results_csv(&table, &results, By::Row), "ID\n");
    let totals = shared_savings().totals(&results);
    assert_eq!(totals.len(), 1);
    assert_eq!(
        (totals[0].header.as_str(), totals[0].amount.text().as_str()),
        ("payment to group", "1974710")
    );
}

/// Rows of one case need not stand together; cases and rows keep the order of the file.
const MEASURES: &str = "\
practice;ind;num;denom;points;achieved
P2;AF01;65;100;10;5
P1;AF01;1;0;10;0
P1;AF02;2;3;10;5.555555555555555
P2;BP01;1;2;6;3
";

#[test]
fn rows_of_one_key_make_one_case() {
    let engine = points();
    let (table, results) = settle(&engine, MEASURES);
    assert_eq!(table.keys().collect::<Vec<_>>(), ["P2", "P1"]);
    // P2: 5 + 3 points. P1: nobody eligible, and (2/3 - 0.5) / 0.3 of 10 points.
    let by_case = "\
practice,points.total (points),points.payable,payment to practice,payment to network
P2,8,1255.36,1129.82,125.54
P1,5.55555555556,871.777777778,784.60,87.18
";
    assert_eq!(engine.results_csv(&table, &results, By::Case), by_case);
    let by_row = "\
practice,ind,points.progress (%),points.achieved (points)
P2,AF01,50,5
P2,BP01,50,3
P1,AF01,0,0
P1,AF02,55.5555555556,5.55555555556
";
    assert_eq!(engine.results_csv(&table, &results, By::Row), by_row);
    let totals: Vec<String> = engine.totals(&results).iter().map(|total| total.amount.text()).collect();
    assert_eq!(totals, ["1914.42", "212.72"]);
}

#[test]
fn several_payments_have_their_names_in_the_headers() {
    let first = serde_json::from_str::<serde_json::Value>(POINTS).unwrap()["payments"][0].clone();
    let mut second = first.clone();
    second["name"] = json!("again");
    let engine = engine_with(POINTS, &[("/payments", json!([first, second]))]);
    let (table, results) = settle(&engine, MEASURES);
    let csv = engine.results_csv(&table, &results, By::Case);
    let header = "points: payment to practice,points: payment to network,again: payment to practice,again: payment to network";
    assert!(csv.lines().next().unwrap().ends_with(header), "{csv}");
}

#[test]
fn results_do_not_depend_on_the_processors_and_progress_reaches_the_end() {
    let engine = shared_savings();
    let rows: String =
        (0..1000).map(|i| format!("A{i},EN,{},{},70000,1%\n", 1_000_000 + i, 900_000 - i)).collect();
    let table = read(&engine, &format!("ID,Track,Benchmark,Expenditure,People,Elected\n{rows}")).unwrap();
    let steps = RefCell::new(Vec::new());
    let results = engine.settle(&table, &|done, total| steps.borrow_mut().push((done, total))).unwrap();
    assert!(steps.borrow().is_sorted(), "{steps:?}");
    assert_eq!(steps.borrow().last(), Some(&(1000, 1000)));
    let csv = engine.results_csv(&table, &results, By::Case);
    let keys: Vec<&str> = csv.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(keys, (0..1000).map(|i| format!("A{i}")).collect::<Vec<_>>());
    for _ in 0..5 {
        assert_eq!(engine.settle(&table, &|_, _| ()).unwrap(), results);
    }
}

#[test]
fn a_file_whose_rows_are_all_left_out_has_no_results() {
    let engine = shared_savings();
    let (table, results) =
        settle(&engine, "ID,Track,Benchmark,Expenditure,People,Elected\nA,withdrawn,,,,\n");
    assert!(table.is_empty() && results.outcomes.is_empty());
    assert_eq!(engine.results_csv(&table, &results, By::Case).lines().count(), 1);
}

#[test]
fn the_examples_inside_the_specification_can_be_settled_as_data() {
    // The example of the shared saving, given as a file.
    let (table, results) = settle(
        &shared_savings(),
        "ID,Track,Benchmark,Expenditure,People,Elected\nE,A,50000000,45000000,5500,\n",
    );
    assert_eq!(table.len(), 1);
    assert_eq!(results.outcomes[0].payments[0].amount.text(), "1960000");
}
