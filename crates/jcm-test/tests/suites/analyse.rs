//! What `jcm analyse` says of the examples and of `tests/analyse`: every witness settles to what it shows, and figures at
//! random contradict no proof.

use super::files;
use jcm_test::Project;
use libtest_mimic::{Failed, Trial};
use std::path::{Path, PathBuf};

/// Cases for each proof and period.
const CASES: usize = 60;

pub(crate) fn trials() -> Vec<Trial> {
    let examples = files::under("examples", "jcm").into_iter().filter(|(name, _)| name.ends_with("contract"));
    let own = files::under("tests/analyse", "jcm");
    let contract =
        |(name, path): (String, PathBuf)| Trial::test(format!("analyse/{name}"), move || run(&path));
    examples.chain(own).map(contract).collect()
}

fn run(path: &Path) -> Result<(), Failed> {
    let text = files::read(path)?;
    let mut project = Project::whole(&text);
    if let Some(folder) = path.parent().filter(|_| path.file_stem().is_some_and(|name| name == "contract")) {
        let beside = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path());
        for module in beside.filter(|other| other != path && other.extension() == path.extension()) {
            let name = module.file_stem().unwrap_or_default().to_string_lossy();
            project = project.with(&name, &files::read(&module)?);
        }
    }
    let (analysed, sources) = project.analysed().ok_or("it does not check")?;
    let (all, good) = analysed.confirmed();
    if good != all {
        return Err(format!("{} of {all} witnesses do not settle to what they show", all - good).into());
    }
    let contradicted = analysed.contradictions(&sources, 2026, CASES);
    match contradicted.first() {
        None => Ok(()),
        Some(first) => Err(format!("{} cases contradict a proof: {first}", contradicted.len()).into()),
    }
}
