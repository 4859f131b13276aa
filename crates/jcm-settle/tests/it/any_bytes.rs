//! No file, however broken, does harm: it is read or refused.

use crate::{points, shared_savings};
use jcm_settle::{By, Engine, RunKind, Table};
use proptest::prelude::*;

/// Whatever is read can be settled or refused, written, stated and compared.
fn go_on(engine: &Engine, table: &Table, published: &str) {
    let Ok(results) = engine.settle(table, &|_, _| ()) else { return };
    assert!(engine.results_csv(table, &results, By::Case).lines().count() > 0);
    assert!(engine.results_csv(table, &results, By::Row).lines().count() > 0);
    for key in table.keys().take(2) {
        assert!(engine.statement(table, &results, &key).unwrap().payments.iter().all(|paid| paid.sums));
    }
    // A published cell that cannot be read is a problem; the others are counted.
    if let Ok(comparison) = engine.compare(table, &results, published) {
        assert!(comparison.rows.len() <= table.len() * 10);
    }
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[0-9]{1,6}",
        1 => "[0-9,.%£$-]{0,8}",
        1 => Just(String::new()),
        1 => Just("A".to_owned()),
        1 => Just("EN".to_owned()),
        1 => Just("AF01".to_owned()),
        1 => "\\PC{0,6}",
        1 => Just("\"".to_owned()),
        1 => Just("\r\n".to_owned())
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(table) = shared_savings().read(None, None, "data.csv", &bytes) {
            go_on(&shared_savings(), &table, "Earned");
        }
    }

    #[test]
    fn any_bytes_beside_the_data(bytes in proptest::collection::vec(any::<u8>(), 0..200), which in 0usize..4) {
        let head: &[u8] = match which {
            0 => b"case,input,by,figure,reason\nA,Expenditure,",
            1 => b"case,line,value,reason,author,date\nA,shared.saving,",
            2 => b"{ \"jcm\": \"run\", \"version\": 1, ",
            _ => b"",
        };
        let bytes = [head, &bytes].concat();
        let engine = shared_savings();
        let data = "ID,Track,Benchmark,Expenditure,People,Elected,Earned\nA,EN,1000000,900000,70000,2.00%,250\n";
        let table = || engine.read(None, None, "data.csv", data.as_bytes()).unwrap();
        if let Ok(table) = engine.read_disputes(table(), "disputes.csv", &bytes) {
            go_on(&engine, &table, "Earned");
        }
        if let Ok(table) = engine.read_overrides(table(), "overrides.csv", &bytes) {
            go_on(&engine, &table, "Earned");
        }
        let run = engine.read_run(&table(), RunKind::Final, Some(("before.json", &bytes)));
        prop_assert!(run.is_err());
    }

    #[test]
    fn any_cells_in_one_row_per_case(rows in proptest::collection::vec(proptest::collection::vec(cell(), 7), 0..6)) {
        let rows: String = rows.iter().map(|row| row.join(",") + "\n").collect();
        let text = format!("ID,Track,Benchmark,Expenditure,People,Elected,Earned\n{rows}");
        if let Ok(table) = shared_savings().read(None, None, "data.csv", text.as_bytes()) {
            go_on(&shared_savings(), &table, "Earned");
        }
    }

    #[test]
    fn any_cells_in_long_form(rows in proptest::collection::vec(proptest::collection::vec(cell(), 5), 0..6)) {
        let rows: String = rows.iter().map(|row| row.join("\t") + "\n").collect();
        let text = format!("practice\tind\tnum\tdenom\tpoints\tachieved\n{rows}");
        if let Ok(table) = points().read(None, None, "data.csv", text.as_bytes()) {
            go_on(&points(), &table, "achieved");
        }
    }

    /// Plausible cells, so that files are read through to the end and not only refused.
    #[test]
    fn plausible_long_form(
        rows in proptest::collection::vec((0u8..4, prop_oneof![Just("AF01"), Just("AF02"), Just("BP01")], 0u16..50, 0u16..50, 0u8..20), 1..20)
    ) {
        let rows: String = rows.iter().map(|(p, ind, num, denom, points)| format!("P{p},{ind},{num},{denom},{points},{points}\n")).collect();
        let text = format!("practice,ind,num,denom,points,achieved\n{rows}");
        if let Ok(table) = points().read(None, None, "data.csv", text.as_bytes()) {
            go_on(&points(), &table, "achieved");
        }
    }
}
