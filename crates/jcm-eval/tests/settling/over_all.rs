//! Steps over all cases: stages, groups, what is missing, and laws over random cases.

use crate::build::*;
use jcm_calculus::*;
use jcm_eval::{Case, IntervalCase, Outcome, Prepared, Range, Stop, Unclear, possible};
use jcm_quantity::{Exact, OverAll, Statistic, Ties, Unit};
use proptest::prelude::*;

fn over_all(function: OverAll, value: &Expr, same: Option<&Expr>) -> Expr {
    Expr::OverAll { function, value: Box::new(value.clone()), same: same.map(|same| Box::new(same.clone())) }
}

fn sum(value: &Expr) -> Expr {
    over_all(OverAll::Statistic(Statistic::Sum), value, None)
}

fn case(inputs: &[(&Expr, &str)]) -> Case {
    let value = |text: &str| if text == "-" { Value::Missing } else { number(text) };
    let inputs = inputs.iter().map(|(input, text)| (input_id(input), value(text))).collect();
    Case { period: 1, inputs, ..Case::default() }
}

fn texts(outcomes: &[Outcome], line: &Expr) -> Vec<String> {
    outcomes.iter().map(|outcome| text(outcome, line)).collect()
}

/// The exchange of hospital value-based purchasing: the fund is what is withheld, and it is paid out by score.
struct Exchange {
    s: Settlement,
    base: Expr,
    score: Expr,
    slope: Expr,
    due: Expr,
}

fn exchange() -> Exchange {
    let mut s = empty();
    let base = s.input("base", pounds());
    let score = s.input("score", percent());
    let withheld = s.line("withheld", pounds(), mul(&base, &lit("2%")));
    let by_score = s.line("by_score", pounds(), mul(&withheld, &score));
    let slope = s.line("slope", percent(), div(&sum(&withheld), &sum(&by_score)));
    let due = s.line("due", pounds(), mul(&by_score, &slope));
    Exchange { s, base, score, slope, due }
}

#[test]
fn the_exchange_pays_out_the_fund() {
    let Exchange { s, base, score, slope, due } = exchange();
    verify(&s).unwrap();
    let cases = [("1000000", "60%"), ("2000000", "30%"), ("1000000", "40%")]
        .map(|(a, b)| case(&[(&base, a), (&score, b)]));
    let outcomes = Prepared::new(&s).settle_all(&cases).unwrap();
    assert_eq!(texts(&outcomes, &slope), ["2.5", "2.5", "2.5"]);
    assert_eq!(texts(&outcomes, &due), ["30000", "30000", "20000"]);
    // What was worked out over all is told with each outcome, and lets a case be settled again alone.
    assert_eq!(outcomes[0].over_all.len(), 2);
    let again = Case { over_all: outcomes[0].over_all.clone(), ..cases[0].clone() };
    assert_eq!(Prepared::new(&s).settle(&again).unwrap().lines, outcomes[0].lines);
}

#[test]
fn one_case_alone_stops_unless_the_line_is_given() {
    let Exchange { s, base, score, slope, due } = exchange();
    let mut alone = case(&[(&base, "1000000"), (&score, "60%")]);
    let stop = Prepared::new(&s).settle(&alone).unwrap_err();
    assert_eq!(stop, Stop::NeedsAllCases { step: step_id(&slope) });
    assert_eq!(stop.words(&s), "The line “slope” is worked out over all cases, and here is only one.");
    alone.given_steps.insert(step_id(&slope), number("2.5"));
    assert_eq!(text(&Prepared::new(&s).settle(&alone).unwrap(), &due), "30000");
    // Given in every case, the line is not worked out, so that a score of nought does no harm.
    alone.inputs.insert(input_id(&score), number("0"));
    assert_eq!(text(&Prepared::new(&s).settle_all(&[alone]).unwrap()[0], &due), "0");
}

#[test]
fn intervals_say_that_all_cases_are_needed() {
    let Exchange { s, base, score, due, .. } = exchange();
    let inputs =
        [(input_id(&base), Range::Between(n("1"), n("2"))), (input_id(&score), Range::Fixed(number("60%")))];
    let around = IntervalCase { inputs: inputs.into(), ..IntervalCase::default() };
    let found = possible(&Prepared::new(&s), &around, step_id(&due), None);
    assert_eq!(found, Err(Unclear::OverAll));
}

#[test]
fn groups_periods_and_what_is_missing() {
    let mut s = empty();
    let rate = s.input_at(Level::Case, "rate", percent(), MissingRule::Neutral);
    let group = s.input_at(Level::Case, "group", Type::Number(Unit::none()), MissingRule::Neutral);
    let median = over_all(OverAll::Statistic(Statistic::Median), &rate, Some(&group));
    let median = s.line("median", percent(), median);
    let rank = OverAll::Rank { highest_first: true, ties: Ties::Best };
    let rank = s.line("rank", Type::Number(Unit::none()), over_all(rank, &rate, None));
    verify(&s).unwrap();
    let mut cases: Vec<Case> =
        [("10%", "1"), ("20%", "1"), ("60%", "1"), ("40%", "2"), ("-", "1"), ("30%", "-")]
            .map(|(a, b)| case(&[(&rate, a), (&group, b)]))
            .into();
    cases.push(Case { period: 0, ..case(&[(&rate, "99%"), (&group, "1")]) });
    let outcomes = Prepared::new(&s).settle_all(&cases).unwrap();
    assert_eq!(texts(&outcomes, &median), ["0.2", "0.2", "0.2", "0.4", "Missing", "Missing", "0.99"]);
    assert_eq!(texts(&outcomes, &rank), ["5", "4", "1", "2", "Missing", "3", "1"]);
}

#[test]
fn a_step_over_all_sees_the_steps_over_all_before_it() {
    let mut s = empty();
    let x = s.input("x", pounds());
    let mean = s.line("mean", pounds(), over_all(OverAll::Statistic(Statistic::Mean), &x, None));
    let apart = s.line("apart", pounds(), Expr::Absolute(Box::new(sub(&x, &mean))));
    let all_apart = s.line("all_apart", pounds(), sum(&apart));
    let share = s.line("share", percent(), div(&apart, &all_apart));
    verify(&s).unwrap();
    let cases = ["10", "20", "60"].map(|text| case(&[(&x, text)]));
    let outcomes = Prepared::new(&s).settle_all(&cases).unwrap();
    assert_eq!(texts(&outcomes, &mean), ["30", "30", "30"]);
    assert_eq!(texts(&outcomes, &apart), ["20", "10", "30"]);
    assert_eq!(texts(&outcomes, &all_apart), ["60", "60", "60"]);
    assert_eq!(texts(&outcomes, &share), ["1/3", "1/6", "0.5"]);
}

#[test]
fn every_case_that_stops_in_a_stage_is_named() {
    let mut s = empty();
    let x = s.input("x", pounds());
    let inverse = s.line(
        "inverse",
        Type::Number(Unit::none()),
        div(&lit("1"), &div(&x, &Expr::Literal { value: number("1"), unit: Some(Unit::money("GBP")) })),
    );
    s.line("sum", Type::Number(Unit::none()), sum(&inverse));
    verify(&s).unwrap();
    let cases = ["1", "0", "2", "0", "-"].map(|text| case(&[(&x, text)]));
    let stops = Prepared::new(&s).settle_all(&cases).unwrap_err();
    assert_eq!(stops.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [1, 3, 4]);
    assert!(matches!(stops[0].1, Stop::DivisionByZero { .. }));
    assert!(matches!(stops[2].1, Stop::MissingInput { .. }));
}

#[test]
fn what_is_misplaced_is_no_settlement() {
    let flaw = |level: Level, expr: &dyn Fn(&Expr, &Expr) -> Expr| {
        let mut s = empty();
        let x = s.input("x", pounds());
        let of_row = s.input_at(Level::Row, "of_row", pounds(), MissingRule::Refuse);
        s.line_at(level, "line", pounds(), expr(&x, &of_row));
        verify(&s).unwrap_err()[0].to_string()
    };
    let row = flaw(Level::Row, &|x, _| sum(x));
    assert_eq!(row, "line `line` works out a figure over all cases for each row");
    let nested = flaw(Level::Case, &|x, _| sum(&sum(x)));
    assert_eq!(nested, "line `line` works out a figure over all cases inside another figure over all cases");
    let in_rows = flaw(Level::Case, &|x, _| Expr::SumOfRows(Box::new(sum(x))));
    assert_eq!(in_rows, row);
    // A figure of a row is none of the case, but the sum of the rows is.
    assert!(flaw(Level::Case, &|_, of_row| sum(of_row)).contains("exists for each row"));
    let mut s = empty();
    let of_row = s.input_at(Level::Row, "of_row", pounds(), MissingRule::Refuse);
    let total = s.line("total", pounds(), sum(&Expr::SumOfRows(Box::new(of_row.clone()))));
    verify(&s).unwrap();
    let rows = |texts: &[&str]| {
        let row = |text: &&str| [(input_id(&of_row), number(text))].into();
        Case { rows: texts.iter().map(row).collect(), ..Case::default() }
    };
    let outcomes = Prepared::new(&s).settle_all(&[rows(&["1", "2"]), rows(&[]), rows(&["4"])]).unwrap();
    assert_eq!(texts(&outcomes, &total), ["7", "7", "7"]);
    // A step over all that refers to itself or to a later one is a circle.
    let mut s = empty();
    s.line("first", pounds(), sum(&Expr::Step(StepId(1))));
    s.line("second", pounds(), lit("1"));
    assert!(verify(&s).unwrap_err()[0].to_string().contains("does not come before it"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shares_sum_to_the_fund_and_the_order_of_cases_does_not_matter(
        figures in prop::collection::vec((1i64..1_000_000, 1i64..100), 1..12),
        turn in 0usize..12,
    ) {
        let Exchange { s, base, score, due, .. } = exchange();
        let prepared = Prepared::new(&s);
        let mut cases: Vec<Case> = figures
            .iter()
            .map(|(money, score_of)| case(&[(&base, &money.to_string()), (&score, &format!("{score_of}%"))]))
            .collect();
        let outcomes = prepared.settle_all(&cases).unwrap();
        let paid = |outcome: &Outcome| match outcome.value(step_id(&due), None) {
            Some(Value::Number(number)) => number.clone(),
            _ => Exact::zero(),
        };
        let fund: Exact = figures.iter().map(|(money, _)| Exact::ratio(money * 2, 100).unwrap()).sum();
        prop_assert_eq!(outcomes.iter().map(paid).sum::<Exact>(), fund);
        let turn = turn % cases.len();
        cases.rotate_left(turn);
        let mut turned = prepared.settle_all(&cases).unwrap();
        turned.rotate_right(turn);
        prop_assert_eq!(turned, outcomes);
    }
}
