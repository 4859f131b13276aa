//! `jcm localities`: what each locality changes against the template.

use crate::arguments::{FormatArgument, TableArgument};
use crate::failure::Failure;
use crate::project::Folder;
use crate::report::Report;
use crate::terminal::Terminal;
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  jcm localities .                         the table of this folder's contract
  jcm localities . --csv > changes.csv     the same for a spreadsheet
  jcm localities . --columns > places.csv  the first row of a table of places
  jcm localities . --localities places.csv what the places of a table change";

/// Show what each locality changes against the template
///
/// Prints for each locality the figures that are not what the contract says for every place: the figure of the
/// template, the figure here, and from when to when where it has dates.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, or a folder with one contract in it
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    /// Print comma-separated values, one row for each figure
    #[arg(long)]
    csv: bool,

    /// Print the headers that a table of localities of this contract may have, and nothing else
    #[arg(long, conflicts_with_all = ["csv", "localities"])]
    columns: bool,

    #[command(flatten)]
    table: TableArgument,

    #[command(flatten)]
    format: FormatArgument,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let folder = Folder::open(&arguments.path)?;
    let checked = folder.checked_with(&arguments.table, None, jcm::check_without_examples_as_at)?;
    let Some(program) = checked.program() else {
        terminal.report(&Report::of(&checked), arguments.format.format, arguments.format.stream());
        return Err(Failure::Contract);
    };
    if arguments.columns {
        terminal.say(&format!("{}\n", jcm::place_columns(program).join(",")));
        return Ok(());
    }
    let localities = jcm_diff::localities(program);
    terminal.say(&if arguments.csv {
        jcm_diff::localities_csv(&localities)
    } else {
        jcm_diff::localities_text(&localities)
    });
    Ok(())
}
