//! Broken settlements and endless figures stop; nothing panics or hangs.

use crate::build::*;
use jcm_calculus::*;
use jcm_eval::{Case, Prepared, Stop, settle};
use jcm_quantity::Statistic;

fn stop_of(s: &Settlement) -> Stop {
    settle(s, &Case::default()).unwrap_err()
}

#[test]
fn references_to_nothing_stop() {
    for expr in [
        Expr::Input(InputId(7)),
        Expr::Step(StepId(7)),
        Expr::Step(StepId(0)),
        Expr::Least(vec![]),
        Expr::Negate(Box::new(Expr::literal(Value::Truth(true)))),
        Expr::Not(Box::new(lit("1"))),
        compare(
            Comparison::Less,
            &Expr::literal(Value::Text("a".into())),
            &Expr::literal(Value::Text("b".into())),
        ),
        compare(Comparison::Equal, &lit("1"), &Expr::literal(Value::Text("b".into()))),
        Expr::Parameter { parameter: ParameterId(3), column: 0, keys: vec![] },
        Expr::Parameter { parameter: ParameterId(3), column: 0, keys: vec![lit("1")] },
        Expr::Statistic { statistic: Statistic::Mean, parts: vec![] },
        Expr::Power { value: Box::new(lit("2")), exponent: 1_000_000 },
        Expr::Scale { value: Box::new(lit("1")), rows: vec![] },
        Expr::Scale { value: Box::new(lit("1")), rows: vec![even(None, None, "0", "1")] },
        Expr::Scale { value: Box::new(lit("1")), rows: vec![even(to("1"), to("1"), "0", "1")] },
    ] {
        let mut s = empty();
        s.line("line", pounds(), expr.clone());
        assert!(verify(&s).is_err(), "{expr:?}");
        assert!(!stop_of(&s).words(&s).is_empty(), "{expr:?}");
    }
    let mut s = empty();
    let of_row = s.input_at(Level::Row, "of_row", pounds(), MissingRule::Neutral);
    s.line("line", pounds(), of_row);
    assert!(matches!(stop_of(&s), Stop::Broken { .. }));
    s.periods.clear();
    assert_eq!(stop_of(&s), Stop::NoPeriod { period: 0 });
}

#[test]
fn an_expression_that_nests_too_deep_stops() {
    let mut expr = lit("1");
    for _ in 0..10_000 {
        expr = Expr::Negate(Box::new(expr));
    }
    let mut s = empty();
    s.line("line", pounds(), expr);
    assert!(matches!(stop_of(&s), Stop::Broken { .. }));
    assert!(verify(&s).unwrap_err().iter().any(|flaw| matches!(flaw, Flaw::TooDeep { .. })));
}

#[test]
fn figures_that_grow_without_end_stop() {
    let mut s = empty();
    let none = Type::Number(jcm_quantity::Unit::none());
    let mut last = s.line("line_0", none.clone(), lit("1/3"));
    for i in 1..64 {
        last = s.line(&format!("line_{i}"), none.clone(), mul(&last, &last));
    }
    verify(&s).unwrap();
    let stop = stop_of(&s);
    assert!(matches!(stop, Stop::TooLarge { .. }), "{stop:?}");
    assert!(stop.words(&s).contains("too many digits"));
}

#[test]
fn an_allocation_that_refers_to_nothing_stops() {
    let mut s = empty();
    let line = s.line("payable", pounds(), lit("1"));
    let payer = s.party("icb");
    let mut allocation = pays(&line, payer, vec![]);
    allocation.amount = StepId(9);
    s.allocations.push(allocation);
    assert!(matches!(stop_of(&s), Stop::WrongKind { .. }));
    s.allocations[0].amount = step_id(&line);
    // No shares at all: verification refuses it, and evaluation does not fall over it.
    assert!(Prepared::new(&s).settle(&Case::default()).unwrap().payments.is_empty());
}
