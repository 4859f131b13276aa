//! `README.md`: what it shows of the program is what the program does.
//!
//! The excerpts are held to what they are taken from, the table of commands to `jcm --help`, and the table of examples to
//! the folders of `examples`.

use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let trials = vec![
        Trial::test("the contract that is shown", contract_shown),
        Trial::test("the statement that is shown", statement_shown),
        Trial::test("the problem that is shown", problem_shown),
        Trial::test("the library's calls that are shown", calls_shown),
        Trial::test("every command is listed", commands_listed),
        Trial::test("every example is listed", examples_listed),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[expect(clippy::disallowed_methods, reason = "a test reads the repository")]
fn read(path: &str) -> Result<String, Failed> {
    fs::read_to_string(repository().join(path)).map_err(|error| format!("{path}: {error}").into())
}

/// The first fenced block of the page with this info string that has `word` in it.
fn block(info: &str, word: &str) -> Result<String, Failed> {
    let page = read("README.md")?;
    let fence = format!("```{info}\n");
    let blocks = page.split(&fence).skip(1).filter_map(|rest| rest.split("```").next());
    let found = blocks.into_iter().find(|block| block.contains(word)).map(str::to_owned);
    found.ok_or_else(|| format!("README.md has no block `{info}` with {word:?}").into())
}

fn jcm(folder: &Path, arguments: &[&str]) -> Result<String, Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jcm"));
    let output = command.args(arguments).current_dir(folder).env_remove("CLICOLOR_FORCE").output()?;
    let text = [output.stdout, output.stderr].concat();
    Ok(String::from_utf8(text)?)
}

/// Fails with the first line of `shown` that `text` does not have, where it does not have them all in a row.
fn holds(text: &str, shown: &str, what: &str) -> Result<(), Failed> {
    if text.contains(shown) {
        return Ok(());
    }
    let missing = shown.lines().find(|line| !text.contains(line)).unwrap_or("(the lines in this order)");
    Err(format!("{what} does not have what README.md shows: {missing}").into())
}

fn contract_shown() -> Result<(), Failed> {
    holds(&read("examples/stour-valley/contract.jcm")?, &block("jcm", "incentive")?, "the contract")
}

/// The command that the page has for a start, run as it stands but for where it writes.
fn statement_shown() -> Result<(), Failed> {
    let page = block("sh", "-- settle ")?;
    let words = page.split("-- settle ").nth(1).ok_or("README.md has no `settle`")?.trim();
    let folder = tempfile::tempdir()?;
    let out = folder.path().join("settled.csv").to_string_lossy().into_owned();
    let (words, case) = words.split_once(" --explain ").ok_or("README.md does not explain a case")?;
    let mut arguments = vec!["settle"];
    let written = words.split(' ').map(|word| if word.ends_with("settled.csv") { &out } else { word });
    arguments.extend(written);
    arguments.extend(["--explain", case.trim_matches('"')]);
    holds(&jcm(&repository(), &arguments)?, &block("text", "Paid")?, "the statement")
}

#[expect(clippy::disallowed_methods, reason = "a test writes to a folder of its own")]
fn problem_shown() -> Result<(), Failed> {
    let contract = read("examples/stour-valley/contract.jcm")?;
    let changed = contract.replacen("council      20%", "council      19%", 1);
    if changed == contract {
        return Err("the contract does not have the council's 20%".into());
    }
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("contract.jcm"), changed)?;
    holds(&jcm(folder.path(), &["check", "contract.jcm"])?, &block("text", "E0501")?, "`jcm check`")
}

/// Each call on the engine stands in the example, which is compiled.
fn calls_shown() -> Result<(), Failed> {
    let example = read("crates/jcm-settle/examples/embed.rs")?;
    let shown = block("rust", "Engine")?;
    let calls: Vec<&str> = shown.split("engine.").skip(1).filter_map(|rest| rest.split('(').next()).collect();
    if calls.len() < 4 {
        return Err(format!("README.md shows too few calls: {calls:?}").into());
    }
    let absent = calls.iter().find(|call| !example.contains(&format!("engine.{call}(")));
    absent.map_or(Ok(()), |call| Err(format!("embed.rs does not call {call}").into()))
}

fn same(found: &BTreeSet<String>, listed: &BTreeSet<String>, what: &str) -> Result<(), Failed> {
    let differs: Vec<&String> = found.symmetric_difference(listed).collect();
    if differs.is_empty() && !found.is_empty() {
        return Ok(());
    }
    Err(format!("{what} of README.md are not those that exist: {differs:?}").into())
}

fn commands_listed() -> Result<(), Failed> {
    let help = jcm(&repository(), &["--help"])?;
    let help =
        help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
    let named = help.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let named = named.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    let page = read("README.md")?;
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `jcm "));
    let listed = rows.filter_map(|row| row.split([' ', '`']).next());
    same(&named.map(str::to_owned).collect(), &listed.map(str::to_owned).collect(), "the commands")
}

fn examples_listed() -> Result<(), Failed> {
    let page = read("README.md")?;
    let rows = page.lines().filter_map(|line| line.strip_prefix("| [`examples/"));
    let listed = rows.filter_map(|row| row.split('`').next()).map(str::to_owned).collect();
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(repository().join("examples"))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    same(&found, &listed, "the examples")
}
