//! Several periods: settled at once or file by file, what a case has goes with it and nothing is lost.

use jcm_calculus::{
    Allocation, AllocationShare, Arithmetic, Carried, CarriedId, Column, Dataset, DisputedRule, Doubt, Expr,
    Input, InputId, Level, Long, MissingRule, Origin, Party, PartyId, Reading, Residue, Rounding, Settlement,
    Step, StepId, Type, Value, verify,
};
use jcm_quantity::{Currency, Exact, Period, RoundingMode, Unit, parse_date};
use jcm_settle::{Changes, Engine, FileRead, Ledger, Run, RunKind, Settled, State, codes};
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
        long: Long::default(),
        columns: vec![Column {
            header: "Gain".into(),
            input: InputId(0),
            reading: Reading::Number,
            rounded: false,
            received: None,
            part: None,
        }],
        published: Vec::new(),
        missing: Vec::new(),
        suppressed: Vec::new(),
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
        calendar: None,
        choices: Vec::new(),
        inputs: vec![Input {
            name: "gain".into(),
            title: "Gain".into(),
            ty: pounds(),
            level: Level::Case,
            source: String::new(),
            missing: MissingRule::CarryForward { times: 1, then: Box::new(MissingRule::Neutral) },
            doubt: Doubt { disputed: Some(DisputedRule::Undisputed), ..Doubt::default() },
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
        pools: Vec::new(),
        allocations: vec![Allocation {
            name: "payment".into(),
            title: "Payment".into(),
            amount: StepId(2),
            payer: PartyId(0),
            pool: String::new(),
            rounding: Rounding { mode: RoundingMode::HalfEven, grain: Exact::parse("0.01").unwrap() },
            first: Vec::new(),
            shares: vec![AllocationShare {
                party: PartyId(1),
                share: Exact::one(),
                losing_at_most: None,
                gaining_at_most: None,
            }],
            residue: Residue::LargestRemainder,
            excess: None,
            due: vec![],
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

/// Settles a run over every quarter of a file: the sums to pay now of each quarter, its record and what changed.
fn run(engine: &Engine, kind: RunKind, text: &str, previous: Option<&str>) -> (Vec<String>, String, String) {
    let mut tables = engine.read_periods(None, None, "gains.csv", text.as_bytes()).unwrap();
    let previous = previous.map(|text| ("before.json", text.as_bytes()));
    let run: Run = engine.read_run(&tables, kind, previous).unwrap();
    let results = engine.settle_in_order(&mut tables, &mut State::default(), &|_, _| ()).unwrap();
    let settled = || tables.iter().zip(&results);
    let ledgers: Vec<Ledger> =
        settled().map(|(table, results)| engine.ledger(table, results, Some(&run))).collect();
    let periods: Vec<Settled<'_>> = settled()
        .zip(&ledgers)
        .map(|((table, results), ledger)| Settled { table, results, ledger })
        .collect();
    let files = [FileRead { role: "data", name: "gains.csv", bytes: text.as_bytes() }];
    let record = engine.record(&run, &periods, &files, "jcm test").unwrap();
    let changes: Vec<Changes> =
        settled().filter_map(|(table, results)| engine.changes(table, results, &run)).collect();
    let now = ledgers.iter().map(|ledger| ledger.totals()[0].now.text());
    (now.collect(), record, Changes::csv(&changes, engine.settlement()))
}

#[test]
fn a_run_over_several_periods_sets_off_what_each_was_paid() {
    let engine = bank();
    let first = file(&[(0, "North", 150_000), (1, "North", 20_000)]);
    let (now, record, _) = run(&engine, RunKind::Provisional, &first, None);
    assert_eq!(now, ["500", "200"]);
    let json: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!(json["periods"], serde_json::json!(["Q1 2026/27", "Q2 2026/27"]));
    assert_eq!(json["cases"][1]["period"], "Q2 2026/27");

    // The gain of the first quarter was too high: less is in the bank, so the second quarter pays less too.
    let revised = file(&[(0, "North", 90_000), (1, "North", 20_000)]);
    let (now, _, changes) = run(&engine, RunKind::Final, &revised, Some(&record));
    assert_eq!(now, ["-500", "-100"]);
    let paid: Vec<&str> = changes.lines().filter(|line| line.contains("payment")).collect();
    assert!(changes.starts_with("period,case,row,line,unit,previous,now,difference\n"), "{changes}");
    assert!(paid[0].starts_with("Q1 2026/27,North,,"), "{changes}");
    assert!(paid[1].starts_with("Q2 2026/27,North,,"), "{changes}");
}

#[test]
fn the_record_of_other_periods_or_of_a_case_that_is_gone_is_refused() {
    let engine = bank();
    let (_, record, _) =
        run(&engine, RunKind::Provisional, &file(&[(0, "North", 150_000), (1, "North", 20_000)]), None);
    let refused = |text: String| {
        let tables = engine.read_periods(None, None, "gains.csv", text.as_bytes()).unwrap();
        let previous = Some(("before.json", record.as_bytes()));
        engine.read_run(&tables, RunKind::Final, previous).unwrap_err().list.remove(0)
    };
    let other = refused(file(&[(0, "North", 150_000)]));
    assert_eq!(other.code, codes::OTHER_RUN);
    assert!(
        other.message.contains("`Q1 2026/27, Q2 2026/27` there and `Q1 2026/27` here"),
        "{}",
        other.message
    );
    let gone = refused(file(&[(0, "North", 150_000), (1, "South", 20_000)]));
    assert_eq!(gone.code, codes::PAID_BEFORE_LOST);
    assert!(gone.message.contains("`North` was paid before for Q2 2026/27"), "{}", gone.message);
}

#[test]
fn a_dispute_says_its_period_and_leaves_open_what_the_next_begins_with() {
    let engine = bank();
    let text = file(&[(0, "North", 150_000), (1, "North", 20_000)]);
    let tables = || engine.read_periods(None, None, "gains.csv", text.as_bytes()).unwrap();
    let without = "case,input,by,figure,reason\nNorth,Gain,payer,100,Counted twice\n";
    let problems = engine.read_disputes(tables().remove(0), "disputes.csv", without.as_bytes()).unwrap_err();
    assert_eq!((problems.list[0].code, problems.list[0].row), (codes::UNSAID, Some(2)));

    let with = "period,case,input,by,figure,reason\nQ2 2026/27,North,Gain,payer,100,Counted twice\n";
    let read = |table| engine.read_disputes(table, "disputes.csv", with.as_bytes()).unwrap();
    let mut disputed: Vec<_> = tables().into_iter().map(read).collect();
    let results = engine.settle_in_order(&mut disputed, &mut State::default(), &|_, _| ()).unwrap();
    // The bank is full with either figure: the payment is open, and what the next quarter begins with is not.
    let leaves = |place: usize| engine.leaves_open(&disputed[place], &results[place]);
    assert_eq!((leaves(0), leaves(1)), (false, false));
    let open = |place: usize| engine.ledger(&disputed[place], &results[place], None).totals()[0].open.text();
    assert_eq!((open(0), open(1)), ("0".to_owned(), "100".to_owned()));
}

#[test]
fn a_balance_that_depends_on_a_dispute_says_what_it_can_come_to_and_who_begins_with_it() {
    // The bank has £1,000. £200 taken away leave £800; £100 added would leave it full and pay the £100.
    let engine = bank();
    let text = file(&[(0, "North", 150_000), (1, "North", -20_000)]);
    let tables = engine.read_periods(None, None, "gains.csv", text.as_bytes()).unwrap();
    let disputes = "period,case,input,by,figure,reason\nQ2 2026/27,North,Gain,payer,100,Booked twice\n";
    let read = |table| engine.read_disputes(table, "disputes.csv", disputes.as_bytes()).unwrap();
    let mut disputed: Vec<_> = tables.into_iter().map(read).collect();
    let results = engine.settle_in_order(&mut disputed, &mut State::default(), &|_, _| ()).unwrap();
    let leaves = |place: usize| engine.leaves_open(&disputed[place], &results[place]);
    assert_eq!((leaves(0), leaves(1)), (false, true));

    let statement = |place: usize| engine.statement_at(&disputed[place], &results[place], 0).unwrap();
    assert_eq!(statement(0).balances[0].doubt(), None);
    assert_eq!(
        statement(1).balances[0].doubt().unwrap(),
        "What “Bank” ends with is not certain: £800.00 by the figures that count for the time being, between £800.00 and \
         £1,000.00 when the dispute is resolved. £800.00 of it is not in doubt. Q3 2026/27 begins with it, so it is \
         not certain either what Q3 2026/27 begins with, and Q3 2026/27 waits until it is."
    );
    let open = |name: &str| statement(1).line(name).unwrap().open.clone().unwrap();
    assert_eq!(open("before").words, "between £800.00 and £1,100.00");
    assert_eq!((open("paid").words.as_str(), open("paid").certain), ("between £0.00 and £100.00", None));
}

#[test]
fn which_figure_is_carried_forward_is_not_guessed_among_the_periods_of_a_file() {
    let engine = bank();
    let text = "Quarter,Place,Gain\nQ1 2026/27,North,50\nQ2 2026/27,North,\n";
    let problems = engine.read_periods(None, None, "gains.csv", text.as_bytes()).unwrap_err();
    assert_eq!((problems.list[0].code, problems.list[0].row), (codes::MISSING_VALUE, Some(3)));

    let second = engine.read(None, Some("Q2 2026/27"), "gains.csv", text.as_bytes()).unwrap();
    let first = file(&[(0, "North", 5000)]);
    let mut tables = vec![engine.read_earlier(second, &[("q1.csv", first.as_bytes())]).unwrap()];
    let mut state = State::default();
    settle(&engine, &first, &mut state);
    let results = engine.settle_in_order(&mut tables, &mut state, &|_, _| ()).unwrap();
    let in_bank = results[0].outcomes[0].value(StepId(1), None);
    assert_eq!(in_bank, Some(&Value::Number(Exact::from_int(100))));
}
