//! Housekeeping: what is made from the grammar, what must hold of the repository, and the suite that runs it all.
//!
//! One module for each command: [`codegen`], [`tidy`], [`accessibility`], [`documents`], [`editors`], [`fuzz`], [`in_numpy`],
//! [`site`], [`suite`], [`tables`], [`vscode`].

mod accessibility;
mod browser;
mod codegen;
mod documents;
mod editors;
mod example_pages;
mod fuzz;
mod grammar;
mod in_numpy;
mod pages;
mod program;
mod python;
mod repository;
mod site;
mod suite;
mod tables;
mod tidy;
mod vscode;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  test             everything that must hold: format, lints, docs, generated files, layers, tests, pages, benches
  codegen          write what is made from grammar/jcm.pest
  codegen --check  fail where that differs
  tidy             layers, dependencies, licences, sizes and words of the sources
  fuzz [SECONDS]   bytes for which parsing, checking or settling breaks a promise, searched for by coverage
  site             the reference and the library as a searchable site, in target/site/book
  documents        the examples' contract.docx in LibreOffice: pages, numbers and references; and their contract.pdf
  tables           the Parquet file of a simulation, read by pyarrow
  numpy            simulations held in distribution against draws and settlements of NumPy
  editors          the set-ups of editors/ in tree-sitter and Neovim, and what the hooks run
  accessibility    the examples' contract.html in Chromium: WCAG 2.2 AA, nothing asked of the network
  vscode           the extension for VS Code, packaged and used in a real one
  vscode install   the extension with jcm built as for release, installed in the VS Code of this machine";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let root = root();
    let outcome = match arguments.as_slice() {
        ["test"] => suite::run(&root),
        ["codegen"] => codegen::run(&root, codegen::Mode::Write),
        ["codegen", "--check"] => codegen::run(&root, codegen::Mode::Check),
        ["tidy"] => tidy::run(&root),
        ["fuzz"] => fuzz::run(&root, fuzz::SECONDS),
        ["fuzz", seconds] => match seconds.parse() {
            Ok(seconds) => fuzz::run(&root, seconds),
            Err(_) => Err(USAGE.to_owned()),
        },
        ["site"] => site::run(&root),
        ["editors"] => editors::run(&root),
        ["documents"] => documents::run(&root),
        ["tables"] => tables::run(&root),
        ["numpy"] => in_numpy::run(&root),
        ["accessibility"] => accessibility::run(&root),
        ["vscode"] => vscode::run(&root),
        ["vscode", "install"] => vscode::install(&root),
        _ => Err(USAGE.to_owned()),
    };
    let (code, message) = match outcome {
        Ok(message) => (ExitCode::SUCCESS, message),
        Err(message) => (ExitCode::FAILURE, message),
    };
    program::say(&message);
    code
}

/// The root of the repository, which holds `grammar` and `crates`.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or_else(|| Path::new(".")).to_path_buf()
}
