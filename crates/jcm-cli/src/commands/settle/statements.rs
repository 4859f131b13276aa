//! `jcm settle --statement`: a folder with a statement of each case, a summary of them all and a journal of payments.

use super::places::Places;
use super::{Arguments, CameTo, FilesRead};
use crate::failure::Failure;
use clap::Args;
use jcm::DocumentFormat;
use jcm_settle::Engine;
use jcm_statement::{Annex, Edition, FileRead};
use std::path::PathBuf;

/// Beyond this many cases, the statements are HTML and JSON only: a Word document of each would be for nobody.
const MOST_PRINTED: usize = 200;

/// Statements for those who are paid, and the journal for those who pay.
#[derive(Debug, Args)]
pub(super) struct StatementArguments {
    /// Write a statement of each case, a summary and a journal of payments to this folder; it is made if there is none
    #[arg(long = "statement", value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,

    /// The contract as `jcm build` wrote it, contract.html: each line of a statement leads to its clause there
    #[arg(long, value_name = "FILE.html", requires = "folder")]
    pub(super) contract: Option<PathBuf>,

    /// Keep the figures of other cases out of a statement: what figures over all cases are made from stands in
    /// over-all-cases.csv alone, which each statement names with its SHA-256
    #[arg(long, requires = "folder")]
    pub(super) annex: bool,

    /// Replace files of the names that are written even if jcm did not write them
    #[arg(long)]
    pub(super) force: bool,
}

/// The files of the folder, by name.
pub(super) type Files = Vec<(String, Vec<u8>)>;

/// The whole folder: index.html, journal.csv, and the statement of each case in every format.
pub(super) fn files(
    arguments: &Arguments,
    engine: &Engine,
    read: &FilesRead,
    came_to: &CameTo<'_>,
    places: &Places,
) -> Result<Files, Failure> {
    let Some(folder) = &arguments.statement.folder else { return Ok(Files::new()) };
    let hashed = read.every().map(|file| FileRead {
        role: file.role.to_owned(),
        name: jcm_settle::file_name(file.name).to_owned(),
        sha256: jcm_settle::sha256(file.bytes),
    });
    let hashed: Vec<FileRead> = hashed.collect();
    let program = format!("jcm {}", env!("CARGO_PKG_VERSION"));
    let journal = engine.journal(came_to.periods, came_to.run);
    let annex = Annex::of(engine, came_to.periods, arguments.statement.annex);
    let contract = arguments.statement.contract.as_deref().map(|path| places.page(path, folder));
    let edition = Edition {
        engine,
        periods: came_to.periods,
        run: came_to.run,
        changes: came_to.changes,
        journal: &journal,
        contract: contract.as_ref(),
        annex: annex.as_ref(),
        files: &hashed,
        program: &program,
    };
    let statements = edition.statements().map_err(|reason| Failure::of_path(folder, reason.to_string()))?;
    let rendered = |document: &jcm::Document, name: &str, format: DocumentFormat| {
        let name = format!("{name}.{}", format.extension());
        match jcm::rendered(document, format) {
            Ok(bytes) => Ok((name, bytes)),
            Err(reason) => Err(Failure::of_path(&folder.join(&name), reason)),
        }
    };
    let mut files = vec![rendered(&edition.summary(&statements), "index", DocumentFormat::Html)?];
    files.push(("journal.csv".to_owned(), engine.journal_csv(&journal).into_bytes()));
    files.extend(annex.map(|annex| (annex.name, annex.csv.into_bytes())));
    let printed = statements.len() <= MOST_PRINTED;
    for statement in statements {
        for format in DocumentFormat::there().filter(|format| *format != DocumentFormat::Markdown) {
            if format == DocumentFormat::Html || printed {
                files.push(rendered(&statement.document, &statement.stem, format)?);
            }
        }
        files.push((format!("{}.json", statement.stem), statement.json.into_bytes()));
    }
    Ok(files)
}
