//! Contracts that differ in one thing, and how the difference is told.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test whose contract does not check has failed")]

use jcm_diff::{Change, Difference, Run, What, diff, localities, localities_csv, localities_text, text};
use jcm_model::Program;
use jcm_sema::{Module, Project};
use jcm_source::FileId;
use std::fmt::Write as _;

const CONTRACT: &str = include_str!("differences/contract.jcm");

/// The program of a text; the tests have failed where there is none.
fn program(text: &str) -> Program {
    let prelude = jcm_std::module(jcm_std::PRELUDE).unwrap();
    let [powers, words] = ["std.powers.england", "std.words"];
    let of_library = |path: &str| jcm_std::module(path).unwrap().text;
    let module = |file: u32, path: &str, text: &str| {
        let file = FileId(file);
        let ast = jcm_syntax::ast(&jcm_syntax::parse(text), file);
        Module { file, path: path.to_owned(), text: text.into(), ast: ast.into() }
    };
    let project = Project {
        modules: vec![
            module(0, "", text),
            module(1, jcm_std::PRELUDE, prelude.text),
            module(2, powers, of_library(powers)),
            module(3, words, of_library(words)),
        ],
        available: Vec::new(),
        source_hash: String::new(),
        bases: std::collections::BTreeMap::new(),
    };
    let checked = jcm_sema::check(&project);
    checked.program.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}

/// What changes when one text in the contract stands for another.
fn changed(from: &str, to: &str) -> Difference {
    assert_eq!(CONTRACT.matches(from).count(), 1, "{from}");
    diff(&program(CONTRACT), &program(&CONTRACT.replace(from, to)))
}

/// The one declaration that changed, as `kind name`, with its parts as `label: before > after`.
fn told(difference: &Difference) -> Vec<String> {
    let or_nothing = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
    let mut told = Vec::new();
    for Change { kind, name, what, .. } in &difference.changes {
        match what {
            What::Added => told.push(format!("{kind} {name} added")),
            What::Removed => told.push(format!("{kind} {name} removed")),
            What::Changed(parts) => told.extend(parts.iter().map(|part| {
                let (before, after) = (or_nothing(&part.before), or_nothing(&part.after));
                format!("{kind} {name}, {}: {before} > {after}", part.label)
            })),
        }
    }
    told
}

#[test]
fn a_contract_does_not_differ_from_itself_nor_from_another_layout() {
    assert!(diff(&program(CONTRACT), &program(CONTRACT)).is_empty());
    assert!(changed("first line", "second line").is_empty());
    assert_eq!(text(&Difference::default()), "The two contracts say the same.\n");
}

#[test]
fn every_kind_tells_what_changed_in_it() {
    let cases = [
        (
            "2029-03-31",
            "2028-03-31",
            vec![
                "contract vale, last day: 31 March 2029 > 31 March 2028",
                "contract vale, settlement periods: 2026/27, 2027/28, 2028/29 > 2026/27, 2027/28",
            ],
        ),
        (
            "half_even to £0.01",
            "half_up to £0.01",
            vec!["contract vale, rounding: half_even to £0.01 > half_up to £0.01"],
        ),
        ("sector: voluntary }", "sector: health }", vec!["partner care, sector: voluntary > health"]),
        ("\"Vale Trust\"", "\"Vale NHS Trust\"", vec!["partner trust, title: Vale Trust > Vale NHS Trust"]),
        (
            "= 50%, from 30% to 60%",
            "= 50%, from 30% to 70%",
            vec!["knob sharing_rate, a locality may set it: from 30% to 60% > from 30% to 70%"],
        ),
        ("= 50%, from", "= 45%, from", vec!["knob sharing_rate, figure: 50% > 45%"]),
        (
            "trust : £2,000,000",
            "trust : £3,000,000",
            vec!["pool fund, Contribution of Vale Trust: £2,000,000.00 per year > £3,000,000.00 per year"],
        ),
        ("below 50% : 0%", "below 50% : 1%", vec!["scale credit, below 50%: 0% > 1%"]),
        (
            "trust   60%",
            "trust   70%",
            vec![
                "incentive gain_share, share of Vale Trust: 60% > 70%",
                "incentive gain_share, share of Vale Care: 40% > 30%",
            ],
        ),
        (
            "actual_cost - £0",
            "actual_cost - £1",
            vec![
                "incentive gain_share, line “Saving”: The saving is the budget of the fund less the actual cost less £0.00. \
             > The saving is the budget of the fund less the actual cost less £1.00.",
            ],
        ),
        ("quorum: 2", "quorum: 3", vec!["board team, quorum: 2 > 3"]),
        ("within 10 days", "within 15 days", vec!["obligation report, due: within 10 days > within 15 days"]),
        (
            "expect  share  = £300,000",
            "expect  share  = £300,001",
            vec!["example A saving, expected “Share”: £300,000.00 > £300,001.00"],
        ),
        (
            "\"cost\"",
            "\"Cost\"",
            vec![
                "dataset year, column “Cost”: nothing > Actual cost",
                "dataset year, column “cost”: Actual cost > nothing",
            ],
        ),
    ];
    for (from, to, expected) in cases {
        // A share that changes takes another with it, so that all sum to the whole.
        let changed_to = CONTRACT
            .replace(from, to)
            .replace("care    40%", if to == "trust   70%" { "care    30%" } else { "care    40%" });
        assert_eq!(CONTRACT.matches(from).count(), 1, "{from}");
        let difference = diff(&program(CONTRACT), &program(&changed_to));
        assert_eq!(told(&difference), expected, "{from}");
    }
}

#[test]
fn a_figure_that_changes_on_a_date_is_told_with_its_days() {
    let dated = changed("72% from 2026/27", "72% in 2026/27, 75% from 2027/28");
    assert_eq!(told(&dated), ["measure at_home, Target, from 1 April 2027: 72% > 75%"]);
    let keyed = changed("high in 2026/27     : £40", "high in 2026/27     : £45");
    assert_eq!(told(&keyed), ["parameter price, High, until 31 March 2027: £40.00 > £45.00"]);
}

#[test]
fn a_clause_is_told_word_by_word_and_a_paragraph_put_in_as_that() {
    let words = changed("meet every month", "meet every quarter");
    let [Change { kind: "clause", what: What::Changed(parts), .. }] = words.changes.as_slice() else {
        panic!("{words:#?}")
    };
    assert_eq!(parts[0].label, "paragraph 1");
    assert_eq!(
        parts[0].words,
        [
            Run::Same("The partners meet every".to_owned()),
            Run::Out("month.".to_owned()),
            Run::In("quarter.".to_owned()),
        ]
    );
    let more = changed("    They share", "    They keep notes.\n\n    They share");
    assert_eq!(told(&more), ["clause meeting, paragraph 2: nothing > They keep notes."]);
    let reference = changed("under {gain_share}", "under {fund}");
    assert_eq!(
        told(&reference),
        ["clause meeting, paragraph 2: They share what they save under Sharing of savings. \
         > They share what they save under The fund."]
    );
}

#[test]
fn a_model_tells_what_its_criteria_ask_and_that_a_question_is_another() {
    let model = "model fair \"Fair\" { about: \"What is fair\" }\n\nelement parts \"Parts\" of fair\n\n\
        criterion F1 \"Two providers\" of parts {\n    asks: \"There are two providers.\"\n    severity: note\n    \
        check: every contract has periods at least 2\n    otherwise: \"too few\"\n}\n";
    let with =
        |model: &str| CONTRACT.replace("    rounding:", "    follows: fair\n    rounding:") + "\n" + model;
    let told_of = |to: &str| told(&diff(&program(&with(model)), &program(&with(to))));
    assert_eq!(told_of(model), Vec::<String>::new());
    assert_eq!(
        told_of(&model.replace("severity: note", "severity: warning")),
        ["model fair, criterion F1, severity: note > warning"]
    );
    assert_eq!(
        told_of(&model.replace("at least 2", "at least 3")),
        ["model fair, criterion F1, how it is asked: nothing > nothing"]
    );
    let followed = diff(&program(CONTRACT), &program(&with(model)));
    assert_eq!(told(&followed), ["contract vale, follows: nothing > fair", "model fair added"]);
}

#[test]
fn what_is_added_stands_in_its_place_and_what_is_removed_at_the_end() {
    let text = CONTRACT
        .replace("board team", "board other")
        .replace("knob sharing_rate", "parameter fee \"Fee\" : £ = £5\n\nknob sharing_rate");
    let difference = diff(&program(CONTRACT), &program(&text));
    assert_eq!(told(&difference), ["board other added", "parameter fee added", "board team removed"]);
}

#[test]
fn the_text_says_what_changed_and_counts_it() {
    let difference = changed("meet every month", "meet every quarter");
    assert_eq!(
        text(&difference),
        "changed  clause meeting “Meeting”\n         paragraph 1: The partners meet every [-month.-] {+quarter.+}\n\n\
         1 changed\nIn a text, [-words-] are taken out and {+words+} are put in.\n"
    );
}

#[test]
fn a_locality_tells_what_is_not_as_in_the_template() {
    let found = localities(&program(CONTRACT));
    let names: Vec<(&str, usize)> = found.iter().map(|l| (l.name.as_str(), l.figures.len())).collect();
    assert_eq!(names, [("north", 2), ("south", 0)]);
    assert_eq!(
        localities_csv(&found),
        "locality,title,figure,what,when,template,local\n\
         north,North Vale,sharing_rate,Sharing rate,,50%,40%\n\
         north,North Vale,fund.trust,Contribution of Vale Trust for The fund,,\"£2,000,000.00 per year\",\"£1,000,000.00 per year\"\n"
    );
    assert!(
        localities_text(&found).contains("South Vale\n  as the template\n"),
        "{}",
        localities_text(&found)
    );
}

#[test]
fn thousands_of_localities_are_told_apart() {
    let mut text = CONTRACT.to_owned();
    for number in 0..2_000 {
        let rate = 30 + number % 30;
        let _ = write!(
            text,
            "\nlocality place_{number} \"Place {number}\" of vale {{ sharing_rate = {rate}% }}\n"
        );
    }
    let found = localities(&program(&text));
    assert_eq!(found.len(), 2_002);
    let csv = localities_csv(&found);
    // 2,000 places less those at the rate of the template, and the two figures of the north.
    let same = (0..2_000).filter(|number| 30 + number % 30 == 50).count();
    assert_eq!(csv.lines().count(), 1 + 2 + 2_000 - same);
}
