//! What becomes of figures over the years of a run, against closed forms: balances that are carried on, trends, effects,
//! shocks, rows of a history that are drawn whole, figures of many rows, and figures that are missing or disputed.
//!
//! A mean of n runs lies within four standard errors of the true one; the seed is fixed.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a test that holds exact amounts against real formulas"
)]

use crate::building::*;
use jcm_calculus::*;
use jcm_eval::{Case, Prepared};
use jcm_quantity::{Exact, Unit};
use jcm_simulate::{
    Begins, Changes, Disputed, Distribution, Effect, Figures, Left, Plan, PreparedYear, Run, Sample, Shape,
    Shock, Size, Varied, Year, settle_block, settle_exactly, simulate,
};
use std::collections::BTreeMap;

const RUNS: u32 = 100_000;

/// Three years of the same figures, changed by year.
fn over_three_years(
    settlement: &Settlement,
    rows: usize,
    figures: impl Fn(u32) -> Vec<Varied>,
    runs: u32,
) -> Sample {
    let year = |place: u32| Year {
        settlement,
        period: usize::try_from(place).unwrap(),
        months: (12 * place, 12),
        rows,
        cases: 0,
        varied: figures(place),
        watched: Vec::new(),
    };
    let years = (0..3).map(year).collect();
    simulate(&Plan { runs, seed: 2026, years, together: Vec::new(), threads: 2, exactly: false }).unwrap()
}

/// The mean and standard deviation in pounds of what is paid in a year.
fn moments(sample: &Sample, year: usize) -> (f64, f64) {
    let amounts: Vec<f64> = sample.payments[year][0].iter().map(|pennies| *pennies as f64 / 100.0).collect();
    let count = amounts.len() as f64;
    let mean = amounts.iter().sum::<f64>() / count;
    let variance = amounts.iter().map(|amount| (amount - mean) * (amount - mean)).sum::<f64>() / count;
    (mean, variance.sqrt())
}

fn near(sample: &Sample, year: usize, mean: f64, sd: f64) {
    let (found, spread) = moments(sample, year);
    let error = 4.0 * sd / f64::from(RUNS).sqrt() + 0.006;
    assert!((found - mean).abs() <= error, "year {year}: mean {found}, true {mean} within {error}");
    if sd > 0.0 {
        assert!((spread / sd - 1.0).abs() < 0.02, "year {year}: spread {spread}, true {sd}");
    }
}

/// A bank of what was saved: line 0 is the bank at the end of the year, and what it cannot hold is paid.
fn bank(missing: MissingRule) -> Settlement {
    let carried = Carried {
        name: "bank".into(),
        title: "Bank".into(),
        unit: Unit::money("GBP"),
        opening: exact("100"),
        closing: StepId(1),
        begins: vec![0],
        origin: Origin::default(),
    };
    let before = plus(Expr::Carried(CarriedId(0)), figure(0));
    let raised = Expr::Greatest(vec![Expr::Step(StepId(0)), literal("0")]);
    let inside = Expr::Least(vec![raised, literal("3000")]);
    let paid = minus(Expr::Step(StepId(0)), Expr::Step(StepId(1)));
    let steps = [before, inside, paid].map(|expr| (Level::Case, expr)).to_vec();
    paying(vec![input("saved", Level::Case, missing, None)], vec![carried], steps)
}

#[test]
fn a_balance_is_carried_from_year_to_year_as_the_exact_evaluator_does() {
    let settlement = bank(MissingRule::Refuse);
    let prepared = Prepared::new(&settlement);
    let figure = varied(&settlement, 0, Shape::Fixed(Exact::zero()), Changes::default());
    let year = |period: usize| year(&settlement, period, vec![figure.clone()]);
    let mut state: i64 = 7;
    let mut compared = 0;
    for _ in 0..100 {
        let mut before = Left::default();
        let mut drawn = Vec::new();
        let mut paid: Vec<Vec<i64>> = Vec::new();
        for period in 0..3 {
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33).rem_euclid(400_000) - 150_000
            };
            let figures: Vec<i64> = (0..1000).map(|_| next()).collect();
            let columns = [Figures::from(figures.clone())];
            let begins = Begins { figures: &columns, before: &before, first: 0, exactly: false };
            let block = settle_block(&PreparedYear::new(&year(period)), begins).unwrap();
            assert_eq!(block.exactly, 0, "every run is settled in columns");
            paid.push(block.payments[0].clone());
            before = block.left;
            drawn.push(figures);
        }
        for run in 0..1000 {
            let case = |period: usize| Case {
                period,
                inputs: [(InputId(0), Value::Number(Exact::ratio(drawn[period][run], 100).unwrap()))].into(),
                ..Case::default()
            };
            let outcomes = prepared.settle_periods(&[case(0), case(1), case(2)]).unwrap();
            for (period, outcome) in outcomes.iter().enumerate() {
                let amount = outcome.receives(0, PartyId(1)).unwrap() * Exact::from_int(100);
                assert_eq!(amount, Exact::from_int(paid[period][run]), "run {run}, period {period}");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 300_000);
}

#[test]
fn what_a_run_settled_by_itself_leaves_goes_into_the_next_year() {
    // Where nobody reports it, £200 stand in: a run is then settled by the exact evaluator.
    let settlement = bank(MissingRule::Use(Value::Number(exact("200"))));
    let doubted = || Changes { missing: exact("0.3"), ..Changes::default() };
    let shape = || Shape::Uniform { from: exact("-1000"), to: exact("2000") };
    let figures = |_| vec![varied(&settlement, 0, shape(), doubted())];
    let sample = over_three_years(&settlement, 0, figures, 4_000);
    assert!(sample.exactly > 3_000 && sample.exactly < 4_200, "{} were settled exactly", sample.exactly);
    let certain = over_three_years(
        &settlement,
        0,
        |_| vec![varied(&settlement, 0, Shape::Fixed(exact("200")), doubted())],
        2_000,
    );
    // £100 and three times £200 stay below £3,000, missing or not.
    assert!(certain.payments.iter().flatten().flatten().all(|paid| *paid == 0));
}

#[test]
fn a_trend_compounds_and_an_effect_comes_after_its_delay() {
    let settlement = paying(vec![plain("cost")], Vec::new(), vec![(Level::Case, figure(0))]);
    let shape = || Shape::Normal { mean: exact("10000"), sd: exact("300") };
    let trend = |year: u32| {
        let times = (0..year).fold(Exact::one(), |times, _| times * exact("1.02"));
        vec![varied(&settlement, 0, shape(), Changes { times, ..Changes::default() })]
    };
    let sample = over_three_years(&settlement, 0, trend, RUNS);
    for (year, factor) in [1.0, 1.02, 1.0404].into_iter().enumerate() {
        near(&sample, year, 10_000.0 * factor, 300.0 * factor);
    }
    // It begins between month 6 and month 18, and takes between nothing and a tenth off.
    let size = |from: &str, to: &str, grain: &str| Distribution {
        shape: Shape::Uniform { from: exact(from), to: exact(to) },
        from: None,
        to: None,
        grain: exact(grain),
    };
    let effect = || Effect {
        name: "team".into(),
        size: Size { distribution: size("-0.1", "0", "0.000001"), of_figure: true },
        after: size("6", "18", "0.0001"),
    };
    let effects =
        |_| vec![varied(&settlement, 0, shape(), Changes { effects: vec![effect()], ..Changes::default() })];
    let sample = over_three_years(&settlement, 0, effects, RUNS);
    // The delay d is even between 6 and 18. Year 0 has (12 - d)/12 of it where d is below 12: half of 3/12 on average.
    // Year 1 has all of it where d is below 12, and (24 - d)/12 above: 1/2 + 1/2 of 9/12. Year 2 has all of it.
    for (year, share) in [0.125, 0.875, 1.0].into_iter().enumerate() {
        let (mean, _) = moments(&sample, year);
        let true_mean = 10_000.0 * (1.0 - 0.05 * share);
        assert!((mean - true_mean).abs() < 6.0, "year {year}: {mean}, true {true_mean}");
    }
    // The same run has the same strength in every year: what is taken off in year 2 is never less than in year 0.
    let fixed = |_| {
        vec![varied(
            &settlement,
            0,
            Shape::Fixed(exact("10000")),
            Changes { effects: vec![effect()], ..Changes::default() },
        )]
    };
    let sample = over_three_years(&settlement, 0, fixed, 5_000);
    let years: Vec<&Vec<i64>> = sample.payments.iter().map(|year| &year[0]).collect();
    assert!((0..5_000).all(|run| years[0][run] >= years[1][run] && years[1][run] >= years[2][run]));
}

#[test]
fn shocks_of_one_name_happen_together() {
    let sum = minus(figure(0), figure(1));
    let settlement = paying(vec![plain("cost"), plain("budget")], Vec::new(), vec![(Level::Case, sum)]);
    let shocked = |name: &str| Changes {
        shocks: vec![Shock {
            name: name.into(),
            chance: exact("0.2"),
            size: Size {
                distribution: Distribution {
                    shape: Shape::Fixed(exact("0.1")),
                    from: None,
                    to: None,
                    grain: exact("0.000001"),
                },
                of_figure: true,
            },
        }],
        ..Changes::default()
    };
    let fixed = || Shape::Fixed(exact("1000"));
    let alone = |_| {
        vec![
            varied(&settlement, 0, fixed(), shocked("winter")),
            varied(&settlement, 1, fixed(), Changes::default()),
        ]
    };
    // A fifth of the runs pay £100: a mean of £20 and a spread of £40.
    near(&over_three_years(&settlement, 0, alone, RUNS), 1, 20.0, 40.0);
    let both = |name: &'static str| {
        let settlement = &settlement;
        move |_: u32| {
            vec![
                varied(settlement, 0, fixed(), shocked("winter")),
                varied(settlement, 1, fixed(), shocked(name)),
            ]
        }
    };
    near(&over_three_years(&settlement, 0, both("winter"), RUNS), 2, 0.0, 0.0);
    // Two shocks by themselves: £100 or -£100, each in 16 % of the runs.
    near(&over_three_years(&settlement, 0, both("summer"), RUNS), 2, 0.0, (0.32_f64 * 10_000.0).sqrt());
}

#[test]
fn rows_of_a_history_stay_whole() {
    let settlement = paying(
        vec![plain("first"), plain("second")],
        Vec::new(),
        vec![(Level::Case, plus(figure(0), figure(1)))],
    );
    let first = ["100", "250", "400", "700"].map(exact).to_vec();
    let second = ["900", "750", "600", "300"].map(exact).to_vec();
    let whole = |_| {
        vec![
            varied(&settlement, 0, Shape::Rows(first.clone()), Changes::default()),
            varied(&settlement, 1, Shape::Rows(second.clone()), Changes::default()),
        ]
    };
    // The two of every row come to £1,000.
    near(&over_three_years(&settlement, 0, whole, 10_000), 0, 1_000.0, 0.0);
    let apart = |_| {
        vec![
            varied(&settlement, 0, Shape::OneOf(first.clone()), Changes::default()),
            varied(&settlement, 1, Shape::OneOf(second.clone()), Changes::default()),
        ]
    };
    // Each has the variance of its four figures: 49,218.75, and so has the other.
    near(&over_three_years(&settlement, 0, apart, RUNS), 0, 1_000.0, (2.0 * 49_218.75_f64).sqrt());
}

#[test]
fn every_row_is_drawn_by_itself() {
    let settlement = paying(
        vec![input("visits", Level::Row, MissingRule::Neutral, None)],
        Vec::new(),
        vec![
            (Level::Row, Expr::Greatest(vec![Expr::Input(InputId(0)), literal("0")])),
            (Level::Case, Expr::SumOfRows(Box::new(Expr::Step(StepId(0))))),
        ],
    );
    let shape = || Shape::Uniform { from: exact("0"), to: exact("120") };
    let figures = |_| vec![varied(&settlement, 0, shape(), Changes::default())];
    let sample = over_three_years(&settlement, 25, figures, RUNS);
    assert_eq!(sample.exactly, 0, "rows are settled in columns");
    // 25 figures of mean 60 and variance 1,200.
    near(&sample, 1, 1_500.0, (25.0_f64 * 1_200.0).sqrt());
    // A tenth of the rows report nothing and add nothing; such runs are settled one by one.
    let some =
        |_| vec![varied(&settlement, 0, shape(), Changes { missing: exact("0.1"), ..Changes::default() })];
    let sample = over_three_years(&settlement, 25, some, 4_000);
    let (mean, _) = moments(&sample, 0);
    assert!((mean - 1_350.0).abs() < 15.0, "{mean}");
}

#[test]
fn of_a_disputed_figure_the_undisputed_part_is_paid_or_nothing() {
    let paid = |rule: DisputedRule| {
        let settlement = paying(
            vec![input("cost", Level::Case, MissingRule::Refuse, Some(rule))],
            Vec::new(),
            vec![(Level::Case, figure(0))],
        );
        let size = Distribution {
            shape: Shape::Fixed(exact("-0.25")),
            from: None,
            to: None,
            grain: exact("0.000001"),
        };
        let disputed =
            Some(Disputed { chance: exact("0.4"), size: Size { distribution: size, of_figure: true } });
        let changes = || Changes { disputed: disputed.clone(), ..Changes::default() };
        let figures = |_| vec![varied(&settlement, 0, Shape::Fixed(exact("1000")), changes())];
        over_three_years(&settlement, 0, figures, 10_000)
    };
    // £1,000 in 60 % of the runs, and in 40 % of them £750, nothing or £1,000.
    for (rule, disputed) in
        [(DisputedRule::Undisputed, 750.0), (DisputedRule::Hold, 0.0), (DisputedRule::AsCollected, 1_000.0)]
    {
        let (mean, _) = moments(&paid(rule), 0);
        let true_mean = 600.0 + 0.4 * disputed;
        assert!((mean - true_mean).abs() < 20.0, "{rule:?}: {mean}, true {true_mean}");
    }
}

#[test]
fn a_missing_figure_is_what_was_reported_last() {
    let carry = MissingRule::CarryForward { times: 1, then: Box::new(MissingRule::Neutral) };
    let settlement = paying(
        vec![input("cost", Level::Case, carry, None)],
        Vec::new(),
        vec![(Level::Case, Expr::IfMissing(Box::new(figure(0)), Box::new(literal("0"))))],
    );
    let year = Year {
        settlement: &settlement,
        period: 1,
        months: (12, 12),
        rows: 0,
        cases: 0,
        varied: vec![varied(&settlement, 0, Shape::Fixed(exact("1")), Changes::default())],
        watched: Vec::new(),
    };
    let prepared = Prepared::new(&settlement);
    let paid = |reported: Option<(i64, u32)>| {
        let run = Run {
            figures: vec![vec![None]],
            reported: reported.map(|last| (0, last)).into_iter().collect::<BTreeMap<_, _>>(),
            ..Run::default()
        };
        settle_exactly(&year, &prepared, &run, &[(0, PartyId(1))]).unwrap().payments
    };
    assert_eq!(paid(Some((12_345, 1))), [12_345]);
    assert_eq!(paid(Some((12_345, 2))), [0], "older than the contract lets it be");
    assert_eq!(paid(None), [0]);
}
