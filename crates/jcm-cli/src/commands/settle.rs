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
use jcm_settle::{Engine, Problems, Results, Table};
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
    locality: LocalityArgument,

    #[command(flatten)]
    as_at: AsAtArgument,

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
    let table = engine
        .read(arguments.dataset.as_deref(), arguments.period.as_deref(), &name, &bytes)
        .map_err(refused)?;
    let progress = terminal.progress("settling");
    let results = engine.settle(&table, &|done, total| progress.set(done, total)).map_err(refused)?;
    drop(progress);

    // Everything that can be refused is worked out before anything is written or printed.
    let statement = arguments.explain.as_deref().map(|key| engine.statement(&table, &results, key));
    let statement = statement.transpose().map_err(refused)?;
    let comparison = arguments.published.as_deref().map(|header| engine.compare(&table, &results, header));
    let comparison = comparison.transpose().map_err(refused)?;

    if let Some(out) = &arguments.out {
        write_results(out, &engine, &table, &results, arguments.by)?;
    }
    if let Some(statement) = &statement {
        terminal.say(&statement.text());
    }
    if let Some(comparison) = &comparison {
        terminal.say(&comparison.text());
    }
    if statement.is_none() && comparison.is_none() {
        terminal.tell(arguments.format.format, &summary(&engine, &table, &results));
    }
    if let Some(out) = &arguments.out {
        terminal.tell(arguments.format.format, &format!("wrote {}\n", shown(out)));
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

/// A slip of the hand must not cost the data.
fn refuse_to_overwrite_what_is_read(arguments: &Arguments) -> Result<(), Failure> {
    let Some(out) = &arguments.out else { return Ok(()) };
    let same = |other: &Path| match (out.canonicalize(), other.canonicalize()) {
        (Ok(out), Ok(other)) => out == other,
        _ => false,
    };
    if same(&arguments.data) || same(&arguments.path) {
        return Err(Failure::Usage(format!("--out {} would overwrite what is read", shown(out))));
    }
    Ok(())
}

fn write_results(
    out: &Path,
    engine: &Engine,
    table: &Table,
    results: &Results,
    by: By,
) -> Result<(), Failure> {
    let by = match by {
        By::Case => jcm_settle::By::Case,
        By::Row => jcm_settle::By::Row,
    };
    let text = engine.results_csv(table, results, by);
    let Some(name) = out.file_name() else {
        return Err(Failure::Usage(format!("--out {} is not the name of a file", out.display())));
    };
    let output = Output { name: &name.to_string_lossy(), text: &text };
    write_all_or_none(&folder_of(out), &[output], |_| Ok(()))
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
