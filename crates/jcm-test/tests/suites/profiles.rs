//! `tests/profiles`: for each profile of the library a contract that meets every rule of it, and for each rule a change
//! to that contract after which it is not met.

use super::files;
use jcm_test::Project;
use libtest_mimic::{Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const FOLDER: &str = "tests/profiles";

pub(crate) fn trials() -> Vec<Trial> {
    let mut profiles: BTreeMap<String, BTreeMap<String, PathBuf>> = BTreeMap::new();
    for (name, path) in files::under(FOLDER, "jcm") {
        if let Some((profile, case)) = name.split_once('/') {
            profiles.entry(profile.to_owned()).or_default().insert(case.to_owned(), path);
        }
    }
    let mut trials = Vec::new();
    for (profile, mut cases) in profiles {
        let Some(base) = cases.remove("base") else { continue };
        let rules: BTreeSet<String> = cases.keys().map(|case| rule_of(case).to_owned()).collect();
        for (case, path) in cases {
            let base = base.clone();
            trials
                .push(Trial::test(format!("profiles/{profile}/{case}"), move || breaks(&case, &path, &base)));
        }
        trials.push(Trial::test(format!("profiles/{profile}/base"), move || meets(&profile, &rules, &base)));
    }
    trials
}

/// `LP1` of `LP1-another-provider`.
fn rule_of(case: &str) -> &str {
    case.split('-').next().unwrap_or(case)
}

/// The contract has no problem, follows the profile that the folder is called by, and there is a case for each rule.
fn meets(profile: &str, cases: &BTreeSet<String>, base: &Path) -> Result<(), Failed> {
    let text = files::read(base)?;
    let outcome = Project::whole(&text).check();
    if !outcome.findings.is_empty() {
        return Err(outcome.shown().into());
    }
    let checked = jcm::check(&jcm::InMemory::new("contract.jcm", &text));
    let Some(program) = checked.program() else { return Err("the base has an error".into()) };
    let rules: BTreeSet<String> =
        program.criteria.iter().map(|criterion| criterion.head.name.clone()).collect();
    let follows: Vec<&str> = program.contract.follows.iter().map(|(followed, _)| followed.as_str()).collect();
    if follows != [profile] || rules != *cases {
        return Err(format!("{profile}: follows {follows:?}, rules {rules:?}, cases {cases:?}").into());
    }
    Ok(())
}

/// One slip of structure can break several rules, so that others of the profile may be found with it.
fn breaks(case: &str, path: &Path, base: &Path) -> Result<(), Failed> {
    let outcome = Project::changed(&files::read(path)?, &files::read(base)?).check();
    let rule = format!("{}: ", rule_of(case));
    let asked = ["E0901", "W0901", "W0902"];
    let only_rules = outcome.findings.iter().all(|finding| asked.contains(&finding.code.as_str()));
    if only_rules && outcome.findings.iter().any(|finding| finding.message.starts_with(&rule)) {
        return Ok(());
    }
    Err(format!("expected that {} is not met, and found\n{}", rule_of(case), outcome.shown()).into())
}
