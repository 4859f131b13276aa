//! No text makes the compiler panic or lose a byte: contracts cut off, with a byte missing, and noise.
//!
//! Each contract is damaged at a fixed stride, so that the suite stays within a minute; `JCM_DAMAGE=10000` damages it
//! almost everywhere.

use super::{files, lang};
use jcm_test::{Project, damaged, losslessly_parsed, noise};
use libtest_mimic::{Failed, Trial};
use std::path::{Path, PathBuf};

const FOLDERS: [&str; 2] = ["examples", lang::FOLDER];

/// How often each contract is cut off, and how often a byte of it is left out.
const PARSED: usize = 60;
/// Every so many of these are checked as well.
const CHECKED: usize = 6;
const NOISE: u64 = 400;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for folder in FOLDERS {
        let case = |(name, path): (String, PathBuf)| {
            let last = folder.rsplit('/').next().unwrap_or(folder);
            Trial::test(format!("robustness/{last}/{name}"), move || run(&path))
        };
        trials.extend(files::under(folder, "jcm").into_iter().map(case));
    }
    trials.push(Trial::test("robustness/noise", || {
        (0..NOISE).map(noise).try_for_each(|text| survives(&Project::whole(&text), true))
    }));
    trials
}

fn run(path: &Path) -> Result<(), Failed> {
    let asked = std::env::var_os("JCM_DAMAGE").and_then(|value| value.to_str()?.parse().ok());
    let project = lang::project(path, &files::read(path)?)?;
    damaged(project.text(), asked.unwrap_or(PARSED))
        .enumerate()
        .try_for_each(|(place, text)| survives(&Project::whole(&text), place % CHECKED == 0))
}

/// A panic fails the trial; what is said of a damaged text must be said.
fn survives(project: &Project, checked: bool) -> Result<(), Failed> {
    losslessly_parsed(project.text())?;
    let findings = if checked { project.check().findings } else { Vec::new() };
    match findings.iter().find(|finding| finding.message.trim().is_empty()) {
        Some(finding) => Err(format!("{finding} says nothing of\n{:?}", project.text()).into()),
        None => Ok(()),
    }
}
