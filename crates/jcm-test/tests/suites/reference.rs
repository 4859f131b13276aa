//! `tests/reference/errors`: one page for each code, whose example gives the code and whose mend gives nothing.

use super::files;
use jcm_test::{Page, Project, Section};
use libtest_mimic::{Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const FOLDER: &str = "tests/reference/errors";

/// The crates whose sources spell codes.
const CRATES: [&str; 4] = ["jcm-syntax", "jcm-sema", "jcm", "jcm-settle"];

/// Codes that no contract can be made to give; their pages say when they appear.
const WITHOUT_EXAMPLE: [&str; 4] = ["E0214", "E0519", "E0908", "E0909"];

pub(crate) fn trials() -> Vec<Trial> {
    let page = |(name, path): (String, std::path::PathBuf)| {
        let code = name.clone();
        Trial::test(format!("reference/errors/{name}"), move || run(&code, &path))
    };
    let mut trials: Vec<Trial> = files::under(FOLDER, "md").into_iter().map(page).collect();
    trials.push(Trial::test("reference/base", || {
        let outcome = Project::whole(&files::base()?).check();
        if outcome.findings.is_empty() { Ok(()) } else { Err(outcome.shown().into()) }
    }));
    trials.push(Trial::test("reference/errors has a page for each code", every_code_has_its_page));
    trials.push(Trial::test("reference/errors has one meaning for each code", every_code_has_one_meaning));
    trials
}

fn run(code: &str, path: &Path) -> Result<(), Failed> {
    let page = Page::read(&files::read(path)?)?;
    if page.code != code {
        return Err(format!("the page of {code} begins with {}", page.code).into());
    }
    if let Some(meaning) = meanings().get(code).filter(|meaning| **meaning != page.title) {
        return Err(format!("the title is `{}`, and the list of codes says `{meaning}`", page.title).into());
    }
    if WITHOUT_EXAMPLE.contains(&code) {
        return Ok(());
    }
    let base = files::base()?;
    let (codes, said) = page.run(Section::Example, &base)?;
    if codes != [code] {
        return Err(format!("the example gives {codes:?}, not {code} alone\n{said}").into());
    }
    if page.blocks(Section::Mend).is_empty() {
        return Err("there is no block under `How to mend it`".into());
    }
    let (codes, said) = page.run(Section::Mend, &base)?;
    if !codes.is_empty() {
        return Err(format!("what is mended gives {codes:?}\n{said}").into());
    }
    Ok(())
}

fn every_code_has_its_page() -> Result<(), Failed> {
    let known = codes()?;
    let pages: BTreeSet<String> = files::under(FOLDER, "md").into_iter().map(|(name, _)| name).collect();
    let without: Vec<&String> = known.difference(&pages).collect();
    let surplus: Vec<&String> = pages.difference(&known).collect();
    if without.is_empty() && surplus.is_empty() {
        return Ok(());
    }
    Err(format!("codes without a page: {without:?}; pages without a code: {surplus:?}").into())
}

fn every_code_has_one_meaning() -> Result<(), Failed> {
    let codes = jcm::codes();
    let twice: Vec<String> = codes
        .iter()
        .zip(codes.iter().skip(1))
        .filter(|((code, _), (next, _))| code == next)
        .map(|((code, meaning), (_, other))| format!("{code}: `{meaning}` and `{other}`"))
        .collect();
    if twice.is_empty() { Ok(()) } else { Err(twice.join("\n").into()) }
}

/// The meanings of the codes that a contract can be given.
fn meanings() -> BTreeMap<&'static str, &'static str> {
    jcm::codes().into_iter().map(|(code, meaning)| (code.0, meaning)).collect()
}

/// Every code of every crate, as its sources spell it: a list could be forgotten, the source that makes a problem not.
pub(crate) fn codes() -> Result<BTreeSet<String>, Failed> {
    let mut codes: BTreeSet<String> = meanings().keys().map(|code| (*code).to_owned()).collect();
    for name in CRATES {
        for (_, path) in files::under(&format!("crates/{name}/src"), "rs") {
            let text = files::read(&path)?;
            codes.extend(text.split('"').filter(|piece| is_code(piece)).map(str::to_owned));
        }
    }
    Ok(codes)
}

fn is_code(text: &str) -> bool {
    text.len() == 5
        && text.starts_with(['E', 'W'])
        && text.chars().skip(1).all(|letter| letter.is_ascii_digit())
}
