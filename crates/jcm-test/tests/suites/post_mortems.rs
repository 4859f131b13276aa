//! `examples/post-mortems`: contracts that went wrong. As signed, each is refused by exactly the criteria and codes that its
//! README names; as mended, it has no problem.

use super::files;
use jcm_test::Project;
use libtest_mimic::{Failed, Trial};
use std::collections::BTreeSet;

const FOLDER: &str = "examples/post-mortems";

pub(crate) fn trials() -> Vec<Trial> {
    let names = files::under(FOLDER, "jcm").into_iter().filter_map(|(name, _)| {
        let (case, file) = name.split_once('/')?;
        (file == "as-signed").then(|| case.to_owned())
    });
    names.map(|case| Trial::test(format!("post-mortems/{case}"), move || run(&case))).collect()
}

fn run(case: &str) -> Result<(), Failed> {
    let text = |name: &str| files::read(&files::path(&format!("{FOLDER}/{case}/{name}")));
    let named = named(&text("README.md")?);
    if named.is_empty() {
        return Err("the README names nothing that refuses it".into());
    }
    let signed = Project::whole(&text("as-signed.jcm")?).check();
    let found: BTreeSet<String> = signed.findings.iter().map(|finding| asked(finding).to_owned()).collect();
    if found != named {
        return Err(format!("the README names {named:?}, and it is refused by\n{}", signed.shown()).into());
    }
    let mended = Project::whole(&text("mended.jcm")?).check();
    if mended.findings.is_empty() { Ok(()) } else { Err(mended.shown().into()) }
}

/// The criterion that asks, or the code of what is refused before any is asked.
fn asked(finding: &jcm_test::Finding) -> &str {
    match finding.message.split_once(": ") {
        Some((criterion, _)) if matches!(finding.code.as_str(), "E0901" | "W0901" | "W0902") => criterion,
        _ => &finding.code,
    }
}

/// The first column of the table under “What refuses it”.
fn named(readme: &str) -> BTreeSet<String> {
    let section = readme.split("## What refuses it").nth(1).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    rows.filter(|cell| !matches!(*cell, "Criterion" | "---")).map(str::to_owned).collect()
}
