//! `tests/reference/*.md`: the language reference. Every contract on a page is checked, every data file settled.
//!
//! ````text
//! ```jcm                    no problem, and its examples pass; a fragment is added to `base.jcm`
//! ```jcm fails E0501        these codes and no others
//! ```jcm module prices      a file beside the contracts further down the page
//! ```csv --period 2026/27   settled by the contract above it; `fails E0705` as above
//! ```csv localities         a table of localities of the base; `fails E0740` as above
//! ```csv disputes            beside the data file above it; also `earlier`, `overrides`
//! ```json                   a part of the specification of the contract above it
//! ```jcm contract.jcm       and `jcm into contract.jcm`, `console`: run by the transcripts of the command line
//! ```text                   to be read
//! ````

use super::{files, generated, reference};
use jcm_settle::Problems;
use jcm_syntax::ast::{Body, Declaration};
use jcm_test::{Outcome, Project, ROLES};
use libtest_mimic::{Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) const FOLDER: &str = "tests/reference";

/// Made from the grammar by `xtask codegen`, which checks it too.
const GRAMMAR: &str = "grammar";

pub(crate) fn trials() -> Vec<Trial> {
    let page = |(name, path): (String, PathBuf)| Trial::test(format!("reference/{name}"), move || run(&path));
    let mut trials: Vec<Trial> = pages().into_iter().map(page).collect();
    trials.push(Trial::test("reference names every page, kind and code", complete));
    trials.push(Trial::test("reference shows every function in an example", functions));
    trials.push(Trial::test("reference has every worked figure in an example", worked_figures));
    trials
}

/// The pages of the reference but for those of codes, by name.
fn pages() -> Vec<(String, PathBuf)> {
    let mut pages = files::under(FOLDER, "md");
    pages.retain(|(name, _)| !name.contains('/') && name != GRAMMAR);
    pages
}

fn run(path: &Path) -> Result<(), Failed> {
    let text = files::read(path)?;
    let current = generated::current(&text)?;
    if current != text && files::blessing() {
        files::bless(path, &current)?;
    } else if current != text {
        return Err("a generated part is not what the language is now; JCM_BLESS=1 rewrites it".into());
    }
    let mut page = Run { base: files::base()?, modules: Vec::new(), last: None, data: None };
    for block in blocks(&current) {
        page.block(&block).map_err(|reason| format!("the block in line {}: {reason}", block.line))?;
    }
    links(&current)?;
    shown_fields(&current)
}

/// A fenced block.
struct Block<'a> {
    /// The line of its opening fence, from 1.
    line: usize,
    /// The words after the fence.
    info: Vec<&'a str>,
    text: String,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut lines = (1..).zip(page.lines());
    while let Some((line, text)) = lines.next() {
        let Some(info) = text.strip_prefix("```") else { continue };
        let inside = lines.by_ref().map(|(_, text)| text).take_while(|text| !text.starts_with("```"));
        let text = inside.fold(String::new(), |text, line| text + line + "\n");
        found.push(Block { line, info: info.split_whitespace().collect(), text });
    }
    found
}

/// One page as it is run, from top to bottom.
struct Run {
    base: String,
    modules: Vec<(String, String)>,
    /// The last contract without a problem.
    last: Option<Outcome>,
    /// The last data file, with its options.
    data: Option<(String, Vec<String>)>,
}

/// Whether a file settles, or is refused with the code that the options name.
fn as_expected(settled: Result<(), Problems>, options: &[String]) -> Result<(), String> {
    let expected = options.iter().skip_while(|option| *option != "fails").nth(1);
    match (settled, expected) {
        (Ok(()), None) => Ok(()),
        (Ok(()), Some(code)) => Err(format!("{code} was expected, and it settles")),
        (Err(problems), Some(code)) if problems.list.iter().all(|problem| problem.code == code) => Ok(()),
        (Err(problems), _) => Err(problems.to_string()),
    }
}

impl Run {
    fn block(&mut self, block: &Block<'_>) -> Result<(), String> {
        match block.info.as_slice() {
            ["jcm"] => self.contract(&block.text, &[]),
            ["jcm", "fails", codes @ ..] if !codes.is_empty() => self.contract(&block.text, codes),
            ["jcm", "module", name] => {
                self.modules.push(((*name).to_owned(), block.text.clone()));
                Ok(())
            }
            ["csv", "localities"] => self.places(&block.text, &[]),
            ["csv", "localities", "fails", codes @ ..] => self.places(&block.text, codes),
            ["csv", role, options @ ..] if ROLES.contains(role) => self.beside(&block.text, role, options),
            ["csv", options @ ..] if options.iter().all(|option| !option.contains('.')) => {
                self.data(&block.text, options)
            }
            ["json"] => self.excerpt(&block.text),
            ["text" | "console"] => Ok(()),
            ["jcm" | "csv", "into", file] | ["jcm" | "csv", file] if file.contains('.') => Ok(()),
            other => Err(format!("nothing is known of `{}`", other.join(" "))),
        }
    }

    fn contract(&mut self, text: &str, expected: &[&str]) -> Result<(), String> {
        let project = Project::of(text, &self.base);
        let modules = self.modules.iter();
        let outcome = modules.fold(project, |project, (name, text)| project.with(name, text)).check();
        if outcome.codes() != expected {
            return Err(format!("{:?} was expected, and this was found:\n{}", expected, outcome.shown()));
        }
        if expected.is_empty() {
            self.last = Some(outcome);
        }
        Ok(())
    }

    fn places(&self, table: &str, expected: &[&str]) -> Result<(), String> {
        let outcome = Project::whole(&self.base).with_places(table).check();
        if outcome.codes() == expected {
            Ok(())
        } else {
            Err(format!("{expected:?} was expected, and this was found:\n{}", outcome.shown()))
        }
    }

    fn data(&mut self, csv: &str, options: &[&str]) -> Result<(), String> {
        let outcome = self.last.as_ref().ok_or("there is no contract above it")?;
        let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
        let settled = as_expected(outcome.settle(csv, &options), &options);
        self.data = Some((csv.to_owned(), options));
        settled
    }

    /// A file beside the last data file.
    fn beside(&mut self, text: &str, role: &str, options: &[&str]) -> Result<(), String> {
        let outcome = self.last.as_ref().ok_or("there is no contract above it")?;
        let (csv, of_data) = self.data.as_ref().ok_or("there is no data file above it")?;
        let own: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
        as_expected(outcome.settle_beside(csv, of_data, &[(role, text)]), &own)
    }

    fn excerpt(&mut self, json: &str) -> Result<(), String> {
        let outcome = self.last.take().unwrap_or_else(|| Project::whole(&self.base).check());
        let specification = outcome.specification.as_deref().unwrap_or_default();
        let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = spaced(specification).contains(&spaced(json));
        self.last = Some(outcome);
        if found {
            Ok(())
        } else {
            Err("this is not in the specification of the contract above it".to_owned())
        }
    }
}

/// Holds every link to a file of the repository to lead somewhere.
fn links(page: &str) -> Result<(), Failed> {
    let broken: Vec<&str> =
        targets(page).filter(|target| !files::path(FOLDER).join(target).exists()).collect();
    if broken.is_empty() { Ok(()) } else { Err(format!("links that lead nowhere: {broken:?}").into()) }
}

/// The files that a page links to, outside of its blocks.
fn targets(page: &str) -> impl Iterator<Item = &str> {
    let links = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let files = links.filter(|link| !link.contains("://") && !link.contains('\n'));
    files.filter_map(|link| link.split('#').next()).filter(|file| !file.is_empty())
}

/// Holds a page that lists the fields of a kind to show each of them in an example that runs.
fn shown_fields(page: &str) -> Result<(), Failed> {
    let examples: Vec<Arc<Declaration>> = blocks(page)
        .iter()
        .filter(|block| block.info == ["jcm"])
        .flat_map(|block| jcm_syntax::ast(&jcm_syntax::parse(&block.text), jcm::FileId(0)).declarations)
        .collect();
    for schema in generated::kinds(page) {
        let of_kind = examples.iter().filter(|declaration| declaration.kind == schema.kind);
        let members = of_kind.flat_map(|declaration| match &declaration.body {
            Body::Block(members) => members.as_slice(),
            Body::None | Body::Prose(_) => &[],
        });
        let shown: BTreeSet<String> =
            members.filter_map(|member| Some(member.key_words()?.into_owned())).collect();
        let without: Vec<&str> =
            schema.fields.iter().map(|field| field.name).filter(|name| !shown.contains(*name)).collect();
        if !without.is_empty() {
            return Err(format!("no example of `{}` has {without:?}", schema.kind.word()).into());
        }
    }
    Ok(())
}

/// Every page is in the contents, every kind has a page, every code is spoken of where it belongs.
fn complete() -> Result<(), Failed> {
    let mut linked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    for (name, path) in pages() {
        let text = files::read(&path)?;
        linked.insert(name, targets(&text).map(str::to_owned).collect());
        kinds.extend(generated::kinds(&text).iter().map(|schema| schema.kind.word()));
    }
    let contents = linked.remove("README").unwrap_or_default();
    let unlisted: Vec<&String> =
        linked.keys().filter(|name| !contents.contains(&format!("{name}.md"))).collect();
    let all_kinds = jcm_sema::schema::ALL.iter().map(|schema| schema.kind.word());
    let without_page: Vec<&str> = all_kinds.filter(|kind| !kinds.contains(kind)).collect();
    let spoken_of: BTreeSet<&String> = linked.values().flatten().collect();
    let codes = reference::codes()?;
    let unspoken: Vec<&String> =
        codes.iter().filter(|code| !spoken_of.contains(&format!("errors/{code}.md"))).collect();
    if unlisted.is_empty() && without_page.is_empty() && unspoken.is_empty() {
        return Ok(());
    }
    Err(format!("not in README.md: {unlisted:?}; kinds without a page: {without_page:?}; codes that no page names: {unspoken:?}").into())
}

/// Every function stands in a contract of the reference that is checked and whose examples pass.
fn functions() -> Result<(), Failed> {
    let mut shown: Vec<String> = Vec::new();
    for (_, path) in pages() {
        let text = files::read(&path)?;
        shown.extend(blocks(&text).into_iter().filter(|block| block.info == ["jcm"]).map(|block| block.text));
    }
    let is_called = |line: &str, name: &str| {
        line.match_indices(name).any(|(at, _)| {
            let before = line.get(..at).and_then(|before| before.chars().next_back());
            let after = line.get(at + name.len()..).unwrap_or_default();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
                && (after.starts_with('(') || after.starts_with(" of "))
        })
    };
    let stands = |name: &str, with: &str| {
        shown.iter().flat_map(|text| text.lines()).any(|line| is_called(line, name) && line.contains(with))
    };
    let of_a_case = jcm_sema::FUNCTIONS.iter().filter(|function| !stands(function.name, ""));
    let over_all = jcm_sema::OVER_ALL.iter().filter(|(name, _)| !stands(name, "over all"));
    let without: Vec<&str> =
        of_a_case.map(|function| function.name).chain(over_all.map(|(name, _)| *name)).collect();
    if without.is_empty() { Ok(()) } else { Err(format!("no example that runs has {without:?}").into()) }
}

/// Each row of the page of worked figures names an example that expects its figure. The contracts are run where they
/// stand.
fn worked_figures() -> Result<(), Failed> {
    let page = files::read(&files::path(FOLDER).join("worked-figures.md"))?;
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| W"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let mut wrong: Vec<String> = Vec::new();
    for row in &rows {
        let [number, _, figure, contract, example] = row.as_slice() else {
            return Err(format!("this is no row of the table: {row:?}").into());
        };
        let file = targets(contract).next().ok_or_else(|| format!("{number} links to no contract"))?;
        let text = files::read(&files::path(FOLDER).join(file))?;
        let opening = format!("example \"{example}\" of ");
        let stands = text
            .split("\nexample ")
            .map(|rest| format!("example {rest}"))
            .find(|rest| rest.starts_with(&opening))
            .is_some_and(|rest| {
                let expected =
                    rest.lines().take_while(|line| *line != "}").filter(|line| line.contains("expect"));
                expected.flat_map(str::split_whitespace).any(|word| word == *figure)
            });
        if !stands {
            wrong.push(format!("{number}: `{example}` in {file} does not expect {figure}"));
        }
    }
    if rows.len() > 40 && wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("{} rows; {}", rows.len(), wrong.join("\n")).into())
    }
}
