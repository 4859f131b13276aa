//! What missing means, operator by operator and rule by rule.

use crate::build::*;
use jcm_calculus::*;
use jcm_eval::{Case, Stop, settle};

fn one_line(missing: MissingRule, line: impl Fn(&Expr) -> (Type, Expr)) -> (Settlement, Expr, Expr) {
    let mut s = empty();
    let x = s.input_at(Level::Case, "x", pounds(), missing);
    let (ty, expr) = line(&x);
    let line = s.line("line", ty, expr);
    (s, x, line)
}

fn truths(texts: &[&str], x: &Expr) -> Vec<Expr> {
    let one = |text: &&str| match *text {
        "yes" => Expr::literal(Value::Truth(true)),
        "no" => Expr::literal(Value::Truth(false)),
        _ => compare(Comparison::Greater, x, &lit("0")),
    };
    texts.iter().map(one).collect()
}

#[test]
fn missing_passes_through_what_needs_the_value() {
    let missing = format!("{:?}", Value::Missing);
    type Line = fn(&Expr) -> (Type, Expr);
    let lines: Vec<(Line, &str)> = vec![
        (|x| (pounds(), add(x, &lit("1"))), &missing),
        (|x| (percent(), div(x, &mul(x, &lit("0")))), &missing),
        (|x| (pounds(), Expr::Least(vec![lit("1"), x.clone()])), &missing),
        (|x| (pounds(), round(x, jcm_quantity::RoundingMode::Up, "1")), &missing),
        (|x| (Type::Truth, compare(Comparison::Equal, x, x)), &missing),
        (|x| (pounds(), when(compare(Comparison::Less, x, &lit("0")), lit("1"), lit("2"))), &missing),
        (|x| (pounds(), when(Expr::literal(Value::Truth(false)), x.clone(), lit("2"))), "2"),
        (|x| (Type::Truth, Expr::IsMissing(Box::new(x.clone()))), "Truth(true)"),
        (|x| (pounds(), Expr::IfMissing(Box::new(x.clone()), Box::new(lit("7")))), "7"),
        (|x| (Type::Truth, Expr::All(truths(&["yes", "?", "no"], x))), "Truth(false)"),
        (|x| (Type::Truth, Expr::All(truths(&["yes", "?"], x))), &missing),
        (|x| (Type::Truth, Expr::Any(truths(&["no", "?", "yes"], x))), "Truth(true)"),
        (|x| (Type::Truth, Expr::Any(truths(&["no", "?"], x))), &missing),
        (|_| (Type::Truth, Expr::All(vec![])), "Truth(true)"),
        (|_| (Type::Truth, Expr::Any(vec![])), "Truth(false)"),
    ];
    for (place, (line, expected)) in lines.into_iter().enumerate() {
        let (s, _, line) = one_line(MissingRule::Neutral, line);
        assert_eq!(text(&run(&s, &[]).unwrap(), &line), expected, "line {place}");
    }
}

#[test]
fn the_rule_of_an_input_says_what_stands_in() {
    let line = |x: &Expr| (pounds(), x.clone());
    let (s, x, _) = one_line(MissingRule::Refuse, line);
    let stop = run(&s, &[]).unwrap_err();
    assert_eq!(stop, Stop::MissingInput { input: input_id(&x), row: None });
    assert_eq!(stop.words(&s), "“x” is missing, and the contract does not settle without it.");

    let (s, x, used) = one_line(MissingRule::Use(number("5")), line);
    assert_eq!(text(&run(&s, &[]).unwrap(), &used), "5");
    assert_eq!(text(&run(&s, &[(&x, number("6"))]).unwrap(), &used), "6");

    let carried = MissingRule::CarryForward { times: 1, then: Box::new(MissingRule::Use(number("0"))) };
    let (s, x, line) = one_line(carried, line);
    for (age, expected) in [(1, "42"), (2, "0")] {
        let last_reported = [(input_id(&x), (number("42"), age))].into();
        let outcome = settle(&s, &Case { last_reported, ..Case::default() }).unwrap();
        assert_eq!(text(&outcome, &line), expected);
    }
}

#[test]
fn an_input_that_no_line_needs_may_be_missing() {
    let branch = |x: &Expr| (pounds(), when(Expr::literal(Value::Truth(true)), lit("1"), x.clone()));
    let (s, _, line) = one_line(MissingRule::Refuse, branch);
    assert_eq!(text(&run(&s, &[]).unwrap(), &line), "1");
}

#[test]
fn a_score_treats_a_missing_part_as_its_rule_says() {
    for (rule, one_missing, all_missing) in [
        (WeightRule::Reweight, "0.8", "Missing"),
        (WeightRule::Zero, "0.48", "0"),
        (WeightRule::Missing, "Missing", "Missing"),
    ] {
        let mut s = empty();
        let a = s.input_at(Level::Case, "a", percent(), MissingRule::Neutral);
        let b = s.input_at(Level::Case, "b", percent(), MissingRule::Neutral);
        let parts = vec![(n("60%"), a.clone()), (n("40%"), b.clone())];
        let line = s.line("quality", percent(), Expr::Weighted { parts, missing: rule });
        let both = run(&s, &[(&a, number("80%")), (&b, number("100%"))]).unwrap();
        assert_eq!(text(&both, &line), "0.88");
        assert_eq!(text(&run(&s, &[(&a, number("80%"))]).unwrap(), &line), one_missing);
        assert_eq!(text(&run(&s, &[]).unwrap(), &line), all_missing);
    }
}

#[test]
fn a_payment_of_a_missing_amount_stops() {
    let (mut s, _, line) = one_line(MissingRule::Neutral, |x| (pounds(), x.clone()));
    let (payer, payee) = (s.party("icb"), s.party("trust"));
    s.allocations.push(pays(&line, payer, vec![share(payee, "100%")]));
    let stop = run(&s, &[]).unwrap_err();
    assert_eq!(stop, Stop::MissingPayment { allocation: 0 });
    assert_eq!(stop.words(&s), "“Sharing of savings” cannot be made: its amount is missing.");
}
