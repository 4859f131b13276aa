//! What `jcm analyse` says of the examples and of `tests/analyse`: every witness settles to what it shows, and figures at
//! random contradict no proof. A line such as `//~ proved idle-limit "what it says"` is what must be said, and then nothing
//! else may be said that somebody should look at.

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
    expected(&text, &analysed)?;
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

/// Begins a line with what must be said.
const SAYS: &str = "//~ ";

/// Whether what a file expects is said, and nothing else that is to be looked at.
fn expected(text: &str, analysed: &jcm::Analysed) -> Result<(), Failed> {
    let expected: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix(SAYS)).collect();
    if expected.is_empty() {
        return Ok(());
    }
    let told = |(verdict, kind, said, _): (&str, &str, String, bool)| format!("{verdict} {kind} \"{said}\"");
    let all: Vec<String> = analysed.said().map(told).collect();
    if let Some(missing) = expected.iter().find(|line| all.iter().all(|said| said != *line)) {
        return Err(format!("it does not say {missing}; it says\n{}", all.join("\n")).into());
    }
    let to_look_at = analysed.said().filter(|(.., look)| *look).map(told);
    match to_look_at.into_iter().find(|said| !expected.contains(&said.as_str())) {
        Some(more) => Err(format!("it says too: {more}").into()),
        None => Ok(()),
    }
}
