//! `tests/errors`: contracts as people break them, each with everything that is found in it.

use super::{files, reference};
use jcm_test::{Expected, Project};
use libtest_mimic::{Failed, Trial};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const FOLDER: &str = "tests/errors";

/// Fewer than two ways to break a contract lead to these.
const FEWER: [(&str, usize); 7] = [
    ("E0214", 0),
    ("E0505", 1),
    ("E0518", 1),
    ("E0519", 0),
    ("E0601", 0),
    // They are problems of a file beside the contract: `tests/cli/scenarios.md`.
    ("E0908", 0),
    ("E0909", 0),
];

pub(crate) fn trials() -> Vec<Trial> {
    let case = |(name, path): (String, PathBuf)| {
        let code = name.split('-').next().unwrap_or_default().to_owned();
        Trial::test(format!("errors/{name}"), move || run(&code, &path))
    };
    let mut trials: Vec<Trial> = files::under(FOLDER, "jcm").into_iter().map(case).collect();
    trials.push(Trial::test("errors has cases for each code", every_code_has_its_cases));
    trials
}

fn run(code: &str, path: &Path) -> Result<(), Failed> {
    let text = files::read(path)?;
    let base = files::base()?;
    let find = |text: &str| Project::of(text, &base).check_for(code).findings;
    if files::blessing() {
        let blessed = Expected::blessed(&text, find);
        return if blessed == text { Ok(()) } else { files::bless(path, &blessed) };
    }
    let expected =
        Expected::all(&text).map_err(|line| format!("`{line}` is not `CODE at LINE:COLUMN \"text\"`"))?;
    if !expected.iter().any(|expected| expected.code() == code) {
        return Err(format!("nothing here is expected to give {code}").into());
    }
    let differences = Expected::differences(&expected, &find(&text));
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
}

/// Data files have their own tests, in the crate that reads them.
fn every_code_has_its_cases() -> Result<(), Failed> {
    let mut cases: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in files::under(FOLDER, "jcm") {
        *cases.entry(name.split('-').next().unwrap_or_default().to_owned()).or_default() += 1;
    }
    let needed = |code: &str| FEWER.iter().find(|(known, _)| *known == code).map_or(2, |(_, count)| *count);
    let codes = reference::codes()?;
    let too_few: Vec<&String> = codes
        .iter()
        .filter(|code| {
            !code.starts_with("E07") && cases.get(*code).copied().unwrap_or_default() < needed(code)
        })
        .collect();
    if too_few.is_empty() { Ok(()) } else { Err(format!("too few cases of {too_few:?}").into()) }
}
