//! `jcm assure`: what meets each criterion of the models and profiles that a contract follows.

use crate::arguments::FormatArgument;
use crate::failure::Failure;
use crate::project::Folder;
use crate::report::Report;
use crate::terminal::Terminal;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  jcm assure .                       the table of this folder's contract
  jcm assure . --table csv > a.csv   the same for a spreadsheet";

/// Show what meets each criterion of the models and profiles that a contract follows
///
/// Prints one line for each criterion: met and by what, waived and why, or not met and what to do. The models and
/// profiles are those that the contract names after `follows:`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, or a folder with one contract in it
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    /// How the table is printed
    #[arg(long, value_name = "TABLE", default_value = "text")]
    table: Table,

    #[command(flatten)]
    format: FormatArgument,
}

/// How the table is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Table {
    /// For people.
    Text,
    /// For spreadsheets.
    Csv,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let checked = Folder::open(&arguments.path)?.checked(jcm::check_without_examples)?;
    let Some(program) = checked.program() else {
        terminal.report(&Report::of(&checked), arguments.format.format, arguments.format.stream());
        return Err(Failure::Contract);
    };
    let assurance = jcm::assure(program);
    terminal.say(&match arguments.table {
        Table::Text => jcm::assurance_text(program, &assurance),
        Table::Csv => jcm::assurance_csv(program, &assurance),
    });
    if jcm::assurance_problems(program, &assurance).iter().any(jcm::Diagnostic::is_error) {
        return Err(Failure::Contract);
    }
    Ok(())
}
