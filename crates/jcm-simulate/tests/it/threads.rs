//! The same simulation on one, two and four threads, byte for byte.

use crate::building::*;
use jcm_calculus::{Level, Settlement};
use jcm_quantity::Exact;
use jcm_simulate::{Changes, Plan, Sample, Shape, Varied, Year, simulate};

/// Not a whole number of blocks, so that the last one is short.
const RUNS: u32 = 20_011;

/// Every figure of a case; a normal one where money is drawn, so that gates open and limits bind.
fn figures(settlement: &Settlement, year: i64) -> Vec<Varied> {
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
        in_grains(varied(settlement, place, shape, Changes::default()), exact(grain))
    };
    (0u32..).zip(&settlement.inputs).map(figure).collect()
}

fn sample(settlement: &Settlement, threads: usize) -> Sample {
    let year = |period: usize| Year {
        watched: truths(settlement),
        ..year(settlement, period, figures(settlement, i64::try_from(period).unwrap()))
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
    let settlement = golden("stour-valley").unwrap();
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
