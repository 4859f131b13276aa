//! A national file in long form is settled while one waits.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// 1,000 practices with 117 measures each.
fn national_file() -> String {
    let mut text = "practice,ind,num,denom,points,achieved\n".to_owned();
    for i in 0..117_000 {
        let (practice, measure) = (i / 117, i % 117);
        let denom = 50 + (i * 7) % 400;
        writeln!(
            text,
            "{},M{measure:03},{},{denom},{},0",
            10_000 + practice,
            (i * 13) % (denom + 1),
            1 + i % 25
        )
        .unwrap();
    }
    text
}

#[test]
#[ignore = "measures time: run in release"]
fn a_national_file_is_settled_in_two_seconds() {
    let rows: Vec<_> = (0..117).map(|i| serde_json::json!({
        "keys": [{ "text": format!("M{i:03}") }],
        "values": [{ "number": format!("0.{}", 30 + i % 20) }, { "number": format!("0.{}", 70 + i % 25) }]
    })).collect();
    let engine = crate::engine_with(crate::POINTS, &[("/parameters/0/rows", serde_json::json!(rows))]);
    let text = national_file();
    let start = Instant::now();
    let table = engine.read(None, None, "data.csv", text.as_bytes()).unwrap();
    let read = start.elapsed();
    let results = engine.settle(&table, &|_, _| ()).unwrap();
    let settled = start.elapsed();
    let csv = engine.results_csv(&table, &results, jcm_settle::By::Row);
    let written = start.elapsed();
    let comparison = engine.compare(&table, &results, "achieved").unwrap();
    let compared = start.elapsed();
    println!("read {read:?}, settled {settled:?}, written {written:?}, compared {compared:?}");
    assert_eq!((table.len(), csv.lines().count()), (1000, 117_001));
    assert_eq!(comparison.exact + comparison.different, 117_000);
    assert!(settled < Duration::from_secs(2), "{settled:?}");
}
