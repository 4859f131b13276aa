//! The alliance for older people's care: a pooled fund, a gain share with a quality score, a worked example.

use super::*;
use jcm_doc::{Computed, ComputedExample, ComputedLine, ComputedPayment};

const BUDGET: u32 = 0;
const ADMISSIONS_PROGRESS: u32 = 1;
const ADMISSIONS_POINTS: u32 = 2;
const REABLEMENT_PROGRESS: u32 = 3;
const REABLEMENT_POINTS: u32 = 4;
const QUALITY: u32 = 5;
const SAVING: u32 = 6;
const SAVING_RATE: u32 = 7;
const SHAREABLE: u32 = 8;
const SHARE: u32 = 9;
const EARNED: u32 = 10;
const PAYABLE: u32 = 11;

const PARTNERS: [(&str, &str, &[&str], &str); 5] = [
    ("icb", "NHS Stour Valley Integrated Care Board", &["commissioner"], "health"),
    ("council", "Stour Valley County Council", &["commissioner", "provider"], "social_care"),
    ("acute", "Stour Valley Hospitals NHS Foundation Trust", &["provider"], "health"),
    ("community", "Stour Community Health NHS Trust", &["provider"], "health"),
    ("ageing_well", "Ageing Well Stour", &["provider"], "voluntary"),
];

pub(crate) fn program() -> Program {
    let mut program = empty("stour_valley", "Stour Valley Older People's Alliance Agreement", 2026, 5);
    program.contract.extension_months = 24;
    program.contract.law = "england_and_wales".into();
    program.contract.provisional_months = Some(2);
    program.contract.final_months = Some(6);
    program.contract.follows = vec![("joint_outcomes".into(), span()), ("alliance".into(), span())];
    program.partners =
        PARTNERS.map(|(name, title, roles, sector)| partner(name, title, roles, sector)).to_vec();
    program.partners[0].particulars = vec![
        ("ods".into(), "\"QX9\"".into()),
        (
            "notices".into(),
            "Director of Finance, 1 Mill Lane, Stourbridge, contracts@stourvalley.example".into(),
        ),
    ];
    program.partners[1].particulars =
        vec![("vat".into(), "recoverable".into()), ("signs".into(), "by_seal".into())];
    outcomes(&mut program);
    money(&mut program);
    scale(&mut program);
    inputs(&mut program);
    lines(&mut program);
    payments(&mut program);
    law(&mut program);
    program
}

fn outcomes(program: &mut Program) {
    program.populations = vec![Population {
        head: head("older_people", "People aged 65 and over with a long-term condition"),
        attributed: "by registered list".into(),
        size: Some(ParameterId(3)),
        counted: Some(day("2026-04-01")),
        source: "GP registers, April 2026 extract".into(),
    }];
    program.outcomes = vec![Outcome {
        head: head("at_home", "Living at home for longer"),
        statement: "I am supported to stay in my own home, and to come back to it.".into(),
        population: Some(PopulationId(0)),
        owners: vec![PartnerId(2), PartnerId(3), PartnerId(1), PartnerId(4)],
    }];
    let measure = |name: &str, title: &str, unit: Unit| Measure {
        head: head(name, title),
        outcome: Some(OutcomeId(0)),
        used_for: MeasureUse::Payment,
        unit,
        choice: None,
        better: Better::Higher,
        numerator: String::new(),
        denominator: String::new(),
        source: String::new(),
        version: String::new(),
        baseline: None,
        target: None,
        collected_by: String::new(),
        verified_by: "external_auditor".into(),
        deadline: None,
        input: None,
        combined: None,
        missing: Missing::Neutral,
        doubt: Doubt::default(),
        particulars: vec![],
    };
    let baseline = |id| Period::financial_year(2024).map(|period| (ParameterId(id), period));
    let mut admissions =
        measure("emergency_admissions", "Emergency admissions of people aged 65 and over", admissions_unit());
    admissions.head.doc = "Ages are at the date of admission.".into();
    admissions.better = Better::Lower;
    admissions.numerator = "Emergency admissions, all specialties, of residents aged 65 and over".into();
    admissions.denominator = "Residents aged 65 and over, mid-year estimate".into();
    admissions.source = "SUS+ admitted patient care".into();
    admissions.version = "2026.1".into();
    admissions.baseline = baseline(4);
    admissions.target = Some(ParameterId(5));
    admissions.collected_by = "icb".into();
    admissions.input = Some(InputId(1));
    admissions.missing = Missing::CarryForward { times: 1, then: Box::new(Missing::Neutral) };
    admissions.particulars = vec![("reported".into(), "every quarter, 2 months after it ends".into())];
    let mut reablement = measure(
        "reablement_91_days",
        "Older people still at home 91 days after discharge into reablement",
        Unit::percent(),
    );
    reablement.baseline = baseline(6);
    reablement.target = Some(ParameterId(7));
    reablement.input = Some(InputId(2));
    let mut carers =
        measure("carer_quality_of_life", "Carer-reported quality of life", Unit::thing("points"));
    carers.used_for = MeasureUse::Balancing;
    program.measures = vec![admissions, reablement, carers];
}

fn yearly() -> Ty {
    Ty::Number(Unit::money("GBP").over(&Unit::years()))
}

fn admissions_unit() -> Unit {
    let base = |name: &str| jcm_quantity::Base::Thing(name.into());
    let dims = [(base("admissions"), 1), (base("people"), -1), (jcm_quantity::Base::Time("year".into()), -1)];
    Unit::of(dims, jcm_quantity::Shown::Per(100_000))
}

fn money(program: &mut Program) {
    let pool = || ParameterOwner::Pool(PoolId(0));
    let years = ["2026-04-01", "2027-04-01", "2028-04-01", "2029-04-01", "2030-04-01", ""];
    let rising = |first: &str| {
        let mut value = exact(first);
        let mut rows = Vec::new();
        for pair in years.windows(2) {
            rows.push((pair[0], pair[1], value.text()));
            value = &value * &exact("1.024");
        }
        rows
    };
    let contribution = |name: &str, first: &str| {
        let rows = rising(first);
        let rows: Vec<(&str, &str, &str)> =
            rows.iter().map(|(a, b, value)| (*a, *b, value.as_str())).collect();
        parameter(name, "Contribution", pool(), yearly(), &rows)
    };
    let of = |id| ParameterOwner::Measure(MeasureId(id));
    let admissions = || Ty::Number(admissions_unit());
    let per_100_000 = |first: &str| exact(first).checked_div(&exact("100000")).expect("not zero").text();
    let targets = [
        ("2026-04-01", "2027-04-01", per_100_000("23800")),
        ("2027-04-01", "2028-04-01", per_100_000("23100")),
    ];
    let mut targets: Vec<(&str, &str, &str)> = targets.iter().map(|(a, b, c)| (*a, *b, c.as_str())).collect();
    let last = per_100_000("22400");
    targets.push(("2028-04-01", "", &last));
    let baseline = per_100_000("24310");
    let knob = ParameterOwner::Knob { from: exact("0.3"), to: exact("0.6") };
    let people = Ty::Number(Unit::thing("people"));
    program.parameters = vec![
        contribution("alliance_fund.contributes.icb", "84000000"),
        contribution("alliance_fund.contributes.council", "36000000"),
        parameter("sharing_rate", "Sharing rate", knob, percent(), &[("", "", "0.5")]),
        parameter(
            "older_people.size",
            "Size",
            ParameterOwner::Population(PopulationId(0)),
            people,
            &[("2026-04-01", "", "128400")],
        ),
        parameter("emergency_admissions.baseline", "Baseline", of(0), admissions(), &[("", "", &baseline)]),
        parameter("emergency_admissions.target", "Target", of(0), admissions(), &targets),
        parameter("reablement_91_days.baseline", "Baseline", of(1), percent(), &[("", "", "0.793")]),
        parameter(
            "reablement_91_days.target",
            "Target",
            of(1),
            percent(),
            &[("2026-04-01", "2027-04-01", "0.82"), ("2027-04-01", "", "0.84")],
        ),
    ];
    program.pools = vec![Pool {
        head: head("alliance_fund", "The Alliance Fund"),
        under: "section_75".into(),
        host: PartnerId(1),
        contributions: vec![(PartnerId(0), ParameterId(0)), (PartnerId(1), ParameterId(1))],
        written_per: Vec::new(),
        fixed: Vec::new(),
        variable: Vec::new(),
        uplift: Some((exact("0.024"), day("2027-04-01"))),
        budget: LineId(BUDGET),
        particulars: vec![],
    }];
}

fn scale(program: &mut Program) {
    let end = |value: &str, included| Some(End { value: exact(value), included });
    program.tables = vec![Table {
        head: head("quality_points", "Points for a measure"),
        kind: TableKind::Scale,
        of: Unit::percent(),
        gives: Unit::thing("points"),
        rows: vec![
            TableRow { lower: None, upper: end("0", false), from: exact("0"), to: None },
            TableRow {
                lower: end("0", true),
                upper: end("1", false),
                from: exact("0"),
                to: Some(exact("100")),
            },
            TableRow { lower: end("1", true), upper: None, from: exact("100"), to: None },
        ],
        source: String::new(),
    }];
}

fn inputs(program: &mut Program) {
    let incentive_input = InputOwner::Incentive(IncentiveId(0));
    let of = |id| InputOwner::Measure(MeasureId(id));
    program.inputs = vec![
        input(
            "gain_share.actual_cost",
            "Actual cost of the services",
            incentive_input,
            gbp(),
            "open book of council",
        ),
        input(
            "emergency_admissions",
            "Emergency admissions of people aged 65 and over",
            of(0),
            Ty::Number(admissions_unit()),
            "",
        ),
        input(
            "reablement_91_days",
            "Older people still at home 91 days after discharge into reablement",
            of(1),
            percent(),
            "",
        ),
    ];
    program.inputs[1].missing = program.measures[0].missing.clone();
}

/// The gate, the line that it guards and the capped line.
fn conditions() -> [Expr; 3] {
    let budget = || line_of(BUDGET, gbp());
    let of_budget = |share: &str| {
        let at = if share.starts_with('-') { 10 } else { 20 };
        let share = calc(Arithmetic::Of, figure(share, percent()), budget(), gbp());
        Expr { span: Span::new(FileId(0), at, at + 9), ..share }
    };
    let gate = compare(
        Comparison::GreaterOrEqual,
        expr(ExprKind::Absolute(Box::new(line_of(SAVING_RATE, percent()))), percent()),
        figure("0.02", percent()),
    );
    let share = || line_of(SHARE, gbp());
    let earned = when(
        calc(Arithmetic::Of, line_of(QUALITY, percent()), share(), gbp()),
        compare(Comparison::Greater, share(), figure("0", gbp())),
        share(),
        gbp(),
    );
    let floor =
        ExprKind::AtLeast { value: Box::new(line_of(EARNED, gbp())), limit: Box::new(of_budget("-0.05")) };
    let capped = ExprKind::AtMost { value: Box::new(expr(floor, gbp())), limit: Box::new(of_budget("0.1")) };
    [gate, earned, expr(capped, gbp())]
}

fn quality() -> Expr {
    let weighted = ExprKind::Weighted {
        parts: vec![
            (exact("0.6"), line_of(ADMISSIONS_POINTS, points())),
            (exact("0.4"), line_of(REABLEMENT_POINTS, points())),
        ],
        missing: WeightRule::Reweight,
    };
    expr(weighted, percent())
}

fn budget_of_the_fund() -> Expr {
    let contributions = calc(Arithmetic::Add, parameter_of(0, yearly()), parameter_of(1, yearly()), yearly());
    let year = figure("1", Ty::Number(Unit::years()));
    calc(Arithmetic::Multiply, contributions, year, gbp())
}

fn lines(program: &mut Program) {
    let [gate, earned, payable] = conditions();
    let budget = || line_of(BUDGET, gbp());
    let progress = |measure: u32, from: u32, ty: fn() -> Ty| {
        let progress = ExprKind::Progress {
            value: Box::new(input_of(measure + 1, ty())),
            from: Box::new(parameter_of(from, ty())),
            to: Box::new(parameter_of(from + 1, ty())),
        };
        expr(progress, percent())
    };
    let part = |progress: u32| {
        let progress = Box::new(line_of(progress, percent()));
        expr(ExprKind::Table { table: TableId(0), value: progress }, points())
    };
    let incentive = || LineOwner::Incentive(IncentiveId(0));
    let score = || LineOwner::Score(ScoreId(0));
    let titles: Vec<String> = program.measures.iter().map(|measure| measure.head.title.clone()).collect();
    program.lines = vec![
        line("alliance_fund.budget", "Budget", LineOwner::Pool(PoolId(0)), budget_of_the_fund()),
        line(
            "quality.emergency_admissions.progress",
            &format!("Progress: {}", titles[0]),
            score(),
            progress(0, 4, || Ty::Number(admissions_unit())),
        ),
        line("quality.emergency_admissions", &titles[0], score(), part(ADMISSIONS_PROGRESS)),
        line(
            "quality.reablement_91_days.progress",
            &format!("Progress: {}", titles[1]),
            score(),
            progress(1, 6, percent),
        ),
        line("quality.reablement_91_days", &titles[1], score(), part(REABLEMENT_PROGRESS)),
        line("quality", "Quality score", score(), quality()),
        line(
            "gain_share.saving",
            "Saving",
            incentive(),
            calc(Arithmetic::Subtract, budget(), input_of(0, gbp()), gbp()),
        ),
        line(
            "gain_share.saving_rate",
            "Saving as a share",
            incentive(),
            calc(Arithmetic::Divide, line_of(SAVING, gbp()), budget(), percent()),
        ),
        line(
            "gain_share.shareable",
            "Saving to be shared",
            incentive(),
            when(line_of(SAVING, gbp()), gate, figure("0", gbp()), gbp()),
        ),
        line(
            "gain_share.share",
            "The providers' share",
            incentive(),
            calc(Arithmetic::Of, parameter_of(2, percent()), line_of(SHAREABLE, gbp()), gbp()),
        ),
        line("gain_share.earned", "After the quality score", incentive(), earned),
        line("gain_share.payable", "Payable", incentive(), payable),
    ];
}

/// The score, who is paid, the incentive and its example.
fn payments(program: &mut Program) {
    program.scores = vec![Score {
        head: head("quality", "Quality score"),
        parts: vec![(exact("0.6"), LineId(ADMISSIONS_POINTS)), (exact("0.4"), LineId(REABLEMENT_POINTS))],
        missing: WeightRule::Reweight,
        line: LineId(QUALITY),
    }];
    let share = |partner, share: &str| Share {
        partner: PartnerId(partner),
        share: exact(share),
        losing_at_most: (partner == 4).then(|| exact("50000")),
        gaining_at_most: None,
    };
    program.flows = vec![Flow {
        head: head("gain_share.payable", ""),
        amount: LineId(PAYABLE),
        payer: PartnerId(1),
        pool: Some(PoolId(0)),
        first: vec![],
        shares: vec![share(2, "0.4"), share(3, "0.35"), share(1, "0.2"), share(4, "0.05")],
        residue: Residue::LargestRemainder,
        excess: Some(Excess::Others),
    }];
    program.incentives = vec![Incentive {
        head: head("gain_share", "Sharing of savings and overspends"),
        under: "section_75".into(),
        each: String::new(),
        inputs: vec![InputId(0)],
        lines: (SAVING..=PAYABLE).map(LineId).collect(),
        flows: vec![FlowId(0)],
        deadline: None,
        particulars: vec![],
    }];
    program.examples = vec![Example {
        head: head("saving-of-3", "Saving of 3 % in the second year, quality at 90 %"),
        of: Def::Incentive(IncentiveId(0)),
        period: 1,
        given: vec![(InputId(0), Constant::Number(exact("119193600")))],
        opening: Vec::new(),
        later: Vec::new(),
        others: vec![],
        given_lines: vec![(LineId(QUALITY), Constant::Number(exact("0.9")))],
        rows: vec![],
        expect: vec![],
        source: String::new(),
    }];
}

fn law(program: &mut Program) {
    let clause = |name: &str, title: &str, part, paragraphs| Clause {
        head: head(name, title),
        part,
        covers: vec![],
        paragraphs,
    };
    let incentive = || refer(Def::Incentive(IncentiveId(0)));
    let days = Ty::Number(Unit::thing("operational_days"));
    let fifteen = Piece::Figure {
        value: Constant::Number(exact("15")),
        ty: days,
        written: "15 operational days".into(),
        span: span(),
    };
    program.clauses = vec![
        clause(
            "disputes",
            "Resolving disputes",
            Part::Problems,
            vec![prose(vec![
                text("A partner that disputes "),
                refer(Def::Line(LineId(PAYABLE))),
                text(" shall say so within "),
                fifteen,
                text(" of the\n    statement, and pay the part that it does not dispute."),
            ])],
        ),
        clause(
            "purpose",
            "Purpose",
            Part::Commitment,
            vec![
                prose(vec![
                    text("The partners shall together secure the "),
                    refer(Def::Definition(DefinitionId(0))),
                    text(" for "),
                    refer(Def::Population(PopulationId(0))),
                    text(", and shall share, under "),
                    incentive(),
                    text(", what they save and what they overspend."),
                ]),
                prose(vec![
                    refer(Def::Pool(PoolId(0))),
                    text(" is shared at the "),
                    refer(Def::Parameter(ParameterId(2))),
                    text("; see "),
                    refer(Def::Clause(ClauseId(0))),
                    text("."),
                ]),
            ],
        ),
    ];
    program.definitions = vec![Definition {
        head: head("outcomes", "Outcomes"),
        paragraphs: vec![prose(vec![
            text("the outcomes that Schedule 4 sets out, of which "),
            refer(Def::Outcome(OutcomeId(0))),
            text(" is the first."),
        ])],
    }];
}

pub(crate) fn computed() -> Computed {
    let line = |id: u32, value: &str| ComputedLine {
        line: LineId(id),
        row: None,
        value: Constant::Number(exact(value)),
        before_rounding: None,
        given: id == QUALITY,
    };
    let pays = |partner, amount: &str| ComputedPayment {
        flow: FlowId(0),
        partner: PartnerId(partner),
        amount: exact(amount),
    };
    Computed {
        scenarios: Vec::new(),
        assurance: Vec::new(),
        examples: vec![ComputedExample {
            later: Vec::new(),
            lines: vec![
                line(BUDGET, "122880000"),
                line(QUALITY, "0.9"),
                line(SAVING, "3686400"),
                line(SAVING_RATE, "0.03"),
                line(SHAREABLE, "3686400"),
                line(SHARE, "1843200"),
                line(EARNED, "1658880"),
                line(PAYABLE, "1658880"),
            ],
            payments: vec![pays(2, "663552"), pays(3, "580608"), pays(1, "331776"), pays(4, "82944")],
            stopped: None,
        }],
    }
}
