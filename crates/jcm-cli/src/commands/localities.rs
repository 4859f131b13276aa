//! `jcm localities`: what each locality changes against the template.

use crate::arguments::FormatArgument;
use crate::failure::Failure;
use crate::project::Folder;
use crate::report::Report;
use crate::terminal::Terminal;
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  jcm localities .                         the table of this folder's contract
  jcm localities . --csv > localities.csv  the same for a spreadsheet";

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

    #[command(flatten)]
    format: FormatArgument,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let checked = Folder::open(&arguments.path)?.checked(jcm::check_without_examples)?;
    let Some(program) = checked.program() else {
        terminal.report(&Report::of(&checked), arguments.format.format, arguments.format.stream());
        return Err(Failure::Contract);
    };
    let localities = jcm_diff::localities(program);
    terminal.say(&if arguments.csv {
        jcm_diff::localities_csv(&localities)
    } else {
        jcm_diff::localities_text(&localities)
    });
    Ok(())
}
