//! Results beside published ones.

use crate::{POINTS, SHARED_SAVINGS, engine_with, points, settle, shared_savings};
use jcm_settle::{Comparison, Verdict};
use serde_json::json;

fn shared(rows: &str) -> Comparison {
    let engine = shared_savings();
    let (table, results) =
        settle(&engine, &format!("ID,Track,Benchmark,Expenditure,People,Elected,Earned\n{rows}"));
    engine.compare(&table, &results, "Earned").unwrap()
}

/// Exact, consistent, different, unclear, not published.
fn counts(comparison: &Comparison) -> [usize; 5] {
    let c = comparison;
    [c.exact, c.consistent, c.different, c.unclear, c.not_published]
}

#[test]
fn what_is_not_computed_is_not_different() {
    let engine = engine_with(
        SHARED_SAVINGS,
        &[
            ("/datasets/0/published/0/step", json!("shared.minimum")),
            ("/datasets/0/published/0/reading", json!("percent")),
            ("/steps/4/expression", json!({ "op": "literal", "value": { "number": "0" } })),
        ],
    );
    let text = "ID,Track,Benchmark,Expenditure,People,Elected,Earned\nA,EN,1000001,900000,70000,,2.00%\n";
    let (table, results) = settle(&engine, text);
    let comparison = engine.compare(&table, &results, "Earned").unwrap();
    assert_eq!((comparison.not_computed, counts(&comparison)), (1, [0; 5]));
}

#[test]
fn a_result_is_exact_consistent_or_different() {
    // 75 % less 2 % of 100,001 is 73,500.735: the cents that rounding cost the inputs can give 73,500 to 73,501.
    let comparison = shared(
        "A,EN,1000001,900000,70000,2.00%,73501\n\
         B,EN,1000001,900000,70000,2.00%,73500\n\
         C,EN,1000001,900000,70000,2.00%,73499\n\
         D,EN,1000001,900000,70000,2.00%,.\n",
    );
    assert_eq!(counts(&comparison), [1, 1, 1, 0, 1]);
    let different = &comparison.rows[1];
    assert_eq!((different.key.as_str(), different.row), ("C", 4));
    assert_eq!(different.difference.as_ref().unwrap().text(), "2");
    let text = comparison.text();
    let expected = "\
Earned beside the published `Earned`: 3 figures
       1  exact: the published figure, at the place at which it is printed
       1  consistent: the published figure within the rounding of the published inputs
       1  different
       1  not published
C (row 4): computed $73,501.00, published 73499, difference $2.00
    the rounding of the inputs allows $73,500.00 to $73,501.00
";
    assert_eq!(text, expected);
}

/// At the edge of a gate, the rounding of the inputs can decide whether anything is paid.
#[test]
fn a_gate_that_the_rounding_of_the_inputs_leaves_open_is_followed_both_ways() {
    // The rate is 1.9999998 % as printed, and 2 % is needed.
    let comparison = shared(
        "A,EN,500000000,490000001,70000,2.00%,0\n\
         B,EN,500000000,490000001,70000,2.00%,7350000\n\
         C,EN,500000000,490000001,70000,2.00%,100\n",
    );
    assert_eq!(counts(&comparison), [1, 1, 1, 0, 0]);
    assert_eq!(comparison.rows[0].verdict, Verdict::Consistent);
    assert_eq!(comparison.rows[1].possible.len(), 2, "{:?}", comparison.rows[1].possible);
}

#[test]
fn without_rounded_inputs_a_difference_cannot_be_explained() {
    let changes: Vec<(String, serde_json::Value)> =
        (1..3).map(|i| (format!("/datasets/0/columns/{i}/rounded"), json!(false))).collect();
    let changes: Vec<(&str, serde_json::Value)> =
        changes.iter().map(|(p, v)| (p.as_str(), v.clone())).collect();
    let engine = engine_with(SHARED_SAVINGS, &changes);
    let text =
        "ID,Track,Benchmark,Expenditure,People,Elected,Earned\nB,EN,1000001,900000,70000,2.00%,73500\n";
    let (table, results) = settle(&engine, text);
    let comparison = engine.compare(&table, &results, "Earned").unwrap();
    assert_eq!(counts(&comparison), [0, 0, 1, 0, 0]);
    assert!(comparison.rows[0].possible.is_empty());
}

#[test]
fn published_cells_are_checked_only_when_they_are_compared() {
    let engine = shared_savings();
    let text = "ID,Track,Benchmark,Expenditure,People,Elected,Earned\nB,EN,1000001,900000,70000,2.00%,n/a\n";
    let (table, results) = settle(&engine, text);
    let problems = engine.compare(&table, &results, "Earned").unwrap_err();
    let problem = &problems.list[0];
    assert_eq!((problem.code, problem.row, problem.column.as_deref()), ("E0705", Some(2), Some("Earned")));
}

/// 9 points at (40/60 - 0.4) / 0.5 are 24/5; 4 points at (61/90 - 0.4) / 0.5 are 20/9.
fn achieved(rounded: bool, published: &str) -> Verdict {
    let engine = engine_with(POINTS, &[("/datasets/0/published/0/rounded", json!(rounded))]);
    let (points, num, denom) = if published.starts_with('2') { (4, 61, 90) } else { (9, 40, 60) };
    let text =
        format!("practice,ind,num,denom,points,achieved\nP1,AF01,{num},{denom},{points},{published}\n");
    let (table, results) = settle(&engine, &text);
    let comparison = engine.compare(&table, &results, "achieved").unwrap();
    comparison.rows.first().map_or(Verdict::Exact, |row| row.verdict.clone())
}

#[test]
fn the_last_digits_of_binary_floating_point_are_noise() {
    for noisy in ["4.8", "4.80", "4.799999999999999", "4.8000000000000007"] {
        assert_eq!(achieved(false, noisy), Verdict::Exact, "{noisy}");
    }
    for other in ["4.8001", "4.79999999", "4.80000000001", "5"] {
        assert_eq!(achieved(false, other), Verdict::Different, "{other}");
    }
    for noisy in ["2.2222222222222223", "2.22222222222222", "2.222222222222"] {
        assert_eq!(achieved(false, noisy), Verdict::Exact, "{noisy}");
    }
    for other in ["2.22", "2", "2.2222222222", "2.22222222223"] {
        assert_eq!(achieved(false, other), Verdict::Different, "{other}");
    }
}

#[test]
fn a_rounded_figure_is_compared_at_its_printed_places() {
    for printed in ["2.22", "2.2222", "2", "2.2222222222", "2.2222222222222223"] {
        assert_eq!(achieved(true, printed), Verdict::Exact, "{printed}");
    }
    for other in ["2.23", "2.21", "2.2223", "2.2222222223"] {
        assert_eq!(achieved(true, other), Verdict::Different, "{other}");
    }
}

#[test]
fn lines_of_row_level_are_compared_row_by_row() {
    let engine = points();
    let text =
        "practice,ind,num,denom,points,achieved\nP1,AF01,65,100,10,5\nP1,AF02,65,100,10,6\nP2,AF01,1,1,1,-\n";
    let (table, results) = settle(&engine, text);
    let comparison = engine.compare(&table, &results, "achieved").unwrap();
    assert_eq!(counts(&comparison), [1, 0, 1, 0, 1]);
    assert_eq!((comparison.rows[0].key.as_str(), comparison.rows[0].row), ("P1 / AF02", 3));
}
