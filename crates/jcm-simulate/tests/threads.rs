//! The same simulation on one, two and four threads, byte for byte.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that reads what an example is made into, and fails where it cannot"
)]

use jcm_calculus::{InputId, Level, Settlement, StepId, Type};
use jcm_quantity::Exact;
use jcm_simulate::{Changes, Distribution, Plan, Sample, Shape, Varied, Year, simulate};
use std::path::Path;

/// Not a whole number of blocks, so that the last one is short.
const RUNS: u32 = 20_011;

fn stour_valley() -> Settlement {
    let goldens = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    jcm_spec::read(&std::fs::read_to_string(goldens.join("stour-valley/settlement.json")).unwrap()).unwrap()
}

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

/// Every figure of a case; a normal one where money is drawn, so that gates open and limits bind.
fn varied(settlement: &Settlement, year: i64) -> Vec<Varied> {
    let figure = |(place, input): (u32, &jcm_calculus::Input)| {
        assert_eq!(input.level, Level::Case);
        let (shape, grain) = match input.name.as_str() {
            "emergency_admissions" => (
                Shape::Triangular { from: exact("0.219"), likely: exact("0.233"), to: exact("0.25") },
                "0.00001",
            ),
            "reablement_91_days" => (
                Shape::Beta { from: exact("0.74"), to: exact("0.9"), mean: exact("0.82"), sd: None },
                "0.0001",
            ),
            "gain_share.actual_cost" => {
                let mean = exact("119000000") + Exact::from_int(year) * exact("2800000");
                (Shape::Normal { mean, sd: exact("3600000") }, "0.01")
            }
            _ => (Shape::Poisson { mean: exact("900") }, "1"),
        };
        let distribution = Distribution { shape, from: None, to: None, grain: exact(grain) };
        Varied {
            name: input.name.clone(),
            input: Some(InputId(place)),
            distribution,
            per_row: false,
            changes: Changes::default(),
        }
    };
    (0u32..).zip(&settlement.inputs).map(figure).collect()
}

fn sample(settlement: &Settlement, threads: usize) -> Sample {
    let watched: Vec<StepId> = (0u32..)
        .zip(&settlement.steps)
        .filter(|(_, step)| step.ty == Type::Truth)
        .map(|(place, _)| StepId(place))
        .collect();
    let year = |period: usize| Year {
        settlement,
        period,
        months: (0, 12),
        rows: 0,
        cases: 0,
        varied: varied(settlement, i64::try_from(period).unwrap()),
        watched: watched.clone(),
    };
    let place = |name: &str| settlement.inputs.iter().position(|input| input.name == name).unwrap();
    let together = vec![(place("gain_share.actual_cost"), place("emergency_admissions"), exact("0.6"))];
    simulate(&Plan {
        runs: RUNS,
        seed: 2026,
        years: (0..3).map(year).collect(),
        together,
        threads,
        exactly: false,
    })
    .unwrap()
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let settlement = stour_valley();
    let one = sample(&settlement, 1);
    let runs = usize::try_from(RUNS).unwrap();
    assert!(one.payments.iter().flatten().all(|column| column.len() == runs));
    let payables = one.payments[0].iter().filter(|column| column.iter().any(|amount| *amount != column[0]));
    assert!(payables.count() >= 4, "the amounts of four partners vary");
    assert!(one.exactly > 0, "in some runs a limit binds, which the exact evaluator settles");
    let bytes = format!("{one:?}");
    for threads in [2, 4] {
        let other = sample(&settlement, threads);
        assert!(format!("{other:?}") == bytes, "{threads} threads give another sample than one");
    }
}
