//! `tests/lang`: good contracts, a folder for each construct. They have no problem, their examples pass, and their
//! specification settles as they do.

use super::files;
use jcm_syntax::ast::Declaration;
use jcm_test::Project;
use libtest_mimic::{Failed, Trial};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub(crate) const FOLDER: &str = "tests/lang";

pub(crate) fn trials() -> Vec<Trial> {
    let case = |(name, path): (String, PathBuf)| Trial::test(format!("lang/{name}"), move || run(&path));
    let mut trials: Vec<Trial> = files::under(FOLDER, "jcm").into_iter().map(case).collect();
    trials.push(Trial::test("lang/schemes tries every formula of the library", every_formula_is_tried));
    trials
}

/// Every figure, table and formula of the library's schemes occurs in a contract of `tests/lang/schemes`, or in another
/// formula that does.
fn every_formula_is_tried() -> Result<(), Failed> {
    let mut tried = BTreeSet::new();
    for (_, path) in files::under("tests/lang/schemes", "jcm") {
        tried.extend(words(&files::read(&path)?));
    }
    let mut untried = Vec::new();
    for (module, path) in files::under("stdlib/schemes", "jcm") {
        let text = files::read(&path)?;
        let file = jcm_syntax::ast(&jcm_syntax::parse(&text), jcm_source::FileId(0));
        let of = |declaration: &Declaration| words(text.get(declaration.span.range()).unwrap_or_default());
        let names = file.declarations.iter().filter_map(|d| Some((d, d.name.as_ref()?.text.clone())));
        for (own, name) in names {
            let used =
                file.declarations.iter().any(|other| other.span != own.span && of(other).contains(&name));
            if !tried.contains(&name) && !used {
                untried.push(format!("{module}.{name}"));
            }
        }
    }
    if untried.is_empty() { Ok(()) } else { Err(format!("no example tries {untried:?}").into()) }
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned).collect()
}

fn run(path: &Path) -> Result<(), Failed> {
    let text = files::read(path)?;
    if is_module(&text) {
        let problems = jcm_syntax::parse(&text).problems;
        return if problems.is_empty() { Ok(()) } else { Err(format!("{problems:#?}").into()) };
    }
    let outcome = project(path, &text)?.check();
    if !outcome.findings.is_empty() {
        return Err(outcome.shown().into());
    }
    let read = outcome.specification.as_deref().map(jcm_spec::read);
    match read {
        Some(Ok(read)) if Some(&read) == outcome.settlement.as_ref() => Ok(()),
        Some(Ok(_)) => Err("the specification reads back as another settlement".into()),
        Some(Err(reason)) => Err(format!("the specification does not read back: {reason}").into()),
        None => Err("no specification was made".into()),
    }
}

/// A file beside a contract that the contract takes in.
fn is_module(text: &str) -> bool {
    text.lines().any(|line| line == "jcm 1") && !jcm::declares_contract(text)
}

/// The file with the modules beside it.
pub(crate) fn project(path: &Path, text: &str) -> Result<Project, Failed> {
    let mut project = Project::of(text, &files::base()?);
    let siblings = path.parent().map(std::fs::read_dir).transpose()?.into_iter().flatten().flatten();
    let mut modules: Vec<PathBuf> =
        siblings.map(|entry| entry.path()).filter(|other| other != path).collect();
    modules.sort();
    for module in modules.iter().filter(|module| module.extension().is_some_and(|ending| ending == "jcm")) {
        let text = files::read(module)?;
        let name = module.file_stem().unwrap_or_default().to_string_lossy();
        if is_module(&text) {
            project = project.with(&name, &text);
        }
    }
    Ok(project)
}
