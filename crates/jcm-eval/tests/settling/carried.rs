//! What a period leaves to the next.

use crate::build::{Build, add, empty, input_id, pounds, step_id, sub, when};
use jcm_calculus::{
    Carried, CarriedId, Expr, InputId, Level, MissingRule, Origin, Settlement, Value, verify,
};
use jcm_eval::{Case, IntervalCase, Prepared, Range, Stop, possible};
use jcm_quantity::{Currency, Exact, Period, Unit};
use std::collections::BTreeMap;

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn number(text: &str) -> Value {
    Value::Number(exact(text))
}

/// Four quarters and the first of the next year; `begins` says where the sum starts again.
fn summed(begins: &[usize]) -> (Settlement, InputId) {
    let mut settlement = empty();
    let quarters = ["2026-04-01", "2026-07-01", "2026-10-01", "2027-01-01", "2027-04-01"];
    settlement.periods =
        quarters.iter().map(|day| Period::quarter(jcm_quantity::parse_date(day).unwrap()).unwrap()).collect();
    settlement.currency = Currency::named("GBP").unwrap();
    let spent = settlement.input_at(Level::Case, "spent", pounds(), MissingRule::Neutral);
    let to_date = settlement.line("spent.to_date", pounds(), add(&Expr::Carried(CarriedId(0)), &spent));
    settlement.carried.push(Carried {
        name: "spent.before".into(),
        title: "Spent before".into(),
        unit: Unit::money("GBP"),
        opening: Exact::zero(),
        closing: step_id(&to_date),
        begins: begins.to_vec(),
        origin: Origin::default(),
    });
    (settlement, input_id(&spent))
}

fn cases(input: InputId, from: usize, figures: &[Option<&str>]) -> Vec<Case> {
    let case = |(place, figure): (usize, &Option<&str>)| Case {
        period: from + place,
        inputs: figure.iter().map(|figure| (input, number(figure))).collect(),
        ..Case::default()
    };
    figures.iter().enumerate().map(case).collect()
}

fn sums(settlement: &Settlement, cases: &[Case]) -> Vec<Value> {
    let outcomes = Prepared::new(settlement).settle_periods(cases).unwrap();
    outcomes.iter().map(|outcome| outcome.lines[0].value.clone()).collect()
}

#[test]
fn a_sum_to_date_starts_again_where_it_begins() {
    let (settlement, spent) = summed(&[0, 4]);
    assert_eq!(verify(&settlement), Ok(()));
    let all = cases(spent, 0, &[Some("100"), Some("20"), Some("3"), Some("0.5"), Some("7")]);
    let expected: Vec<Value> = ["100", "120", "123", "123.5", "7"].map(number).to_vec();
    assert_eq!(sums(&settlement, &all), expected);
    let (settlement, spent) = summed(&[0]);
    let all = cases(spent, 0, &[Some("100"), Some("20"), Some("3"), Some("0.5"), Some("7")]);
    assert_eq!(sums(&settlement, &all)[4], number("130.5"));
}

#[test]
fn a_period_without_the_one_before_stops_and_never_begins_with_nought() {
    let (settlement, spent) = summed(&[0, 4]);
    let prepared = Prepared::new(&settlement);
    let all = cases(spent, 1, &[Some("20")]);
    let stop = prepared.settle(&all[0]).unwrap_err();
    assert_eq!(stop, Stop::NothingCarried { carried: CarriedId(0), period: 1 });
    let words = stop.words(&settlement);
    assert_eq!(
        words,
        "“Spent before” goes on in Q2 2026/27 from what Q1 2026/27 left, and that is not known."
    );
    let known = Case { carried: BTreeMap::from([(CarriedId(0), number("80"))]), ..all[0].clone() };
    assert_eq!(prepared.settle(&known).unwrap().lines[0].value, number("100"));
}

#[test]
fn what_came_before_is_not_used_where_it_begins_again() {
    let (settlement, spent) = summed(&[0, 4]);
    let mut all = cases(spent, 4, &[Some("7")]);
    all[0].carried.insert(CarriedId(0), number("999"));
    let outcome = Prepared::new(&settlement).settle(&all[0]).unwrap();
    assert_eq!(outcome.lines[0].value, number("7"));
    assert_eq!(outcome.left(&settlement), BTreeMap::from([(CarriedId(0), number("7"))]));
}

#[test]
fn a_missing_figure_makes_the_sum_missing_until_it_begins_again() {
    let (settlement, spent) = summed(&[0, 4]);
    let all = cases(spent, 0, &[Some("100"), None, Some("3"), Some("4"), Some("5")]);
    let expected = [number("100"), Value::Missing, Value::Missing, Value::Missing, number("5")];
    assert_eq!(sums(&settlement, &all), expected);
}

#[test]
fn a_line_knows_which_period_it_is_in() {
    let (mut settlement, spent) = summed(&[0, 4]);
    let (paid, none) = (Expr::Input(spent), Expr::literal(number("0")));
    settlement.line("at_year_end", pounds(), when(Expr::InPeriods(vec![3]), paid, none));
    assert_eq!(verify(&settlement), Ok(()));
    let all = cases(spent, 0, &[Some("1"), Some("2"), Some("3"), Some("4"), Some("5")]);
    let outcomes = Prepared::new(&settlement).settle_periods(&all).unwrap();
    let paid: Vec<&Value> = outcomes.iter().map(|outcome| &outcome.lines[1].value).collect();
    assert_eq!(paid, [&number("0"), &number("0"), &number("0"), &number("4"), &number("0")]);
}

#[test]
fn a_balance_within_an_interval_gives_an_interval() {
    let (settlement, spent) = summed(&[0, 4]);
    let prepared = Prepared::new(&settlement);
    let case = IntervalCase {
        period: 2,
        inputs: BTreeMap::from([(spent, Range::Fixed(number("3")))]),
        carried: BTreeMap::from([(CarriedId(0), Range::Between(exact("10"), exact("11")))]),
        ..IntervalCase::default()
    };
    let line = jcm_calculus::StepId(0);
    assert_eq!(possible(&prepared, &case, line, None), Ok(vec![(exact("13"), exact("14"))]));
}

#[test]
fn what_is_paid_on_account_and_the_rest_sum_to_the_annual_amount() {
    // £100 a year in four parts to the penny of a third: 33.33 three times, and what is left at the end.
    let (mut settlement, annual) = summed(&[0, 4]);
    settlement.steps.clear();
    settlement.carried.clear();
    let before = Expr::Carried(CarriedId(0));
    let due = when(
        Expr::InPeriods(vec![3]),
        sub(&Expr::Input(annual), &before),
        Expr::Literal { value: number("33.33"), unit: Some(Unit::money("GBP")) },
    );
    let due = settlement.line("due", pounds(), due);
    let paid = settlement.line("due.paid", pounds(), add(&before, &due));
    let (settled, _) = summed(&[0, 4]);
    settlement.carried.push(Carried { closing: step_id(&paid), ..settled.carried[0].clone() });
    assert_eq!(verify(&settlement), Ok(()));
    let all = cases(annual, 0, &[None, None, None, Some("100")]);
    let outcomes = Prepared::new(&settlement).settle_periods(&all).unwrap();
    let due: Vec<Value> = outcomes.iter().map(|outcome| outcome.lines[0].value.clone()).collect();
    assert_eq!(due, ["33.33", "33.33", "33.33", "0.01"].map(number));
    assert_eq!(outcomes[3].lines[1].value, number("100"));
}

#[test]
fn a_balance_is_refused_that_does_not_begin_or_changes_its_unit() {
    let flaws = |begins: &[usize], change: &dyn Fn(&mut Settlement)| {
        let (mut settlement, _) = summed(begins);
        change(&mut settlement);
        verify(&settlement).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    let nothing = |_: &mut Settlement| {};
    assert!(flaws(&[4], &nothing).contains("does not begin in the first period"));
    assert!(flaws(&[0, 4, 3], &nothing).contains("not in their order"));
    assert!(flaws(&[0, 9], &nothing).contains("period number 9"));
    let other_unit = |s: &mut Settlement| s.carried[0].unit = Unit::thing("people");
    assert!(flaws(&[0], &other_unit).contains("opens and closes with different things"));
    let no_line = |s: &mut Settlement| s.carried[0].closing = jcm_calculus::StepId(7);
    assert!(flaws(&[0], &no_line).contains("line number 7"));
    let of_rows = |s: &mut Settlement| s.steps[0].level = Level::Row;
    assert!(flaws(&[0], &of_rows).contains("spent.to_date"));
    let no_balance = |s: &mut Settlement| s.carried.clear();
    assert!(flaws(&[0], &no_balance).contains("balance number 0"));
}
