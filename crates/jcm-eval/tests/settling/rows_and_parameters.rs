//! Rows of a case, and parameters by key and date.

use crate::build::*;
use jcm_calculus::*;
use jcm_eval::{Case, Stop, settle};
use jcm_quantity::{Unit, parse_date};

#[test]
fn rows_are_computed_each_and_summed_without_the_missing_ones() {
    let mut s = empty();
    let points = Type::Number(Unit::thing("points"));
    let earned = s.input_at(Level::Row, "earned", points.clone(), MissingRule::Neutral);
    let most = s.input_at(Level::Row, "most", points.clone(), MissingRule::Refuse);
    let part = s.line_at(Level::Row, "part", percent(), div(&earned, &most));
    let total = s.line("total", points, Expr::SumOfRows(Box::new(earned.clone())));
    let mean = s.line(
        "mean",
        percent(),
        div(
            &Expr::SumOfRows(Box::new(part.clone())),
            &Expr::CountOfRows(Box::new(Expr::Not(Box::new(Expr::IsMissing(Box::new(part.clone())))))),
        ),
    );
    verify(&s).unwrap();
    let row = |earned_points: Option<&str>, possible: &str| {
        let mut row = std::collections::BTreeMap::from([(input_id(&most), number(possible))]);
        row.extend(earned_points.map(|points| (input_id(&earned), number(points))));
        row
    };
    let rows = vec![row(Some("5"), "10"), row(None, "10"), row(Some("8"), "10")];
    let outcome = settle(&s, &Case { rows, ..Case::default() }).unwrap();
    assert_eq!(text(&outcome, &total), "13");
    assert_eq!(text(&outcome, &mean), "0.65");
    assert_eq!(outcome.value(step_id(&part), Some(0)), Some(&number("50%")));
    assert_eq!(outcome.value(step_id(&part), Some(1)), Some(&Value::Missing));
    assert_eq!(outcome.value(step_id(&part), Some(3)), None);
    assert_eq!((outcome.lines.len(), outcome.rows.len(), outcome.rows[0].len()), (2, 3, 1));

    // No rows: nothing to divide by.
    let stop = settle(&s, &Case::default()).unwrap_err();
    assert_eq!(stop, Stop::DivisionByZero { step: step_id(&mean) });
    assert_eq!(stop.words(&s), "The line “mean” divides by zero.");
    // A row without an input that its line refuses to miss.
    let rows = vec![row(Some("5"), "10"), [(input_id(&earned), number("5"))].into()];
    let stop = settle(&s, &Case { rows, ..Case::default() }).unwrap_err();
    assert_eq!(stop.words(&s), "“most” is missing in row 2, and the contract does not settle without it.");
}

fn with_price() -> (Settlement, Expr, Expr) {
    let mut s = empty();
    let members = vec![("basic".into(), "Basic track".into()), ("enhanced".into(), "Enhanced track".into())];
    s.choices.push(Choice { name: "track".into(), title: "Track".into(), members });
    let ty = Type::Choice(ChoiceId(0));
    let row = |track: &str, from: Option<&str>, until: Option<&str>, price: &str| ParameterRow {
        keys: vec![Value::Choice(track.into())],
        from: from.map(|date| parse_date(date).unwrap()),
        until: until.map(|date| parse_date(date).unwrap()),
        values: vec![number(price)],
    };
    s.parameters.push(Parameter {
        name: "price".into(),
        title: "Price for a case".into(),
        keys: vec![ParameterKey { name: "track".into(), ty: ty.clone() }],
        columns: vec![ParameterColumn { name: String::new(), ty: pounds() }],
        rows: vec![
            row("basic", None, Some("2027-04-01"), "100"),
            row("basic", Some("2027-04-01"), None, "110"),
            row("enhanced", None, Some("2027-04-01"), "150"),
        ],
        source: String::new(),
        origin: Origin::default(),
    });
    let track = s.input("track", ty);
    let parameter = Expr::Parameter { parameter: ParameterId(0), column: 0, keys: vec![track.clone()] };
    let line = s.line("price", pounds(), parameter);
    (s, track, line)
}

#[test]
fn a_parameter_is_in_force_on_the_first_day_of_the_period() {
    let (s, track, line) = with_price();
    verify(&s).unwrap();
    let at = |period: usize, member: &str| {
        let inputs = [(input_id(&track), Value::Choice(member.into()))].into();
        settle(&s, &Case { period, inputs, ..Case::default() })
    };
    assert_eq!(text(&at(0, "basic").unwrap(), &line), "100");
    assert_eq!(text(&at(1, "basic").unwrap(), &line), "110");
    assert_eq!(text(&at(0, "enhanced").unwrap(), &line), "150");
    let words = "“Price for a case” has no figure for Enhanced track in force on the first day of 2027/28.";
    assert_eq!(at(1, "enhanced").unwrap_err().words(&s), words);
    let words = "The contract has no period number 3.";
    assert_eq!(at(2, "basic").unwrap_err().words(&s), words);
}

#[test]
fn choices_and_dates_are_compared() {
    let mut s = with_price().0;
    let track = Expr::Input(InputId(0));
    let enhanced = Expr::literal(Value::Choice("enhanced".into()));
    let is_it = s.line("is_enhanced", Type::Truth, compare(Comparison::Equal, &track, &enhanced));
    let date = |text: &str| Expr::literal(Value::Date(parse_date(text).unwrap()));
    let earlier = compare(Comparison::Less, &date("2026-04-01"), &date("2026-04-02"));
    let is_earlier = s.line("is_earlier", Type::Truth, earlier);
    let outcome = run(&s, &[(&track, Value::Choice("basic".into()))]).unwrap();
    assert_eq!(text(&outcome, &is_it), "Truth(false)");
    assert_eq!(text(&outcome, &is_earlier), "Truth(true)");
}

#[test]
fn a_given_line_replaces_its_computation() {
    let (s, _, line) = with_price();
    let given_steps = [(step_id(&line), number("99"))].into();
    let outcome = settle(&s, &Case { given_steps, ..Case::default() }).unwrap();
    assert_eq!(text(&outcome, &line), "99");
    assert!(outcome.lines[0].given);
}
