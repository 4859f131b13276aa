//! Functions of figures of one case: their values, what missing means for them, and where they stop.

use crate::build::*;
use jcm_calculus::*;
use jcm_eval::{IntervalCase, Prepared, Range, Stop, Unclear, possible};
use jcm_quantity::{Irrational, QuantileMethod, RoundingMode, Statistic, Unit};

fn plain() -> Type {
    Type::Number(Unit::none())
}

fn irrational(function: Irrational, value: &Expr, decimals: u32) -> Expr {
    Expr::Irrational { function, value: Box::new(value.clone()), decimals }
}

fn statistic(statistic: Statistic, parts: &[&Expr]) -> Expr {
    Expr::Statistic { statistic, parts: parts.iter().map(|part| (*part).clone()).collect() }
}

#[test]
fn each_function_by_hand() {
    let mut s = empty();
    let x = s.input("x", plain());
    let y = s.input("y", plain());
    let z = s.input("z", plain());
    let quantile = Statistic::Quantile { share: n("75%"), method: QuantileMethod::NearestRank };
    let power = |exponent| Expr::Power { value: Box::new(x.clone()), exponent };
    let lines = [
        (irrational(Irrational::Exp, &x, 6), "7.389056"),
        (irrational(Irrational::Ln, &y, 6), "1.609438"),
        (irrational(Irrational::SquareRoot, &z, 6), "2.828427"),
        (power(10), "1024"),
        (power(-2), "0.25"),
        (power(0), "1"),
        (statistic(Statistic::Mean, &[&x, &y, &z]), "5"),
        (statistic(Statistic::Variance, &[&x, &y, &z]), "6"),
        (statistic(Statistic::StandardDeviation { decimals: 4 }, &[&x, &y, &z]), "2.4495"),
        (statistic(quantile, &[&x, &y, &z]), "8"),
    ];
    let ids: Vec<Expr> = lines
        .iter()
        .zip(0..)
        .map(|((expr, _), i)| s.line(&format!("line_{i}"), plain(), expr.clone()))
        .collect();
    let outcome = run(&s, &[(&x, number("2")), (&y, number("5")), (&z, number("8"))]).unwrap();
    for (id, (expr, expected)) in ids.iter().zip(&lines) {
        assert_eq!(text(&outcome, id), *expected, "{expr:?}");
    }
}

#[test]
fn a_rounding_to_significant_figures_is_traced_like_any_other() {
    let mut s = empty();
    let x = s.input("x", pounds());
    let expr = Expr::RoundToFigures { value: Box::new(x.clone()), mode: RoundingMode::HalfUp, figures: 3 };
    let rounded = s.line("rounded", pounds(), expr);
    let outcome = run(&s, &[(&x, number("£12,345.67"))]).unwrap();
    assert_eq!(text(&outcome, &rounded), "12300");
    assert_eq!(outcome.lines[0].before_rounding, Some(number("12345.67")));
}

#[test]
fn units_are_held() {
    let line = |expr: &dyn Fn(&Expr) -> Expr, ty: Type| {
        let mut s = empty();
        let x = s.input("x", pounds());
        s.line("line", ty, expr(&x));
        verify(&s).is_ok()
    };
    let square = Type::Number(Unit::money("GBP").times(&Unit::money("GBP")));
    assert!(!line(&|x| irrational(Irrational::Ln, x, 4), plain()));
    assert!(!line(&|x| irrational(Irrational::SquareRoot, x, 4), pounds()));
    assert!(line(&|x| irrational(Irrational::SquareRoot, &mul(x, x), 4), pounds()));
    assert!(line(&|x| statistic(Statistic::Variance, &[x, x]), square.clone()));
    assert!(!line(&|x| statistic(Statistic::Variance, &[x, x]), pounds()));
    assert!(line(&|x| Expr::Power { value: Box::new(x.clone()), exponent: 2 }, square));
    for broken in [41, 400] {
        assert!(!line(&|x| irrational(Irrational::SquareRoot, &mul(x, x), broken), pounds()));
    }
    assert!(!line(&|x| Expr::Power { value: Box::new(x.clone()), exponent: 101 }, pounds()));
}

#[test]
fn missing_passes_through_and_numbers_without_a_value_stop() {
    let mut s = empty();
    let x = s.input_at(Level::Case, "x", plain(), MissingRule::Neutral);
    let ln = s.line("ln", plain(), irrational(Irrational::Ln, &x, 4));
    let mean = s.line("mean", plain(), statistic(Statistic::Mean, &[&x, &lit("1")]));
    let outcome = run(&s, &[]).unwrap();
    assert_eq!((text(&outcome, &ln), text(&outcome, &mean)), ("Missing".into(), "Missing".into()));
    let stop = run(&s, &[(&x, number("0"))]).unwrap_err();
    assert_eq!(stop, Stop::NoValue { step: step_id(&ln), function: Irrational::Ln, number: n("0") });
    assert_eq!(
        stop.words(&s),
        "The line “ln” takes the natural logarithm of 0, but it exists for numbers above 0 only."
    );
    let mut s = empty();
    s.line("none", plain(), Expr::Power { value: Box::new(lit("0")), exponent: -1 });
    assert!(matches!(run(&s, &[]), Err(Stop::DivisionByZero { .. })));
}

#[test]
fn intervals_of_functions() {
    let mut s = empty();
    let x = s.input("x", plain());
    let ln = s.line("ln", plain(), irrational(Irrational::Ln, &x, 2));
    let square = s.line("square", plain(), Expr::Power { value: Box::new(x.clone()), exponent: 2 });
    let at = |line: &Expr, low: &str, high: &str| {
        let inputs = [(input_id(&x), Range::Between(n(low), n(high)))].into();
        let case = IntervalCase { inputs, ..IntervalCase::default() };
        let found = possible(&Prepared::new(&s), &case, step_id(line), None);
        found.map(|ranges| ranges.iter().map(|(a, b)| format!("{a} to {b}")).collect::<Vec<_>>().join(", "))
    };
    assert_eq!(at(&ln, "1", "2").unwrap(), "0 to 0.69");
    assert_eq!(at(&ln, "0", "2"), Err(Unclear::Unbounded));
    assert!(matches!(at(&ln, "-2", "-1"), Err(Unclear::Stop(_))));
    assert_eq!(at(&square, "-3", "2").unwrap(), "0 to 9");
    assert_eq!(at(&square, "-3", "-2").unwrap(), "4 to 9");
}
