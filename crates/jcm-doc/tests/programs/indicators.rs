//! A quality framework in long form: rows, a table of figures by indicator, choices, datasets, rounding, bands.

use super::*;
use jcm_doc::{Computed, ComputedExample, ComputedLine, ComputedPayment};

const POINTS: u32 = 0;
const TOTAL: u32 = 1;
const PAYMENT: u32 = 2;
const MET: u32 = 3;

pub(crate) fn program() -> Program {
    let mut program = empty("gp_quality", "General practice quality framework", 2010, 1);
    program.contract.final_months = Some(3);
    program.partners = vec![
        partner("board", "The Health Board", &["commissioner"], "health"),
        partner("practice", "The practice", &["provider"], "health"),
    ];
    program.partners[1].per_case = true;
    let indicator = Ty::Choice(ChoiceId(0));
    program.choices = vec![Choice {
        head: head("indicator", "Indicator"),
        members: vec![("ASTHMA03".into(), "Asthma 3".into()), ("BP05".into(), "Blood pressure 5".into())],
    }];
    let row = |name: &str, lower: &str, upper: &str, points: &str| ParameterRow {
        keys: vec![Constant::Member(name.into())],
        from: None,
        until: None,
        values: [lower, upper, points].map(|text| Constant::Number(exact(text))).to_vec(),
    };
    program.parameters = vec![Parameter {
        head: head("indicators", "Indicators of the framework"),
        owner: ParameterOwner::Declared,
        keys: vec![("indicator".into(), indicator.clone())],
        columns: vec![
            ("lower_threshold".into(), percent()),
            ("upper_threshold".into(), percent()),
            ("points".into(), points()),
        ],
        rows: vec![row("ASTHMA03", "0.4", "0.8", "6"), row("BP05", "0.4", "0.7", "57")],
        source: "Statement of Financial Entitlements 2010/11".into(),
    }];
    program.parameters.push(parameter(
        "point_value",
        "Value of a point",
        ParameterOwner::Declared,
        per_point(),
        &[("2010-04-01", "2011-04-01", "127.29")],
    ));
    let end = |value: &str, included| Some(End { value: exact(value), included });
    program.tables = vec![Table {
        head: head("steps", "Bands of the payment"),
        kind: TableKind::Bands,
        of: gbp().unit().cloned().expect("money"),
        gives: Unit::percent(),
        rows: vec![
            TableRow { lower: end("0", true), upper: end("10000", true), from: exact("1"), to: None },
            TableRow { lower: end("10000", false), upper: None, from: exact("0.5"), to: None },
        ],
        source: String::new(),
    }];
    lines(&mut program, indicator);
    payment(&mut program);
    data(&mut program);
    program
}

fn per_point() -> Ty {
    Ty::Number(Unit::money("GBP").over(&Unit::thing("points")))
}

fn lines(program: &mut Program, indicator: Ty) {
    let incentive = LineOwner::Incentive(IncentiveId(0));
    let owner = InputOwner::Incentive(IncentiveId(0));
    let rows = |mut input: Input| {
        input.per_row = true;
        input.missing = Missing::Use(Constant::Number(exact("0")));
        input
    };
    program.inputs = vec![
        rows(input("indicator", "Indicator", owner, indicator.clone(), "the file")),
        rows(input("achieved", "Share of patients", owner, percent(), "the file")),
    ];
    program.inputs[0].missing = Missing::Refuse;
    let column = |column, ty| {
        let keys = vec![input_of(0, indicator.clone())];
        expr(ExprKind::Parameter { parameter: ParameterId(0), column, keys }, ty)
    };
    let progress = ExprKind::Progress {
        value: Box::new(input_of(1, percent())),
        from: Box::new(column(0, percent())),
        to: Box::new(column(1, percent())),
    };
    let clamped = expr(
        ExprKind::AtMost {
            value: Box::new(expr(
                ExprKind::AtLeast {
                    value: Box::new(expr(progress, percent())),
                    limit: Box::new(figure("0", percent())),
                },
                percent(),
            )),
            limit: Box::new(figure("1", percent())),
        },
        percent(),
    );
    let earned = calc(Arithmetic::Multiply, column(2, points()), clamped, points());
    let rounded = ExprKind::Round {
        value: Box::new(earned),
        rounding: Rounding { mode: RoundingMode::HalfUp, grain: exact("0.01") },
    };
    let total = expr(ExprKind::SumOfRows(Box::new(line_of(POINTS, points()))), points());
    let gross = calc(Arithmetic::Multiply, line_of(TOTAL, points()), parameter_of(1, per_point()), gbp());
    let paid = expr(ExprKind::Table { table: TableId(0), value: Box::new(gross) }, gbp());
    let met = compare(Comparison::GreaterOrEqual, input_of(1, percent()), column(0, percent()));
    let known = expr(
        ExprKind::Not(Box::new(expr(ExprKind::IsMissing(Box::new(input_of(1, percent()))), Ty::Truth))),
        Ty::Truth,
    );
    let met = expr(ExprKind::And(Box::new(known), Box::new(met)), Ty::Truth);
    program.lines = vec![
        line("quality.points", "Points achieved", incentive, expr(rounded, points())),
        line("quality.total", "Total points", incentive, total),
        line("quality.payment", "Payment", incentive, paid),
        line("quality.met", "Lower threshold met", incentive, met),
    ];
    program.lines[POINTS as usize].per_row = true;
    program.lines[MET as usize].per_row = true;
}

fn payment(program: &mut Program) {
    program.flows = vec![Flow {
        head: head("quality.payment", "Payment"),
        amount: LineId(PAYMENT),
        payer: PartnerId(0),
        pool: None,
        first: vec![],
        shares: vec![Share {
            partner: PartnerId(1),
            share: exact("1"),
            losing_at_most: None,
            gaining_at_most: None,
        }],
        residue: Residue::LargestRemainder,
        excess: None,
    }];
    program.incentives = vec![Incentive {
        head: head("quality", "Quality payment"),
        under: String::new(),
        each: "indicator".into(),
        inputs: vec![InputId(0), InputId(1)],
        lines: vec![LineId(POINTS), LineId(MET), LineId(TOTAL), LineId(PAYMENT)],
        flows: vec![FlowId(0)],
        deadline: None,
        particulars: vec![],
    }];
}

fn data(program: &mut Program) {
    let column = |header: &str, input, reading, rounded| Column {
        header: header.into(),
        input: InputId(input),
        reading,
        rounded,
        received: None,
        part: None,
        span: span(),
    };
    program.datasets = vec![Dataset {
        period_column: None,
        head: head("achievement", "Achievement by practice and indicator"),
        period: Some(0),
        key: vec!["practice_code".into()],
        row_key: vec!["indicator".into()],
        part: None,
        figures: None,
        columns: vec![
            column("indicator", 0, Reading::Coded(vec![]), false),
            column("achieved | %", 1, Reading::PercentWithoutSign, true),
        ],
        published: vec![Published {
            header: "points".into(),
            line: LineId(POINTS),
            reading: Reading::Number,
            rounded: true,
            span: span(),
        }],
        missing: vec!["-".into(), "n/a".into()],
        suppressed: vec!["*".into()],
        leave_out: vec![("indicator".into(), vec!["TOTAL".into()])],
    }];
    let given = |indicator: &str, achieved: &str| {
        vec![
            (InputId(0), Constant::Member(indicator.into())),
            (InputId(1), Constant::Number(exact(achieved))),
        ]
    };
    program.examples = vec![Example {
        head: head("one-practice", "One practice"),
        of: Def::Incentive(IncentiveId(0)),
        period: 0,
        given: vec![],
        given_lines: vec![],
        opening: Vec::new(),
        later: Vec::new(),
        others: vec![],
        rows: vec![("ASTHMA03".into(), given("ASTHMA03", "0.7")), ("BP05".into(), given("BP05", "0.5"))],
        expect: vec![],
        source: "Invented".into(),
    }];
}

pub(crate) fn computed() -> Computed {
    let number = |text: &str| Constant::Number(exact(text));
    let line = |id, row, value, before: Option<&str>| ComputedLine {
        line: LineId(id),
        row,
        value,
        before_rounding: before.map(number),
        given: false,
    };
    // 23.5 points at £127.29 each, all of it in the first band; the tie goes to the even penny.
    let amount = exact("2991.315");
    Computed {
        scenarios: Vec::new(),
        assurance: Vec::new(),
        examples: vec![ComputedExample {
            later: Vec::new(),
            lines: vec![
                line(POINTS, Some(0), number("4.5"), Some("4.5")),
                line(POINTS, Some(1), number("19"), Some("19")),
                line(MET, Some(0), Constant::Truth(true), None),
                line(MET, Some(1), Constant::Truth(true), None),
                line(TOTAL, None, number("23.5"), None),
                line(PAYMENT, None, Constant::Number(amount), None),
            ],
            payments: vec![ComputedPayment {
                flow: FlowId(0),
                partner: PartnerId(1),
                amount: exact("2991.32"),
            }],
            stopped: None,
        }],
    }
}
