//! `jcm check`: look for problems.

use crate::arguments::{AsAtArgument, Format, FormatArgument, TableArgument};
use crate::commands::assure;
use crate::failure::Failure;
use crate::project::{Folder, shown};
use crate::report::Report;
use crate::terminal::{Stream, Terminal};
use clap::Args;
use jcm::{Diagnostic, Program, Verdict};
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
    let mut open = Vec::new();
    for path in &arguments.paths {
        let folder = Folder::open(path)?;
        let found = folder.checked_with(&arguments.table, arguments.as_at.as_at, jcm::check_as_at)?;
        report.absorb(Report::of(&found));
        let path = shown(folder.main_path());
        open.extend(found.program().and_then(still_open).map(|said| format!("{path}: {said}\n")));
        checked.push(path);
    }
    let format = arguments.format.format;
    if arguments.infer_profile && format.is_for_programs() {
        return Err(Failure::Usage(
            "profiles are printed for programs by `jcm assure --infer --format json`".to_owned(),
        ));
    }
    let unmet = if format == Format::Human { unmet_in_short(arguments, &mut report)? } else { None };
    terminal.report(&report, format, Stream::Out);
    let has_unmet_errors = unmet.as_ref().is_some_and(|unmet| unmet.has_errors);
    if let Some(unmet) = &unmet {
        terminal.say(&unmet.text);
    }
    if arguments.infer_profile {
        for path in &arguments.paths {
            assure::say_profiles(path, terminal)?;
        }
    }
    if report.has_errors() || has_unmet_errors {
        return Err(Failure::Contract);
    }
    if !format.is_for_programs() {
        let found =
            if report.diagnostics.is_empty() && unmet.is_none() { "no problems" } else { "no errors" };
        terminal.note(&format!("{}: {found}\n", checked.join(", ")));
        open.iter().for_each(|said| terminal.note(said));
    }
    Ok(())
}

/// More criteria than this are told in short.
const MOST_CRITERIA: usize = 12;

/// The criteria that are not met, in short.
struct Unmet {
    text: String,
    has_errors: bool,
}

/// Takes the criteria that are not met out of a report where they are many, and says them element by element.
fn unmet_in_short(arguments: &Arguments, report: &mut Report) -> Result<Option<Unmet>, Failure> {
    let is_criterion = |found: &Diagnostic| matches!(found.code.0, "E0901" | "W0901" | "W0902");
    if report.diagnostics.iter().filter(|found| is_criterion(found)).count() <= MOST_CRITERIA {
        return Ok(None);
    }
    let mut by_element: Vec<(String, Vec<String>)> = Vec::new();
    let (mut stopping, mut others) = (0, 0);
    for path in &arguments.paths {
        let checked = Folder::open(path)?.checked_with(
            &arguments.table,
            arguments.as_at.as_at,
            jcm::check_without_examples_as_at,
        )?;
        let Some(program) = checked.program() else { return Ok(None) };
        for row in jcm::assure(program).rows {
            let Verdict::NotMet { failures } = &row.verdict else { continue };
            let mut name = row.criterion.head.name.clone();
            if row.criterion.gravity == jcm::Gravity::Error {
                stopping += 1;
                name.push('*');
            } else {
                others += 1;
            }
            if failures.len() > 1 {
                name = format!("{name} ({} times)", failures.len());
            }
            let heading = jcm::assurance_heading(program, &row);
            match by_element.iter_mut().find(|(known, _)| *known == heading) {
                Some((_, names)) => names.push(name),
                None => by_element.push((heading, vec![name])),
            }
        }
    }
    let has_errors = report.diagnostics.iter().any(|found| is_criterion(found) && found.is_error());
    report.diagnostics.retain(|found| !is_criterion(found));
    let mut text = format!(
        "\n{} criteria of what the contract follows are not met; {stopping} of them stop signature, marked *:\n\n",
        stopping + others
    );
    for (heading, names) in by_element {
        text.push_str(&format!("  {heading}\n    {}\n", names.join(", ")));
    }
    text.push_str(
        "\n`jcm assure` says of each what fails it and what meets it; `jcm doc` with its name says what it asks;\n\
         `jcm check --format short` has one line for each thing that fails it.\n",
    );
    Ok(Some(Unmet { text, has_errors }))
}

/// How much of a contract is not agreed yet, if anything.
fn still_open(program: &Program) -> Option<String> {
    let texts = match program.unfinished.len() {
        0 => None,
        1 => Some("1 text is marked TBC".to_owned()),
        count => Some(format!("{count} texts are marked TBC")),
    };
    let terms = match program.open_terms.len() {
        0 => None,
        1 => Some("1 term is left open".to_owned()),
        count => Some(format!("{count} terms are left open")),
    };
    match (texts, terms) {
        (None, None) => None,
        (None, Some(terms)) => Some(terms),
        (Some(texts), None) => Some(format!("a draft, in which {texts}")),
        (Some(texts), Some(terms)) => Some(format!("a draft, in which {texts} and {terms}")),
    }
}
