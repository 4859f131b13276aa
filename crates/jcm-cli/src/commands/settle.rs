//! `jcm settle`: work out who is paid what.

mod outputs;
mod places;
mod statements;

use crate::arguments::{AsAtArgument, FormatArgument, LocalityArgument};
use crate::data_problems;
use crate::failure::Failure;
use crate::files::{read_bytes, read_text};
use crate::project::{Folder, has_extension, shown};
use crate::report::Report;
use crate::terminal::Terminal;
use clap::{Args, ValueEnum};
use jcm_quantity::{Exact, Unit, show};
use jcm_settle::{Changes, Engine, FileRead, Ledger, Problems, Results, Run, RunKind, Settled, State, Table};
use places::Places;
use std::fmt::Write as _;
use std::path::PathBuf;

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
  jcm settle . --data 2026.csv --statement statements
      a statement of each case to send, a summary, and a journal of payments
  jcm settle . --data q2.csv --opening q1-left.csv --closing q2-left.csv
      going on from what the quarter before left, and writing down what this one leaves

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

    /// What the period before the first in the data left, as `--closing` wrote it
    #[arg(long, value_name = "FILE.csv")]
    opening: Option<PathBuf>,

    /// Write what each case has at the end of its last period to this file, for the next
    #[arg(long, value_name = "FILE.csv")]
    closing: Option<PathBuf>,

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
    statement: statements::StatementArguments,

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

impl Arguments {
    fn by(&self) -> jcm_settle::By {
        match self.by {
            By::Case => jcm_settle::By::Case,
            By::Row => jcm_settle::By::Row,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    outputs::refuse_to_overwrite_what_is_read(arguments)?;
    let (engine, places) = engine(arguments, terminal)?;
    refuse_state_where_nothing_is_carried(arguments, &engine)?;
    let files = FilesRead::of(arguments)?;
    let refused = |mut problems: Problems| {
        let (name, bytes) = files.blamed(&problems);
        // A report shows one file; what is wrong in another is said once that one is mended.
        problems.list.retain(|problem| problem.file == name);
        let report = data_problems::report(name, bytes, &problems);
        terminal.report(&report, arguments.format.format, arguments.format.stream());
        Failure::Data
    };
    let tables = files.data(arguments, &engine).map_err(refused)?;
    refuse_earlier_than_several(arguments, &engine, &tables)?;
    let mut tables = files.said_beside(tables, &engine).map_err(refused)?;
    let run = arguments.run.run.map(|kind| engine.read_run(&tables, kind, files.one("previous")));
    let run = run.transpose().map_err(refused)?;
    let mut state = files.opening(&engine, &tables).map_err(refused)?;
    let progress = terminal.progress("settling");
    let results = engine
        .settle_in_order(&mut tables, &mut state, &|done, total| progress.set(done, total))
        .map_err(refused)?;
    drop(progress);
    refuse_to_go_on_from_disputes(arguments, &engine, &tables, &results)?;
    let settled = || tables.iter().zip(&results);
    let ledgers: Vec<Ledger> =
        settled().map(|(table, results)| engine.ledger(table, results, run.as_ref())).collect();
    let periods: Vec<Settled<'_>> = settled()
        .zip(&ledgers)
        .map(|((table, results), ledger)| Settled { table, results, ledger })
        .collect();
    let changes_of = |run: &Run| -> Option<Vec<Changes>> {
        periods.iter().map(|period| engine.changes(period.table, period.results, run)).collect()
    };
    let changes = run.as_ref().and_then(changes_of);

    // Everything that can be refused is worked out before anything is written or printed.
    let changed = changes.as_deref().unwrap_or_default();
    let statements = arguments.explain.as_deref().map(|key| statements(&engine, &periods, changed, key));
    let statements = statements.transpose().map_err(refused)?;
    let compare = |header: &str| {
        settled()
            .map(|(table, results)| engine.compare(table, results, header))
            .collect::<Result<Vec<_>, _>>()
    };
    let comparisons = arguments.published.as_deref().map(compare).transpose().map_err(refused)?;
    let came_to = CameTo { periods: &periods, state: &state, run: run.as_ref(), changes: changes.as_deref() };
    let outputs = outputs::of(arguments, &engine, &files, &came_to)?;
    let folder = statements::files(arguments, &engine, &files, &came_to, &places)?;

    outputs::write(arguments, &engine, &folder, &outputs)?;
    statements.iter().flatten().for_each(|statement| terminal.say(statement));
    comparisons.iter().flatten().for_each(|comparison| terminal.say(&comparison.text()));
    if statements.is_none() && comparisons.is_none() {
        summaries(&engine, &came_to).iter().for_each(|text| terminal.tell(arguments.format.format, text));
    }
    for note in notes(&engine, &state, &tables) {
        terminal.tell(arguments.format.format, &format!("note: {note}\n"));
    }
    for output in &outputs {
        terminal.tell(arguments.format.format, &format!("wrote {}\n", shown(output.path)));
    }
    if let Some(path) = &arguments.statement.folder {
        let what = format!("wrote {} files to {}\n", folder.len(), shown(path));
        terminal.tell(arguments.format.format, &what);
    }
    Ok(())
}

/// What is to be looked at before anything is paid.
fn notes(engine: &Engine, state: &State, tables: &[Table]) -> Vec<String> {
    let left = state.left_behind(engine.settlement(), tables).into_iter();
    let left = left.map(|left| format!("{left}, and the data does not go on with it"));
    left.chain(engine.notes(tables)).collect()
}

/// What everything came to.
struct CameTo<'a> {
    periods: &'a [Settled<'a>],
    state: &'a State,
    run: Option<&'a Run>,
    /// One list for each period, in a run that follows another.
    changes: Option<&'a [Changes]>,
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

    /// A table for each period of the data file.
    fn data(&self, arguments: &Arguments, engine: &Engine) -> Result<Vec<Table>, Problems> {
        let (dataset, period) = (arguments.dataset.as_deref(), arguments.period.as_deref());
        let (name, bytes) = self.one("data").unwrap_or_default();
        engine.read_periods(dataset, period, name, bytes)
    }

    /// The tables with everything that is said of them beside the data file.
    fn said_beside(&self, tables: Vec<Table>, engine: &Engine) -> Result<Vec<Table>, Problems> {
        let said_of = |table| {
            let mut table = engine.read_earlier(table, &self.all("earlier"))?;
            if let Some((name, bytes)) = self.one("disputes") {
                table = engine.read_disputes(table, name, bytes)?;
            }
            if let Some((name, bytes)) = self.one("overrides") {
                table = engine.read_overrides(table, name, bytes)?;
            }
            Ok(table)
        };
        tables.into_iter().map(said_of).collect()
    }

    /// What the period before the first of the data left.
    fn opening(&self, engine: &Engine, tables: &[Table]) -> Result<State, Problems> {
        match (self.one("opening"), tables.first()) {
            (Some((name, bytes)), Some(first)) => engine.read_state(first, name, bytes),
            _ => Ok(State::default()),
        }
    }

    /// The file that the problems are in, which lie in one.
    fn blamed(&self, problems: &Problems) -> (&str, &[u8]) {
        let first = problems.list.first().map(|problem| problem.file.as_str());
        let found =
            self.files.iter().find(|(_, name, _)| Some(name.as_str()) == first).or(self.files.first());
        found.map(|(_, name, bytes)| (name.as_str(), bytes.as_slice())).unwrap_or_default()
    }

    /// Every file that was read.
    fn every(&self) -> impl Iterator<Item = FileRead<'_>> {
        self.files.iter().map(|(role, name, bytes)| FileRead { role, name, bytes })
    }

    /// What the record of the run says that it was settled from.
    fn recorded(&self) -> Vec<FileRead<'_>> {
        self.every().filter(|file| file.role != "previous").collect()
    }
}

/// The files that are read beside the contract, with what each is read as.
fn read_beside(arguments: &Arguments) -> Vec<(&'static str, &PathBuf)> {
    let mut files = vec![("data", &arguments.data)];
    files.extend(arguments.opening.iter().map(|path| ("opening", path)));
    files.extend(arguments.doubts.earlier.iter().map(|path| ("earlier", path)));
    files.extend(arguments.doubts.disputes.iter().map(|path| ("disputes", path)));
    files.extend(arguments.doubts.overrides.iter().map(|path| ("overrides", path)));
    files.extend(arguments.run.previous.iter().map(|path| ("previous", path)));
    files
}

/// The contract, checked, or its specification, which was checked when it was made.
fn engine(arguments: &Arguments, terminal: &Terminal) -> Result<(Engine, Places), Failure> {
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
        let engine = Engine::from_json(&read_text(path)?);
        return engine
            .map(|engine| (engine, Places::default()))
            .map_err(|reason| Failure::of_path(path, reason));
    }
    let checked = Folder::open(path)?.checked_with(
        &arguments.locality.table,
        arguments.as_at.as_at,
        jcm::check_as_at,
    )?;
    match checked.program() {
        Some(program) => {
            let program = arguments.locality.of(program)?;
            let settlement = jcm::settlement(&program, &checked.sources);
            let places = match &arguments.statement.contract {
                Some(_) => Places::of(&jcm::document(&program, &settlement)),
                None => Places::default(),
            };
            Ok((Engine::new(settlement), places))
        }
        None => {
            terminal.report(&Report::of(&checked), arguments.format.format, arguments.format.stream());
            Err(Failure::Contract)
        }
    }
}

/// A contract without balances has no use for what a period leaves.
fn refuse_state_where_nothing_is_carried(arguments: &Arguments, engine: &Engine) -> Result<(), Failure> {
    let wants = arguments.opening.is_some() || arguments.closing.is_some();
    if wants && !engine.carries() {
        let message =
            "this contract carries nothing from one period to the next: leave out --opening and --closing";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(())
}

/// What came before each of several periods, one list of files cannot say.
fn refuse_earlier_than_several(
    arguments: &Arguments,
    engine: &Engine,
    tables: &[Table],
) -> Result<(), Failure> {
    let [first, .., last] = tables else { return Ok(()) };
    if arguments.doubts.earlier.is_empty() {
        return Ok(());
    }
    let message = format!(
        "--earlier says what came before one period, and --data {} holds {} to {}: say with --period which one is settled",
        shown(&arguments.data),
        label(engine, first),
        label(engine, last)
    );
    Err(Failure::Usage(message))
}

/// What a period leaves to the next must be known: a figure in dispute leaves it open.
fn refuse_to_go_on_from_disputes(
    arguments: &Arguments,
    engine: &Engine,
    tables: &[Table],
    results: &[Results],
) -> Result<(), Failure> {
    let settled = tables.iter().zip(results).enumerate();
    for (place, (table, _)) in settled.filter(|(_, (table, results))| engine.leaves_open(table, results)) {
        let of = label(engine, table);
        let message = match (tables.get(place.saturating_add(1)), &arguments.closing) {
            (Some(next), _) => format!(
                "--disputes leaves figures of {of} open, and in --data {} {} goes on from them: settle {of} alone with --period, or wait until they are resolved",
                shown(&arguments.data),
                label(engine, next)
            ),
            (None, Some(_)) => format!(
                "--disputes leaves figures of {of} open, and --closing would write what the next period goes on from: leave out --closing until they are resolved"
            ),
            (None, None) => continue,
        };
        return Err(Failure::Usage(message));
    }
    Ok(())
}

fn label<'a>(engine: &'a Engine, table: &Table) -> &'a str {
    engine.settlement().periods.get(table.period()).map_or("", |period| period.label.as_str())
}

/// The statements of a case in the periods that have it, each with what the case is paid and what changed.
fn statements(
    engine: &Engine,
    periods: &[Settled<'_>],
    changes: &[Changes],
    key: &str,
) -> Result<Vec<String>, Problems> {
    let mut found = Vec::new();
    let mut absent = None;
    for (place, Settled { table, results, ledger }) in periods.iter().enumerate() {
        match engine.statement(table, results, key) {
            Ok(statement) => {
                let mut text = statement.text();
                let case = table.keys().position(|of| of == statement.case);
                if let Some(case) = case.filter(|_| !ledger.is_plain) {
                    text.push_str(&ledger.case_text(case));
                }
                if let Some(changes) = changes.get(place) {
                    text.push_str(&changes.case_text(&statement.case));
                }
                found.push(text);
            }
            Err(problems) => absent = absent.or(Some(problems)),
        }
    }
    match absent {
        Some(problems) if found.is_empty() => Err(problems),
        _ => Ok(found),
    }
}

/// What is paid in each period, and what changed there.
fn summaries(engine: &Engine, came_to: &CameTo<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    for (place, period) in came_to.periods.iter().enumerate() {
        texts.push(summary(engine, *period, came_to.run.map(|run| run.kind)));
        texts.extend(came_to.changes.and_then(|changes| changes.get(place)).map(Changes::text));
    }
    texts
}

/// How many cases were settled, and what each payee is paid in all.
fn summary(engine: &Engine, settled: Settled<'_>, run: Option<RunKind>) -> String {
    let Settled { table, results, ledger } = settled;
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
