//! `tests/golden`: what is made of an example contract, to the byte.

use super::files;
use jcm::{Target, check, emit, settlement};
use jcm_settle::{By, Engine};
use libtest_mimic::{Failed, Trial};
use std::path::Path;

/// The example whose outputs are kept.
const EXAMPLE: &str = "examples/stour-valley";
const DATA: &str = "year-end.csv";
const PERIOD: &str = "2027/28";
/// A year with a loss, and a partner whose part of it is limited.
const LOSS: &str = "overspend.csv";
const CASE: &str = "Stour Valley";

/// The examples whose settled table is kept: the folder, the data file, and its period.
const SETTLED: [(&str, &str, &str); 14] = [
    ("departmental-capitation", "cross-billing.csv", "2017/18"),
    ("pooled-fund", "schemes.csv", "2026/27"),
    ("rate-card", "quarter.csv", "Q4 2026/27"),
    ("readmission-reduction", "hospitals.csv", "2025"),
    ("risk-corridors", "groups.csv", "2025"),
    ("star-ratings", "plans.csv", "2026"),
    ("value-based-purchasing", "results.csv", "2025"),
    ("accountable-care", "year.csv", "2027/28"),
    ("alzira", "year.csv", "2027/28"),
    ("incomplete-contract", "year.csv", "2027/28"),
    ("lead-provider", "year.csv", "2027/28"),
    ("outcomes-based-commissioning", "year.csv", "2027/28"),
    ("partnering", "year.csv", "2027/28"),
    ("value-based-healthcare", "year.csv", "2027/28"),
];

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test("golden/stour-valley", stour_valley)];
    let settled = |(example, data, period): &(&'static str, &'static str, &'static str)| {
        let (example, data, period) = (*example, *data, *period);
        Trial::test(format!("golden/{example}"), move || settled(example, data, period))
    };
    trials.extend(SETTLED.iter().map(settled));
    trials
}

/// An example checks without a word, and settles its data file into the table that is kept.
fn settled(example: &str, data: &str, period: &str) -> Result<(), Failed> {
    let folder = files::path("examples").join(example);
    let specification = specification(&files::read(&folder.join("contract.jcm"))?)?;
    let made = Run::of(&specification, &folder, data, period)?.settled();
    keep(example, &[("settled.csv", made)])
}

/// Differs where the contract, the compiler or the words of a statement change: read the difference, then bless it.
fn stour_valley() -> Result<(), Failed> {
    let folder = files::path(EXAMPLE);
    let specification = specification(&files::read(&folder.join("contract.jcm"))?)?;
    let run = Run::of(&specification, &folder, LOSS, PERIOD)?;
    let statement = run.engine.statement(&run.table, &run.results, CASE).map_err(refused)?.text();
    let made = [
        ("settlement.json", specification.clone()),
        ("settled.csv", Run::of(&specification, &folder, DATA, PERIOD)?.settled()),
        ("statement.txt", statement),
    ];
    keep("stour-valley", &made)
}

/// Compares what was made with what is kept, or keeps it.
fn keep(example: &str, made: &[(&str, String)]) -> Result<(), Failed> {
    for (name, text) in made {
        let path = files::path("tests/golden").join(example).join(name);
        if files::blessing() {
            files::bless(&path, text)?;
        } else if files::read(&path)? != *text {
            return Err(format!(
                "{name} differs; JCM_BLESS=1 rewrites it\n{}",
                first_difference(&files::read(&path)?, text)
            )
            .into());
        }
    }
    Ok(())
}

/// The specification of a contract that has no problem and no warning.
fn specification(contract: &str) -> Result<String, Failed> {
    let checked = check(&jcm::InMemory::new("contract.jcm", contract));
    let Some(program) = checked.program().filter(|_| checked.diagnostics.is_empty()) else {
        return Err(format!("{:#?}", checked.diagnostics).into());
    };
    let settlement = settlement(program, &checked.sources);
    let targets = emit(program, &settlement).map_err(|refused| format!("{refused:#?}"))?;
    let specification = targets.into_iter().find(|made| made.target == Target::Settlement);
    Ok(specification.and_then(|made| String::from_utf8(made.bytes).ok()).unwrap_or_default())
}

/// What finance has is the specification and the data file, so that is what is settled here.
struct Run {
    engine: Engine,
    table: jcm_settle::Table,
    results: jcm_settle::Results,
}

impl Run {
    fn of(specification: &str, folder: &Path, data: &str, period: &str) -> Result<Self, Failed> {
        let engine = Engine::from_json(specification).map_err(|reason| reason.to_string())?;
        let text = files::read(&folder.join(data))?;
        let table = engine.read(None, Some(period), data, text.as_bytes()).map_err(refused)?;
        let results = engine.settle(&table, &|_, _| ()).map_err(refused)?;
        Ok(Self { engine, table, results })
    }

    fn settled(&self) -> String {
        self.engine.results_csv(&self.table, &self.results, By::Case)
    }
}

fn refused(problems: jcm_settle::Problems) -> String {
    problems.to_string()
}

/// The first line that is not the same, from both.
fn first_difference(expected: &str, found: &str) -> String {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (expected, found) = (lines(expected), lines(found));
    let same = expected.iter().zip(&found).take_while(|(expected, found)| expected == found).count();
    let line = |lines: &[String]| lines.get(same).map_or("(the end)", String::as_str).to_owned();
    format!("line {}\n  expected: {}\n  found:    {}", same + 1, line(&expected), line(&found))
}
