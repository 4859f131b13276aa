//! `jcm fmt`: lay contracts out alike.

use crate::arguments::{Format, FormatArgument};
use crate::exchange::write_one;
use crate::failure::Failure;
use crate::files::{read_bytes, read_input, read_text};
use crate::project::{jcm_files, shown};
use crate::report::Report;
use crate::terminal::{Stream, Terminal};
use clap::Args;
use jcm::SourceFile;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  jcm fmt                     every .jcm file of this folder and its subfolders
  jcm fmt alliance.jcm        one file
  jcm fmt --check             change nothing; name the files that would change
  jcm fmt - < alliance.jcm    what comes in, laid out on the output";

/// Lay contracts out alike
///
/// Moves white space and nothing else: indents, aligns fields, rows and lines, and keeps every comment in its place. A
/// file with a mistake in its form is left as it is.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, a folder, or `-` for what comes in
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Change nothing, and fail if a file would change
    #[arg(long)]
    check: bool,

    #[command(flatten)]
    format: FormatArgument,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    if let [only] = arguments.paths.as_slice()
        && only == Path::new("-")
    {
        return input(arguments, terminal);
    }
    let mut report = Report::default();
    let mut changed = Vec::new();
    for path in arguments.paths.iter().flat_map(|path| files(path)) {
        let text = read_text(&path)?;
        match jcm::format(&text) {
            Ok(laid_out) if laid_out == text => {}
            Ok(laid_out) => changed.push((path, laid_out)),
            Err(problems) => {
                let file = SourceFile::new(shown(&path), text);
                report.absorb(Report::of_file(file, |id, _| problems(id)));
            }
        }
    }
    let format = arguments.format.format;
    terminal.report(&report, format, Stream::Out);
    for (path, text) in &changed {
        if !arguments.check {
            replace(path, text)?;
        }
        let word = if arguments.check { "would change" } else { "laid out" };
        terminal.tell(format, &format!("{word} {}\n", shown(path)));
    }
    if changed.is_empty() && !report.has_errors() && format == Format::Human {
        terminal.note("every file is laid out\n");
    }
    if report.has_errors() || (arguments.check && !changed.is_empty()) {
        Err(Failure::Contract)
    } else {
        Ok(())
    }
}

/// Lays out what comes in; where it cannot be laid out, nothing goes out.
fn input(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let text = read_input(Path::new("-"))?;
    match jcm::format(&text) {
        Ok(laid_out) if arguments.check => {
            if laid_out == text {
                return Ok(());
            }
            terminal.tell(arguments.format.format, "would change -\n");
            Err(Failure::Contract)
        }
        Ok(laid_out) => {
            terminal.say(&laid_out);
            Ok(())
        }
        Err(problems) => {
            let report = Report::of_file(SourceFile::new("-".to_owned(), text), |id, _| problems(id));
            terminal.report(&report, arguments.format.format, Stream::Err);
            Err(Failure::Contract)
        }
    }
}

/// The file itself, or every contract file of a folder.
fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_dir() { jcm_files(path) } else { vec![path.to_path_buf()] }
}

/// Writes the file whole or not at all, if it has not changed meanwhile into something that cannot be read.
fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    write_one(path, text.as_bytes(), |path| read_bytes(path).map(|_| ()))
}
