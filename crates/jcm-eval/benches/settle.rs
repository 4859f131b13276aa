//! How long it takes to settle a gain share: the reference job of one amount split to the penny among four.
#![expect(clippy::unwrap_used, reason = "a benchmark may fail")]

use divan::{Bencher, counter::ItemsCount};
use jcm_calculus::*;
use jcm_eval::{Case, IntervalCase, Prepared, Range, possible, settle};
use jcm_quantity::{Currency, Exact, Period, RoundingMode, Unit};
use std::collections::BTreeMap;

fn main() {
    divan::main();
}

const BUDGET: Expr = Expr::Input(InputId(0));
const COST: Expr = Expr::Input(InputId(1));
const QUALITY: Expr = Expr::Input(InputId(2));

fn percent(hundredths: i64) -> Expr {
    Expr::literal(Value::Number(Exact::ratio(hundredths, 100).unwrap()))
}

fn arithmetic(op: Arithmetic, left: Expr, right: Expr) -> Expr {
    Expr::Arithmetic { op, left: Box::new(left), right: Box::new(right) }
}

fn when(op: Comparison, left: Expr, right: Expr, value: Expr, otherwise: Expr) -> Expr {
    let condition = Expr::Compare { op, left: Box::new(left), right: Box::new(right) };
    Expr::Choose { cases: vec![(condition, value)], otherwise: Box::new(otherwise) }
}

fn step(place: u32) -> Expr {
    Expr::Step(StepId(place))
}

/// Seven lines: saving, its rate, the 2 % gate, the 50 % share, the quality score on gains, the floor, the ceiling.
fn lines() -> Vec<Expr> {
    let gate = Expr::Absolute(Box::new(step(1)));
    let floor = arithmetic(Arithmetic::Multiply, percent(-5), BUDGET);
    let ceiling = arithmetic(Arithmetic::Multiply, percent(10), BUDGET);
    let scored = arithmetic(Arithmetic::Multiply, QUALITY, step(3));
    vec![
        arithmetic(Arithmetic::Subtract, BUDGET, COST),
        arithmetic(Arithmetic::Divide, step(0), BUDGET),
        when(Comparison::GreaterOrEqual, gate, percent(2), step(0), percent(0)),
        arithmetic(Arithmetic::Multiply, percent(50), step(2)),
        when(Comparison::Greater, step(3), percent(0), scored, step(3)),
        Expr::Greatest(vec![step(4), floor]),
        Expr::Least(vec![step(5), ceiling]),
    ]
}

fn gain_share() -> Settlement {
    let pounds = || Type::Number(Unit::money("GBP"));
    let input = |name: &str| Input {
        name: name.into(),
        title: name.into(),
        ty: if name == "quality" { Type::Number(Unit::percent()) } else { pounds() },
        level: Level::Case,
        source: String::new(),
        missing: MissingRule::Refuse,
        doubt: Doubt::default(),
        origin: Origin::default(),
    };
    let line = |(place, expr): (usize, Expr)| Step {
        name: format!("line_{place}"),
        title: format!("Line {place}"),
        ..Step::unnamed(if place == 1 { Type::Number(Unit::percent()) } else { pounds() }, expr)
    };
    let share = |(party, hundredths)| AllocationShare {
        party: PartyId(party),
        share: Exact::ratio(hundredths, 100).unwrap(),
        losing_at_most: None,
        gaining_at_most: None,
    };
    let allocation = Allocation {
        name: "gain_share".into(),
        title: "Gain share".into(),
        amount: StepId(6),
        payer: PartyId(0),
        pool: String::new(),
        rounding: Rounding { mode: RoundingMode::HalfEven, grain: Exact::ratio(1, 100).unwrap() },
        first: vec![],
        shares: [(1, 40), (2, 30), (3, 20), (4, 10)].map(share).to_vec(),
        residue: Residue::LargestRemainder,
        excess: None,
        due: vec![],
        origin: Origin::default(),
    };
    let party = |name: u32| Party { name: name.to_string(), title: name.to_string(), per_case: false };
    Settlement {
        name: "gain_share".into(),
        title: "Gain share".into(),
        source_hash: String::new(),
        currency: Currency::named("GBP").unwrap(),
        parties: (0..5).map(party).collect(),
        periods: vec![Period::financial_year(2027).unwrap()],
        calendar: None,
        choices: Vec::new(),
        inputs: ["budget", "cost", "quality"].map(input).to_vec(),
        parameters: Vec::new(),
        steps: lines().into_iter().enumerate().map(line).collect(),
        carried: Vec::new(),
        pools: Vec::new(),
        allocations: vec![allocation],
        datasets: Vec::new(),
        vectors: Vec::new(),
    }
}

/// Budgets from £10,000 to £10 million, costs within 20 % of them, in pennies, from a fixed sequence.
fn cases(count: usize) -> Vec<Case> {
    let mut state: u64 = 20_260_401;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((state >> 33) % below).unwrap()
    };
    let one = |_| {
        let budget = 1_000_000 + next(999_000_000);
        let cost = budget / 10_000 * (8_000 + next(4_000)) + next(100);
        let over = |number, den| Value::Number(Exact::ratio(number, den).unwrap());
        let quality = over(next(10_001), 10_000);
        let inputs = BTreeMap::from([
            (InputId(0), over(budget, 100)),
            (InputId(1), over(cost, 100)),
            (InputId(2), quality),
        ]);
        Case { inputs, ..Case::default() }
    };
    (0..count).map(one).collect()
}

/// Ten thousand cases of seven lines and a split among four; divide for one case.
#[divan::bench(sample_count = 20)]
fn ten_thousand_cases(bencher: Bencher<'_, '_>) {
    let settlement = gain_share();
    verify(&settlement).unwrap();
    let prepared = Prepared::new(&settlement);
    let cases = cases(10_000);
    bencher.counter(ItemsCount::new(cases.len())).bench_local(|| {
        for case in &cases {
            divan::black_box(prepared.settle(divan::black_box(case)).unwrap());
        }
    });
}

/// One case, with the preparation that many cases share.
#[divan::bench]
fn one_case_from_the_settlement(bencher: Bencher<'_, '_>) {
    let settlement = gain_share();
    let case = cases(1).remove(0);
    bencher.bench_local(|| settle(&settlement, divan::black_box(&case)).unwrap());
}

/// One case whose figures are known to the pound, so that the gate is open both ways.
#[divan::bench]
fn one_case_of_intervals(bencher: Bencher<'_, '_>) {
    let settlement = gain_share();
    let prepared = Prepared::new(&settlement);
    let range =
        |low, high, den| Range::Between(Exact::ratio(low, den).unwrap(), Exact::ratio(high, den).unwrap());
    let inputs = BTreeMap::from([
        (InputId(0), range(999_950, 1_000_050, 1)),
        (InputId(1), range(979_950, 980_050, 1)),
        (InputId(2), range(895, 905, 1000)),
    ]);
    let case = IntervalCase { inputs, ..IntervalCase::default() };
    bencher.bench_local(|| possible(&prepared, divan::black_box(&case), StepId(6), None).unwrap());
}
