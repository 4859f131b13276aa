//! Statements: every line in words and with its figures.

use crate::{POINTS, engine_with, points, settle, shared_savings};
use std::path::Path;

/// Compares a statement with the one kept beside this file; `JCM_BLESS=1` rewrites it.
#[expect(clippy::disallowed_methods, reason = "this test keeps files in the repository current")]
fn is_as_ever(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(file);
    if std::env::var("JCM_BLESS").is_ok_and(|bless| bless == "1") {
        std::fs::write(&path, text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text, "{file}");
}

#[test]
fn a_case_is_explained_line_by_line() {
    let engine = shared_savings();
    let text = "ID,Track,Benchmark,Expenditure,People,Elected\nA1,A,50000000,45000000,\"5,500\",\n";
    let (table, results) = settle(&engine, text);
    let statement = engine.statement(&table, &results, "A1").unwrap();
    is_as_ever("shared_savings.txt", &statement.text());
    assert!(statement.payments[0].sums);
    assert_eq!(statement.line("shared.saving").unwrap().value, "$5,000,000.00");
    assert_eq!(statement.given[3].printed, "5,500");
}

#[test]
fn the_branch_that_was_taken_is_shown() {
    let engine = shared_savings();
    let (table, results) =
        settle(&engine, "ID,Track,Benchmark,Expenditure,People,Elected\nA1,EN,100000,99000,5500,2.5%\n");
    let statement = engine.statement(&table, &results, "A1").unwrap();
    let figures = |name: &str| statement.line(name).unwrap().figures.clone();
    assert_eq!(figures("shared.minimum"), "2.5%, because it is not so that Track (Two-sided) is One-sided");
    assert_eq!(
        figures("shared.generated"),
        "$0.00, because it is not so that Saving ($1,000.00) is more than $0.00 and Saving as a share (1%) is at least \
         Minimum rate (2.5%)"
    );
    assert_eq!(figures("shared.earned"), "the least of $0.00 × 75% × 98% and 0.1 × $100,000.00");
}

#[test]
fn a_yes_or_no_is_shown_with_its_question() {
    let truth = serde_json::json!("truth");
    let engine = crate::engine_with(
        crate::SHARED_SAVINGS,
        &[
            ("/inputs/0/type", truth),
            (
                "/datasets/0/columns/0/reading/coded",
                serde_json::json!([{ "text": "1", "value": { "truth": true } }, { "text": "0", "value": { "truth": false } }]),
            ),
            (
                "/steps/2/expression/cases/0/when",
                serde_json::json!({ "op": "not", "arg": { "op": "input", "name": "track" } }),
            ),
            (
                "/steps/4/expression",
                serde_json::json!({ "op": "if_missing", "args": [{ "op": "input", "name": "elected" }, { "op": "step", "name": "shared.minimum" }] }),
            ),
            ("/steps/4/type", serde_json::json!({ "number": { "dims": {}, "shown": "percent" } })),
            ("/payments", serde_json::json!([])),
            ("/vectors", serde_json::json!([])),
            ("/datasets/0/published", serde_json::json!([])),
        ],
    );
    let (table, results) =
        settle(&engine, "ID,Track,Benchmark,Expenditure,People,Elected\nA1,0,100,99,60000,.\n");
    let statement = engine.statement(&table, &results, "A1").unwrap();
    let figures = |name: &str| statement.line(name).unwrap().figures.clone();
    let row = "what the table gives at 60,000 people: 2% from 60,000 people on, because not Track (no)";
    assert_eq!(figures("shared.minimum"), row);
    assert_eq!(figures("shared.earned"), "2% in place of what is missing");
}

#[test]
fn rows_have_sections_of_their_own() {
    let engine = points();
    let text = "practice,ind,num,denom,points\nP1,AF01,1,0,10\nP1,AF02,2,3,10\n";
    let (table, results) = settle(&engine, text);
    let statement = engine.statement(&table, &results, "P1").unwrap();
    is_as_ever("points.txt", &statement.text());
}

#[test]
fn no_line_is_wider_than_a_page() {
    let engine = shared_savings();
    let key = "x".repeat(80);
    let text = format!("ID,Track,Benchmark,Expenditure,People,Elected\n{key},A,50000000,45000000,5500,\n");
    let (table, results) = settle(&engine, &text);
    let text = engine.statement(&table, &results, &key).unwrap().text();
    assert!(text.lines().all(|line| line.chars().count() <= 100 && line == line.trim_end()), "{text}");
}

#[test]
fn who_is_paid_first_is_said() {
    let first = serde_json::json!([{ "party": "practice", "up_to": "500" }]);
    let engine = engine_with(POINTS, &[("/payments/0/first", first)]);
    let text = "practice,ind,num,denom,points\nP1,AF01,1,0,10\nP1,AF02,2,3,10\n";
    let (table, results) = settle(&engine, text);
    let statement = engine.statement(&table, &results, "P1").unwrap();
    let paid = &statement.payments[0];
    assert!(paid.sums);
    let parts: Vec<_> = paid.parts.iter().map(|part| (part.share.as_deref(), part.amount.as_str())).collect();
    // Of £871.78 the first £500 and 90 % of £371.78, which is £334.60; the other 10 % is £37.18.
    assert_eq!(
        parts,
        [(Some("first, up to £500.00, and 90% of the rest"), "£834.60"), (Some("10% of the rest"), "£37.18")]
    );
}
