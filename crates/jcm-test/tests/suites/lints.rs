//! `tests/lints`: contracts that have what a lint finds, with the place and the words, and contracts that have not
//! (`not-….jcm`); `tests/reference/lints`: a page for each code, whose example has it and whose mend has not.

use super::files;
use jcm::Levels;
use jcm_test::{Expected, LINTED_ON, Page, Project, Section, linted, linted_at};
use libtest_mimic::{Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const FOLDER: &str = "tests/lints";
const PAGES: &str = "tests/reference/lints";

/// Codes of `jcm.toml`; the transcripts of the command line have them.
const OF_SETTINGS: [&str; 2] = ["L0126", "L0127"];

pub(crate) fn trials() -> Vec<Trial> {
    let case = |(name, path): (String, PathBuf)| {
        let code = name.split('-').next().unwrap_or_default().to_owned();
        Trial::test(format!("lints/{name}"), move || run(&code, &path))
    };
    let page = |(name, path): (String, PathBuf)| {
        let code = name.clone();
        Trial::test(format!("reference/lints/{name}"), move || run_page(&code, &path))
    };
    let mut trials: Vec<Trial> = files::under(FOLDER, "jcm").into_iter().map(case).collect();
    trials.extend(files::under(PAGES, "md").into_iter().map(page));
    trials.push(Trial::test("lints has cases and a page for each code", every_code_has_its_cases));
    trials.push(Trial::test("lints look at every contract of the language", every_construct_is_looked_at));
    trials.push(Trial::test("lints find nothing in the examples", the_examples_are_clean));
    trials
}

fn is_clean(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("not-"))
}

fn run(code: &str, path: &Path) -> Result<(), Failed> {
    let text = files::read(path)?;
    let base = files::base()?;
    let found = linted(&text, &base, code)?;
    if is_clean(path) {
        let found: String = found.iter().map(|finding| format!("  {finding}\n")).collect();
        return if found.is_empty() {
            Ok(())
        } else {
            Err(format!("it has what it should not have:\n{found}").into())
        };
    }
    if files::blessing() {
        let find = |text: &str| linted(text, &base, code).unwrap_or_default();
        let blessed = Expected::blessed(&text, find);
        return if blessed == text { Ok(()) } else { files::bless(path, &blessed) };
    }
    let expected =
        Expected::all(&text).map_err(|line| format!("`{line}` is not `CODE at LINE:COLUMN \"text\"`"))?;
    if expected.is_empty() {
        return Err("nothing here is expected to be found".into());
    }
    let differences = Expected::differences(&expected, &found);
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
}

fn run_page(code: &str, path: &Path) -> Result<(), Failed> {
    let page = Page::read(&files::read(path)?)?;
    let meanings: BTreeMap<&str, &str> =
        jcm::lint_codes().into_iter().map(|(code, meaning)| (code.0, meaning)).collect();
    if page.code != code || meanings.get(code) != Some(&page.title.as_str()) {
        return Err(format!("the heading is not `# {code}: {}`", meanings.get(code).unwrap_or(&"")).into());
    }
    if OF_SETTINGS.contains(&code) {
        return Ok(());
    }
    let base = files::base()?;
    let block = |section| page.blocks(section).iter().find(|block| block.language == "jcm");
    let (Some(example), Some(mend)) = (block(Section::Example), block(Section::Mend)) else {
        return Err("there is no ```jcm block for the example or for the mend".into());
    };
    if linted(&example.text, &base, code)?.is_empty() {
        return Err(format!("the example does not give {code}").into());
    }
    match linted(&mend.text, &base, code)?.as_slice() {
        [] => Ok(()),
        [first, ..] => Err(format!("what is mended gives {first}").into()),
    }
}

fn every_code_has_its_cases() -> Result<(), Failed> {
    let mut with: BTreeSet<String> = BTreeSet::new();
    let mut without: BTreeSet<String> = BTreeSet::new();
    for (name, path) in files::under(FOLDER, "jcm") {
        let code = name.split('-').next().unwrap_or_default().to_owned();
        if is_clean(&path) {
            without.insert(code)
        } else {
            with.insert(code)
        };
    }
    let pages: BTreeSet<String> = files::under(PAGES, "md").into_iter().map(|(name, _)| name).collect();
    let codes: Vec<&str> = jcm::lint_codes().into_iter().map(|(code, _)| code.0).collect();
    let lacks = |code: &&str| {
        let cases = OF_SETTINGS.contains(code) || (with.contains(*code) && without.contains(*code));
        !cases || !pages.contains(*code)
    };
    let lacking: Vec<&str> = codes.iter().copied().filter(|code| lacks(code)).collect();
    let surplus: Vec<&String> = pages.iter().filter(|page| !codes.contains(&page.as_str())).collect();
    if lacking.is_empty() && surplus.is_empty() {
        return Ok(());
    }
    Err(format!("without cases or a page: {lacking:?}; pages without a code: {surplus:?}").into())
}

/// Every construct can be looked at, and contracts that check have no suppression that is wrong.
fn every_construct_is_looked_at() -> Result<(), Failed> {
    let base = files::base()?;
    for (name, path) in files::under("tests/lang", "jcm") {
        // A contract of several files does not check without the others.
        let project = Project::of(&files::read(&path)?, &base);
        let Ok(found) = linted_at(&project, &Levels::default()) else { continue };
        if let Some(wrong) = found.iter().find(|finding| jcm::Lint::named(&finding.code).is_none()) {
            return Err(format!("{name}: {wrong}").into());
        }
    }
    Ok(())
}

/// The examples that are shipped have nothing to be said about them, or say why.
fn the_examples_are_clean() -> Result<(), Failed> {
    let mut found = Vec::new();
    for (folder, main) in files::under("examples", "jcm") {
        let text = files::read(&main)?;
        // A contract as it was signed is refused on purpose, before anything is looked for.
        if !jcm::declares_contract(&text) || folder.ends_with("as-signed") {
            continue;
        }
        let mut project = Project::whole(&text);
        for (_, module) in files::under("examples", "jcm") {
            let beside = module.parent() == main.parent() && module != main;
            let name = module.file_stem().map(|name| name.to_string_lossy().into_owned());
            if let (true, Some(name)) = (beside, name) {
                project = project.with(&name, &files::read(&module)?);
            }
        }
        let here = linted_at(&project, &Levels::default())?;
        found.extend(here.iter().map(|finding| format!("{folder}: {finding}")));
    }
    if found.is_empty() { Ok(()) } else { Err(format!("on {LINTED_ON}: {}", found.join("\n")).into()) }
}
