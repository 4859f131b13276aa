//! The interval evaluator: the exact result of any point lies in one of its intervals.

use crate::build::*;
use jcm_calculus::*;
use jcm_eval::{Case, IntervalCase, Prepared, Range, Unclear, possible, settle};
use jcm_quantity::{Exact, Irrational, QuantileMethod, RoundingMode, Statistic, Unit};
use proptest::prelude::*;
use std::cell::Cell;
use std::collections::BTreeMap;

fn between(low: &str, high: &str) -> Range {
    Range::Between(n(low), n(high))
}

fn found(s: &Settlement, line: &Expr, given: &[(&Expr, Range)]) -> Result<Vec<(Exact, Exact)>, Unclear> {
    verify(s).unwrap();
    let inputs = given.iter().map(|(input, range)| (input_id(input), range.clone())).collect();
    possible(&Prepared::new(s), &IntervalCase { inputs, ..IntervalCase::default() }, step_id(line), None)
}

fn pairs(texts: &[(&str, &str)]) -> Vec<(Exact, Exact)> {
    texts.iter().map(|(low, high)| (n(low), n(high))).collect()
}

#[test]
fn a_published_rate_leaves_its_last_place_open() {
    let mut s = empty();
    let rate = s.input("final_sharing_rate", percent());
    let saving = s.input("saving", pounds());
    let line = s.line("earned", pounds(), round(&mul(&rate, &saving), RoundingMode::HalfUp, "1"));
    let result =
        found(&s, &line, &[(&rate, between("46.465%", "46.475%")), (&saving, between("1000", "1000"))]);
    assert_eq!(result, Ok(pairs(&[("465", "465")])));
}

#[test]
fn an_undecided_gate_leaves_both_answers_open() {
    let mut s = empty();
    let rate = s.input("saving_rate", percent());
    let gate = compare(Comparison::GreaterOrEqual, &rate, &lit("2%"));
    let line = s.line("earned", pounds(), when(gate, mul(&rate, &lit("1000")), lit("0")));
    let both = found(&s, &line, &[(&rate, between("1.9%", "2.1%"))]);
    assert_eq!(both, Ok(pairs(&[("0", "0"), ("19", "21")])));
    assert_eq!(found(&s, &line, &[(&rate, between("2%", "2.1%"))]), Ok(pairs(&[("20", "21")])));
    assert_eq!(found(&s, &line, &[(&rate, between("1.5%", "1.9%"))]), Ok(pairs(&[("0", "0")])));
}

#[test]
fn a_value_across_rows_of_a_scale_is_clipped_to_each() {
    let rows = vec![
        even(to("5,000"), to("5,999"), "3.9%", "3.6%"),
        even(to("6,000"), below("7,000"), "3.6%", "3.4%"),
        flat(to("7,000"), None, "3%"),
    ];
    let mut s = empty();
    let people = s.input("people", Type::Number(Unit::thing("people")));
    let line = s.line("rate", percent(), Expr::Scale { value: Box::new(people.clone()), rows });
    let rates = |low: &str, high: &str| found(&s, &line, &[(&people, between(low, high))]);
    assert_eq!(rates("5,999", "6,500"), Ok(pairs(&[("3.5%", "3.6%"), ("3.6%", "3.6%")])));
    assert_eq!(rates("7,000", "9,000"), Ok(pairs(&[("3%", "3%")])));
    assert_eq!(rates("6,990", "7,000").map(|rates| rates.len()), Ok(2));
    assert!(matches!(rates("1", "2"), Err(Unclear::Stop(_))));
    let rows = vec![flat(None, to("0"), "1%"), flat(below("0"), None, "2%")];
    let line = s.line("sign", percent(), Expr::Scale { value: Box::new(people.clone()), rows });
    let signs = |low: &str, high: &str| found(&s, &line, &[(&people, between(low, high))]);
    assert_eq!(signs("-1", "0"), Ok(pairs(&[("1%", "1%")])));
    assert_eq!(signs("0", "1"), Ok(pairs(&[("1%", "1%"), ("2%", "2%")])));
}

#[test]
fn what_cannot_be_bounded_is_refused() {
    let mut s = empty();
    let x = s.input("x", pounds());
    let line = s.line("quotient", percent(), div(&lit("1"), &x));
    assert_eq!(found(&s, &line, &[(&x, between("-1", "1"))]), Err(Unclear::Unbounded));
    assert!(matches!(found(&s, &line, &[(&x, between("0", "0"))]), Err(Unclear::Stop(_))));
    let gate = |i: i64| compare(Comparison::Less, &x, &lit(&format!("{i}/100")));
    let many = (1..20).fold(lit("0"), |sum, i| add(&sum, &when(gate(i), lit("1"), lit("0"))));
    let line = s.line("many", pounds(), many);
    assert_eq!(found(&s, &line, &[(&x, between("0", "1"))]), Err(Unclear::TooManyPaths));
    let truth = s.line("truth", Type::Truth, gate(1));
    assert_eq!(found(&s, &truth, &[(&x, between("2", "3"))]), Err(Unclear::NotANumber));
    assert!(!Unclear::TooManyPaths.words(&s).is_empty());
}

/// Lines that a line does not need are left alone, even if they would stop.
#[test]
fn only_what_is_needed_is_computed() {
    let mut s = empty();
    let x = s.input("x", pounds());
    s.line("stops", percent(), div(&x, &lit("0")));
    let line = s.line("double", pounds(), add(&x, &x));
    assert_eq!(found(&s, &line, &[(&x, between("1", "2"))]), Ok(pairs(&[("2", "4")])));
}

/// Inputs of the random settlements: three of the case, one of rows.
const CASE_INPUTS: u32 = 3;

fn small() -> impl Strategy<Value = Exact> {
    (-40i64..40, 1i64..8).prop_map(|(num, den)| Exact::ratio(num, den).unwrap())
}

fn scale_rows() -> impl Strategy<Value = Vec<ScaleRow>> {
    (small(), 1i64..20, any::<bool>(), prop::collection::vec(small(), 4)).prop_map(
        |(start, wide, included, results)| {
            let wide = Exact::from_int(wide);
            let end = |value: &Exact, included| Some(End { value: value.clone(), included });
            let (a, b) = (start.clone(), &start + &wide);
            let even = ScaleResult::Even { from: results[1].clone(), to: results[2].clone() };
            vec![
                ScaleRow {
                    lower: None,
                    upper: end(&a, !included),
                    result: ScaleResult::Flat(results[0].clone()),
                },
                ScaleRow { lower: end(&a, included), upper: end(&b, included), result: even },
                ScaleRow {
                    lower: end(&b, !included),
                    upper: None,
                    result: ScaleResult::Flat(results[3].clone()),
                },
            ]
        },
    )
}

fn band_rows() -> impl Strategy<Value = Vec<BandRow>> {
    (small(), 1i64..20, any::<bool>(), prop::collection::vec(small(), 3)).prop_map(
        |(start, wide, open, rates)| {
            let (a, b) = (start.clone(), &start + Exact::from_int(wide));
            let lowest = if open { None } else { Some(&a - Exact::from_int(5)) };
            vec![
                BandRow { lower: lowest, upper: Some(a.clone()), rate: rates[0].clone() },
                BandRow { lower: Some(a), upper: Some(b.clone()), rate: rates[1].clone() },
                BandRow { lower: Some(b), upper: None, rate: rates[2].clone() },
            ]
        },
    )
}

fn comparisons() -> impl Strategy<Value = Comparison> {
    prop::sample::select(vec![
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
    ])
}

fn numbers(in_rows: bool) -> BoxedStrategy<Expr> {
    let inputs = if in_rows { CASE_INPUTS + 1 } else { CASE_INPUTS };
    let leaf = prop_oneof![
        1 => small().prop_map(|x| Expr::literal(Value::Number(x))),
        3 => (0..inputs).prop_map(|id| Expr::Input(InputId(id))),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let two = (inner.clone(), inner.clone());
        let ops = prop::sample::select(vec![
            Arithmetic::Add,
            Arithmetic::Subtract,
            Arithmetic::Multiply,
            Arithmetic::Divide,
        ]);
        let condition = prop_oneof![
            3 => (comparisons(), inner.clone(), inner.clone()).prop_map(|(op, a, b)| compare(op, &a, &b)),
            1 => inner.clone().prop_map(|a| Expr::IsMissing(Box::new(a))),
            1 => (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| Expr::Not(Box::new(Expr::All(vec![
                compare(Comparison::Less, &a, &b),
                Expr::Any(vec![compare(Comparison::Greater, &b, &c), compare(Comparison::Less, &a, &c)]),
            ])))),
        ];
        let modes = prop::sample::select(RoundingMode::ALL.to_vec());
        let weights = prop::sample::select(vec![WeightRule::Reweight, WeightRule::Zero, WeightRule::Missing]);
        prop_oneof![
            4 => (ops, two.clone()).prop_map(|(op, (a, b))| Expr::Arithmetic { op, left: Box::new(a), right: Box::new(b) }),
            1 => inner.clone().prop_map(|a| Expr::Absolute(Box::new(a))),
            1 => inner.clone().prop_map(|a| Expr::Negate(Box::new(a))),
            1 => two.clone().prop_map(|(a, b)| Expr::Least(vec![a, b])),
            1 => two.clone().prop_map(|(a, b)| Expr::Greatest(vec![a, b])),
            1 => two.clone().prop_map(|(a, b)| Expr::IfMissing(Box::new(a), Box::new(b))),
            1 => (inner.clone(), modes).prop_map(|(a, mode)| round(&a, mode, "0.25")),
            2 => (condition, two.clone()).prop_map(|(c, (a, b))| when(c, a, b)),
            1 => (inner.clone(), scale_rows()).prop_map(|(a, rows)| Expr::Scale { value: Box::new(a), rows }),
            1 => (inner.clone(), band_rows()).prop_map(|(a, rows)| Expr::Bands { value: Box::new(a), rows }),
            1 => functions(inner.clone()),
            1 => (two, weights).prop_map(|((a, b), missing)| Expr::Weighted {
                parts: vec![(n("40%"), a), (n("60%"), b)],
                missing,
            }),
        ]
    })
    .boxed()
}

/// Functions with settings of their own.
fn functions(inner: BoxedStrategy<Expr>) -> impl Strategy<Value = Expr> {
    let function = prop::sample::select(Irrational::ALL.to_vec());
    let modes = prop::sample::select(RoundingMode::ALL.to_vec());
    let share = prop::sample::select(vec![n("0"), n("30%"), n("50%"), n("1")]);
    let methods = prop::sample::select(QuantileMethod::ALL.to_vec());
    let statistic = prop_oneof![
        prop::sample::select(vec![
            Statistic::Sum,
            Statistic::Mean,
            Statistic::Median,
            Statistic::Least,
            Statistic::Greatest,
            Statistic::Variance,
            Statistic::StandardDeviation { decimals: 3 },
        ]),
        (share, methods).prop_map(|(share, method)| Statistic::Quantile { share, method }),
    ];
    prop_oneof![
        (function, inner.clone()).prop_map(|(function, value)| Expr::Irrational {
            function,
            value: Box::new(value),
            decimals: 4
        }),
        (inner.clone(), -3i32..5)
            .prop_map(|(value, exponent)| Expr::Power { value: Box::new(value), exponent }),
        (inner.clone(), modes, 1u32..4).prop_map(|(value, mode, figures)| Expr::RoundToFigures {
            value: Box::new(value),
            mode,
            figures
        }),
        (statistic, prop::collection::vec(inner, 1..4))
            .prop_map(|(statistic, parts)| Expr::Statistic { statistic, parts }),
    ]
}

/// An interval, and a point inside it; or nothing.
type Fact = (Range, Value);

fn facts() -> impl Strategy<Value = Fact> {
    prop_oneof![
        6 => (small(), 0i64..8, 0i64..=16).prop_map(|(low, wide, way)| {
            let wide = Exact::ratio(wide, 4).unwrap();
            let point = &low + &wide * Exact::ratio(way, 16).unwrap();
            (Range::Between(low.clone(), low + wide), Value::Number(point))
        }),
        1 => Just((Range::Fixed(Value::Missing), Value::Missing)),
    ]
}

fn one_unit(of_case: Expr, of_row: Expr) -> (Settlement, StepId) {
    let mut s = empty();
    let none = || Type::Number(Unit::none());
    for name in ["a", "b", "c"] {
        s.input_at(Level::Case, name, none(), MissingRule::Neutral);
    }
    s.input_at(Level::Row, "d", none(), MissingRule::Neutral);
    let case_line = s.line("case_line", none(), of_case);
    let row_line = s.line_at(Level::Row, "row_line", none(), of_row);
    let total = add(&case_line, &Expr::SumOfRows(Box::new(row_line)));
    let total = s.line("total", none(), total);
    (s, step_id(&total))
}

thread_local! {
    /// How many random cases came to a number on both sides, to see that the law is not empty.
    static COMPARED: Cell<u32> = const { Cell::new(0) };
}

#[test]
fn the_exact_result_of_any_point_lies_in_one_of_the_intervals() {
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let cases = (
        numbers(false),
        numbers(true),
        prop::collection::vec(facts(), 3),
        prop::collection::vec(facts(), 0..3),
    );
    let law = |(of_case, of_row, given, rows): (Expr, Expr, Vec<Fact>, Vec<Fact>)| {
        let (s, total) = one_unit(of_case, of_row);
        verify(&s).map_err(|flaws| TestCaseError::fail(format!("{flaws:?}")))?;
        let mut point = Case::default();
        let mut around = IntervalCase::default();
        for (id, (range, value)) in (0..).map(InputId).zip(given) {
            around.inputs.insert(id, range);
            point.inputs.insert(id, value);
        }
        for (range, value) in rows {
            around.rows.push(BTreeMap::from([(InputId(CASE_INPUTS), range)]));
            point.rows.push(BTreeMap::from([(InputId(CASE_INPUTS), value)]));
        }
        let Ok(outcome) = settle(&s, &point) else { return Ok(()) };
        let intervals = possible(&Prepared::new(&s), &around, total, None);
        match (outcome.value(total, None), intervals) {
            (Some(Value::Number(exact)), Ok(intervals)) => {
                COMPARED.set(COMPARED.get() + 1);
                let inside = intervals.iter().any(|(low, high)| low <= exact && exact <= high);
                prop_assert!(inside, "{exact} is not in {intervals:?}");
            }
            (_, Err(Unclear::Stop(stop))) => prop_assert!(false, "stops where the point does not: {stop:?}"),
            _ => {}
        }
        Ok(())
    };
    runner.run(&cases, law).unwrap();
    assert!(COMPARED.get() > 500, "only {} of 2000 cases said anything", COMPARED.get());
}
