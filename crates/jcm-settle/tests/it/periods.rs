//! Several periods: settled at once or file by file, what a case has goes with it and nothing is lost.

use jcm_calculus::{
    Allocation, AllocationShare, Arithmetic, Carried, CarriedId, Column, Dataset, Expr, Input, InputId,
    Level, MissingRule, Origin, Party, PartyId, Reading, Residue, Rounding, Settlement, Step, StepId, Type,
    Value, verify,
};
use jcm_quantity::{Currency, Exact, Period, RoundingMode, Unit, parse_date};
use jcm_settle::{Engine, State};
use proptest::prelude::*;

const QUARTERS: [&str; 4] = ["Q1 2026/27", "Q2 2026/27", "Q3 2026/27", "Q4 2026/27"];

fn pounds() -> Type {
    Type::Number(Unit::money("GBP"))
}

fn line(name: &str, expr: Expr) -> Step {
    let (title, group, words) = (name.to_owned(), String::new(), String::new());
    let (name, origin) = (name.to_owned(), Origin::default());
    Step { name, title, group, ty: pounds(), level: Level::Case, expr, words, origin }
}

fn arithmetic(op: Arithmetic, left: Expr, right: Expr) -> Expr {
    Expr::Arithmetic { op, left: Box::new(left), right: Box::new(right) }
}

fn gains() -> Dataset {
    Dataset {
        name: "gains".into(),
        title: "Gains".into(),
        period: None,
        period_column: Some("Quarter".into()),
        key: vec!["Place".into()],
        row_key: Vec::new(),
        columns: vec![Column {
            header: "Gain".into(),
            input: InputId(0),
            reading: Reading::Number,
            rounded: false,
        }],
        published: Vec::new(),
        missing: Vec::new(),
        leave_out: Vec::new(),
        origin: Origin::default(),
    }
}

/// A bank from nothing to £1,000: what it cannot hold is paid, what it cannot bear is recovered.
fn bank() -> Engine {
    let pounds_of = |text: &str| Expr::literal(Value::Number(Exact::parse(text).unwrap()));
    let before = arithmetic(Arithmetic::Add, Expr::Carried(CarriedId(0)), Expr::Input(InputId(0)));
    let at_least = Expr::Greatest(vec![Expr::Step(StepId(0)), pounds_of("0")]);
    let in_bank = Expr::Least(vec![at_least, pounds_of("1000")]);
    let paid = arithmetic(Arithmetic::Subtract, Expr::Step(StepId(0)), Expr::Step(StepId(1)));
    let party = |name: &str| Party { name: name.into(), title: name.into(), per_case: false };
    let days = ["2026-04-01", "2026-07-01", "2026-10-01", "2027-01-01"];
    let settlement = Settlement {
        name: "bank".into(),
        title: "Bank".into(),
        source_hash: String::new(),
        currency: Currency::named("GBP").unwrap(),
        parties: vec![party("payer"), party("payee")],
        periods: days.iter().map(|day| Period::quarter(parse_date(day).unwrap()).unwrap()).collect(),
        choices: Vec::new(),
        inputs: vec![Input {
            name: "gain".into(),
            title: "Gain".into(),
            ty: pounds(),
            level: Level::Case,
            source: String::new(),
            missing: MissingRule::Neutral,
            origin: Origin::default(),
        }],
        parameters: Vec::new(),
        steps: vec![line("before", before), line("in_bank", in_bank), line("paid", paid)],
        carried: vec![Carried {
            name: "bank".into(),
            title: "Bank".into(),
            unit: Unit::money("GBP"),
            opening: Exact::zero(),
            closing: StepId(1),
            begins: vec![0],
            origin: Origin::default(),
        }],
        allocations: vec![Allocation {
            name: "payment".into(),
            title: "Payment".into(),
            amount: StepId(2),
            payer: PartyId(0),
            pool: String::new(),
            rounding: Rounding { mode: RoundingMode::HalfEven, grain: Exact::parse("0.01").unwrap() },
            shares: vec![AllocationShare {
                party: PartyId(1),
                share: Exact::one(),
                losing_at_most: None,
                gaining_at_most: None,
            }],
            residue: Residue::LargestRemainder,
            excess: None,
            origin: Origin::default(),
        }],
        datasets: vec![gains()],
        vectors: Vec::new(),
    };
    assert_eq!(verify(&settlement), Ok(()));
    Engine::new(settlement)
}

fn file(rows: &[(usize, &str, i32)]) -> String {
    let row = |(quarter, place, pence): &(usize, &str, i32)| {
        let gain = Exact::from_int(i64::from(*pence)) * Exact::parse("0.01").unwrap();
        format!("{},{place},{gain}\n", QUARTERS[*quarter])
    };
    format!("Quarter,Place,Gain\n{}", rows.iter().map(row).collect::<String>())
}

fn settle(engine: &Engine, text: &str, state: &mut State) -> Vec<(jcm_settle::Table, jcm_settle::Results)> {
    let mut tables = engine.read_periods(None, None, "gains.csv", text.as_bytes()).unwrap();
    let results = engine.settle_in_order(&mut tables, state, &|_, _| ()).unwrap();
    tables.into_iter().zip(results).collect()
}

/// The state as the next program run would read it.
fn written_and_read(engine: &Engine, state: &State, table: &jcm_settle::Table) -> State {
    let text = state.csv(engine.settlement(), table);
    engine.read_state(table, "left.csv", text.as_bytes()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn file_by_file_is_the_same_as_at_once_and_nothing_is_lost(
        gains in prop::collection::vec((-200_000i32..200_000, -200_000i32..200_000), 4)
    ) {
        let engine = bank();
        let rows: Vec<(usize, &str, i32)> = gains
            .iter()
            .enumerate()
            .flat_map(|(quarter, (north, south))| [(quarter, "North", *north), (quarter, "South", *south)])
            .collect();
        let mut state = State::default();
        let at_once = settle(&engine, &file(&rows), &mut state);
        let mut carried = State::default();
        for (quarter, (_, expected)) in at_once.iter().enumerate() {
            let own: Vec<_> = rows.iter().copied().filter(|(of, ..)| *of == quarter).collect();
            let mut settled = settle(&engine, &file(&own), &mut carried);
            let (table, results) = settled.remove(0);
            prop_assert_eq!(&results, expected);
            carried = written_and_read(&engine, &carried, &table);
        }
        // What came in is what was paid and what is left.
        for case in 0..2 {
            let paid: Exact = at_once.iter().map(|(_, results)| &results.outcomes[case].payments[0].amount).sum();
            let gained: i32 = gains.iter().map(|(north, south)| if case == 0 { *north } else { *south }).sum();
            let left = at_once[3].1.outcomes[case].value(StepId(1), None).unwrap();
            let Value::Number(left) = left else { panic!("{left:?}") };
            let gained = Exact::from_int(i64::from(gained)) * Exact::parse("0.01").unwrap();
            prop_assert_eq!(paid + left, gained);
        }
    }
}

#[test]
fn a_forgotten_quarter_is_said_and_not_taken_for_nought() {
    let engine = bank();
    let text = file(&[(0, "North", 5000), (2, "North", 5000)]);
    let mut tables = engine.read_periods(None, None, "gains.csv", text.as_bytes()).unwrap();
    let problems = engine.settle_in_order(&mut tables, &mut State::default(), &|_, _| ()).unwrap_err();
    assert_eq!((problems.list[0].code, problems.list[0].row), ("E0710", Some(3)));
    assert!(problems.list[0].help.contains("what is known of it is what Q1 2026/27 left"), "{problems}");
}

#[test]
fn a_balance_that_nothing_goes_on_with_is_named() {
    let engine = bank();
    let mut state = State::default();
    let text = file(&[(0, "North", 5000), (0, "South", 0), (0, "East", 100), (1, "East", -100)]);
    let settled = settle(&engine, &text, &mut state);
    let tables: Vec<_> = settled.into_iter().map(|(table, _)| table).collect();
    let left = state.left_behind(engine.settlement(), &tables);
    assert_eq!(left, ["`North` has £50.00 in “Bank” from Q1 2026/27"]);
}

#[test]
fn a_statement_shows_how_a_balance_moves() {
    let engine = bank();
    let text = file(&[(0, "North", 80_000), (1, "North", 50_000)]);
    let settled = settle(&engine, &text, &mut State::default());
    let (table, results) = &settled[1];
    let statement = engine.statement(table, results, "North").unwrap();
    let bank = &statement.balances[0];
    assert_eq!((bank.opening.as_str(), bank.movement.as_str()), ("£800.00", "£200.00"));
    assert_eq!(bank.closing, "£1,000.00");
    assert_eq!(statement.payments[0].amount, "£300.00");
}

#[test]
fn a_file_of_several_periods_is_no_single_table() {
    let engine = bank();
    let text = file(&[(0, "North", 1), (1, "North", 1)]);
    let problems = engine.read(None, None, "gains.csv", text.as_bytes()).unwrap_err();
    assert_eq!(problems.list[0].code, "E0712");
    assert_eq!(engine.read(None, Some("Q2 2026/27"), "gains.csv", text.as_bytes()).unwrap().period(), 1);
}
