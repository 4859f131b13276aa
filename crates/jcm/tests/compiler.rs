//! The compiler from text to artefacts, on a contract of two incentives in two files.

#![expect(clippy::unwrap_used, reason = "a test whose contract does not check has failed")]

use jcm::{Checked, InMemory, Program, Settlement, Target, check, emit, run_examples, settlement};

const MAIN: &str = include_str!("compiler/contract.jcm");
const PARTNERS: &str = include_str!("compiler/partners.jcm");

fn world(main: &str) -> InMemory {
    InMemory::new("contract.jcm", main).with("people.partners", PARTNERS)
}

fn changed(from: &str, to: &str) -> Checked {
    assert!(MAIN.contains(from), "{from}");
    check(&world(&MAIN.replace(from, to)))
}

fn codes(checked: &Checked) -> Vec<&'static str> {
    checked.diagnostics.iter().map(|diagnostic| diagnostic.code.0).collect()
}

fn whole() -> (Program, Settlement) {
    let checked = check(&world(MAIN));
    assert_eq!(codes(&checked), Vec::<&str>::new(), "{:#?}", checked.diagnostics);
    let settlement = settlement(checked.program().unwrap(), &checked.sources);
    (checked.into_program().unwrap(), settlement)
}

#[test]
fn every_line_is_a_step_with_its_place_and_its_words() {
    let (program, settlement) = whole();
    assert_eq!(jcm_calculus::verify(&settlement), Ok(()));
    assert_eq!(settlement.steps.len(), program.lines.len());
    let step = settlement.steps.iter().find(|step| step.name == "gain_share.payable").unwrap();
    assert_eq!(step.origin.clause, "Schedule 3, Sharing of savings, line 2");
    assert_eq!((step.origin.file.as_str(), step.group.as_str()), ("contract.jcm", "gain_share"));
    let line = MAIN.lines().nth(step.origin.line as usize - 1).unwrap();
    assert_eq!(step.origin.text, line.split_whitespace().collect::<Vec<_>>().join(" "));
    assert!(step.words.ends_with('.'), "{}", step.words);
}

#[test]
fn an_example_of_one_incentive_needs_no_figures_of_another() {
    let (program, settlement) = whole();
    let results = run_examples(&program, &settlement);
    assert_eq!(results.iter().filter(|result| result.passed()).count(), 2, "{results:#?}");
    let computed = jcm::compute(&program, &settlement);
    let titles: Vec<&str> = computed.examples[1]
        .lines
        .iter()
        .map(|line| program.line(line.line).unwrap().head.title.as_str())
        .collect();
    assert_eq!(titles, ["Bonus due"]);
}

#[test]
fn an_example_that_is_off_by_a_penny_is_refused_with_both_figures() {
    let checked = changed("receives £250,000.00", "receives £250,000.01");
    assert_eq!(codes(&checked), ["E0510"]);
    let problem = &checked.diagnostics[0];
    assert_eq!(problem.message, "the example expects £250,000.01; the contract gives £250,000.00");
    assert_eq!(checked.sources.text_of(problem.primary.span), "expect  hospital  receives £250,000.01");
    assert!(checked.program().is_none());
}

#[test]
fn the_first_line_that_differs_is_named_first_and_the_others_follow() {
    let checked = changed("£1,000,000 per year", "£1,200,000 per year");
    assert_eq!(codes(&checked), ["E0510"]);
    let problem = &checked.diagnostics[0];
    assert_eq!(checked.sources.text_of(problem.primary.span), "expect  saving    = £500,000");
    assert!(problem.help[0].contains("Saving"), "{:?}", problem.help);
    assert!(problem.secondary.iter().any(|label| checked.sources.text_of(label.span).contains("receives")));
}

#[test]
fn an_example_that_stops_says_why() {
    let checked = changed("visits * £2.50 per visit", "£100 * (visits / (visits - 40 visits))");
    assert_eq!(codes(&checked), ["E0511"], "{:#?}", checked.diagnostics);
    let problem = &checked.diagnostics[0];
    assert!(
        problem.message.contains("“Bonus due” (Schedule 3, Bonus, line 1) divides by zero"),
        "{}",
        problem.message
    );
}

#[test]
fn modules_are_read_once_and_may_ask_for_each_other() {
    let partners = format!("use people.partners\nuse people.more\n{}", PARTNERS.trim_start_matches("jcm 1"));
    let world = InMemory::new("contract.jcm", MAIN)
        .with("people.partners", &format!("jcm 1\n{partners}"))
        .with("people.more", "jcm 1\nuse people.partners\n");
    let checked = check(&world);
    let mut names: Vec<&str> = checked.sources.iter().map(|(_, file)| file.name()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "contract.jcm",
            "people/more.jcm",
            "people/partners.jcm",
            "std/powers/england.jcm",
            "std/prelude.jcm",
            "std/words.jcm"
        ]
    );
}

#[test]
fn a_module_that_is_not_there_is_a_problem_at_the_place_that_asks_for_it() {
    let checked = check(&InMemory::new("contract.jcm", MAIN).with("people.partner", PARTNERS));
    let problem =
        checked.diagnostics.iter().find(|d| checked.sources.text_of(d.primary.span) == "people.partners");
    assert!(problem.is_some_and(jcm::Diagnostic::is_error), "{:#?}", checked.diagnostics);
}

#[test]
fn a_text_that_is_no_contract_has_problems_and_no_program() {
    for text in [
        "",
        "jcm 1\n",
        "jcm 1\ncontarct x \"X\" {}\n",
        "\u{0}\u{feff}{{{{",
        "jcm 1\r\nuse use\r\ninclude\r\n",
    ] {
        let checked = check(&InMemory::new("x.jcm", text));
        assert!(checked.program().is_none(), "{text:?}");
        assert!(checked.diagnostics.iter().any(jcm::Diagnostic::is_error), "{text:?}");
    }
}

#[test]
fn every_prefix_of_a_contract_is_checked_without_a_panic() {
    for end in (0..MAIN.len()).filter(|end| MAIN.is_char_boundary(*end)).step_by(7) {
        let checked = check(&world(MAIN.get(..end).unwrap()));
        assert!(checked.diagnostics.iter().all(|problem| !problem.message.is_empty()), "{end}");
    }
}

#[test]
fn the_same_sources_make_the_same_bytes() {
    let (program, settlement) = whole();
    let first = emit(&program, &settlement).unwrap();
    let (program, settlement) = whole();
    assert_eq!(emit(&program, &settlement).unwrap(), first);
    assert!(first.iter().all(|made| jcm::made_by_jcm(&made.bytes)));
    assert!(!jcm::made_by_jcm(MAIN.as_bytes()));
}

#[test]
fn the_specification_reads_back_as_the_settlement() {
    let (program, settlement) = whole();
    let made = emit(&program, &settlement).unwrap();
    let json = made.iter().find(|made| made.target == Target::Settlement).unwrap();
    assert_eq!(jcm_spec::read(std::str::from_utf8(&json.bytes).unwrap()).unwrap(), settlement);
}

#[test]
fn the_hash_tells_any_change_of_any_module() {
    let hash = |world: InMemory| check(&world).into_program().unwrap().source_hash;
    let first = hash(world(MAIN));
    assert_eq!(first.len(), 64);
    assert_ne!(hash(world(&format!("{MAIN}\n"))), first);
    let partners = format!("{PARTNERS}\n");
    assert_ne!(hash(InMemory::new("contract.jcm", MAIN).with("people.partners", &partners)), first);
    // The name of the file is where the contract happens to lie, and no part of it.
    let elsewhere = InMemory::new("/elsewhere/contract.jcm", MAIN).with("people.partners", PARTNERS);
    assert_eq!(hash(elsewhere), first);
}

#[test]
fn the_edition_is_the_one_that_a_contract_names() {
    let named = MAIN.lines().next().unwrap();
    assert_eq!(named, format!("jcm {}", jcm::EDITION));
    assert_eq!(codes(&changed(named, "jcm 2")), ["E0102"]);
}

#[test]
fn the_main_file_is_the_one_that_declares_a_contract() {
    assert!(jcm::declares_contract(MAIN));
    assert!(jcm::declares_contract(&format!("\u{feff}{}", MAIN.replace('\n', "\r\n"))));
    assert!(!jcm::declares_contract(PARTNERS));
    assert!(!jcm::declares_contract("// contract x\n  contract_of(\n"));
}
