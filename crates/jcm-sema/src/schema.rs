//! The schema of every kind of declaration: its fields, how each is written, and what else may stand in it.
//!
//! One table drives the checker, its messages and suggestions, and later completion, hover and the reference.

mod beside;

use jcm_syntax::ast::DeclarationKind as Kind;

/// A field of a kind of declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name; several words are joined by spaces.
    pub name: &'static str,
    /// Whether every declaration of the kind has it.
    pub required: bool,
    /// How its value is written, in words.
    pub expects: &'static str,
    /// A line that would do.
    pub example: &'static str,
    /// The choice of the library that lists the words that it usually has, where any word may stand.
    pub usual: Option<&'static str>,
}

impl Field {
    const fn usually(self, choice: &'static str) -> Self {
        Self { usual: Some(choice), ..self }
    }
}

/// A kind of declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// The kind.
    pub kind: Kind,
    /// What the first line looks like.
    pub opening: &'static str,
    /// Whether it needs a title.
    pub titled: bool,
    /// Its fields.
    pub fields: &'static [Field],
    /// What rows or statements may stand in it besides its fields; empty if none.
    pub statements: &'static str,
}

impl Schema {
    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// The schema of a kind; `None` for kinds that this version cannot use yet.
pub fn of(kind: Kind) -> Option<&'static Schema> {
    ALL.iter().find(|schema| schema.kind == kind)
}

const fn must(name: &'static str, expects: &'static str, example: &'static str) -> Field {
    Field { name, required: true, expects, example, usual: None }
}

const fn may(name: &'static str, expects: &'static str, example: &'static str) -> Field {
    Field { name, required: false, expects, example, usual: None }
}

const SOURCE: Field = may("source", "a text", "source: \"Contract particulars, 2026\"");
const EFFECTIVE: Field =
    may("effective", "when it is in force, in words", "effective: from 2016/17 to 2023/24");

/// Every kind that can be used.
pub const ALL: &[Schema] = &[
    Schema {
        kind: Kind::Contract,
        opening: "contract stour_valley \"Stour Valley Alliance Agreement\" {",
        titled: true,
        fields: &[
            must("term", "a first day `to` a last day", "term: 2026-04-01 to 2031-03-31"),
            must("currency", "the code of a currency", "currency: GBP"),
            must(
                "settled",
                "`every` and a `financial_year`, `calendar_year`, `quarter`, `month`, `contract_year`, `contract_quarter` or \
                 `contract_month`",
                "settled: every financial_year, provisional within 2 months, final within 6 months",
            ),
            must("rounding", "a mode `to` the smallest amount", "rounding: half_even to £0.01"),
            may("follows", "names of models and profiles", "follows: our_model, our_form"),
            may("law", "the name of a law", "law: england_and_wales").usually("usual_laws"),
            may("calendar", "the name of a calendar", "calendar: england_and_wales"),
            may(
                "disputed",
                "`pay the undisputed part`, `hold` or `as collected`",
                "disputed: pay the undisputed part",
            ),
            may(
                "precedence",
                "texts, `agreement`, `schedules`, sub-contracts and documents, from the highest",
                "precedence: \"Acts of Parliament\", agreement, schedules, \"Policies of the partners\"",
            ),
        ],
        statements: "`waives small_numbers because \"numbers are too small\" by leadership_team until 2027-03-31`",
    },
    Schema {
        kind: Kind::Partner,
        opening: "partner council \"Stour Valley County Council\" {",
        titled: true,
        fields: &[
            must("role", "one or more roles", "role: commissioner, provider").usually("usual_roles"),
            may("sector", "a sector", "sector: social_care").usually("usual_sectors"),
            may("one per", "`case`", "one per: case"),
            may("ods", "a text", "ods: \"QX9\""),
            may("company", "a text", "company: \"01234567\""),
            may("charity", "a text", "charity: \"1012345\""),
            may("notices", "a text, and an address", "notices: \"1 Mill Lane\", contracts@stour.example"),
            may("vat", "`recoverable`, `partly_recoverable` or `not_recoverable`", "vat: recoverable")
                .usually("usual_vat"),
            may("turnover", "an amount", "turnover: £6,200,000"),
            may("guarantee", "a text", "guarantee: \"Parent company guarantee of Stour Care plc\""),
            may("signs", "how the partner signs", "signs: by_seal").usually("usual_signing"),
            may("contact", "a text", "contact: \"Director of Finance\""),
            may("form", "the legal form", "form: limited_liability_partnership").usually("usual_forms"),
        ],
        statements: "",
    },
    Schema {
        kind: Kind::Population,
        opening: "population older_people \"People aged 65 and over\" {",
        titled: true,
        fields: &[
            must("attributed", "how people belong to it", "attributed: by registered_list"),
            may("size", "a number of people `at` a date", "size: 128,400 people at 2026-04-01"),
            SOURCE,
        ],
        statements: "",
    },
    Schema {
        kind: Kind::Outcome,
        opening: "outcome at_home \"Living at home for longer\" {",
        titled: true,
        fields: &[
            must(
                "statement",
                "a text, as the person would say it",
                "statement: \"I am supported to stay in my own home.\"",
            ),
            must("owners", "two or more partners", "owners: acute, council"),
            may("for", "a population", "for: older_people"),
        ],
        statements: "",
    },
    Schema {
        kind: Kind::Measure,
        opening: "measure admissions \"Emergency admissions\" {",
        titled: true,
        fields: &[
            must("use", "`payment`, `monitoring` or `balancing`", "use: payment"),
            must("unit", "a unit, or a list of choices", "unit: admissions per 100,000 people per year"),
            must("better", "`higher` or `lower`", "better: lower"),
            may("outcome", "an outcome", "outcome: at_home"),
            may("numerator", "a text", "numerator: \"Emergency admissions of residents aged 65 and over\""),
            may("denominator", "a text", "denominator: \"Residents aged 65 and over\""),
            may("source", "a text, and a version", "source: \"SUS+\", version \"2026.1\""),
            may("baseline", "a figure `in` a period", "baseline: 24,310 in 2024/25"),
            may(
                "target",
                "figures, each `in` or `from` a period",
                "target: 23,800 in 2026/27, 23,100 from 2027/28",
            ),
            may("reported", "a period and a delay", "reported: every quarter, 2 months after it ends"),
            may(
                "combined",
                "`mean`, `median`, `sum`, `least`, `greatest` or `last of the quarters` (or `months`), `sum of numerators over sum of denominators`, or `one figure for the period`",
                "combined: mean of the quarters",
            ),
            may(
                "possible",
                "the least and the greatest figure there can be: `0% to 100%`, `at least 0`, or `at most 24`",
                "possible: 0% to 100%",
            ),
            may("collected", "`by` and who", "collected: by icb"),
            may("verified", "`by` and who", "verified: by external_auditor"),
            may(
                "missing",
                "`refuse`, `neutral`, a figure, or `carry_forward for 1 quarter, then neutral`",
                "missing: neutral",
            ),
            may(
                "disputed",
                "`pay the undisputed part`, `hold`, `as collected` or `as verified`",
                "disputed: pay the undisputed part",
            ),
            may(
                "late",
                "`as missing after` a length of time, or `accepted until final`",
                "late: as missing after 2 months",
            ),
            may("suppressed", "`refuse`, `as missing`, or `use` and a figure", "suppressed: use 3"),
            may("rebase", "a rule in words", "rebase: when the source version changes, by bridge factor"),
            may("attrition", "a rule in words", "attrition: deaths excluded"),
            may("inclusions", "a text", "inclusions: \"Residents aged 65 and over\""),
            may("exclusions", "a text", "exclusions: \"Planned readmissions\""),
            may("rationale", "a text", "rationale: \"Why this measure\""),
            may("minimum", "a text", "minimum: \"20 cases\""),
            may("followed", "`for` a length of time", "followed: for 91 days"),
            may("adjusted", "a rule in words", "adjusted: for age and sex, by not more than 3% a year"),
            may("stratified", "by what, in words", "stratified: by deprivation and ethnicity"),
            may("overlap", "a rule in words", "overlap: none with other measures for payment"),
            may("small_numbers", "a rule in words", "small_numbers: counts below 5 are not published"),
            may("reviewed", "a rule in words", "reviewed: every year, retired by the board"),
        ],
        statements: "",
    },
    Schema {
        kind: Kind::Parameter,
        opening: "parameter sharing_rate \"Sharing rate\" : percent by track {",
        titled: true,
        fields: &[SOURCE, EFFECTIVE],
        statements: "`columns { points : points, lower : percent }`, or a row such as `from 2026/27 : £225.49` or `enhanced in 2022 : 75%`",
    },
    Schema {
        kind: Kind::Knob,
        opening: "knob sharing_rate \"Sharing rate\" : percent = 50%, from 30% to 60%",
        titled: true,
        fields: &[SOURCE],
        statements: "",
    },
    Schema {
        kind: Kind::Pool,
        opening: "pool alliance_fund \"The Alliance Fund\" {",
        titled: true,
        fields: &[
            must("host", "a partner", "host: council"),
            may("under", "a statutory power", "under: section_75"),
            may(
                "uplift",
                "a percentage `every` day and month `from` a year",
                "uplift: 2.4% every 1 April from 2027",
            ),
            may("fixed", "who contributes the same whatever is spent", "fixed: icb"),
            may("variable", "who contributes what is spent", "variable: council"),
            may("overspend", "a rule in words", "overspend: shared as in the gain share"),
            may("underspend", "a rule in words", "underspend: carried forward"),
            may("manager", "a text", "manager: \"Head of Finance, County Council\""),
            SOURCE,
        ],
        statements: "`contributes { partner : £1,000,000 per year }`",
    },
    Schema {
        kind: Kind::Service,
        opening: "service reablement \"Reablement at home\" {",
        titled: true,
        fields: &[
            must("by", "one or more partners", "by: community"),
            may("for", "a population", "for: older_people"),
            may("scope", "`in` or `out`", "scope: in"),
            may("description", "a text", "description: \"Six weeks of support after discharge\""),
        ],
        statements: "",
    },
    Schema {
        kind: Kind::Payment,
        opening: "payment community_block \"Community services\" {",
        titled: true,
        fields: &[
            must(
                "form",
                "`block`, `capitation`, `activity`, `cost_plus`, `pooled` or `outcome`",
                "form: block",
            ),
            must("to", "a partner, or several, as in `community 70%, ageing_well 30%`", "to: community"),
            may("from", "a partner or a pool", "from: alliance_fund"),
            may("for", "one or more services", "for: reablement"),
            may("amount", "an amount per year", "amount: £12,000,000 per year"),
            may("price", "an amount per unit", "price: £310 per bed_day"),
            may("population", "a population", "population: older_people"),
            may("share", "a percentage of the pool", "share: 30%"),
            may("margin", "a percentage of cost", "margin: 5%"),
            may("residue", "`largest_remainder`, or `to` and a partner", "residue: to community"),
            may("excess", "`others`, `payer`, or `to` and a partner", "excess: others"),
            may("incentive", "an incentive", "incentive: gain_share"),
            may(
                "due",
                "when, in words",
                "due: in 12 equal parts, on the first operational day of each month",
            ),
            may("invoice", "how, in words", "invoice: not needed"),
            may("under", "a statutory power", "under: section_256"),
            SOURCE,
        ],
        statements: "",
    },
    Schema {
        kind: Kind::Scale,
        opening: "scale quality_points \"Points for progress\" of percent : percent {",
        titled: true,
        fields: &[SOURCE, EFFECTIVE, may("grain", "the smallest step of what is looked up", "grain: £0.01")],
        statements: "a row such as `0% to below 100% : rising evenly from 0% to 100%`",
    },
    Schema {
        kind: Kind::Bands,
        opening: "bands corridor \"Risk corridor\" of percent : percent {",
        titled: true,
        fields: &[SOURCE, EFFECTIVE, may("grain", "the smallest step of what is looked up", "grain: £0.01")],
        statements: "a row such as `5% to 10% : 35%`",
    },
    Schema {
        kind: Kind::Score,
        opening: "score quality \"Quality score\" : percent {",
        titled: true,
        fields: &[may("missing", "`reweight the rest`, `zero` or `refuse`", "missing: reweight the rest")],
        statements: "a row such as `admissions  60%  by quality_points of progress from baseline to target`",
    },
    Schema {
        kind: Kind::Incentive,
        opening: "incentive gain_share \"Sharing of savings\" {",
        titled: true,
        fields: &[
            may("under", "a statutory power", "under: section_75"),
            may("residue", "`largest_remainder`, or `to` and a partner", "residue: largest_remainder"),
            may("excess", "`others`, `payer`, or `to` and a partner", "excess: others"),
            may("basis", "on what basis gains and losses are shared, in words", "basis: by_budget")
                .usually("usual_bases"),
            may("due", "when it is paid, in words", "due: within 30 days after the final settlement"),
            SOURCE,
        ],
        statements: "`input`, `line`, `balance`, `each` or `pays`",
    },
    Schema {
        kind: Kind::Example,
        opening: "example \"Saving of 3 %\" of gain_share in 2027/28 {",
        titled: true,
        fields: &[SOURCE],
        statements: "`given` or `expect`",
    },
    Schema {
        kind: Kind::Dataset,
        opening: "dataset py2022 \"Results of 2022\" {",
        titled: true,
        fields: &[
            must("key", "headers of the columns that name a case", "key: \"ACO_ID\""),
            may("row", "headers of the columns that name a row of a case", "row: \"ind\""),
            may("period", "a settlement period, or the header of the column that names it", "period: 2022"),
            may("part", "the header of the column that names a quarter or month", "part: \"Quarter\""),
            may("figure", "a header, `by`, and the header of names", "figure: \"Value\" by \"Indicator\""),
            may("missing", "texts that stand for missing", "missing: \"-\""),
            may("suppressed", "texts that stand for a small figure kept back", "suppressed: \"*\""),
            may("leave out", "a header, `is`, and texts", "leave out: \"status\" is \"withdrawn\""),
            SOURCE,
        ],
        statements: "`columns { \"Header\" : input, reading }` or `published { \"Header\" : line, reading }`",
    },
    Schema {
        kind: Kind::Board,
        opening: "board leadership_team \"Alliance Leadership Team\" {",
        titled: true,
        fields: &[
            must(
                "seats",
                "`one each for` partners, or numbers `for` partners",
                "seats: one each for icb, council, acute",
            ),
            must("quorum", "a number of seats", "quorum: 4"),
            may("chair", "who chairs it, in words", "chair: rotates every year"),
            may("meets", "how often, in words", "meets: every month"),
            may(
                "reserved",
                "texts",
                "reserved: \"Functions that statute does not allow a party to delegate\"",
            ),
        ],
        statements: "`decides { admission, variation : unanimous  anything_else : majority of 75% }`",
    },
    Schema {
        kind: Kind::Obligation,
        opening: "obligation cost_statement \"Open-book cost statement\" {",
        titled: true,
        fields: &[
            must("due", "by when, in words", "due: within 20 operational days after each quarter"),
            must(
                "shown",
                "what shows that it was done",
                "shown: by \"the statement, signed by the pooled fund manager\"",
            ),
            may("to", "a board, a partner or a text", "to: leadership_team"),
            may("failing", "what follows if it is not done", "failing: performance_notice"),
        ],
        statements: "a partner, `shall` and a text, such as `council shall \"give the cost statement\"`",
    },
    Schema {
        kind: Kind::Ladder,
        opening: "ladder escalation \"Escalation\" {",
        titled: true,
        fields: &[],
        statements: "a step such as `leadership_team decides within 10 operational days`",
    },
    Schema {
        kind: Kind::OpenTerm,
        opening: "open_term falls_service \"Price of the falls service\" {",
        titled: true,
        fields: &[
            must("owner", "a board or a partner", "owner: leadership_team"),
            must("by", "a date", "by: 2026-09-30"),
            may("method", "how it is settled, in words", "method: open-book review by an independent expert"),
            may("for", "one or more services", "for: falls"),
            may(
                "until",
                "an amount per year, `from` a partner or pool `to` a partner",
                "until: £310,000 per year, from alliance_fund to ageing_well",
            ),
        ],
        statements: "",
    },
    beside::SUBCONTRACT,
    beside::DOCUMENT,
    Schema {
        kind: Kind::Power,
        opening: "power section_75 \"Section 75 of the National Health Service Act 2006\" {",
        titled: true,
        fields: &[
            must("held by", "sectors or partners", "held by: health, social_care"),
            may("needs", "`one of each`", "needs: one of each"),
            may("used for", "`pool`, `incentive` or `payment`", "used for: pool, incentive"),
            may("allows", "a text", "allows: \"Pooled funds and joint provision\""),
            SOURCE,
        ],
        statements: "",
    },
    Schema {
        kind: Kind::Decision,
        opening: "decision rebase_2027 \"Admissions measured anew\" {",
        titled: true,
        fields: &[
            must("by", "a board or a partner", "by: leadership_team"),
            must("matter", "a matter, as the board's rules call it", "matter: variation"),
            must("on", "a date", "on: 2027-03-14"),
            must("decided", "a text", "decided: \"The baseline is 24,120 from April 2027\""),
            may("votes", "numbers of seats `for`, `against` and `abstaining`", "votes: 4 for, 1 against"),
            may("minute", "a text", "minute: \"LT/2027/14\""),
            may("settles", "what it settles, in words", "settles: the price of the falls classes"),
        ],
        statements: "",
    },
    Schema {
        kind: Kind::ConditionPrecedent,
        opening: "condition_precedent vat_ruling \"Ruling on VAT\" {",
        titled: true,
        fields: &[
            must("owner", "a partner", "owner: council"),
            must("by", "a date", "by: 2026-03-15"),
            must("shown", "what shows that it is met", "shown: by \"the ruling of HMRC\""),
            may("met", "the date on which it was met", "met: 2026-02-20"),
            may("failing", "what follows if it is not met", "failing: the contract does not begin"),
        ],
        statements: "",
    },
    Schema {
        kind: Kind::Clause,
        opening: "clause purpose \"Purpose\" in commitment {",
        titled: true,
        fields: &[],
        statements: "",
    },
    Schema {
        kind: Kind::Definition,
        opening: "definition saving \"Saving\" {",
        titled: true,
        fields: &[],
        statements: "",
    },
    Schema {
        kind: Kind::Unit,
        opening: "unit bed_days \"bed-days\" {",
        titled: false,
        fields: &[
            may("one", "the word for one", "one: bed_day"),
            may("also", "other words", "also: days_in_bed"),
        ],
        statements: "",
    },
    Schema {
        kind: Kind::Locality,
        opening: "locality north_stour \"North Stour\" of stour_valley {",
        titled: true,
        fields: &[],
        statements: "a knob or another local figure and its value, such as `sharing_rate = 40%`",
    },
    Schema {
        kind: Kind::Simulation,
        opening: "simulation first_years of stour_valley {",
        titled: false,
        fields: &[
            must("runs", "a number of runs", "runs: 10,000"),
            must("seed", "a whole number, which makes the draws the same again", "seed: 2026"),
            may("years", "a settlement period, or a first one `to` a last one", "years: 2026/27 to 2028/29"),
            may("rows", "how many rows a case has, where inputs of every row vary", "rows: 40"),
            may(
                "cases",
                "how many cases are settled together in a run, or `history`: one for each of its rows",
                "cases: 120",
            ),
            may(
                "history",
                "a CSV file of what was seen before, beside the contract: a row for each time, a column for each input",
                "history: \"history.csv\"",
            ),
            may(
                "moving together",
                "an input `with` another `by` a number from -1 to 1",
                "moving together: actual_cost with emergency_admissions by 0.6",
            ),
            may(
                "report",
                "`each partner`, `chance of loss`, a range of chances, `chance that` something holds",
                "report: each partner, chance of loss, 5% to 95%, chance that saving_rate >= 2%",
            ),
        ],
        statements: "`vary` or `expect`",
    },
    beside::VARIATION,
    beside::MODEL,
    beside::PROFILE,
    Schema {
        kind: Kind::Element,
        opening: "element working_together \"Working together\" of our_model",
        titled: true,
        fields: &[],
        statements: "",
    },
    Schema {
        kind: Kind::Criterion,
        opening: "criterion joint_ownership \"Joint ownership\" of working_together {",
        titled: true,
        fields: &[
            must("asks", "a text", "asks: \"Each outcome is owned by more than one organisation.\""),
            must("severity", "`error`, `warning` or `note`", "severity: error"),
            must("check", "a question", "check: every outcome has count of owners at least 2"),
            must(
                "otherwise",
                "a text, with facts between braces",
                "otherwise: \"the outcome {title} has {count of owners} owner\"",
            ),
            may("help", "a text", "help: \"Name at least one more partner under `owners`\""),
            SOURCE,
        ],
        statements: "",
    },
    Schema {
        kind: Kind::Function,
        opening: "function credit \"Credit between two thresholds\" {",
        titled: true,
        fields: &[SOURCE, EFFECTIVE],
        statements: "`takes name : unit` and `gives unit = calculation`",
    },
    Schema {
        kind: Kind::Choice,
        opening: "choice track \"Track\" {",
        titled: true,
        fields: &[],
        statements: "a name with its title, such as `enhanced \"ENHANCED\"`",
    },
    Schema {
        kind: Kind::Calendar,
        opening: "calendar england_and_wales \"Bank holidays in England and Wales\" {",
        titled: true,
        fields: &[
            must("covers", "a first day `to` a last day", "covers: 2012-01-01 to 2028-12-31"),
            must("closed", "days of the week", "closed: saturday, sunday"),
            may("version", "a text", "version: \"2026-11\""),
            SOURCE,
        ],
        statements: "`holidays { 2026-12-25 \"Christmas Day\" }`",
    },
    Schema { kind: Kind::Use, opening: "use std.measures.ascof", titled: false, fields: &[], statements: "" },
    Schema {
        kind: Kind::Include,
        opening: "include std.clauses.general",
        titled: false,
        fields: &[may("except", "names of clauses", "except: third_party_rights")],
        statements: "",
    },
    Schema {
        kind: Kind::Blank,
        opening: "blank notice \"Notice of leaving\" : time = 6 months",
        titled: true,
        fields: &[],
        statements: "",
    },
];
