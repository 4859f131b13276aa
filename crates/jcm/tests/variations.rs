//! Variations: what they leave alone, what ties them to a text, and the contract as it was agreed on a date.

#![expect(clippy::unwrap_used, reason = "a test whose contract does not check has failed")]

use jcm::{
    Checked, Date, InMemory, Settlement, check, check_as_at, check_without_examples_as_at, effect, settlement,
};

const FIGURES: &str = include_str!("../../../tests/lang/variation/figures-from-a-date.jcm");
const TWO: &str = include_str!("../../../tests/lang/variation/one-after-the-other.jcm");
const CLAUSES: &str = include_str!("../../../tests/lang/variation/clauses.jcm");

fn world(text: &str) -> InMemory {
    InMemory::new("contract.jcm", text)
}

fn codes(checked: &Checked) -> Vec<&'static str> {
    checked.diagnostics.iter().map(|diagnostic| diagnostic.code.0).collect()
}

fn day(text: &str) -> Option<Date> {
    jcm_quantity::parse_date(text)
}

/// The text before its first variation, which stands at its end.
fn signed(text: &str) -> &str {
    let first = text.find("\n/// Agreed after").or_else(|| text.find("\nvariation ")).unwrap();
    text.get(..first).unwrap()
}

fn settling(checked: &Checked) -> Settlement {
    settlement(checked.program().unwrap(), &checked.sources)
}

#[test]
fn periods_before_a_variation_are_settled_as_without_it() {
    let signed = check(&world(signed(FIGURES)));
    let varied = check(&world(FIGURES));
    let (before, after) = (settling(&signed), settling(&varied));
    assert_eq!((&before.steps, &before.allocations), (&after.steps, &after.allocations));
    let start = before.periods[0].start;
    for (was, is) in before.parameters.iter().zip(&after.parameters) {
        let in_force = |parameter: &jcm_calculus::Parameter| {
            let rows = parameter.rows.iter().filter(|row| {
                row.from.is_none_or(|from| from <= start) && row.until.is_none_or(|until| start < until)
            });
            rows.map(|row| (row.keys.clone(), row.values.clone())).collect::<Vec<_>>()
        };
        assert_eq!(in_force(was), in_force(is), "{}", was.name);
    }
}

#[test]
fn examples_of_periods_from_the_variation_on_are_settled_by_it() {
    let old = check_without_examples_as_at(&world(FIGURES), day("2027-01-13"));
    let new = check(&world(FIGURES));
    let (before, after) = (old.program().unwrap(), new.program().unwrap());
    let found = effect((before, &settling(&old)), (after, &settling(&new)));
    let same: Vec<bool> =
        found.examples.iter().map(|example| example.outcome.as_ref().unwrap().is_same()).collect();
    assert_eq!(same, [true, false, false]);
}

#[test]
fn the_settlement_says_which_variation_set_a_figure() {
    let settlement = settling(&check(&world(TWO)));
    let rate = settlement.parameters.iter().find(|parameter| parameter.name == "sharing_rate").unwrap();
    assert_eq!(rate.source, "First variation from 1 April 2027; A year of relief from 1 April 2028");
}

#[test]
fn laying_a_contract_out_leaves_its_variations_of_the_same_text() {
    for text in [FIGURES, TWO, CLAUSES] {
        let ragged = text.replace(":  ", ":").replace("    ", " ").replace("\n\n", "\n\n\n");
        assert_eq!(codes(&check(&world(&ragged))), Vec::<&str>::new());
        let laid_out = jcm::format(&ragged).map_err(|_| "it cannot be laid out").unwrap();
        assert_ne!(laid_out, ragged);
        assert_eq!(codes(&check(&world(&laid_out))), Vec::<&str>::new());
    }
}

#[test]
fn as_at_the_day_before_it_was_agreed_there_is_no_variation() {
    let then = check_as_at(&world(FIGURES), day("2027-01-13"));
    assert_eq!(codes(&then), Vec::<&str>::new());
    let program = then.program().unwrap();
    assert!(program.variations.is_empty());
    assert_eq!(program.contract.head.title, "Vale Alliance Agreement, as at 13 January 2027");
    assert_eq!(program.examples.len(), 1);
    assert_eq!(program.parameters, check(&world(signed(FIGURES))).program().unwrap().parameters);
    let agreed = check_as_at(&world(FIGURES), day("2027-01-14"));
    assert_eq!(agreed.program().unwrap().variations.len(), 1);
    assert_eq!(agreed.program().unwrap().examples.len(), 3);
}

#[test]
fn clauses_go_with_the_variation_that_brings_them() {
    let names = |as_at: &str| {
        let checked = check_as_at(&world(CLAUSES), day(as_at));
        assert_eq!(codes(&checked), Vec::<&str>::new(), "{as_at}");
        let program = checked.into_program().unwrap();
        program.clauses.iter().map(|clause| clause.head.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names("2026-04-01"), ["meetings", "leadership"]);
    assert_eq!(names("2026-12-31"), ["meetings", "leadership", "meetings_2027", "carers"]);
    assert_eq!(names("2027-12-31").len(), 5);
}

#[test]
fn layout_comments_examples_and_localities_can_change_under_a_variation_and_words_cannot() {
    let laid_out = FIGURES.replace("£200 per point", "   £200   per point // as in 2025/26");
    assert_eq!(codes(&check(&world(&laid_out))), Vec::<&str>::new());
    let another = "\nexample \"One more\" of gain_share in 2026/27 {\n    given actual_cost = £12,000,000, \
                   track = basic, points = 0 points, still_at_home = 84%\n    expect saving = £0\n}\n";
    assert_eq!(codes(&check(&world(&format!("{FIGURES}{another}")))), Vec::<&str>::new());
    for (from, to) in [
        ("£200 per point", "£201 per point"),
        ("meet every month", "meet every quarter"),
        ("\"Value of a point\"", "\"Value of one point\""),
        ("measure still_at_home", "/// Agreed in March.\nmeasure still_at_home"),
    ] {
        assert!(FIGURES.contains(from), "{from}");
        assert_eq!(codes(&check(&world(&FIGURES.replace(from, to)))), ["E0524"], "{to}");
    }
}

#[test]
fn variations_follow_one_another_as_they_were_agreed_wherever_they_stand() {
    let second = TWO.find("// Agreed later").unwrap();
    let end = TWO.find("\nexample ").unwrap();
    let (first_text, second_text) = (TWO.get(..second).unwrap(), TWO.get(second..end).unwrap());
    let first = first_text.find("\nvariation ").unwrap();
    let (base, first_text) = first_text.split_at(first);
    let turned = format!("{base}\n{second_text}\n{first_text}{}", TWO.get(end..).unwrap());
    let (as_it_stands, turned) = (check(&world(TWO)), check(&world(&turned)));
    assert_eq!(codes(&turned), Vec::<&str>::new(), "{:#?}", turned.diagnostics);
    assert_eq!(as_it_stands.program().unwrap().parameters, turned.program().unwrap().parameters);
}

#[test]
fn a_variation_may_stand_in_a_file_of_its_own() {
    let (main, rest) = FIGURES.split_at(signed(FIGURES).len());
    let end = rest.find("\nexample ").unwrap();
    let (variation, examples) = rest.split_at(end);
    let main = main.replacen("contract vale", "use changes\n\ncontract vale", 1);
    let check_with = |base: &str| {
        let stated = variation.lines().find(|line| line.trim_start().starts_with("base:")).unwrap();
        let module = format!("jcm 1\n{}", variation.replace(stated, &format!("    base: \"{base}\"")));
        check(&world(&format!("{main}{examples}")).with("changes", &module))
    };
    let told = check_with("00000000");
    assert_eq!(codes(&told), ["E0524"]);
    let label = &told.diagnostics[0].primary.text;
    let base = label.split(" is ").nth(1).unwrap().split(',').next().unwrap();
    assert_eq!(codes(&check_with(base)), Vec::<&str>::new());
}

#[test]
fn a_locality_keeps_the_figures_that_are_its_own() {
    let place = "\nlocality north \"North\" of vale {\n    sharing_rate = 45%\n}\n";
    let checked = check(&world(&format!("{FIGURES}{place}")));
    assert_eq!(codes(&checked), Vec::<&str>::new());
    let program = checked.program().unwrap();
    let north = program.at(program.locality_named("north").unwrap()).unwrap();
    let rows = |of: &jcm::Program, name: &str| {
        of.parameters.iter().find(|parameter| parameter.head.name == name).unwrap().rows.len()
    };
    assert_eq!((rows(program, "sharing_rate"), rows(&north, "sharing_rate")), (2, 1));
    assert_eq!(rows(&north, "point_value"), 2);
    assert_eq!(program.variations[0].figures.len(), north.variations[0].figures.len() + 1);
}

/// The lines of the printed contract that hold a text.
fn printed(text: &str, wanted: &str) -> Vec<String> {
    let checked = check(&world(text));
    let (program, settlement) = (checked.program().unwrap(), settling(&checked));
    let made = jcm::emit(program, &settlement).unwrap();
    let contract = made.iter().find(|made| made.target == jcm::Target::Markdown).unwrap();
    std::str::from_utf8(&contract.bytes)
        .unwrap()
        .lines()
        .filter(|line| line.contains(wanted))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_contract_prints_what_was_before_and_what_is_after() {
    assert_eq!(
        printed(FIGURES, "| from 1 April 2027 | 50% |"),
        ["| [Sharing rate](#figure-sharing_rate) | from 1 April 2027 | 50% | 40% |"]
    );
    let own =
        "| Sharing rate | 40% | from 1 April 2027 | The variation “[First variation](#variation-first)” |";
    assert_eq!(printed(FIGURES, own).len(), 1);
    assert_eq!(printed(FIGURES, "£10,200,000.00 per year | £11,000,000.00 per year").len(), 1);
    assert_eq!(printed(FIGURES, "| Enhanced | 75% | until 31 March 2027 |").len(), 1);
    assert_eq!(printed(FIGURES, "Varies the text"), [format!("| Varies the text | {} |", base_of(FIGURES))]);
}

fn base_of(text: &str) -> &str {
    text.lines().find(|line| line.trim_start().starts_with("base:")).unwrap().split('"').nth(1).unwrap()
}

#[test]
fn a_clause_is_printed_as_it_was_and_below_as_it_is_from_a_day() {
    let headings = printed(CLAUSES, "#### <a id=\"clause-");
    assert_eq!(
        headings,
        [
            "#### <a id=\"clause-meetings_2027\"></a>From 1 July 2026: Meetings",
            "#### <a id=\"clause-meetings_2028\"></a>From 1 April 2028: Meetings of the partners",
        ]
    );
    let first = printed(CLAUSES, "**1.1** The partners meet");
    assert_eq!(first.len(), 3, "{first:?}");
    assert_eq!(printed(CLAUSES, "From 1 April 2028 this clause is no longer part of the contract").len(), 1);
    assert_eq!(printed(CLAUSES, "This clause is part of the contract from 1 July 2026").len(), 1);
}
