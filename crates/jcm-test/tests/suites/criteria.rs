//! `tests/criteria`: one contract that meets every criterion, and for each criterion two changes to it: one after which
//! the criterion is still met, and one after which it alone is not.

use super::files;
use jcm_test::Project;
use libtest_mimic::{Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const FOLDER: &str = "tests/criteria";
const BASE: &str = "tests/criteria/base.jcm";

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("criteria/base", the_base_meets_everything),
        Trial::test("criteria has cases for each criterion", every_criterion_has_its_cases),
    ];
    for (name, path) in files::under(FOLDER, "jcm") {
        if let Some((criterion, case)) = name.split_once('/') {
            let (criterion, case) = (criterion.to_owned(), kind_of(case).to_owned());
            trials.push(Trial::test(format!("criteria/{name}"), move || run(&criterion, &case, &path)));
        }
    }
    trials
}

fn run(criterion: &str, case: &str, path: &Path) -> Result<(), Failed> {
    let text = files::read(path)?;
    let outcome = Project::changed(&text, &files::read(&files::path(BASE))?).check();
    // The compiler refuses some contracts before their criteria are asked.
    let refused = text.lines().find_map(|line| line.strip_prefix("//~ "));
    let good = match (case, outcome.findings.as_slice()) {
        ("broken", [finding]) => match refused {
            Some(code) => finding.code == code,
            None => finding.message.starts_with(&format!("{criterion}: ")),
        },
        ("broken", _) => false,
        (_, findings) => refused.is_none() && findings.is_empty(),
    };
    let wanted = if case == "met" { "nothing" } else { "one finding, of the criterion," };
    if good { Ok(()) } else { Err(format!("expected {wanted} and found\n{}", outcome.shown()).into()) }
}

/// `met` of `met-by-a-condition`.
fn kind_of(case: &str) -> &str {
    case.split('-').next().unwrap_or(case)
}

fn the_base_meets_everything() -> Result<(), Failed> {
    let outcome = Project::whole(&files::read(&files::path(BASE))?).check();
    if outcome.findings.is_empty() { Ok(()) } else { Err(outcome.shown().into()) }
}

fn every_criterion_has_its_cases() -> Result<(), Failed> {
    let base = files::read(&files::path(BASE))?;
    let checked = jcm::check(&jcm::InMemory::new("contract.jcm", &base));
    let Some(program) = checked.program() else { return Err("the base has an error".into()) };
    let asked: BTreeSet<&str> =
        program.criteria.iter().map(|criterion| criterion.head.name.as_str()).collect();
    let names = files::under(FOLDER, "jcm");
    let mut cases: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (criterion, case) in names.iter().filter_map(|(name, _)| name.split_once('/')) {
        cases.entry(criterion).or_default().insert(kind_of(case));
    }
    let wanted = BTreeSet::from(["broken", "met"]);
    let without: Vec<&&str> = asked.iter().filter(|name| cases.get(**name) != Some(&wanted)).collect();
    let surplus: Vec<&&str> = cases.keys().filter(|name| !asked.contains(**name)).collect();
    if without.is_empty() && surplus.is_empty() {
        return Ok(());
    }
    Err(format!("criteria without `met` and `broken`: {without:?}; cases of no criterion: {surplus:?}")
        .into())
}
