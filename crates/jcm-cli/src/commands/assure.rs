//! `jcm assure`: what meets each criterion of the models and profiles that a contract follows.

use crate::arguments::{Format, day};
use crate::failure::Failure;
use crate::project::Folder;
use crate::report::Report;
use crate::terminal::{Stream, Terminal};
use crate::today::today;
use clap::{Args, ValueEnum};
use jcm::Program;
use jcm_quantity::Date;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  jcm assure .                              the table of this folder's contract
  jcm assure . --format html > a.html       a page to read, print and keep
  jcm assure . --on 2027-04-01              as it stands on that day: which waivers have run out
  jcm assure . --infer                      which profiles of the library its structure fits";

/// Show what meets each criterion of the models and profiles that a contract follows
///
/// Prints one line for each criterion: met and by what, waived and why, not met and what to do, or that it does not apply
/// because the contract has nothing that it asks about. The models and
/// profiles are those that the contract names after `follows:`. With `--infer`, it prints instead which profiles of the
/// library and of your own files the structure of the contract fits, and which rules of the others it does not meet.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, or a folder with one contract in it
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    /// How the table is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Table,

    /// The day on which waivers must still hold; today, if it is not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,

    /// Show which profiles of the library the contract fits, followed or not
    #[arg(long, conflicts_with = "on")]
    infer: bool,
}

/// How the table is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Table {
    /// For people
    Text,
    /// For browsers and paper: a page of its own
    Html,
    /// For spreadsheets
    Csv,
    /// For programs
    Json,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let mut checked = Folder::open(&arguments.path)?.checked(jcm::check_without_examples)?;
    let Some(program) = checked.program() else {
        terminal.report(&Report::of(&checked), Format::Human, Stream::Err);
        return Err(Failure::Contract);
    };
    if arguments.infer {
        terminal.say(&inferred(&checked, program, arguments.format));
        return Ok(());
    }
    // Before the contract begins, what matters is that the waivers hold when it does.
    let on = arguments.on.unwrap_or_else(today).max(program.contract.start);
    let assurance = jcm::assure_on(program, on);
    terminal.say(&match arguments.format {
        Table::Text => jcm::assurance_text(program, &assurance),
        Table::Html => jcm::assurance_html(program, &assurance, on),
        Table::Csv => jcm::assurance_csv(program, &assurance),
        Table::Json => jcm::assurance_json(program, &assurance, on),
    });
    let problems = jcm::assurance_problems(program, &assurance);
    if !problems.iter().any(jcm::Diagnostic::is_error) {
        return Ok(());
    }
    // The table says what is not met; that a waiver has run out is news.
    checked.diagnostics = problems.into_iter().filter(|problem| problem.code.0 == "E0903").collect();
    if !checked.diagnostics.is_empty() {
        terminal.report(&Report::of(&checked), Format::Human, Stream::Err);
    }
    Err(Failure::Contract)
}

/// Prints which profiles a contract fits, if it can be read.
pub(crate) fn say_profiles(path: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let checked = Folder::open(path)?.checked(jcm::check_without_examples)?;
    if let Some(program) = checked.program() {
        terminal.say(&inferred(&checked, program, Table::Text));
    }
    Ok(())
}

/// Which profiles of the library, and of the contract's own files, the contract fits.
fn inferred(checked: &jcm::Checked, program: &Program, format: Table) -> String {
    let Some(library) = jcm::profiles() else { return String::new() };
    let fits = jcm::fits(program, &library);
    match format {
        Table::Text => jcm::fits_text(checked, program, &fits),
        Table::Html => jcm::fits_html(checked, program, &fits),
        Table::Csv => jcm::fits_csv(checked, program, &fits),
        Table::Json => jcm::fits_json(checked, program, &fits),
    }
}
