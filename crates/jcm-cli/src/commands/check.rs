//! `jcm check`: look for problems.

use crate::arguments::{AsAtArgument, FormatArgument, TableArgument};
use crate::commands::assure;
use crate::failure::Failure;
use crate::project::{Folder, shown};
use crate::report::Report;
use crate::terminal::{Stream, Terminal};
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  jcm check                                     the contract in this folder
  jcm check alliance.jcm                        one file and the modules that it uses
  jcm check north south --format short          two contracts, one line for each problem
  jcm check . --localities places.csv           one contract in a thousand places
  jcm check --infer-profile                     and which contracting models its structure fits
  jcm check --format sarif > problems.sarif     for a code scanner";

/// Look for problems in contracts
///
/// Reads a contract with every module that it uses, checks names, units, dates and sums, and settles its examples.
/// Prints every problem with its place, why it is one, and what to do.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, or a folder with one contract in it
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    table: TableArgument,

    #[command(flatten)]
    as_at: AsAtArgument,

    #[command(flatten)]
    format: FormatArgument,

    /// Say as well which profiles of the library the structure of each contract fits, and which rules of the others fail
    #[arg(long)]
    infer_profile: bool,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let mut report = Report::default();
    let mut checked = Vec::new();
    for path in &arguments.paths {
        let folder = Folder::open(path)?;
        report.absorb(Report::of(&folder.checked_with(
            &arguments.table,
            arguments.as_at.as_at,
            jcm::check_as_at,
        )?));
        checked.push(shown(folder.main_path()));
    }
    let format = arguments.format.format;
    if arguments.infer_profile && format.is_for_programs() {
        return Err(Failure::Usage(
            "profiles are printed for programs by `jcm assure --infer --format json`".to_owned(),
        ));
    }
    terminal.report(&report, format, Stream::Out);
    if arguments.infer_profile {
        for path in &arguments.paths {
            assure::say_profiles(path, terminal)?;
        }
    }
    if report.has_errors() {
        return Err(Failure::Contract);
    }
    if !format.is_for_programs() {
        let found = if report.diagnostics.is_empty() { "no problems" } else { "no errors" };
        terminal.note(&format!("{}: {found}\n", checked.join(", ")));
    }
    Ok(())
}
