//! Simulated amounts against what is known of them from a formula: a normal figure between a floor and a cap, and a
//! share of a uniform and of a lognormal figure.
//!
//! The errors follow from the number of runs and are those of sampling alone. The mean of n runs lies within four
//! standard errors, 4 s/√n, of the true mean, and the sample's quantile of a chance p lies between the true quantiles of
//! the chances p ± 4 √(p(1−p)/n); of samples drawn at random one in 16,000 does not. Half a penny is added to each for
//! rounding. The seeds are fixed, so that what holds once holds always.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a test that holds exact amounts against real formulas"
)]

use crate::building::*;
use jcm_calculus::*;
use jcm_quantity::{Exact, RoundingMode};
use jcm_simulate::{Changes, Plan, Sample, Shape, simulate, summary};

const RUNS: u32 = 200_000;
const SEEDS: [u64; 3] = [1, 2026, 20_260_401];
const CHANCES: [&str; 3] = ["0.05", "0.5", "0.95"];
/// How many standard errors a sample may lie away.
const ERRORS: f64 = 4.0;
/// The grain of every amount is a penny.
const PENNIES: f64 = 100.0;

fn share_of(figure: Expr, share: &str) -> Expr {
    arithmetic(Arithmetic::Multiply, figure, literal(share))
}

fn drawn(amount: Expr, shape: &Shape, seed: u64) -> Sample {
    let settlement = paying(vec![plain("figure")], Vec::new(), vec![(Level::Case, amount)]);
    let figure = varied(&settlement, 0, shape.clone(), Changes::default());
    let years = vec![year(&settlement, 0, vec![figure])];
    simulate(&Plan { runs: RUNS, seed, years, together: Vec::new(), threads: 2, exactly: false }).unwrap()
}

fn real(number: &Exact) -> f64 {
    number.fixed(9, RoundingMode::HalfEven).parse().unwrap()
}

/// The true mean and standard deviation of an amount in pounds, and its true quantiles.
struct Truth<Q> {
    mean: f64,
    sd: f64,
    quantile: Q,
}

/// Holds the simulated amounts of every seed against the truth.
fn holds<Q: Fn(f64) -> f64>(amount: &Expr, shape: &Shape, truth: &Truth<Q>) {
    let chances = CHANCES.map(exact);
    let runs = f64::from(RUNS);
    for seed in SEEDS {
        let sample = drawn(amount.clone(), shape, seed);
        assert_eq!(sample.exactly, 0, "every run is settled in columns");
        let found = summary(sample.payments.first().and_then(|year| year.first()).unwrap(), &chances);
        let (mean, error) = (real(&found.mean) / PENNIES, ERRORS * truth.sd / runs.sqrt() + 0.005);
        assert!(
            (mean - truth.mean).abs() <= error,
            "seed {seed}: mean {mean}, true {} within {error}",
            truth.mean
        );
        let own = real(&found.standard_error) / PENNIES;
        let known = truth.sd / runs.sqrt();
        assert!((own / known - 1.0).abs() < 0.02, "seed {seed}: standard error {own}, true {known}");
        for (chance, pennies) in chances.iter().zip(&found.percentiles) {
            let (chance, found) = (real(chance), *pennies as f64 / PENNIES);
            let aside = ERRORS * (chance * (1.0 - chance) / runs).sqrt();
            let least = (truth.quantile)(chance - aside) - 0.005;
            let most = (truth.quantile)(chance + aside) + 0.005;
            assert!(
                least <= found && found <= most,
                "seed {seed}: the quantile of {chance} is {found}, true between {least} and {most}"
            );
        }
    }
}

/// The chance of a standard normal figure below this one.
fn normal(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// The standard normal figure of a chance, found by halving.
fn normal_quantile(chance: f64) -> f64 {
    let (mut least, mut most) = (-10.0, 10.0);
    for _ in 0..100 {
        let middle = (least + most) / 2.0;
        if normal(middle) < chance { least = middle } else { most = middle }
    }
    (least + most) / 2.0
}

/// A floor and a cap on a normal figure: parts of the chance lie on both, and the middle is the bell between them.
#[test]
fn a_normal_between_a_floor_and_a_cap() {
    let (mean, sd) = (250_000.0, 800_000.0);
    let shape = Shape::Normal { mean: exact("250000"), sd: exact("800000") };
    for (floor, cap) in [(-1_000_000.0, 1_200_000.0), (-500_000.0, 2_000_000.0), (0.0, 400_000.0)] {
        let raised = Expr::Greatest(vec![Expr::Input(InputId(0)), literal(&format!("{floor}"))]);
        let amount = Expr::Least(vec![raised, literal(&format!("{cap}"))]);
        let (a, b): (f64, f64) = ((floor - mean) / sd, (cap - mean) / sd);
        let between = normal(b) - normal(a);
        let first = mean * between + sd * (density(a) - density(b));
        let second = (mean * mean + sd * sd) * between
            + 2.0 * mean * sd * (density(a) - density(b))
            + sd * sd * (a * density(a) - b * density(b));
        let true_mean = floor * normal(a) + cap * (1.0 - normal(b)) + first;
        let square = floor * floor * normal(a) + cap * cap * (1.0 - normal(b)) + second;
        let truth = Truth {
            mean: true_mean,
            sd: (square - true_mean * true_mean).sqrt(),
            quantile: |chance: f64| (mean + sd * normal_quantile(chance)).clamp(floor, cap),
        };
        holds(&amount, &shape, &truth);
    }
}

#[test]
fn a_share_of_a_uniform() {
    let (from, to, share) = (-300_000.0, 900_000.0, 0.35);
    let shape = Shape::Uniform { from: exact("-300000"), to: exact("900000") };
    let truth = Truth {
        mean: share * (from + to) / 2.0,
        sd: share * (to - from) / 12.0_f64.sqrt(),
        quantile: |chance: f64| share * (from + chance * (to - from)),
    };
    holds(&share_of(Expr::Input(InputId(0)), "0.35"), &shape, &truth);
}

#[test]
fn a_share_of_a_lognormal() {
    let (mean, sd, share) = (1_500_000.0_f64, 600_000.0_f64, 0.4_f64);
    let shape = Shape::Lognormal { mean: exact("1500000"), sd: exact("600000") };
    let variance = (1.0 + (sd / mean) * (sd / mean)).ln();
    let middle = mean.ln() - variance / 2.0;
    let truth = Truth {
        mean: share * mean,
        sd: share * sd,
        quantile: |chance: f64| share * (middle + variance.sqrt() * normal_quantile(chance)).exp(),
    };
    holds(&share_of(Expr::Input(InputId(0)), "0.4"), &shape, &truth);
}
