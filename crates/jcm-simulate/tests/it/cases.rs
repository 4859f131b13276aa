//! Runs of several cases that are settled together, held against what is known of them: a sum that is shared out by
//! figures of all cases.

use crate::building::{arithmetic, exact, figure, paying, plain, varied, year};
use jcm_calculus::*;
use jcm_quantity::{OverAll, Statistic, Unit};
use jcm_simulate::{Changes, Plan, Sample, Shape, Year, simulate};

/// Each provider gets its part of £1,000: its figure in that of all of them.
fn shared_out() -> Settlement {
    let function = OverAll::Statistic(Statistic::Sum);
    let all = Expr::OverAll { function, value: Box::new(figure(0)), same: None };
    let part = arithmetic(Arithmetic::Divide, figure(0), all);
    let sum = Expr::Literal { value: Value::Number(exact("1000")), unit: Some(Unit::money("GBP")) };
    let amount = arithmetic(Arithmetic::Multiply, part, sum);
    paying(vec![plain("figure")], Vec::new(), vec![(Level::Case, amount)])
}

fn drawn(shape: Shape, runs: u32, cases: usize, threads: usize) -> Sample {
    let settlement = shared_out();
    let figure = varied(&settlement, 0, shape, Changes::default());
    let years = vec![Year { cases, ..year(&settlement, 0, vec![figure]) }];
    simulate(&Plan { runs, seed: 2026, years, together: Vec::new(), threads, exactly: false }).unwrap()
}

fn column(of: &[Vec<Vec<i64>>]) -> &[i64] {
    of.first().and_then(|year| year.first()).unwrap()
}

/// Rounding loses at most half a penny in each case.
fn is_shared_out(all: &[i64], cases: i64) -> bool {
    all.iter().all(|sum| (sum - 100_000).abs() * 2 <= cases)
}

#[test]
fn what_all_cases_of_a_run_get_is_what_is_shared_out() {
    let sample = drawn(Shape::Uniform { from: exact("10"), to: exact("30") }, 2_000, 8, 2);
    assert!(is_shared_out(column(&sample.payments), 8));
    assert_eq!(sample.exactly, 2_000);
    // Each gets an eighth on average. Its part is the figure in eight times 20, give or take: the standard deviation of a
    // uniform figure from 10 to 30 is 5.77, so that of the part is at most £40, and four standard errors are under £4.
    let one = column(&sample.of_one.payments);
    let mean = one.iter().sum::<i64>() / 2_000;
    assert!((mean - 12_500).abs() < 400, "{mean}");
    // A part may not be as large as if the others had nothing.
    assert!(one.iter().all(|amount| (4_500..=30_100).contains(amount)));
}

#[test]
fn more_cases_than_are_drawn_at_once_and_several_threads_give_the_same() {
    let shape = || Shape::Lognormal { mean: exact("20"), sd: exact("8") };
    let sample = drawn(shape(), 7, 700, 1);
    assert!(is_shared_out(column(&sample.payments), 700));
    assert_eq!(sample, drawn(shape(), 7, 700, 4));
}

#[test]
fn every_case_has_its_own_figure_and_each_run_tells_of_the_next() {
    let own = ["10", "20", "70"].map(exact).to_vec();
    let sample = drawn(Shape::OfCase(own), 6, 3, 2);
    assert_eq!(column(&sample.payments), [100_000; 6]);
    assert_eq!(column(&sample.of_one.payments), [10_000, 20_000, 70_000, 10_000, 20_000, 70_000]);
}
