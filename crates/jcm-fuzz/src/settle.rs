//! Settling data files by contracts that are right.

use jcm::InMemory;
use jcm_settle::Engine;
use std::sync::LazyLock;

/// The contracts that files are settled by.
static ENGINES: LazyLock<Vec<Engine>> = LazyLock::new(|| {
    let project = |contract: &str| InMemory::new("contract.jcm", contract);
    let contracts = [
        project(include_str!("../../../examples/stour-valley/contract.jcm")),
        project(include_str!("../../../examples/shared-savings/contract.jcm")),
        project(include_str!("../../../examples/general-practice-quality/contract.jcm"))
            .with("indicators", include_str!("../../../examples/general-practice-quality/indicators.jcm")),
    ];
    let checked = contracts.map(|world| jcm::check_without_examples(&world));
    let engine = |checked: &jcm::Checked| {
        checked.program().map(|program| Engine::new(jcm::settlement(program, &checked.sources)))
    };
    let engines: Vec<Engine> = checked.iter().filter_map(engine).collect();
    assert!(engines.len() == checked.len(), "a contract of the examples cannot be read");
    engines
});

/// Every file is settled by each contract in each of its periods, or refused with a problem. What is settled has its
/// results, a statement of its first case, and payments that add up, which settling itself asserts.
pub(crate) fn keep(bytes: &[u8]) {
    for engine in ENGINES.iter() {
        let datasets = engine.settlement().datasets.iter().map(|dataset| dataset.name.as_str());
        let Some(period) = engine.settlement().periods.first() else { continue };
        for dataset in datasets {
            let read = engine.read(Some(dataset), Some(&period.label), "data.csv", bytes);
            let Ok(table) = read else { continue };
            let Ok(results) = engine.settle(&table, &|_, _| ()) else { continue };
            let rows = engine.results_csv(&table, &results, jcm_settle::By::Case);
            assert!(rows.lines().count() > 0, "results without a header");
            if let Some(key) = table.keys().next() {
                assert!(engine.statement(&table, &results, &key).is_ok(), "no statement of a settled case");
            }
        }
    }
}
