//! `jcm build`: make the contract to sign and the specification to settle by.

use crate::arguments::{AsAtArgument, FormatArgument, LocalityArgument, partner_named};
use crate::exchange::{Output, write_all_or_none};
use crate::failure::Failure;
use crate::files::{read_bytes, read_text};
use crate::project::{Folder, shown};
use crate::report::Report;
use crate::terminal::Terminal;
use clap::Args;
use jcm::{Artefact, Diagnostic, DocumentFormat, NO_PDF, Program, Scenario, SourceFile, Sources};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  jcm build . --out out              the contract in this folder
  jcm build alliance.jcm --out out   one file and the modules that it uses
  jcm build . --out then --as-at 2027-03-31
      the contract as it was agreed on that date, without later variations
  jcm build . --out out --for council
      what the contract means for one partner: for-council.md, .html and .docx
  jcm simulate . --format json > scenarios.json
  jcm build . --out out --scenarios scenarios.json
      with what the simulation came to, as Schedule 13
  jcm build . --out out --plain
      the contract in plain words: plain-words.md, .html and .docx";

/// Make the contract to sign and the specification to settle by
///
/// Writes these files, all of them or none: contract.md, contract.html and contract.docx, the contract for people, and
/// settlement.json, from which a finance system settles without this program. Where jcm was built with PDF, it writes
/// contract.pdf too.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, or a folder with one contract in it
    #[arg(value_name = "PATH")]
    path: PathBuf,

    /// The folder that the files are written to; it is made if there is none
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Write what the contract means for this partner instead, by its name: two pages, in each format
    #[arg(long = "for", value_name = "PARTNER", conflicts_with = "plain")]
    partner: Option<String>,

    /// Write the contract in plain words instead, for the people whom it is for
    #[arg(long)]
    plain: bool,

    /// Print what simulations of this contract came to as Schedule 13: a file that `jcm simulate --format json` wrote
    #[arg(long, value_name = "FILE", conflicts_with_all = ["partner", "plain"])]
    scenarios: Vec<PathBuf>,

    /// Say so if this jcm cannot make PDF, and how to get one that can; the other files are made all the same
    #[arg(long)]
    pdf: bool,

    /// Replace files of these names even if jcm did not write them
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    locality: LocalityArgument,

    #[command(flatten)]
    as_at: AsAtArgument,

    #[command(flatten)]
    format: FormatArgument,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let folder = Folder::open(&arguments.path)?;
    let checked = folder.checked_with(&arguments.locality.table, arguments.as_at.as_at, jcm::check_as_at)?;
    let mut report = Report::of(&checked);
    let program = checked.program().map(|program| arguments.locality.of(program)).transpose()?;
    let scenarios = match &program {
        Some(program) => scenarios(arguments, program, &mut report)?,
        None => Vec::new(),
    };
    let program = program.filter(|_| !report.has_errors());
    let made =
        match program.map(|program| made(arguments, &program, &checked.sources, scenarios)).transpose()? {
            Some(Ok(made)) => Some(made),
            Some(Err(refused)) => {
                report.diagnostics.extend(refused);
                None
            }
            None => None,
        };
    terminal.report(&report, arguments.format.format, arguments.format.stream());
    let made = made.ok_or(Failure::Contract)?;

    let outputs: Vec<Output<'_>> = made.iter().map(|(name, bytes)| Output { name, bytes }).collect();
    write_all_or_none(&arguments.out, &outputs, |path| may_replace(path, arguments.force))?;
    if arguments.pdf && !DocumentFormat::Pdf.is_there() {
        terminal.tell(arguments.format.format, &format!("no PDF is made: {NO_PDF}\n"));
    }
    for output in &outputs {
        terminal
            .tell(arguments.format.format, &format!("wrote {}\n", shown(&arguments.out.join(output.name))));
    }
    Ok(())
}

/// Files by their names.
type Files = Vec<(String, Vec<u8>)>;

/// What is asked for: everything that a contract becomes, or one reading of it.
fn made(
    arguments: &Arguments,
    program: &Program,
    sources: &Sources,
    scenarios: Vec<Scenario>,
) -> Result<Result<Files, Vec<Diagnostic>>, Failure> {
    let settlement = jcm::settlement(program, sources);
    let (name, document) = match &arguments.partner {
        Some(partner) => {
            let id = partner_named(program, partner)?;
            (format!("for-{partner}"), jcm::document_for(program, &settlement, id))
        }
        None if arguments.plain => ("plain-words".to_owned(), Some(jcm::document_in_plain_words(program))),
        None => (String::new(), None),
    };
    let Some(document) = document else {
        let named = |made: Artefact| (made.target.file_name().to_owned(), made.bytes);
        let made = jcm::emit_with(program, &settlement, scenarios);
        return Ok(made.map(|made| made.into_iter().map(named).collect()));
    };
    let mut files = Vec::new();
    for format in DocumentFormat::there() {
        let name = format!("{name}.{}", format.extension());
        let bytes = jcm::rendered(&document, format)
            .map_err(|reason| Failure::of_path(&arguments.out.join(&name), reason.as_str()))?;
        files.push((name, bytes));
    }
    Ok(Ok(files))
}

/// What simulations came to, by the files that hold them; what is wrong with a file is told at its place.
fn scenarios(
    arguments: &Arguments,
    program: &Program,
    report: &mut Report,
) -> Result<Vec<Scenario>, Failure> {
    let mut found = Vec::new();
    for path in &arguments.scenarios {
        let file = SourceFile::new(shown(path), read_text(path)?);
        let id = report.sources.add(file.clone());
        match jcm::scenarios(program, &file, id) {
            Ok(scenarios) => found.extend(scenarios),
            Err(problem) => report.diagnostics.push(*problem),
        }
    }
    Ok(found)
}

/// A file may be replaced if this program made it: what somebody else wrote under the same name is not lost.
pub(super) fn may_replace(path: &Path, force: bool) -> Result<(), Failure> {
    if force || jcm::made_by_jcm(&read_bytes(path)?) {
        return Ok(());
    }
    Err(Failure::of_path(path, "this file was not made by jcm; move it away, or replace it with --force"))
}
