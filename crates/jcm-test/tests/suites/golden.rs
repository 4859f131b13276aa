//! `tests/golden`: what is made of an example contract, to the byte.

use super::files;
use jcm::{Target, check, emit, settlement};
use jcm_settle::{By, Engine};
use libtest_mimic::{Failed, Trial};

/// The example whose outputs are kept.
const EXAMPLE: &str = "examples/stour-valley";
const DATA: &str = "year-end.csv";
const PERIOD: &str = "2027/28";
/// The case with a loss, and a partner whose part of it is limited.
const CASE: &str = "South Stour";

pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("golden/stour-valley", stour_valley)]
}

/// Differs where the contract, the compiler or the words of a statement change: read the difference, then bless it.
fn stour_valley() -> Result<(), Failed> {
    let made = outputs()?;
    for (name, text) in &made {
        let path = files::path("tests/golden/stour-valley").join(name);
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

/// The specification, the settled table, and the statement of one case.
fn outputs() -> Result<Vec<(&'static str, String)>, Failed> {
    let folder = files::path(EXAMPLE);
    let contract = files::read(&folder.join("contract.jcm"))?;
    let checked = check(&jcm::InMemory::new("contract.jcm", &contract));
    let Some(program) = checked.program() else { return Err(format!("{:#?}", checked.diagnostics).into()) };
    let settlement = settlement(program, &checked.sources);
    let targets = emit(program, &settlement).map_err(|refused| format!("{refused:#?}"))?;
    let specification = targets.into_iter().find(|made| made.target == Target::Settlement);
    let specification = specification.map(|made| made.text).unwrap_or_default();

    // What finance has is the specification and the data file, so that is what is settled here.
    let engine = Engine::from_json(&specification).map_err(|reason| reason.to_string())?;
    let data = files::read(&folder.join(DATA))?;
    let refused = |problems: jcm_settle::Problems| problems.to_string();
    let table = engine.read(None, Some(PERIOD), DATA, data.as_bytes()).map_err(refused)?;
    let results = engine.settle(&table, &|_, _| ()).map_err(refused)?;
    let statement = engine.statement(&table, &results, CASE).map_err(refused)?.text();
    let settled = engine.results_csv(&table, &results, By::Case);
    Ok(vec![("settlement.json", specification), ("settled.csv", settled), ("statement.txt", statement)])
}

/// The first line that is not the same, from both.
fn first_difference(expected: &str, found: &str) -> String {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (expected, found) = (lines(expected), lines(found));
    let same = expected.iter().zip(&found).take_while(|(expected, found)| expected == found).count();
    let line = |lines: &[String]| lines.get(same).map_or("(the end)", String::as_str).to_owned();
    format!("line {}\n  expected: {}\n  found:    {}", same + 1, line(&expected), line(&found))
}
