//! `jcm settle`: work out who is paid what.

use crate::arguments::{AsAtArgument, FormatArgument, LocalityArgument};
use crate::data_problems;
use crate::failure::Failure;
use crate::files::{Output, read_bytes, read_text, write_all_or_none};
use crate::project::{Folder, folder_of, has_extension, shown};
use crate::report::Report;
use crate::terminal::Terminal;
use clap::{Args, ValueEnum};
use jcm_quantity::{Exact, Unit, show};
use jcm_settle::{Engine, FileRead, Ledger, Problems, Results, RunKind, Settled, Table};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  jcm settle . --data 2026.csv
      what each payment comes to
  jcm settle . --data 2026.csv --out results.csv
      one row for each case, one column for each line and payment
  jcm settle out/settlement.json --data 2026.csv --out results.csv
      the same from the specification, without the contract
  jcm settle . --data 2026.csv --explain A1001
      one case, line by line, in words
  jcm settle . --data 2026.csv --published Earned
      compared with a column of published figures
  jcm settle . --data 2026.csv --as-at 2027-06-30
      by the contract as it was agreed on that date
  jcm settle . --data 2026.csv --disputes disputes.csv
      what is not in dispute, and what is left open
  jcm settle . --data 2026.csv --run final --previous provisional.json --record final.json
      what changed since the provisional run, and what is still to pay or to be paid back

What --published says of each figure:
  exact        the published figure is the one that the contract gives
  consistent   it lies within what the rounding of the printed inputs allows
  different    it does not; every such row is listed";

/// Work out who is paid what
///
/// Reads a data file as one of the contract's datasets says, and settles every case in it. If anything in the file is
/// wrong, everything that is wrong is listed and nothing is settled.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, a folder with one contract in it, or a settlement.json
    #[arg(value_name = "PATH")]
    path: PathBuf,

    /// The data file, a CSV with a header
    #[arg(long, value_name = "FILE.csv")]
    data: PathBuf,

    /// The dataset that the file is [default: the one whose columns it has]
    #[arg(long, value_name = "NAME")]
    dataset: Option<String>,

    /// The period to settle, such as 2027/28 [default: the dataset's]
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,

    /// Write every line and payment of every case to this file
    #[arg(long, value_name = "FILE.csv")]
    out: Option<PathBuf>,

    /// What a row of the written file is
    #[arg(long, value_name = "WHAT", default_value = "case", requires = "out")]
    by: By,

    /// Explain one case line by line; KEY is what names it in the data file
    #[arg(long, value_name = "KEY")]
    explain: Option<String>,

    /// Compare with a column of published figures
    #[arg(long, value_name = "COLUMN")]
    published: Option<String>,

    #[command(flatten)]
    doubts: Doubts,

    #[command(flatten)]
    run: RunArguments,

    #[command(flatten)]
    locality: LocalityArgument,

    #[command(flatten)]
    as_at: AsAtArgument,

    #[command(flatten)]
    format: FormatArgument,
}

/// Files that stand beside the data file.
#[derive(Debug, Args)]
struct Doubts {
    /// The data file of the reporting period before, for figures carried forward; again for the one before that
    #[arg(long, value_name = "FILE.csv")]
    earlier: Vec<PathBuf>,

    /// Figures in dispute: case, input, by, figure, reason
    #[arg(long, value_name = "FILE.csv")]
    disputes: Option<PathBuf>,

    /// Figures awarded in place of computed ones: case, line, value, reason, author, date
    #[arg(long, value_name = "FILE.csv")]
    overrides: Option<PathBuf>,
}

/// Which run of the period it is.
#[derive(Debug, Args)]
struct RunArguments {
    /// Which run this is: provisional, final, or "reconciliation 2"
    #[arg(long, value_name = "RUN", value_parser = run_kind)]
    run: Option<RunKind>,

    /// The record of the run before, which this run sets off
    #[arg(long, value_name = "FILE.json", requires = "run")]
    previous: Option<PathBuf>,

    /// Write the record of this run, for the run after it
    #[arg(long, value_name = "FILE.json", requires = "run")]
    record: Option<PathBuf>,

    /// Write every figure that changed since the run before
    #[arg(long, value_name = "FILE.csv", requires = "previous")]
    changes: Option<PathBuf>,
}

fn run_kind(text: &str) -> Result<RunKind, String> {
    RunKind::parse(text).ok_or_else(|| "write `provisional`, `final` or `reconciliation 1`".to_owned())
}

/// What a row of the results is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// A case, with its lines and payments
    Case,
    /// A row of a case, such as an indicator
    Row,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    refuse_to_overwrite_what_is_read(arguments)?;
    let engine = engine(arguments, terminal)?;
    let files = FilesRead::of(arguments)?;
    let refused = |mut problems: Problems| {
        let (name, bytes) = files.blamed(&problems);
        // A report shows one file; what is wrong in another is said once that one is mended.
        problems.list.retain(|problem| problem.file == name);
        let report = data_problems::report(name, bytes, &problems);
        terminal.report(&report, arguments.format.format, arguments.format.stream());
        Failure::Data
    };
    let table = files.table(arguments, &engine).map_err(refused)?;
    let run = arguments.run.run.map(|kind| engine.read_run(&table, kind, files.one("previous")));
    let run = run.transpose().map_err(refused)?;
    let progress = terminal.progress("settling");
    let results = engine.settle(&table, &|done, total| progress.set(done, total)).map_err(refused)?;
    drop(progress);
    let ledger = engine.ledger(&table, &results, run.as_ref());
    let changes = run.as_ref().and_then(|run| engine.changes(&table, &results, run));

    // Everything that can be refused is worked out before anything is written or printed.
    let statement = arguments.explain.as_deref().map(|key| engine.statement(&table, &results, key));
    let statement = statement.transpose().map_err(refused)?;
    let comparison = arguments.published.as_deref().map(|header| engine.compare(&table, &results, header));
    let comparison = comparison.transpose().map_err(refused)?;
    let mut outputs: Vec<(&PathBuf, String)> = Vec::new();
    outputs.extend(
        arguments
            .out
            .as_ref()
            .map(|out| (out, results_csv(&engine, &table, &results, &ledger, arguments.by))),
    );
    if let (Some(path), Some(run)) = (&arguments.run.record, &run) {
        let settled = Settled { table: &table, results: &results, ledger: &ledger, run };
        let program = format!("jcm {}", env!("CARGO_PKG_VERSION"));
        let text = engine.record(settled, &files.recorded(), &program);
        outputs.push((path, text.map_err(|reason| Failure::of_path(path, reason))?));
    }
    if let (Some(path), Some(changes)) = (&arguments.run.changes, &changes) {
        outputs.push((path, changes.csv(engine.settlement())));
    }

    for (path, text) in &outputs {
        write(path, text)?;
    }
    if let Some(statement) = &statement {
        terminal.say(&statement.text());
        let case = table.keys().position(|key| Some(&key) == arguments.explain.as_ref());
        if let Some(case) = case.filter(|_| !ledger.is_plain) {
            terminal.say(&ledger.case_text(case));
        }
        if let Some(changes) = &changes {
            terminal.say(&changes.case_text(&statement.case));
        }
    }
    if let Some(comparison) = &comparison {
        terminal.say(&comparison.text());
    }
    if statement.is_none() && comparison.is_none() {
        let summary = summary(&engine, &table, &results, &ledger, arguments.run.run);
        terminal.tell(arguments.format.format, &summary);
        if let Some(changes) = &changes {
            terminal.tell(arguments.format.format, &changes.text());
        }
    }
    for (path, _) in &outputs {
        terminal.tell(arguments.format.format, &format!("wrote {}\n", shown(path)));
    }
    Ok(())
}

/// The files beside the contract, whole, with what each is read as.
struct FilesRead {
    files: Vec<(&'static str, String, Vec<u8>)>,
}

impl FilesRead {
    fn of(arguments: &Arguments) -> Result<Self, Failure> {
        let mut files = Vec::new();
        for (role, path) in read_beside(arguments) {
            files.push((role, shown(path), read_bytes(path)?));
        }
        Ok(Self { files })
    }

    fn all(&self, role: &str) -> Vec<(&str, &[u8])> {
        let of_role = self.files.iter().filter(|(of, ..)| *of == role);
        of_role.map(|(_, name, bytes)| (name.as_str(), bytes.as_slice())).collect()
    }

    fn one(&self, role: &str) -> Option<(&str, &[u8])> {
        self.all(role).into_iter().next()
    }

    /// The table with everything that is said of it beside the data file.
    fn table(&self, arguments: &Arguments, engine: &Engine) -> Result<Table, Problems> {
        let (dataset, period) = (arguments.dataset.as_deref(), arguments.period.as_deref());
        let (name, bytes) = self.one("data").unwrap_or_default();
        let mut table = engine.read(dataset, period, name, bytes)?;
        table = engine.read_earlier(table, &self.all("earlier"))?;
        if let Some((name, bytes)) = self.one("disputes") {
            table = engine.read_disputes(table, name, bytes)?;
        }
        if let Some((name, bytes)) = self.one("overrides") {
            table = engine.read_overrides(table, name, bytes)?;
        }
        Ok(table)
    }

    /// The file that the problems are in, which lie in one.
    fn blamed(&self, problems: &Problems) -> (&str, &[u8]) {
        let first = problems.list.first().map(|problem| problem.file.as_str());
        let found =
            self.files.iter().find(|(_, name, _)| Some(name.as_str()) == first).or(self.files.first());
        found.map(|(_, name, bytes)| (name.as_str(), bytes.as_slice())).unwrap_or_default()
    }

    /// What the record of the run says that it was settled from.
    fn recorded(&self) -> Vec<FileRead<'_>> {
        let settled_from = self.files.iter().filter(|(role, ..)| *role != "previous");
        settled_from.map(|(role, name, bytes)| FileRead { role, name, bytes }).collect()
    }
}

/// The files that are read beside the contract, with what each is read as.
fn read_beside(arguments: &Arguments) -> Vec<(&'static str, &PathBuf)> {
    let mut files = vec![("data", &arguments.data)];
    files.extend(arguments.doubts.earlier.iter().map(|path| ("earlier", path)));
    files.extend(arguments.doubts.disputes.iter().map(|path| ("disputes", path)));
    files.extend(arguments.doubts.overrides.iter().map(|path| ("overrides", path)));
    files.extend(arguments.run.previous.iter().map(|path| ("previous", path)));
    files
}

/// The contract, checked, or its specification, which was checked when it was made.
fn engine(arguments: &Arguments, terminal: &Terminal) -> Result<Engine, Failure> {
    let path = &arguments.path;
    if has_extension(path, "json") {
        if arguments.locality.locality.is_some() {
            return Err(Failure::Usage(
                "a settlement.json holds one locality; build it with `jcm build --locality`".to_owned(),
            ));
        }
        if arguments.as_at.as_at.is_some() {
            return Err(Failure::Usage(
                "a settlement.json is of one date; build it with `jcm build --as-at`".to_owned(),
            ));
        }
        return Engine::from_json(&read_text(path)?).map_err(|reason| Failure::of_path(path, reason));
    }
    let checked = Folder::open(path)?.checked_with(
        &arguments.locality.table,
        arguments.as_at.as_at,
        jcm::check_as_at,
    )?;
    match checked.program() {
        Some(program) => {
            let program = arguments.locality.of(program)?;
            Ok(Engine::new(jcm::settlement(&program, &checked.sources)))
        }
        None => {
            terminal.report(&Report::of(&checked), arguments.format.format, arguments.format.stream());
            Err(Failure::Contract)
        }
    }
}

/// A slip of the hand must not cost the data, nor one file that is written another.
fn refuse_to_overwrite_what_is_read(arguments: &Arguments) -> Result<(), Failure> {
    let same = |one: &Path, other: &Path| match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    };
    let read: Vec<&PathBuf> = std::iter::once(&arguments.path)
        .chain(read_beside(arguments).into_iter().map(|(_, path)| path))
        .collect();
    let written = [
        ("--out", &arguments.out),
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

fn results_csv(engine: &Engine, table: &Table, results: &Results, ledger: &Ledger, by: By) -> String {
    let by = match by {
        By::Case => jcm_settle::By::Case,
        By::Row => jcm_settle::By::Row,
    };
    engine.results_csv_of(table, results, ledger, by)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let Some(name) = path.file_name() else {
        return Err(Failure::Usage(format!("{} is not the name of a file", path.display())));
    };
    let output = Output { name: &name.to_string_lossy(), bytes: text.as_bytes() };
    write_all_or_none(&folder_of(path), &[output], |_| Ok(()))
}

/// How many cases were settled, and what each payee is paid in all.
fn summary(
    engine: &Engine,
    table: &Table,
    results: &Results,
    ledger: &Ledger,
    run: Option<RunKind>,
) -> String {
    let settlement = engine.settlement();
    let period = settlement.periods.get(table.period()).map_or("", |period| &period.label);
    let dataset = settlement.datasets.get(table.dataset()).map_or("", |dataset| &dataset.title);
    let cases = if table.len() == 1 { "case" } else { "cases" };
    let mut text = String::new();
    let run = run.map(|run| format!(", {}", run.words())).unwrap_or_default();
    let count = table.len();
    let _ = writeln!(text, "{}: {count} {cases} of {dataset}, settled for {period}{run}", settlement.title);
    if !ledger.is_plain {
        text.push_str(&ledger.text());
        return text;
    }

    let unit = Unit::money(&settlement.currency.code);
    let totals = engine.totals(results);
    let mut lines: Vec<(String, String)> = Vec::new();
    for total in &totals {
        let allocation =
            settlement.allocations.get(total.allocation).map_or("", |allocation| &allocation.title);
        let party = settlement.parties.get(total.party.index()).map_or("", |party| &party.title);
        lines.push((format!("{allocation}, to {party}"), show(&total.amount, &unit)));
    }
    if lines.len() > 1 {
        let all: Exact = totals.iter().map(|total| &total.amount).sum();
        lines.push(("in all".to_owned(), show(&all, &unit)));
    }
    let width = |column: fn(&(String, String)) -> &String| {
        lines.iter().map(|line| column(line).chars().count()).max()
    };
    let (left, right) = (width(|line| &line.0).unwrap_or(0), width(|line| &line.1).unwrap_or(0));
    for (what, amount) in &lines {
        let _ = writeln!(text, "  {what:left$}  {amount:>right$}");
    }
    text
}
