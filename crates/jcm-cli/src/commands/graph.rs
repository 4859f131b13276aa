//! `jcm graph`: a contract as a picture.

use crate::arguments::{Format, LocalityArgument};
use crate::exchange::write_one;
use crate::failure::Failure;
use crate::files::read_bytes;
use crate::project::{Folder, shown};
use crate::report::Report;
use crate::terminal::{Stream, Terminal};
use clap::{Args, ValueEnum};
use jcm::{Diagram, DiagramFormat, Shows};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  jcm graph . --out money.svg                              who pays what to whom
  jcm graph . --what waterfall --of gain_share --out gain.svg
      how the incentive gain_share is worked out, line by line, and who is paid
  jcm graph . --what ladder --format mermaid               as text, for pages that draw Mermaid";

/// Draw a contract: its money, its governance, an incentive or a dispute
///
/// Writes an SVG picture, black on white, with what it shows in words inside; or the text from which Graphviz or Mermaid
/// draw it. The contract itself has the same pictures.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, or a folder with one contract in it
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    /// What is drawn
    #[arg(long, value_name = "WHAT", default_value = "money")]
    what: What,

    /// Which incentive, board or ladder, by its name, where the contract has several
    #[arg(long, value_name = "NAME")]
    of: Option<String>,

    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "svg")]
    format: Written,

    /// The file that it is written to, and not to the screen
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Replace a file of this name even if jcm did not write it
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    locality: LocalityArgument,
}

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Who pays what to whom, through which funds
    Money,
    /// Who sits on a board, and how it decides
    Governance,
    /// How an incentive is worked out, and who is paid
    Waterfall,
    /// How a dispute goes from step to step
    Ladder,
}

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Written {
    /// A picture
    Svg,
    /// For Graphviz
    Dot,
    /// For Mermaid
    Mermaid,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let folder = Folder::open(&arguments.path)?;
    let checked = folder
        .checked_with(&arguments.locality.table, None, |world, _| jcm::check_without_examples(world))?;
    let Some(program) = checked.program() else {
        terminal.report(&Report::of(&checked), Format::Human, Stream::Err);
        return Err(Failure::Contract);
    };
    let program = arguments.locality.of(program)?;
    let (shows, thing) = match arguments.what {
        What::Money => (Shows::Money, "payment"),
        What::Governance => (Shows::Governance, "board"),
        What::Waterfall => (Shows::Waterfall, "incentive"),
        What::Ladder => (Shows::Ladder, "ladder"),
    };
    let diagram = chosen(&arguments.path, jcm::diagrams(&program, shows), thing, arguments.of.as_deref())?;
    let format = match arguments.format {
        Written::Svg => DiagramFormat::Svg,
        Written::Dot => DiagramFormat::Dot,
        Written::Mermaid => DiagramFormat::Mermaid,
    };
    let text = jcm::diagram_text(&diagram, format);
    match &arguments.out {
        None => terminal.say(&text),
        Some(file) => {
            write(file, &text, arguments.force)?;
            terminal.tell(Format::Human, &format!("wrote {}\n", shown(file)));
        }
    }
    Ok(())
}

/// The one diagram that is meant.
fn chosen(path: &Path, diagrams: Vec<Diagram>, thing: &str, name: Option<&str>) -> Result<Diagram, Failure> {
    let names: Vec<String> = diagrams.iter().map(|own| own.name.clone()).collect();
    let mut meant: Vec<Diagram> =
        diagrams.into_iter().filter(|own| name.is_none_or(|name| own.name == name)).collect();
    match (meant.len(), meant.pop()) {
        (1, Some(only)) => Ok(only),
        _ if names.is_empty() => {
            Err(Failure::of_path(path, format!("the contract has no {thing}, so there is nothing to draw")))
        }
        (0, _) => {
            let name = name.unwrap_or_default();
            let known = names.join(", ");
            Err(Failure::of_path(
                path,
                format!("there is no {thing} {name}; write --of with one of: {known}"),
            ))
        }
        _ => Err(Failure::of_path(
            path,
            format!("the contract has more than one {thing}; write --of with one of: {}", names.join(", ")),
        )),
    }
}

fn write(file: &Path, text: &str, force: bool) -> Result<(), Failure> {
    write_one(file, text.as_bytes(), |path| match force || jcm::made_by_jcm(&read_bytes(path)?) {
        true => Ok(()),
        false => Err(Failure::of_path(
            path,
            "this file was not made by jcm; move it away, or replace it with --force",
        )),
    })
}
