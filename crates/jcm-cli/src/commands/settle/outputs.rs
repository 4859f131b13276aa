//! What `jcm settle` writes: all of it, or nothing.

use super::{Arguments, CameTo, FilesRead, read_beside};
use crate::commands::build::may_replace;
use crate::exchange::{Batch, Content, write_batches};
use crate::failure::Failure;
use crate::files::read_beginning;
use crate::project::shown;
use jcm_settle::{Changes, Engine};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// So much of a file says whether it is an earlier one of the same kind: a header has a name for every line.
const BEGINNING: u64 = 1024 * 1024;

/// One file besides the statements.
pub(super) struct Written<'a> {
    pub(super) path: &'a PathBuf,
    text: String,
}

/// The files that are to be written, with their texts.
pub(super) fn of<'a>(
    arguments: &'a Arguments,
    engine: &Engine,
    files: &FilesRead,
    came_to: &CameTo<'_>,
) -> Result<Vec<Written<'a>>, Failure> {
    let CameTo { periods, state, run, changes } = came_to;
    let mut outputs = Vec::new();
    if let Some(path) = &arguments.out {
        outputs.push(Written { path, text: engine.results_csv_in_order(periods, arguments.by()) });
    }
    if let (Some(path), Some(first)) = (&arguments.closing, periods.first()) {
        outputs.push(Written { path, text: state.csv(engine.settlement(), first.table) });
    }
    if let (Some(path), Some(run)) = (&arguments.run.record, run) {
        let program = format!("jcm {}", env!("CARGO_PKG_VERSION"));
        let text = engine.record(run, periods, &files.recorded(), &program);
        outputs.push(Written { path, text: text.map_err(|reason| Failure::of_path(path, reason))? });
    }
    if let (Some(path), Some(changes)) = (&arguments.run.changes, changes) {
        outputs.push(Written { path, text: Changes::csv(changes, engine.settlement()) });
    }
    Ok(outputs)
}

/// Writes the statements and every other file, or none of them.
pub(super) fn write(
    arguments: &Arguments,
    engine: &Engine,
    statements: &[(String, Vec<u8>)],
    outputs: &[Written<'_>],
) -> Result<(), Failure> {
    let force = arguments.statement.force;
    let statement_may_go = |path: &Path| may_replace(path, force);
    let output_may_go = |path: &Path| match force || was_settled(engine, &read_beginning(path, BEGINNING)?) {
        true => Ok(()),
        false => Err(Failure::of_path(
            path,
            "this file does not look like one that jcm settled; move it away, or replace it with --force",
        )),
    };
    let mut batches = Vec::new();
    if let Some(folder) = &arguments.statement.folder {
        let files = statements.iter().map(|(name, bytes)| (OsString::from(name), Content::Bytes(bytes)));
        let (folder, files) = (folder.clone(), files.collect());
        batches.push(Batch { folder, files, may_replace: &statement_may_go });
    }
    for output in outputs {
        batches.push(Batch::of_one(output.path, output.text.as_bytes(), &output_may_go)?);
    }
    write_batches(&batches)
}

/// Whether a file is one that settling writes, of this contract or of an earlier version of it: the record of a run, or a
/// table with a line, a payment or a balance in its header. A data file has the headers that its contract gives them.
fn was_settled(engine: &Engine, beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let header = text.lines().next().unwrap_or_default().trim_start_matches('\u{feff}');
    if text.trim().is_empty() || header == "case,row,line,unit,previous,now,difference" {
        return true;
    }
    if header.starts_with('{') {
        return text.contains("\"jcm\": \"run\"");
    }
    let settlement = engine.settlement();
    let lines = settlement.steps.iter().map(|step| step.name.as_str());
    let balances = settlement.carried.iter().map(|carried| carried.name.as_str());
    let names: BTreeSet<&str> = lines.chain(balances).collect();
    header.split(',').any(|cell| {
        let cell = cell.trim_matches('"');
        let name = cell.split([':', ' ']).next().unwrap_or_default();
        names.contains(name) || is_qualified(name)
    }) || header.starts_with("period,case,row,line,")
}

/// `gain_share.payable`: a name as contracts have them, of a thing in another.
fn is_qualified(name: &str) -> bool {
    let is_word = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    name.contains('.') && name.split('.').all(is_word)
}

/// A slip of the hand must not cost the data, nor one file that is written another.
pub(super) fn refuse_to_overwrite_what_is_read(arguments: &Arguments) -> Result<(), Failure> {
    let same = |one: &Path, other: &Path| match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    };
    let read: Vec<&PathBuf> = std::iter::once(&arguments.path)
        .chain(read_beside(arguments).into_iter().map(|(_, path)| path))
        .collect();
    let written = [
        ("--out", &arguments.out),
        ("--closing", &arguments.closing),
        ("--record", &arguments.run.record),
        ("--changes", &arguments.run.changes),
    ];
    let written: Vec<(&str, &PathBuf)> =
        written.into_iter().filter_map(|(option, path)| Some((option, path.as_ref()?))).collect();
    for (place, (option, path)) in written.iter().enumerate() {
        if read.iter().any(|other| same(path, other)) {
            return Err(Failure::Usage(format!("{option} {} would overwrite what is read", shown(path))));
        }
        if let Some((before, _)) = written.iter().take(place).find(|(_, other)| same(path, other)) {
            return Err(Failure::Usage(format!("{before} and {option} name the same file, {}", shown(path))));
        }
    }
    Ok(())
}
