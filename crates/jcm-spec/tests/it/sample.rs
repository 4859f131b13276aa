//! Two settlements built by hand: a shared saving with one row per case, and points with one row per measure.

use jcm_calculus::*;
use jcm_quantity::{Currency, Date, Exact, Period, RoundingMode, Shown, Unit};

pub(crate) fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

pub(crate) fn number(text: &str) -> Value {
    Value::Number(exact(text))
}

fn literal(text: &str) -> Expr {
    Expr::literal(number(text))
}

fn input(id: u32) -> Expr {
    Expr::Input(InputId(id))
}

fn step(id: u32) -> Expr {
    Expr::Step(StepId(id))
}

fn two(op: Arithmetic, left: Expr, right: Expr) -> Expr {
    Expr::Arithmetic { op, left: Box::new(left), right: Box::new(right) }
}

fn compare(left: Expr, op: Comparison, right: Expr) -> Expr {
    Expr::Compare { op, left: Box::new(left), right: Box::new(right) }
}

fn choose(cases: Vec<(Expr, Expr)>, otherwise: Expr) -> Expr {
    Expr::Choose { cases, otherwise: Box::new(otherwise) }
}

fn origin(clause: &str, line: u32, text: &str) -> Origin {
    Origin { clause: clause.to_owned(), file: "contract.jcm".to_owned(), line, text: text.to_owned() }
}

fn party(name: &str, title: &str, per_case: bool) -> Party {
    Party { name: name.to_owned(), title: title.to_owned(), per_case }
}

fn given(name: &str, title: &str, ty: Type, level: Level, missing: MissingRule) -> Input {
    let source = "the annual reconciliation".to_owned();
    Input {
        name: name.to_owned(),
        title: title.to_owned(),
        ty,
        level,
        source,
        missing,
        doubt: Doubt::default(),
        origin: Origin::default(),
    }
}

fn line(name: &str, title: &str, unit: Unit, level: Level, words: &str, expr: Expr) -> Step {
    let group = name.split_once('.').map_or("", |(group, _)| group).to_owned();
    let (name, title, words) = (name.to_owned(), title.to_owned(), words.to_owned());
    Step { name, title, group, ty: Type::Number(unit), level, expr, words, origin: Origin::default() }
}

fn column(header: &str, input: u32, reading: Reading, rounded: bool) -> Column {
    Column { header: header.to_owned(), input: InputId(input), reading, rounded, received: None, part: None }
}

fn plain(name: &str, title: &str, unit: Unit, value: &str) -> Parameter {
    Parameter {
        name: name.to_owned(),
        title: title.to_owned(),
        keys: Vec::new(),
        columns: vec![ParameterColumn { name: String::new(), ty: Type::Number(unit) }],
        rows: vec![ParameterRow { keys: Vec::new(), from: None, until: None, values: vec![number(value)] }],
        source: String::new(),
        origin: Origin::default(),
    }
}

fn row(keys: &[Value], values: &[&str]) -> ParameterRow {
    let values = values.iter().map(|text| number(text)).collect();
    ParameterRow { keys: keys.to_vec(), from: None, until: None, values }
}

/// A saving is shared once it reaches a minimum rate, which some elect and others have by their size.
pub(crate) fn shared_savings() -> Settlement {
    let usd = || Unit::money("USD");
    let one_sided = || choice_is(0, "one_sided");
    let saving = two(Arithmetic::Subtract, input(1), input(2));
    let minimum = choose(vec![(one_sided(), by_size())], input(4));
    let reached = compare(step(1), Comparison::GreaterOrEqual, step(2));
    let gained = compare(step(0), Comparison::Greater, literal("0"));
    let generated = choose(vec![(Expr::All(vec![gained, reached]), step(0))], literal("0"));
    let rate = Expr::Parameter { parameter: ParameterId(0), column: 0, keys: vec![input(0)] };
    let withheld = Expr::Parameter { parameter: ParameterId(1), column: 0, keys: Vec::new() };
    let shared = two(Arithmetic::Multiply, two(Arithmetic::Multiply, step(3), rate), withheld);
    let cap = two(Arithmetic::Multiply, literal("0.1"), input(1));
    let earned = Expr::Round {
        value: Box::new(Expr::Least(vec![shared, cap])),
        rounding: Rounding { mode: RoundingMode::HalfUp, grain: Exact::one() },
    };
    let case = Level::Case;
    Settlement {
        name: "shared_savings".to_owned(),
        title: "Shared Savings Agreement".to_owned(),
        source_hash: "0".repeat(64),
        currency: Currency::named("USD").unwrap(),
        parties: vec![party("payer", "The Payer", false), party("group", "The Group", true)],
        periods: vec![Period::calendar_year(2021).unwrap(), Period::calendar_year(2022).unwrap()],
        calendar: None,
        choices: vec![Choice {
            name: "track".to_owned(),
            title: "Track".to_owned(),
            members: vec![
                ("one_sided".to_owned(), "One-sided".to_owned()),
                ("two_sided".to_owned(), "Two-sided".to_owned()),
            ],
        }],
        inputs: shared_inputs(),
        parameters: shared_parameters(),
        steps: vec![
            line("shared.saving", "Saving", usd(), case, "the benchmark less the expenditure", saving),
            line(
                "shared.rate",
                "Saving as a share",
                Unit::percent(),
                case,
                "the saving over the benchmark",
                two(Arithmetic::Divide, step(0), input(1)),
            ),
            line("shared.minimum", "Minimum rate", Unit::percent(), case, "by size, or as elected", minimum),
            line(
                "shared.generated",
                "Generated",
                usd(),
                case,
                "the saving if it reaches the minimum",
                generated,
            ),
            Step {
                origin: origin("Schedule 2, line 5", 41, "line earned = rounded ..."),
                ..line("shared.earned", "Earned", usd(), case, "the shared part, at most 10 %", earned)
            },
        ],
        carried: Vec::new(),
        pools: Vec::new(),
        allocations: vec![shared_payment()],
        datasets: vec![shared_dataset()],
        vectors: vec![shared_example()],
    }
}

fn shared_inputs() -> Vec<Input> {
    let money = || Type::Number(Unit::money("USD"));
    let given = |name: &str, title: &str, ty: Type, missing: MissingRule| {
        given(name, title, ty, Level::Case, missing)
    };
    let refuse = || MissingRule::Refuse;
    vec![
        given("track", "Track", Type::Choice(ChoiceId(0)), refuse()),
        given("benchmark", "Benchmark", money(), refuse()),
        given("expenditure", "Expenditure", money(), refuse()),
        given("people", "Assigned people", Type::Number(Unit::thing("people")), refuse()),
        given("elected", "Elected minimum rate", Type::Number(Unit::percent()), MissingRule::Neutral),
    ]
}

fn shared_parameters() -> Vec<Parameter> {
    let rates = Parameter {
        keys: vec![ParameterKey { name: "track".to_owned(), ty: Type::Choice(ChoiceId(0)) }],
        rows: vec![
            row(&[Value::Choice("one_sided".to_owned())], &["0.4"]),
            row(&[Value::Choice("two_sided".to_owned())], &["0.75"]),
        ],
        ..plain("sharing_rate", "Sharing rate", Unit::percent(), "0")
    };
    vec![rates, plain("after_withholding", "After withholding", Unit::percent(), "0.98")]
}

fn choice_is(id: u32, name: &str) -> Expr {
    compare(input(id), Comparison::Equal, Expr::literal(Value::Choice(name.to_owned())))
}

/// 3.9 % falling evenly to 3.6 % from 5,000 to 5,999 people, 2 % from 60,000 people.
fn by_size() -> Expr {
    let end = |value: &str| Some(End { value: exact(value), included: true });
    let even = |lower: &str, upper: &str, from: &str, to: &str| ScaleRow {
        lower: end(lower),
        upper: end(upper),
        result: ScaleResult::Even { from: exact(from), to: exact(to) },
    };
    let rows = vec![
        even("5000", "5999", "0.039", "0.036"),
        even("6000", "9999", "0.036", "0.03"),
        even("10000", "14999", "0.03", "0.027"),
        even("15000", "59999", "0.027", "0.02"),
        ScaleRow { lower: end("60000"), upper: None, result: ScaleResult::Flat(exact("0.02")) },
    ];
    Expr::Scale { value: Box::new(input(3)), rows }
}

fn shared_payment() -> Allocation {
    let share = AllocationShare {
        party: PartyId(1),
        share: Exact::one(),
        losing_at_most: None,
        gaining_at_most: Some(exact("250000000")),
    };
    Allocation {
        name: "shared".to_owned(),
        title: "Shared saving".to_owned(),
        amount: StepId(4),
        payer: PartyId(0),
        pool: String::new(),
        rounding: Rounding { mode: RoundingMode::HalfUp, grain: Exact::one() },
        first: vec![],
        shares: vec![share],
        residue: Residue::LargestRemainder,
        excess: Some(Excess::Payer),
        due: vec![PaymentDue {
            period: 1,
            parts: vec![DueOn::Day(Date::new(2023, 10, 31).unwrap())],
            odd: OddPart::Last,
            rule: "within 7 months after the year".to_owned(),
        }],
        origin: origin("Schedule 2, line 6", 44, "pays earned from payer to group"),
    }
}

fn shared_dataset() -> Dataset {
    let codes = [("A", "one_sided"), ("EN", "two_sided")];
    let codes = codes.map(|(text, name)| (text.to_owned(), Value::Choice(name.to_owned())));
    Dataset {
        name: "results".to_owned(),
        title: "Results of 2022".to_owned(),
        period: Some(1),
        key: vec!["ID".to_owned()],
        period_column: None,
        row_key: Vec::new(),
        long: Long::default(),
        columns: vec![
            column("Track", 0, Reading::Coded(codes.to_vec()), false),
            column("Benchmark", 1, Reading::Number, true),
            column("Expenditure", 2, Reading::Number, true),
            column("People", 3, Reading::Number, false),
            column("Elected", 4, Reading::Percent, false),
        ],
        published: vec![Published {
            header: "Earned".to_owned(),
            step: StepId(4),
            reading: Reading::Number,
            rounded: true,
        }],
        missing: vec![".".to_owned()],
        suppressed: Vec::new(),
        leave_out: vec![("Track".to_owned(), vec!["withdrawn".to_owned()])],
        origin: Origin::default(),
    }
}

fn shared_example() -> TestVector {
    let expect = |step: u32, value: &str, grain: &str, line: u32| Expectation::Step {
        step: StepId(step),
        row: None,
        value: number(value),
        to: Some(Rounding { mode: RoundingMode::HalfEven, grain: exact(grain) }),
        line,
    };
    TestVector {
        title: "One-sided, 5,500 people".to_owned(),
        period: 1,
        given: vec![
            (InputId(0), Value::Choice("one_sided".to_owned())),
            (InputId(1), number("50000000")),
            (InputId(2), number("45000000")),
            (InputId(3), number("5500")),
        ],
        given_steps: Vec::new(),
        others: Vec::new(),
        rows: Vec::new(),
        opening: Vec::new(),
        later: Vec::new(),
        expect: vec![
            expect(2, "0.0375", "0.0001", 52),
            Expectation::Receives { allocation: 0, party: PartyId(1), amount: exact("1960000"), line: 53 },
        ],
        source: "by hand".to_owned(),
        origin: origin("", 50, "example"),
    }
}

/// Points by measure, between two thresholds; each point has a price, and two parties are paid.
pub(crate) fn points() -> Settlement {
    let of_points = || Unit::thing("point");
    let threshold = |column: u32| Expr::Parameter { parameter: ParameterId(0), column, keys: vec![input(0)] };
    let reached = two(Arithmetic::Divide, input(1), input(2));
    let no_one = compare(input(2), Comparison::Equal, literal("0"));
    let span = two(Arithmetic::Subtract, threshold(1), threshold(0));
    let progress = two(Arithmetic::Divide, two(Arithmetic::Subtract, reached, threshold(0)), span);
    let within = Expr::Greatest(vec![literal("0"), Expr::Least(vec![literal("1"), progress])]);
    let price = Expr::Parameter { parameter: ParameterId(1), column: 0, keys: Vec::new() };
    let per_point = Unit::money("GBP").over(&of_points());
    Settlement {
        name: "points".to_owned(),
        title: "Points Agreement".to_owned(),
        source_hash: "1".repeat(64),
        currency: Currency::named("GBP").unwrap(),
        parties: vec![
            party("board", "The Board", false),
            party("practice", "The Practice", true),
            party("network", "The Network", false),
        ],
        periods: vec![Period::financial_year(2013).unwrap()],
        calendar: None,
        choices: Vec::new(),
        inputs: points_inputs(),
        parameters: vec![thresholds(), plain("price", "Price of a point", per_point, "156.92")],
        steps: vec![
            line(
                "points.progress",
                "Progress between the thresholds",
                Unit::percent(),
                Level::Row,
                "none where nobody is eligible, else the part of the way between the thresholds",
                choose(vec![(no_one, literal("0"))], within),
            ),
            line(
                "points.achieved",
                "Points achieved",
                of_points(),
                Level::Row,
                "the points available times the progress",
                two(Arithmetic::Multiply, input(3), step(0)),
            ),
            line(
                "points.total",
                "Points in all",
                of_points(),
                Level::Case,
                "the sum of the points achieved",
                Expr::SumOfRows(Box::new(step(1))),
            ),
            line(
                "points.payable",
                "Payable",
                Unit::money("GBP"),
                Level::Case,
                "the points times the price of a point",
                two(Arithmetic::Multiply, step(2), price),
            ),
        ],
        carried: Vec::new(),
        pools: Vec::new(),
        allocations: vec![points_payment()],
        datasets: vec![points_dataset()],
        vectors: Vec::new(),
    }
}

fn points_inputs() -> Vec<Input> {
    let given = |name: &str, title: &str, ty: Type| given(name, title, ty, Level::Row, MissingRule::Refuse);
    let people = || Type::Number(Unit::thing("people"));
    vec![
        given("measure", "Measure", Type::Text),
        given("reached", "People reached", people()),
        given("eligible", "People eligible", people()),
        given("available", "Points available", Type::Number(Unit::thing("point"))),
    ]
}

fn thresholds() -> Parameter {
    let measure = |name: &str| Value::Text(name.to_owned());
    let percent = |name: &str| ParameterColumn { name: name.to_owned(), ty: Type::Number(Unit::percent()) };
    Parameter {
        keys: vec![ParameterKey { name: "measure".to_owned(), ty: Type::Text }],
        columns: vec![percent("lower"), percent("upper")],
        rows: vec![
            row(&[measure("AF01")], &["0.4", "0.9"]),
            row(&[measure("AF02")], &["0.5", "0.8"]),
            row(&[measure("BP01")], &["1/3", "2/3"]),
        ],
        source: "the guidance".to_owned(),
        ..plain("thresholds", "Thresholds", Unit::percent(), "0")
    }
}

fn points_payment() -> Allocation {
    let share = |party: u32, share: &str| AllocationShare {
        party: PartyId(party),
        share: exact(share),
        losing_at_most: None,
        gaining_at_most: None,
    };
    Allocation {
        name: "points".to_owned(),
        title: "Payment for points".to_owned(),
        amount: StepId(3),
        payer: PartyId(0),
        pool: "The Points Fund".to_owned(),
        rounding: Rounding { mode: RoundingMode::HalfEven, grain: exact("0.01") },
        first: vec![],
        shares: vec![share(1, "0.9"), share(2, "0.1")],
        residue: Residue::To(PartyId(1)),
        excess: None,
        due: vec![PaymentDue {
            period: 0,
            parts: vec![
                DueOn::Words("each half year: part 1".to_owned()),
                DueOn::Words("each half year: part 2".to_owned()),
            ],
            odd: OddPart::OneEach,
            rule: String::new(),
        }],
        origin: Origin::default(),
    }
}

fn points_dataset() -> Dataset {
    let published = |header: &str, step: u32| Published {
        header: header.to_owned(),
        step: StepId(step),
        reading: Reading::Number,
        rounded: true,
    };
    Dataset {
        name: "measures".to_owned(),
        title: "Measures of each practice".to_owned(),
        period: Some(0),
        key: vec!["practice".to_owned()],
        period_column: None,
        row_key: vec!["ind".to_owned()],
        long: Long::default(),
        columns: vec![
            column("ind", 0, Reading::Text, false),
            column("num", 1, Reading::Number, false),
            column("denom", 2, Reading::Number, false),
            column("points", 3, Reading::Number, false),
        ],
        published: vec![published("achieved", 1)],
        missing: vec!["-".to_owned()],
        suppressed: Vec::new(),
        leave_out: Vec::new(),
        origin: Origin::default(),
    }
}

/// A unit with every kind of base, shown per 100,000.
pub(crate) fn admissions_rate() -> Unit {
    Unit::thing("admission").over(&Unit::thing("person")).over(&Unit::years()).shown_as(Shown::Per(100_000))
}
