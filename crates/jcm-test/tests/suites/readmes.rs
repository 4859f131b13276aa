//! `examples/*/README.md`: what a page says of `jcm assure` is what the command says.

use super::files;
use libtest_mimic::{Failed, Trial};

const FOLDER: &str = "examples";
const SAID: &str = "`jcm assure` says ";

pub(crate) fn trials() -> Vec<Trial> {
    let pages = files::under(FOLDER, "md").into_iter().filter_map(|(name, path)| {
        let text = files::read(&path).ok()?;
        let said = text.replace('\n', " ").split(SAID).nth(1)?.split([';', '.']).next()?.to_owned();
        let contract = path.with_file_name("contract.jcm");
        Some(Trial::test(format!("readmes/{name}"), move || assured(&files::read(&contract)?, &said)))
    });
    pages.collect()
}

fn assured(contract: &str, said: &str) -> Result<(), Failed> {
    let checked = jcm::check_without_examples(&jcm::InMemory::new("contract.jcm", contract));
    let Some(program) = checked.program() else { return Err("the contract has an error".into()) };
    let text = jcm::assurance_text(program, &jcm::assure(program));
    let found = text.lines().last().unwrap_or_default();
    if found == said {
        Ok(())
    } else {
        Err(format!("the page says “{said}”, and jcm assure “{found}”").into())
    }
}
