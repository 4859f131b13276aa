//! `jcm settle`: work out who is paid what.

use crate::arguments::{FormatArgument, LocalityArgument};
use crate::data_problems;
use crate::failure::Failure;
use crate::files::{Output, read_bytes, read_text, write_all_or_none};
use crate::project::{Folder, folder_of, has_extension, shown};
use crate::report::Report;
use crate::terminal::Terminal;
use clap::{Args, ValueEnum};
use jcm_quantity::{Exact, Unit, show};
use jcm_settle::{Engine, Problems, Results, State, Statement, Table};
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
    locality: LocalityArgument,

    #[command(flatten)]
    format: FormatArgument,
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
    refuse_to_overwrite_what_is_read(arguments)?;
    let engine = engine(arguments, terminal)?;
    let bytes = read_bytes(&arguments.data)?;
    let name = shown(&arguments.data);
    let refused = |problems: Problems| {
        let report = data_problems::report(&name, &bytes, &problems);
        terminal.report(&report, arguments.format.format, arguments.format.stream());
        Failure::Data
    };
    let mut tables = engine
        .read_periods(arguments.dataset.as_deref(), arguments.period.as_deref(), &name, &bytes)
        .map_err(refused)?;
    let mut state = opening(arguments, &engine, &tables, terminal)?;
    let progress = terminal.progress("settling");
    let results = engine
        .settle_in_order(&mut tables, &mut state, &|done, total| progress.set(done, total))
        .map_err(refused)?;
    drop(progress);

    // Everything that can be refused is worked out before anything is written or printed.
    let settled = || tables.iter().zip(&results);
    let statements = arguments.explain.as_deref().map(|key| statements(&engine, settled(), key));
    let statements = statements.transpose().map_err(refused)?;
    let compare = |header: &str| {
        settled()
            .map(|(table, results)| engine.compare(table, results, header))
            .collect::<Result<Vec<_>, _>>()
    };
    let comparisons = arguments.published.as_deref().map(compare).transpose().map_err(refused)?;

    if let Some(out) = &arguments.out {
        write_text(out, "--out", &engine.results_csv_in_order(&tables, &results, arguments.by()))?;
    }
    if let (Some(closing), Some(table)) = (&arguments.closing, tables.first()) {
        write_text(closing, "--closing", &state.csv(engine.settlement(), table))?;
    }
    for statement in statements.iter().flatten() {
        terminal.say(&statement.text());
    }
    for comparison in comparisons.iter().flatten() {
        terminal.say(&comparison.text());
    }
    if statements.is_none() && comparisons.is_none() {
        for (table, results) in tables.iter().zip(&results) {
            terminal.tell(arguments.format.format, &summary(&engine, table, results));
        }
    }
    for left in state.left_behind(engine.settlement(), &tables) {
        terminal
            .tell(arguments.format.format, &format!("note: {left}, and the data does not go on with it\n"));
    }
    for written in [&arguments.out, &arguments.closing].into_iter().flatten() {
        terminal.tell(arguments.format.format, &format!("wrote {}\n", shown(written)));
    }
    Ok(())
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
        return Engine::from_json(&read_text(path)?).map_err(|reason| Failure::of_path(path, reason));
    }
    let checked = Folder::open(path)?.checked(jcm::check)?;
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

/// A slip of the hand must not cost the data.
fn refuse_to_overwrite_what_is_read(arguments: &Arguments) -> Result<(), Failure> {
    let same = |one: &Path, other: &Path| match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    };
    let read = [Some(&arguments.data), Some(&arguments.path), arguments.opening.as_ref()];
    for (option, out) in [("--out", &arguments.out), ("--closing", &arguments.closing)] {
        let Some(out) = out else { continue };
        if read.into_iter().flatten().any(|read| same(out, read)) {
            return Err(Failure::Usage(format!("{option} {} would overwrite what is read", shown(out))));
        }
    }
    if arguments.out.is_some() && arguments.out == arguments.closing {
        return Err(Failure::Usage("--out and --closing name one file".to_owned()));
    }
    Ok(())
}

fn write_text(out: &Path, option: &str, text: &str) -> Result<(), Failure> {
    let Some(name) = out.file_name() else {
        return Err(Failure::Usage(format!("{option} {} is not the name of a file", out.display())));
    };
    let output = Output { name: &name.to_string_lossy(), text };
    write_all_or_none(&folder_of(out), &[output], |_| Ok(()))
}

/// What the period before the first of the data left.
fn opening(
    arguments: &Arguments,
    engine: &Engine,
    tables: &[Table],
    terminal: &Terminal,
) -> Result<State, Failure> {
    let wants = arguments.opening.is_some() || arguments.closing.is_some();
    if wants && !engine.carries() {
        let message =
            "this contract carries nothing from one period to the next: leave out --opening and --closing";
        return Err(Failure::Usage(message.to_owned()));
    }
    let (Some(path), Some(first)) = (&arguments.opening, tables.first()) else { return Ok(State::default()) };
    let bytes = read_bytes(path)?;
    let name = shown(path);
    engine.read_state(first, &name, &bytes).map_err(|problems| {
        let report = data_problems::report(&name, &bytes, &problems);
        terminal.report(&report, arguments.format.format, arguments.format.stream());
        Failure::Data
    })
}

/// The statements of a case in the periods that have it.
fn statements<'a>(
    engine: &Engine,
    settled: impl Iterator<Item = (&'a Table, &'a Results)>,
    key: &str,
) -> Result<Vec<Statement>, Problems> {
    let mut found = Vec::new();
    let mut absent = None;
    for (table, results) in settled {
        match engine.statement(table, results, key) {
            Ok(statement) => found.push(statement),
            Err(problems) => absent = absent.or(Some(problems)),
        }
    }
    match absent {
        Some(problems) if found.is_empty() => Err(problems),
        _ => Ok(found),
    }
}

/// How many cases were settled, and what each payee is paid in all.
fn summary(engine: &Engine, table: &Table, results: &Results) -> String {
    let settlement = engine.settlement();
    let period = settlement.periods.get(table.period()).map_or("", |period| &period.label);
    let dataset = settlement.datasets.get(table.dataset()).map_or("", |dataset| &dataset.title);
    let cases = if table.len() == 1 { "case" } else { "cases" };
    let mut text = String::new();
    let _ =
        writeln!(text, "{}: {} {cases} of {dataset}, settled for {period}", settlement.title, table.len());

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
