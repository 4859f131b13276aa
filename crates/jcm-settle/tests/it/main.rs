//! Data files in; results, statements, comparisons and problems out.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails where its own material is wrong"
)]

mod any_bytes;
mod comparing;
mod doubts;
mod journal;
mod over_all;
mod periods;
mod problems;
mod readings;
mod runs;
mod settling;
mod statements;

use jcm_settle::{Engine, Problems, Results, Table};
use serde_json::Value;

/// A shared saving with one row per case; `jcm-spec` builds it in Rust and keeps its text current.
const SHARED_SAVINGS: &str = include_str!("../../../jcm-spec/tests/golden/shared_savings.json");

/// Points by measure, with one row per case and measure.
const POINTS: &str = include_str!("../../../jcm-spec/tests/golden/points.json");

/// The engine of a specification after some of its fields were replaced.
fn engine_with(specification: &str, changes: &[(&str, Value)]) -> Engine {
    let mut json: Value = serde_json::from_str(specification).unwrap();
    for (path, value) in changes {
        let (parent, field) = path.rsplit_once('/').unwrap();
        json.pointer_mut(parent).unwrap()[field] = value.clone();
    }
    Engine::from_json(&json.to_string()).unwrap()
}

fn shared_savings() -> Engine {
    engine_with(SHARED_SAVINGS, &[])
}

fn points() -> Engine {
    engine_with(POINTS, &[])
}

fn read(engine: &Engine, text: &str) -> Result<Table, Problems> {
    engine.read(None, None, "data.csv", text.as_bytes())
}

fn settle(engine: &Engine, text: &str) -> (Table, Results) {
    let table = read(engine, text).unwrap();
    let results = engine.settle(&table, &|_, _| ()).unwrap();
    (table, results)
}
