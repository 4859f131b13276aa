//! `stdlib/templates`: each contract that `jcm new` begins from has no error and so meets every criterion of that level,
//! is as long as a contract is, says nothing of what it does not have, and settles its data.
//!
//! `tests/templates/words.csv` says which words in a clause need what in the contract.

use super::files;
use jcm::{InMemory, Severity, Target, Template};
use jcm_settle::Engine;
use libtest_mimic::{Failed, Trial};

const WORDS: &str = "tests/templates/words.csv";

/// Twenty-five printed pages hold about this many words.
const LEAST_WORDS: usize = 10_000;

pub(crate) fn trials() -> Vec<Trial> {
    let trial = |template: &'static Template| {
        Trial::test(format!("templates/{}", template.name), move || fits(template))
    };
    jcm::templates().iter().map(trial).collect()
}

fn fits(template: &Template) -> Result<(), Failed> {
    let checked = jcm::check(&InMemory::new("contract.jcm", template.contract));
    let said: Vec<&jcm::Diagnostic> =
        checked.diagnostics.iter().filter(|found| found.severity != Severity::Note).collect();
    let Some(program) = checked.program().filter(|_| said.is_empty()) else {
        return Err(format!("{said:#?}").into());
    };
    let settlement = jcm::settlement(program, &checked.sources);
    let targets = jcm::emit(program, &settlement).map_err(|refused| format!("{refused:#?}"))?;
    let text = |target: Target| {
        let made = targets.iter().find(|made| made.target == target);
        made.map(|made| String::from_utf8_lossy(&made.bytes).into_owned()).unwrap_or_default()
    };
    settles(template, &text(Target::Settlement))?;
    let printed = text(Target::Markdown);
    let mut gaps = schedules(&printed);
    gaps.extend(words(template, &printed)?);
    let length = printed.split_whitespace().count();
    if length < LEAST_WORDS {
        gaps.push(format!("it has {length} words"));
    }
    if gaps.is_empty() { Ok(()) } else { Err(gaps.join("\n").into()) }
}

fn settles(template: &Template, specification: &str) -> Result<(), Failed> {
    let engine = Engine::from_json(specification).map_err(|reason| reason.to_string())?;
    let table = engine.read(None, None, "data.csv", template.data.as_bytes()).map_err(|no| no.to_string())?;
    let results = engine.settle(&table, &|_, _| ()).map_err(|no| no.to_string())?;
    let by_case = engine.results_csv(&table, &results, jcm_settle::By::Case);
    if by_case.lines().count() > 1 { Ok(()) } else { Err("nothing is settled".into()) }
}

/// Schedules that are spoken of and are not there.
fn schedules(printed: &str) -> Vec<String> {
    let number =
        |after: &str| after.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u32>().ok();
    let mut missing: Vec<u32> = printed
        .split("Schedule ")
        .skip(1)
        .filter_map(number)
        .filter(|number| !printed.contains(&format!("id=\"schedule-{number}\"")))
        .collect();
    missing.dedup();
    missing.iter().map(|number| format!("there is no Schedule {number}")).collect()
}

/// What the clauses speak of and the contract does not have.
fn words(template: &Template, printed: &str) -> Result<Vec<String>, Failed> {
    let clauses = printed.split("id=\"signatures\"").next().unwrap_or_default();
    let clauses = clauses.split("id=\"part-commitment\"").nth(1).unwrap_or_default().to_lowercase();
    let rules = files::read(&files::path(WORDS))?;
    let mut found = Vec::new();
    for rule in rules.lines().skip(1) {
        let (words, needs) = rule.split_once(',').ok_or("a rule has two cells")?;
        let needs = needs.trim_matches('"');
        if clauses.contains(words) && !template.contract.contains(needs) {
            found.push(format!("a clause speaks of “{words}”, and there is no `{needs}`"));
        }
    }
    Ok(found)
}
