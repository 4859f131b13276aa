//! Every condition of a settlement: a good one passes, and each way to break it is named in words.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper of a test may fail the test")]

use jcm_calculus::*;
use jcm_quantity::{Currency, Exact, Period, RoundingMode, Unit, parse_date};

fn n(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn lit(text: &str) -> Expr {
    Expr::literal(Value::Number(n(text)))
}

fn choice(name: &str) -> Expr {
    Expr::literal(Value::Choice(name.into()))
}

fn truth() -> Expr {
    Expr::literal(Value::Truth(true))
}

fn input(place: u32) -> Expr {
    Expr::Input(InputId(place))
}

fn step(place: u32) -> Expr {
    Expr::Step(StepId(place))
}

fn pounds() -> Type {
    Type::Number(Unit::money("GBP"))
}

fn percent() -> Type {
    Type::Number(Unit::percent())
}

fn arithmetic(op: Arithmetic, left: Expr, right: Expr) -> Expr {
    Expr::Arithmetic { op, left: Box::new(left), right: Box::new(right) }
}

fn compare(op: Comparison, left: Expr, right: Expr) -> Expr {
    Expr::Compare { op, left: Box::new(left), right: Box::new(right) }
}

fn price(keys: Vec<Expr>) -> Expr {
    Expr::Parameter { parameter: ParameterId(0), column: 0, keys }
}

fn line(name: &str, ty: Type, level: Level, expr: Expr) -> Step {
    let (group, words, origin) = (String::new(), String::new(), Origin::default());
    Step { name: name.into(), title: name.to_uppercase(), group, ty, level, expr, words, origin }
}

/// The types of the inputs, by their numbers: £, %, a choice, yes or no, points of a row, a percentage.
fn inputs() -> Vec<Input> {
    let points = Type::Number(Unit::thing("points"));
    let types = [
        ("cost", pounds(), Level::Case),
        ("rate", percent(), Level::Case),
        ("track", Type::Choice(ChoiceId(0)), Level::Case),
        ("quality_met", Type::Truth, Level::Case),
        ("earned", points, Level::Row),
        ("gap", Type::Number(Unit::percentage_points()), Level::Case),
    ];
    let input = |(name, ty, level): (&str, Type, Level)| Input {
        name: name.into(),
        title: String::new(),
        ty,
        level,
        source: String::new(),
        missing: MissingRule::Neutral,
        doubt: Doubt::default(),
        origin: Origin::default(),
    };
    types.into_iter().map(input).collect()
}

fn prices() -> Parameter {
    let row = |track: &str, from: Option<&str>, until: Option<&str>| ParameterRow {
        keys: vec![Value::Choice(track.into())],
        from: from.map(|date| parse_date(date).unwrap()),
        until: until.map(|date| parse_date(date).unwrap()),
        values: vec![Value::Number(n("100"))],
    };
    Parameter {
        name: "price".into(),
        title: "Price".into(),
        keys: vec![ParameterKey { name: "track".into(), ty: Type::Choice(ChoiceId(0)) }],
        columns: vec![ParameterColumn { name: String::new(), ty: pounds() }],
        rows: vec![
            row("basic", Some("2027-04-01"), None),
            row("basic", None, Some("2027-04-01")),
            row("enhanced", None, None),
        ],
        source: String::new(),
        origin: Origin::default(),
    }
}

fn allocation() -> Allocation {
    let share = |party, part| AllocationShare {
        party: PartyId(party),
        share: n(part),
        losing_at_most: (party == 2).then(|| n("50")),
        gaining_at_most: None,
    };
    Allocation {
        name: "share".into(),
        title: "Gain share".into(),
        amount: StepId(0),
        payer: PartyId(0),
        pool: String::new(),
        rounding: Rounding { mode: RoundingMode::HalfEven, grain: n("0.01") },
        first: vec![],
        shares: vec![share(1, "0.6"), share(2, "0.4")],
        residue: Residue::To(PartyId(1)),
        excess: Some(Excess::Others),
        due: vec![],
        origin: Origin::default(),
    }
}

fn column(header: &str, input: u32, reading: Reading, rounded: bool) -> Column {
    Column { header: header.into(), input: InputId(input), reading, rounded, received: None, part: None }
}

fn dataset() -> Dataset {
    Dataset {
        name: "file".into(),
        title: "The file".into(),
        period: Some(0),
        key: vec!["id".into()],
        period_column: None,
        row_key: vec!["measure".into()],
        long: Long::default(),
        columns: vec![
            column("Cost", 0, Reading::Number, true),
            column("Track", 2, Reading::Coded(vec![("B".into(), Value::Choice("basic".into()))]), false),
            column("Points", 4, Reading::Number, false),
        ],
        published: vec![Published {
            header: "Paid".into(),
            step: StepId(0),
            reading: Reading::Number,
            rounded: true,
        }],
        missing: Vec::new(),
        suppressed: Vec::new(),
        leave_out: Vec::new(),
        origin: Origin::default(),
    }
}

fn vector() -> TestVector {
    let expected = |step, row, value: &str| Expectation::Step {
        step: StepId(step),
        row,
        value: Value::Number(n(value)),
        to: None,
        line: 1,
    };
    TestVector {
        title: "An example".into(),
        period: 1,
        given: vec![(InputId(0), Value::Number(n("5"))), (InputId(2), Value::Choice("basic".into()))],
        given_steps: vec![(StepId(0), Value::Number(n("7")))],
        others: Vec::new(),
        rows: vec![vec![(InputId(4), Value::Number(n("3")))]],
        opening: Vec::new(),
        later: Vec::new(),
        expect: vec![
            expected(0, None, "7"),
            expected(1, Some(0), "6"),
            Expectation::Receives { allocation: 0, party: PartyId(1), amount: n("4.20"), line: 2 },
        ],
        source: String::new(),
        origin: Origin::default(),
    }
}

fn good() -> Settlement {
    let party = |name: &str| Party { name: name.into(), title: name.into(), per_case: false };
    let members = vec![("basic".into(), "Basic".into()), ("enhanced".into(), "Enhanced".into())];
    let doubled = arithmetic(Arithmetic::Add, input(4), input(4));
    Settlement {
        name: "test".into(),
        title: "Test".into(),
        source_hash: String::new(),
        currency: Currency::named("GBP").unwrap(),
        parties: ["icb", "acute", "community"].map(party).to_vec(),
        periods: vec![Period::financial_year(2026).unwrap(), Period::financial_year(2027).unwrap()],
        calendar: None,
        choices: vec![Choice { name: "track".into(), title: "Track".into(), members }],
        inputs: inputs(),
        parameters: vec![prices()],
        steps: vec![
            line("payable", pounds(), Level::Case, arithmetic(Arithmetic::Multiply, input(1), input(0))),
            line("doubled", Type::Number(Unit::thing("points")), Level::Row, doubled),
        ],
        carried: Vec::new(),
        pools: Vec::new(),
        allocations: vec![allocation()],
        datasets: vec![dataset()],
        vectors: vec![vector()],
    }
}

/// The words of the only flaw after a change.
fn flaw(change: impl FnOnce(&mut Settlement)) -> String {
    let mut settlement = good();
    change(&mut settlement);
    let flaws = verify(&settlement).unwrap_err();
    assert_eq!(flaws.len(), 1, "{flaws:?}");
    flaws[0].to_string()
}

/// The words of the only flaw of a line of case level, after two good ones.
fn flaw_of(ty: Type, expr: Expr) -> String {
    flaw(|s| s.steps.push(line("last", ty, Level::Case, expr)))
}

fn is_good(ty: Type, expr: Expr) {
    let mut settlement = good();
    settlement.steps.push(line("last", ty, Level::Case, expr));
    assert_eq!(verify(&settlement), Ok(()));
}

#[test]
fn a_good_settlement_passes() {
    assert_eq!(verify(&good()), Ok(()));
}

#[test]
fn units_that_do_not_go_together_are_refused() {
    let add = |a, b| arithmetic(Arithmetic::Add, a, b);
    assert_eq!(flaw_of(pounds(), add(input(0), input(1))), "line “LAST” (`last`) adds £ and %");
    assert_eq!(flaw_of(percent(), input(0)), "line “LAST” (`last`) needs % but has £");
    assert_eq!(flaw_of(pounds(), truth()), "line “LAST” (`last`) needs £ but has yes or no");
    let squared = arithmetic(Arithmetic::Multiply, input(0), input(0));
    assert_eq!(flaw_of(pounds(), squared), "line “LAST” (`last`) needs £ but has £ squared");
    let over = compare(Comparison::Greater, input(0), input(1));
    assert_eq!(flaw_of(Type::Truth, over), "line “LAST” (`last`) compares £ and %");
    let least = Expr::Least(vec![input(0), lit("5"), input(1)]);
    assert_eq!(flaw_of(pounds(), least), "line “LAST” (`last`) compares £ and %");
    let either = Expr::Choose { cases: vec![(truth(), input(0))], otherwise: Box::new(input(3)) };
    assert_eq!(flaw_of(pounds(), either), "line “LAST” (`last`) gives either £ and yes or no");
    let condition = Expr::Choose { cases: vec![(input(0), input(0))], otherwise: Box::new(input(0)) };
    assert_eq!(flaw_of(pounds(), condition), "line “LAST” (`last`) needs yes or no but has £");
    let order = compare(Comparison::Less, input(2), choice("basic"));
    assert!(flaw_of(Type::Truth, order).contains("needs a number or a date to compare by size"));
}

#[test]
fn figures_as_written_take_the_unit_they_are_used_with() {
    is_good(pounds(), arithmetic(Arithmetic::Add, input(0), lit("5")));
    is_good(pounds(), lit("5"));
    is_good(percent(), arithmetic(Arithmetic::Divide, input(0), step(0)));
    // Two percentages differ by percentage points, and a percentage moves by them.
    let gap = Type::Number(Unit::percentage_points());
    is_good(gap, arithmetic(Arithmetic::Subtract, input(1), lit("0.8")));
    is_good(percent(), arithmetic(Arithmetic::Add, input(1), input(5)));
    is_good(Type::Truth, compare(Comparison::Equal, input(2), choice("basic")));
    let pick =
        Expr::Choose { cases: vec![(truth(), choice("basic"))], otherwise: Box::new(choice("enhanced")) };
    is_good(Type::Choice(ChoiceId(0)), pick);
    is_good(pounds(), Expr::IfMissing(Box::new(Expr::literal(Value::Missing)), Box::new(input(0))));
    is_good(Type::Number(Unit::thing("points")), Expr::SumOfRows(Box::new(step(1))));
    is_good(pounds(), price(vec![input(2)]));
    is_good(pounds(), price(vec![choice("basic")]));
}

#[test]
fn the_type_of_an_expression_can_be_asked_for() {
    let s = good();
    assert_eq!(type_of(&s, &input(0)), Ok(pounds()));
    assert_eq!(type_of(&s, &lit("1")), Ok(Type::Number(Unit::none())));
    assert_eq!(type_of(&s, &choice("enhanced")), Ok(Type::Choice(ChoiceId(0))));
    assert_eq!(type_of(&s, &step(1)), Ok(Type::Number(Unit::thing("points"))));
    assert!(type_of(&s, &Expr::literal(Value::Missing)).is_err());
    let missing = choice("neither");
    assert_eq!(
        type_of(&s, &missing).unwrap_err().to_string(),
        "the expression: no list of choices has `neither`"
    );
}

#[test]
fn references_must_lead_somewhere_earlier_and_at_hand() {
    assert_eq!(
        flaw_of(pounds(), input(9)),
        "line “LAST” (`last`) refers to input number 9, which does not exist"
    );
    let itself = flaw_of(pounds(), step(2));
    assert_eq!(itself, "line “LAST” (`last`) uses line “LAST” (`last`), which does not come before it");
    assert!(flaw_of(pounds(), input(4)).contains("exists for each row"));
    let within = |inner| Expr::SumOfRows(Box::new(inner));
    assert!(flaw_of(pounds(), within(within(input(4)))).contains("cannot itself sum or count"));
    let row_level = |s: &mut Settlement| s.steps[1].expr = within(input(4));
    assert!(flaw(row_level).contains("cannot itself sum or count"));
    assert!(flaw_of(pounds(), price(vec![])).contains("needs 1 keys but has 0"));
    assert!(flaw_of(pounds(), price(vec![lit("1")])).contains("needs one of `track` but has a number"));
    let column = Expr::Parameter { parameter: ParameterId(0), column: 7, keys: vec![input(2)] };
    assert!(flaw_of(pounds(), column).contains("column number 7"));
    let parameter = Expr::Parameter { parameter: ParameterId(5), column: 0, keys: vec![] };
    assert!(flaw_of(pounds(), parameter).contains("parameter number 5"));
    assert!(flaw_of(Type::Choice(ChoiceId(3)), lit("1")).contains("list of choices number 3"));
}

fn scale(rows: Vec<ScaleRow>) -> Expr {
    Expr::Scale { value: Box::new(input(1)), rows }
}

fn row(lower: Option<(&str, bool)>, upper: Option<(&str, bool)>) -> ScaleRow {
    let end = |(value, included)| End { value: n(value), included };
    ScaleRow { lower: lower.map(end), upper: upper.map(end), result: ScaleResult::Flat(n("1")) }
}

#[test]
fn rows_of_a_scale_ascend_and_hold_something() {
    is_good(percent(), scale(vec![row(None, Some(("0", false))), row(Some(("0", true)), None)]));
    is_good(percent(), scale(vec![row(None, Some(("1", true))), row(Some(("2", true)), None)]));
    is_good(percent(), scale(vec![row(Some(("1", true)), Some(("1", true)))]));
    let refused = |rows| flaw_of(percent(), scale(rows));
    assert!(refused(vec![]).contains("no rows in its table"));
    let touching = vec![row(None, Some(("0", true))), row(Some(("0", true)), None)];
    assert!(refused(touching).contains("row 2 overlaps the row before it"));
    let backwards =
        vec![row(Some(("5", true)), Some(("6", true))), row(Some(("1", true)), Some(("2", true)))];
    assert!(refused(backwards).contains("row 2 overlaps the row before it or is out of order"));
    assert!(refused(vec![row(Some(("1", true)), Some(("1", false)))]).contains("row 1 holds no value"));
    let mut open = row(Some(("1", true)), None);
    open.result = ScaleResult::Even { from: n("0"), to: n("1") };
    assert!(refused(vec![open]).contains("row 1 runs evenly between two figures but not between two ends"));
}

#[test]
fn bands_follow_one_another() {
    let bands = |ends: &[(Option<&str>, Option<&str>)]| {
        let band = |(lower, upper): &(Option<&str>, Option<&str>)| BandRow {
            lower: lower.map(n),
            upper: upper.map(n),
            rate: n("1"),
        };
        Expr::Bands { value: Box::new(input(1)), rows: ends.iter().map(band).collect() }
    };
    is_good(percent(), bands(&[(None, Some("0")), (Some("0"), Some("1")), (Some("1"), None)]));
    let refused = |ends: &[(Option<&str>, Option<&str>)]| flaw_of(percent(), bands(ends));
    assert!(refused(&[]).contains("has no bands"));
    assert!(refused(&[(Some("0"), Some("1")), (Some("2"), None)]).contains("row 2 does not begin where"));
    assert!(refused(&[(Some("0"), None), (None, None)]).contains("row 2 does not begin where"));
    assert!(refused(&[(Some("1"), Some("1"))]).contains("row 1 holds no value"));
}

#[test]
fn weights_and_grains_are_sound() {
    let score = |a: &str, b: &str| Expr::Weighted {
        parts: vec![(n(a), input(1)), (n(b), input(1))],
        missing: WeightRule::Reweight,
    };
    is_good(percent(), score("0.6", "0.4"));
    assert!(flaw_of(percent(), score("0.6", "0.5")).contains("the weights sum to 1.1, not to 1"));
    assert!(flaw_of(percent(), score("1.5", "-0.5")).contains("a weight is below zero"));
    let rounding = Rounding { mode: RoundingMode::Up, grain: n("0") };
    let rounded = Expr::Round { value: Box::new(input(0)), rounding };
    assert!(flaw_of(pounds(), rounded).contains("rounds to multiples of 0"));
    assert!(flaw_of(pounds(), Expr::Least(vec![])).contains("no figures to choose from"));
}

#[test]
fn a_fund_has_a_host_and_a_budget_in_money() {
    let fund = |budget: u32, host: u32| {
        flaw(|s| {
            let (name, title) = ("fund".to_owned(), "The Fund".to_owned());
            let pool =
                Pool { name, title, host: PartyId(host), contributions: vec![], budget: StepId(budget) };
            s.pools = vec![pool];
        })
    };
    assert!(fund(9, 0).contains("line number 9"));
    assert!(fund(0, 9).contains("party number 9"));
    let unknown = flaw(|s| {
        let (name, title) = ("fund".to_owned(), "The Fund".to_owned());
        let contributions = vec![(PartyId(0), ParameterId(99))];
        s.pools = vec![Pool { name, title, host: PartyId(0), contributions, budget: StepId(0) }];
    });
    assert!(unknown.contains("number 99"));
}

#[test]
fn allocations_make_a_whole() {
    let change = |change: fn(&mut Allocation)| flaw(|s| change(&mut s.allocations[0]));
    let at = "payment “Gain share” (`share`)";
    let short = change(|a| a.shares[0].share = n("0.5"));
    assert_eq!(short, format!("{at}: the shares sum to 0.9, not to 1"));
    assert!(change(|a| a.shares[1].party = PartyId(1)).contains("names `acute` twice"));
    assert!(change(|a| a.shares[1].party = PartyId(8)).contains("party number 8"));
    assert!(
        change(|a| a.shares[1].losing_at_most = Some(n("-1")))
            .contains("limit on losing of `community` is below zero")
    );
    let first = |party, up_to: &str| Tranche { party: PartyId(party), up_to: n(up_to) };
    assert!(
        change(|a| a.first = vec![Tranche { party: PartyId(8), up_to: n("1") }]).contains("party number 8")
    );
    let twice = flaw(|s| s.allocations[0].first = vec![first(1, "5"), first(1, "6")]);
    assert!(twice.contains("pays `acute` first twice"));
    assert!(flaw(|s| s.allocations[0].first = vec![first(1, "0")]).contains("first up to nothing"));
    assert!(
        flaw(|s| s.allocations[0].first = vec![first(1, "0.005")]).contains("no multiple of its rounding")
    );
    assert!(change(|a| a.excess = None).contains("does not say who bears the rest"));
    assert!(change(|a| a.shares[1].losing_at_most = None).contains("but limits no party"));
    assert!(change(|a| a.excess = Some(Excess::To(PartyId(2)))).contains("but limits `community` too"));
    assert!(change(|a| a.residue = Residue::To(PartyId(0))).contains("a party that is not paid"));
    assert!(change(|a| a.rounding.grain = n("-1")).contains("rounds to multiples of -1"));
    assert!(change(|a| a.amount = StepId(9)).contains("line number 9"));
    assert!(change(|a| a.payer = PartyId(9)).contains("party number 9"));
    let due = |period, words: &str| PaymentDue {
        period,
        parts: vec![DueOn::Words(words.into())],
        odd: OddPart::Last,
        rule: String::new(),
    };
    let when = |all: Vec<PaymentDue>| flaw(|s| s.allocations[0].due = all.clone());
    assert!(when(vec![due(9, "at once")]).contains("due for a period that is not there"));
    assert!(when(vec![due(1, "at once"), due(0, "at once")]).contains("the same period twice"));
    assert!(when(vec![due(0, "")]).contains("does not say when it is due"));
    assert!(when(vec![PaymentDue { parts: vec![], ..due(0, "x") }]).contains("does not say when"));
    assert!(change(|a| a.amount = StepId(1)).contains("`doubled` as if it existed once"));
    let euros = flaw(|s| s.currency = Currency::named("EUR").unwrap());
    assert_eq!(euros, format!("{at} needs € but has £"));
}

#[test]
fn names_are_unique_and_periods_in_order() {
    assert_eq!(flaw(|s| s.parties[1].name = "icb".into()), "two parties are named `icb`");
    assert_eq!(flaw(|s| s.steps[1].name = "payable".into()), "two lines are named `payable`");
    let twice = flaw(|s| s.choices[0].members.push(("basic".into(), String::new())));
    assert_eq!(twice, "two members of one list of choices are named `basic`");
    let swapped = flaw(|s| s.periods.swap(0, 1));
    assert_eq!(swapped, "the period 2026/27 begins before the period 2027/28 ends");
    let empty = flaw(|s| s.periods[1].end = s.periods[1].start);
    assert_eq!(empty, "the period 2027/28 holds no day");
}

#[test]
fn parameters_have_one_figure_at_a_time() {
    let change = |change: fn(&mut Parameter)| flaw(|s| change(&mut s.parameters[0]));
    let both = change(|p| p.rows[0].from = None);
    assert!(both.contains("is in force at the same time as another row"), "{both}");
    assert!(change(|p| p.rows[0].until = parse_date("2027-04-01")).contains("is in force on no day"));
    assert!(change(|p| p.rows[2].values.clear()).contains("needs 1 values but has 0"));
    assert!(
        change(|p| p.rows[2].keys[0] = Value::Choice("other".into()))
            .contains("`other` is not one of `track`")
    );
    assert!(change(|p| p.rows[2].keys[0] = Value::Missing).contains("no value in one of its keys"));
    assert!(change(|p| p.rows[2].values[0] = Value::Truth(true)).contains("needs £ but has yes or no"));
}

#[test]
fn inputs_datasets_and_examples_fit_their_types() {
    let rule = |value: Value| MissingRule::CarryForward { times: 1, then: Box::new(MissingRule::Use(value)) };
    assert!(flaw(|s| s.inputs[0].missing = rule(Value::Truth(true))).contains("input `cost` needs £"));
    assert!(
        flaw(|s| s.datasets[0].columns[0].reading = Reading::Text)
            .contains("column “Cost” needs £ but has text")
    );
    assert!(flaw(|s| s.datasets[0].columns[0].input = InputId(9)).contains("input number 9"));
    assert!(flaw(|s| s.datasets[0].published[0].step = StepId(9)).contains("line number 9"));
    assert!(flaw(|s| s.datasets[0].period = Some(4)).contains("period number 4"));
    assert!(flaw(|s| s.datasets[0].row_key.clear()).contains("uses `earned`"));
    assert!(flaw(|s| s.vectors[0].period = 4).contains("period number 4"));
    assert!(flaw(|s| s.vectors[0].given[0].0 = InputId(4)).contains("uses `earned`"));
    assert!(flaw(|s| s.vectors[0].rows.clear()).contains("row number 0"));
    let expect = |s: &mut Settlement, expectation| s.vectors[0].expect = vec![expectation];
    let receives = Expectation::Receives { allocation: 3, party: PartyId(0), amount: n("1"), line: 1 };
    assert!(flaw(|s| expect(s, receives)).contains("payment number 3"));
}

#[test]
fn depth_is_bounded_and_everything_wrong_is_named_at_once() {
    let mut deep = lit("1");
    for _ in 0..DEEPEST {
        deep = Expr::Negate(Box::new(deep));
    }
    assert_eq!(flaw_of(pounds(), deep), "line “LAST” (`last`) nests deeper than 200 levels");
    let mut s = good();
    s.parties.clear();
    s.inputs.clear();
    s.periods.clear();
    let flaws = verify(&s).unwrap_err();
    assert!(flaws.len() >= 6, "{flaws:?}");
}
