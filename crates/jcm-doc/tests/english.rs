//! Calculations in English and as formulas, one by one.
#![expect(clippy::expect_used, reason = "tests stop at the first broken expectation")]
#![expect(clippy::indexing_slicing, reason = "tests know the shape of what they made")]
#![expect(dead_code, reason = "the builders are shared with the tests of documents")]

mod programs;

use jcm_doc::{formula, line_sentence, words};
use jcm_model::*;
use jcm_quantity::{Irrational, OverAll, QuantileMethod, RoundingMode, Statistic, Ties, Unit};
use programs::*;

/// A contract with a few lines to speak of: benchmark, expenditure, saving, cap; and a yes-or-no input.
fn program() -> Program {
    let mut program = empty("test", "Test", 2026, 1);
    let owner = LineOwner::Incentive(IncentiveId(0));
    let asks = InputOwner::Incentive(IncentiveId(0));
    let titles = ["Benchmark", "Actual expenditure", "Saving", "Most that can be shared"];
    program.lines =
        titles.iter().map(|title| line(&title.to_lowercase(), title, owner, figure("1", gbp()))).collect();
    program.inputs = vec![
        input("met", "Quality standard met", asks, Ty::Truth, ""),
        input("track", "Track", asks, Ty::Choice(ChoiceId(0)), ""),
        input("cost", "Cost", asks, gbp(), ""),
    ];
    program.choices = vec![Choice {
        head: head("track", "Track"),
        members: vec![("BASIC_A".into(), "Basic, level A".into())],
    }];
    program.incentives = vec![Incentive {
        head: head("share", "Shared savings"),
        under: String::new(),
        each: "practice".into(),
        inputs: vec![],
        lines: (0..4).map(LineId).collect(),
        flows: vec![],
        deadline: None,
        particulars: vec![],
    }];
    program
}

fn a() -> Expr {
    line_of(0, gbp())
}
fn b() -> Expr {
    line_of(1, gbp())
}
fn c() -> Expr {
    line_of(2, gbp())
}
fn d() -> Expr {
    line_of(3, gbp())
}
fn add(left: Expr, right: Expr) -> Expr {
    calc(Arithmetic::Add, left, right, gbp())
}
fn less(left: Expr, right: Expr) -> Expr {
    calc(Arithmetic::Subtract, left, right, gbp())
}
fn times(left: Expr, right: Expr) -> Expr {
    calc(Arithmetic::Multiply, left, right, gbp())
}
fn over(left: Expr, right: Expr) -> Expr {
    calc(Arithmetic::Divide, left, right, percent())
}
fn share_of(share: &str, whole: Expr) -> Expr {
    calc(Arithmetic::Of, figure(share, percent()), whole, gbp())
}
fn truth(kind: ExprKind) -> Expr {
    expr(kind, Ty::Truth)
}
fn boxed(expr: Expr) -> Box<Expr> {
    Box::new(expr)
}
fn at_most(value: Expr, limit: Expr) -> Expr {
    expr(ExprKind::AtMost { value: boxed(value), limit: boxed(limit) }, gbp())
}
fn at_least(value: Expr, limit: Expr) -> Expr {
    expr(ExprKind::AtLeast { value: boxed(value), limit: boxed(limit) }, gbp())
}
fn positive(value: Expr) -> Expr {
    compare(Comparison::Greater, value, figure("0", gbp()))
}
fn and(left: Expr, right: Expr) -> Expr {
    truth(ExprKind::And(boxed(left), boxed(right)))
}
fn or(left: Expr, right: Expr) -> Expr {
    truth(ExprKind::Or(boxed(left), boxed(right)))
}
fn met() -> Expr {
    input_of(0, Ty::Truth)
}

#[track_caller]
fn reads(expr: &Expr, english: &str, mathematics: &str) {
    let program = program();
    assert_eq!(words(&program, expr), english);
    assert_eq!(formula(&program, expr), mathematics);
}

#[test]
fn sums_and_products_are_said_in_the_order_in_which_they_are_worked_out() {
    reads(&less(a(), b()), "the benchmark less the actual expenditure", "Benchmark − Actual expenditure");
    reads(
        &add(less(a(), b()), c()),
        "the benchmark less the actual expenditure plus the saving",
        "Benchmark − Actual expenditure + Saving",
    );
    reads(&over(c(), a()), "the saving divided by the benchmark", "Saving ÷ Benchmark");
    reads(
        &over(less(a(), b()), a()),
        "the benchmark less the actual expenditure, all divided by the benchmark",
        "(Benchmark − Actual expenditure) ÷ Benchmark",
    );
    reads(
        &times(over(c(), a()), b()),
        "the saving divided by the benchmark, then multiplied by the actual expenditure",
        "Saving ÷ Benchmark × Actual expenditure",
    );
    reads(
        &over(a(), times(b(), c())),
        "the benchmark divided by A, where A is the actual expenditure multiplied by the saving",
        "Benchmark ÷ (Actual expenditure × Saving)",
    );
    reads(
        &less(a(), add(b(), c())),
        "the benchmark less the sum of the actual expenditure and the saving",
        "Benchmark − (Actual expenditure + Saving)",
    );
    reads(
        &less(a(), less(b(), c())),
        "the benchmark less A, where A is the actual expenditure less the saving",
        "Benchmark − (Actual expenditure − Saving)",
    );
}

#[test]
fn a_comma_says_where_a_product_in_a_sum_ends() {
    reads(
        &less(over(a(), b()), c()),
        "the benchmark divided by the actual expenditure, less the saving",
        "Benchmark ÷ Actual expenditure − Saving",
    );
    reads(
        &less(c(), over(a(), b())),
        "the saving, less the benchmark divided by the actual expenditure",
        "Saving − Benchmark ÷ Actual expenditure",
    );
    reads(
        &less(share_of("0.05", a()), c()),
        "5% of the benchmark, less the saving",
        "5% × Benchmark − Saving",
    );
    reads(
        &less(c(), share_of("0.05", a())),
        "the saving less 5% of the benchmark",
        "Saving − 5% × Benchmark",
    );
    reads(
        &less(c(), share_of("-0.05", a())),
        "the saving less -5% of the benchmark",
        "Saving − (-5% × Benchmark)",
    );
}

#[test]
fn shares_limits_and_extremes() {
    reads(
        &share_of("0.5", add(a(), b())),
        "50% of the sum of the benchmark and the actual expenditure",
        "50% × (Benchmark + Actual expenditure)",
    );
    let limited = at_most(at_least(c(), share_of("-0.05", a())), share_of("0.1", a()));
    reads(
        &limited,
        "the saving, but no less than -5% of the benchmark and no more than 10% of the benchmark",
        "min(max(Saving; -5% × Benchmark); 10% × Benchmark)",
    );
    reads(
        &share_of("0.5", at_most(c(), d())),
        "50% of A, where A is the saving, but no more than the most that can be shared",
        "50% × min(Saving; Most that can be shared)",
    );
    let smallest = expr(ExprKind::Smallest(vec![a(), b(), c()]), gbp());
    reads(
        &over(smallest, d()),
        "the smallest of the benchmark, the actual expenditure and the saving, divided by the most that can be shared",
        "min(Benchmark; Actual expenditure; Saving) ÷ Most that can be shared",
    );
    let negated = expr(ExprKind::Negate(boxed(add(a(), b()))), gbp());
    reads(
        &negated,
        "minus A, where A is the benchmark plus the actual expenditure",
        "−(Benchmark + Actual expenditure)",
    );
}

#[test]
fn rounding_says_its_grain_and_its_tie() {
    let round = |value, mode, grain| {
        expr(ExprKind::Round { value: boxed(value), rounding: Rounding { mode, grain: exact(grain) } }, gbp())
    };
    reads(
        &round(less(a(), b()), RoundingMode::HalfEven, "1"),
        "the benchmark less the actual expenditure, all rounded to the nearest £1.00, a tie going to the even figure",
        "round(Benchmark − Actual expenditure; to the nearest £1.00, a tie going to the even figure)",
    );
    reads(
        &round(c(), RoundingMode::Down, "100"),
        "the saving, rounded towards zero to a multiple of £100.00",
        "round(Saving; towards zero to a multiple of £100.00)",
    );
}

#[test]
fn conditions_bracket_by_words() {
    let track = expr(ExprKind::Constant(Constant::Member("BASIC_A".into())), Ty::Choice(ChoiceId(0)));
    let on_track = compare(Comparison::Equal, input_of(1, Ty::Choice(ChoiceId(0))), track);
    reads(
        &and(or(positive(c()), met()), on_track.clone()),
        "either the saving is more than £0.00 or the answer to “Quality standard met” is yes, and the track is “Basic, level A”",
        "(Saving > £0.00 or Quality standard met) and Track = Basic, level A",
    );
    reads(
        &or(and(positive(c()), met()), truth(ExprKind::Not(boxed(met())))),
        "both the saving is more than £0.00 and the answer to “Quality standard met” is yes, or the answer to “Quality \
         standard met” is no",
        "Saving > £0.00 and Quality standard met or not Quality standard met",
    );
    reads(
        &or(and(or(met(), positive(c())), positive(a())), positive(b())),
        "both condition A is met and the benchmark is more than £0.00, or the actual expenditure is more than £0.00, where \
         A is met where the answer to “Quality standard met” is yes or the saving is more than £0.00",
        "(Quality standard met or Saving > £0.00) and Benchmark > £0.00 or Actual expenditure > £0.00",
    );
    let absolute = expr(ExprKind::Absolute(boxed(less(a(), b()))), gbp());
    reads(
        &compare(Comparison::LessOrEqual, absolute, d()),
        "the benchmark less the actual expenditure, ignoring its sign, is no more than the most that can be shared",
        "|Benchmark − Actual expenditure| ≤ Most that can be shared",
    );
    reads(
        &truth(ExprKind::IsMissing(boxed(input_of(2, gbp())))),
        "the cost is not known",
        "Cost is not known",
    );
}

#[test]
fn functions_of_one_case() {
    let plain = || Ty::Number(Unit::none());
    let ratio = || calc(Arithmetic::Divide, a(), b(), plain());
    reads(
        &expr(ExprKind::Irrational { function: Irrational::Ln, value: boxed(c()), decimals: 4 }, plain()),
        "the natural logarithm (to 4 decimals) of the saving",
        "ln(Saving; to 4 decimals)",
    );
    reads(
        &expr(ExprKind::Power { value: boxed(ratio()), exponent: 2 }, plain()),
        "A squared, where A is the benchmark divided by the actual expenditure",
        "power(Benchmark ÷ Actual expenditure; 2)",
    );
    reads(
        &expr(ExprKind::Statistic { statistic: Statistic::Mean, values: vec![a(), b(), c()] }, gbp()),
        "the mean of the benchmark, the actual expenditure and the saving",
        "mean(Benchmark; Actual expenditure; Saving)",
    );
    reads(
        &expr(ExprKind::WeightedMean(vec![(a(), b()), (c(), d())]), gbp()),
        "the weighted mean of the benchmark (weighted by the actual expenditure) and the saving (weighted by the most \
         that can be shared)",
        "(Actual expenditure × Benchmark + Most that can be shared × Saving) ÷ (Actual expenditure + Most that can be \
         shared)",
    );
    let rounded = ExprKind::RoundToFigures { value: boxed(c()), mode: RoundingMode::HalfUp, figures: 3 };
    reads(
        &expr(rounded, gbp()),
        "the saving, rounded to 3 significant figures (to the nearest, ties away from zero)",
        "round(Saving; to 3 significant figures (to the nearest, ties away from zero))",
    );
}

#[test]
fn functions_over_all_cases_say_so() {
    let over_all = |function, same| {
        expr(ExprKind::OverAll { function, value: boxed(c()), same }, Ty::Number(Unit::none()))
    };
    let sum = over_all(OverAll::Statistic(Statistic::Sum), None);
    reads(
        &calc(Arithmetic::Divide, c(), sum, Ty::Number(Unit::percent())),
        "the saving divided by the sum, over all cases, of the saving",
        "Saving ÷ sum over all cases (Saving)",
    );
    let track = || Some(boxed(input_of(1, Ty::Choice(ChoiceId(0)))));
    let share = jcm_quantity::Exact::ratio(1, 4).expect("not over zero");
    let quartile = Statistic::Quantile { share, method: QuantileMethod::NearestRank };
    reads(
        &over_all(OverAll::Statistic(quartile), track()),
        "the 25% quantile (by nearest rank), over all cases with the same track, of the saving",
        "25% quantile (by nearest rank) over all cases of the same group (Saving; Track)",
    );
    reads(
        &over_all(OverAll::Rank { highest_first: true, ties: Ties::Best }, None),
        "the rank (from the highest, equal figures at the best of their places), over all cases, of the saving",
        "rank (from the highest, equal figures at the best of their places) over all cases (Saving)",
    );
    reads(
        &expr(
            ExprKind::CountOfCases { condition: boxed(positive(c())), same: None },
            Ty::Number(Unit::none()),
        ),
        "the number, over all cases, of those where the saving is more than £0.00",
        "number over all cases (Saving > £0.00)",
    );
}

#[test]
fn cases_are_tried_in_order() {
    let inner = when(share_of("0.5", c()), met(), figure("0", gbp()), gbp());
    let cases = when(c(), positive(c()), inner, gbp());
    reads(
        &cases,
        "the saving where the saving is more than £0.00; failing that, 50% of the saving where the answer to “Quality \
         standard met” is yes; otherwise £0.00",
        "Saving if Saving > £0.00; 50% × Saving if Quality standard met; otherwise £0.00",
    );
    let line = line("payable", "Payable", LineOwner::Incentive(IncentiveId(0)), cases);
    assert_eq!(
        line_sentence(&program(), &line),
        "The amount payable is the saving where the saving is more than £0.00; failing that, 50% of the saving where the \
         answer to “Quality standard met” is yes; otherwise it is £0.00."
    );
}

#[test]
fn missing_values_rows_and_truths() {
    let value = ExprKind::IfMissing { value: boxed(input_of(2, gbp())), default: boxed(figure("0", gbp())) };
    reads(
        &expr(value, gbp()),
        "the cost, or, if it is not known, £0.00",
        "Cost, or, if it is not known, £0.00",
    );
    let mut program = program();
    program.lines[2].per_row = true;
    let sum = expr(ExprKind::SumOfRows(boxed(c())), gbp());
    assert_eq!(words(&program, &sum), "the sum, over every practice, of the saving");
    let count = expr(ExprKind::CountOfRows(boxed(positive(c()))), points());
    assert_eq!(words(&program, &count), "the number of practices where the saving is more than £0.00");
    let mut line = line("ok", "Gate passed", LineOwner::Incentive(IncentiveId(0)), positive(c()));
    line.per_row = true;
    assert_eq!(
        line_sentence(&program, &line),
        "For each practice, the answer to “Gate passed” is yes where the saving is more than £0.00; otherwise it is no."
    );
}

#[test]
fn the_lines_of_the_alliance_read_aloud() {
    let program = programs::north_star::program();
    let sentences: Vec<String> =
        program.lines[1..].iter().map(|line| line_sentence(&program, line)).collect();
    let expected = [
        "The progress for emergency admissions of people aged 65 and over is the change in emergency admissions of \
         people aged 65 and over from the baseline, as a share of the change from the baseline to the target.",
        "The points for emergency admissions of people aged 65 and over are the points that the scale “Points for a \
         measure” gives for the progress for emergency admissions of people aged 65 and over.",
        "The progress for older people still at home 91 days after discharge into reablement is the change in older \
         people still at home 91 days after discharge into reablement from the baseline, as a share of the change \
         from the baseline to the target.",
        "The points for older people still at home 91 days after discharge into reablement are the points that the scale \
         “Points for a measure” gives for the progress for older people still at home 91 days after discharge into \
         reablement.",
        "The quality score is 60% of the points for emergency admissions of people aged 65 and over plus 40% of the points \
         for older people still at home 91 days after discharge into reablement.",
        "The saving is the budget of the Alliance Fund less the actual cost of the services.",
        "The saving as a share is the saving divided by the budget of the Alliance Fund.",
        "The saving to be shared is the saving where the saving as a share, ignoring its sign, is 2% or more; otherwise it \
         is £0.00.",
        "The providers' share is the saving to be shared multiplied by the sharing rate.",
        "The amount after the quality score is the providers' share multiplied by the quality score where the providers' \
         share is more than £0.00; otherwise it is the providers' share.",
        "The amount payable is the amount after the quality score, but no less than -5% of the budget of the Alliance Fund \
         and no more than 10% of the budget of the Alliance Fund.",
    ];
    assert_eq!(sentences, expected);
}

#[test]
fn very_long_and_very_deep_calculations_are_said_without_harm() {
    let long = (0..5_000).fold(a(), |sum, _| add(sum, b()));
    assert_eq!(words(&program(), &long).matches("plus").count(), 5_000);
    assert_eq!(formula(&program(), &long).matches('+').count(), 5_000);
    let deep = (0..200).fold(a(), |inside, _| times(b(), less(c(), inside)));
    let said = words(&program(), &deep);
    assert!(said.contains("where A is") && !said.contains('('), "{said}");
    assert_eq!(said.matches("multiplied by").count(), 200);
    std::mem::forget((long, deep));
}
