//! Lines over all cases: the cases of a file are settled together.

use crate::{SHARED_SAVINGS, engine_with, read, settle};
use jcm_settle::{By, Engine, codes, prove};
use serde_json::{Value, json};

const HEADER: &str = "ID,Track,Benchmark,Expenditure,People,Elected,Earned\n";

/// The sum, over all cases, of a line.
fn sum_of(step: &str) -> Value {
    json!({ "op": "over_all", "function": { "statistic": "sum" }, "arg": { "op": "step", "name": step } })
}

/// A thousand dollars, shared in the proportion of what was generated.
fn fund() -> Engine {
    let literal = json!({
        "op": "literal", "value": { "number": "1000" },
        "unit": { "label": "$", "dims": { "money USD": 1 }, "shown": "plain" }
    });
    let share = json!({ "op": "divide", "args": [{ "op": "step", "name": "shared.generated" }, sum_of("shared.generated")] });
    let earned = json!({ "op": "round", "arg": { "op": "multiply", "args": [literal, share] }, "mode": "half_up", "grain": "1" });
    engine_with(SHARED_SAVINGS, &[("/steps/4/expression", earned), ("/vectors", json!([]))])
}

#[test]
fn a_fund_is_shared_out() {
    let rows = "A,EN,1000000,900000,70000,2.00%,250\nB,EN,1000000,700000,70000,2.00%,751\n";
    let engine = fund();
    let (table, results) = settle(&engine, &format!("{HEADER}{rows}"));
    let csv = engine.results_csv(&table, &results, By::Case);
    assert!(csv.contains("100000.00,250.00,250.00\n") && csv.contains("300000.00,750.00,750.00\n"), "{csv}");
    let statement = engine.statement(&table, &results, "B").unwrap();
    let earned = statement.line("shared.earned").unwrap();
    assert_eq!(earned.figures, "$1,000.00 × $300,000.00 ÷ $400,000.00 (over all cases)");
    // B differs by a dollar; what the rounding of A's figures allows for B is not followed.
    let comparison = engine.compare(&table, &results, "Earned").unwrap();
    assert_eq!((comparison.exact, comparison.unclear), (1, 1));
    assert!(comparison.text().contains("unclear: The line depends on all cases"), "{}", comparison.text());
}

#[test]
fn one_case_that_stops_stops_them_all() {
    let engine = fund();
    let rows = "B,EN,1000000,700000,70000,2.00%,\nC,EN,0,0,70000,2.00%,\n";
    let table = read(&engine, &format!("{HEADER}{rows}")).unwrap();
    let problems = engine.settle(&table, &|_, _| ()).unwrap_err();
    let found: Vec<_> = problems.list.iter().map(|problem| (problem.code, problem.row)).collect();
    assert_eq!(found, [(codes::CASE_STOPS, Some(3))]);
    // Nobody has generated anything: there is nothing to share in proportion to.
    let table =
        read(&engine, &format!("{HEADER}A,EN,100,100,70000,2.00%,\nB,EN,100,100,70000,2.00%,\n")).unwrap();
    let problems = engine.settle(&table, &|_, _| ()).unwrap_err();
    assert_eq!(problems.list.len(), 2, "{problems}");
    assert!(problems.to_string().contains("divides by zero"), "{problems}");
}

#[test]
fn a_vector_with_other_cases_is_proved_with_them() {
    let given = |spent: &str| {
        json!([
            { "input": "track", "value": { "choice": "two_sided" } },
            { "input": "benchmark", "value": { "number": "1000000" } },
            { "input": "expenditure", "value": { "number": spent } },
            { "input": "people", "value": { "number": "70000" } },
            { "input": "elected", "value": { "number": "0.02" } }
        ])
    };
    let vector = json!({
        "title": "A quarter", "period": "2022", "given": given("900000"), "others": [given("700000")],
        "expect": [{ "of": "step", "step": "shared.earned", "value": { "number": "250" }, "source_line": 1 }]
    });
    let mut specification = jcm_spec::write(fund().settlement(), "jcm test").unwrap();
    let mut json: Value = serde_json::from_str(&specification).unwrap();
    json["vectors"] = json!([vector]);
    specification = json.to_string();
    let engine = Engine::from_json(&specification).unwrap();
    let proofs = prove(engine.settlement());
    assert!(proofs.len() == 1 && proofs[0].passed(), "{proofs:?}");
}
