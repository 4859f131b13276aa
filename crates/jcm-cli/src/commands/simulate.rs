//! `jcm simulate`: what each partner stands to gain or lose.

use crate::arguments::{Format, TableArgument, locality_of};
use crate::commands::build::may_replace;
use crate::exchange::{Content, Telling, write_told_all_or_none};
use crate::failure::Failure;
use crate::files::read_text;
use crate::project::{Folder, shown};
use crate::report::Report;
use crate::terminal::{Stream, Terminal};
use clap::{Args, ValueEnum};
use jcm::{
    Alternative, Checked, DocumentFormat, LocalityId, NO_PDF, NotSimulated, Program, Simulated, Simulating,
    Simulation, SourceFile, Sweeping, Swept,
};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

const EXAMPLES: &str = "\
Examples:
  jcm simulate .                               every simulation of this folder's contract
  jcm simulate . --simulation first_years --runs 1000
  jcm simulate . --locality north_stour --format csv > north.csv
  jcm simulate . --localities places.csv --out out        in every place of a table
  jcm simulate alliance block capitation --out out        the same draws under three contracts
  jcm simulate . --history costs.csv                      drawn from what was seen before
  jcm simulate . --sweep 'sharing_rate=30% to 60% by 5%'
  jcm simulate . --sweep sharing_rate --seek 'chance of loss of each partner under 10%'
  jcm simulate . --out out                     text, CSV, JSON, Parquet, a page with drawings, Word and PDF";

/// The most runs, as in a contract.
const MOST_RUNS: i64 = 1_000_000;

/// Show what each partner stands to gain or lose
///
/// Draws the figures of each `simulation` as often as it says, settles every draw exactly as the contract says, and
/// tells what comes out: expected amounts, ranges, chances of loss, what they depend on, and how often conditions hold and
/// limits bind. Other contracts are settled with the same draws. The same seed gives the same figures.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, or a folder with one contract in it; of several, the first has the simulation, and the others are
    /// settled with its draws
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// More contracts to be settled with the same draws
    #[arg(long, value_name = "PATH", num_args = 1..)]
    against: Vec<PathBuf>,

    /// Only the simulation of this name
    #[arg(long, value_name = "NAME")]
    simulation: Option<String>,

    /// In this locality instead of where the simulation says
    #[arg(long, value_name = "NAME")]
    locality: Option<String>,

    /// In every place of this .csv file instead: a row for each place, a column for each figure
    #[arg(long, value_name = "FILE", conflicts_with = "locality")]
    localities: Option<PathBuf>,

    /// Draw from this .csv file instead of the history that the simulation names: a row for each time, a column for each
    /// input
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,

    /// So many runs instead of what the simulation says
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=MOST_RUNS))]
    runs: Option<u32>,

    /// Settle every run by the exact evaluator: the same figures, the same hash, in more time
    #[arg(long)]
    exactly: bool,

    /// Begin the draws with this number instead of what the simulation says
    #[arg(long, value_name = "NUMBER", value_parser = seed, allow_hyphen_values = true)]
    seed: Option<u64>,

    /// Turn a knob: the same draws for each of its values, over its range or from one value to another; with `--seek`, several
    /// knobs together
    #[arg(long, value_name = "KNOB=FROM to TO by STEP", conflicts_with = "against")]
    sweep: Vec<String>,

    /// The values of the knob at which this holds: `chance of loss of each partner under 10%`, `expected cost under £1,000`
    #[arg(long, value_name = "GOAL", requires = "sweep")]
    seek: Vec<String>,

    /// Write every format into this folder, instead of printing one
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Replace files of these names even if jcm did not write them
    #[arg(long, requires = "out")]
    force: bool,

    /// How the figures are printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Printed,
}

/// How the figures are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Printed {
    /// For people
    Text,
    /// For spreadsheets
    Csv,
    /// For programs
    Json,
    /// A page with drawings
    Html,
}

impl Printed {
    const ALL: [(Printed, &'static str); 4] =
        [(Printed::Text, "txt"), (Printed::Csv, "csv"), (Printed::Json, "json"), (Printed::Html, "html")];

    fn of(self, simulated: &Simulated) -> String {
        match self {
            Printed::Text => jcm::simulation_text(simulated),
            Printed::Csv => jcm::simulation_csv(simulated),
            Printed::Json => jcm::simulation_json(simulated),
            Printed::Html => jcm::simulation_html(simulated),
        }
    }

    fn of_sweep(self, swept: &Swept) -> String {
        match self {
            Printed::Text => jcm::sweep_text(swept),
            Printed::Csv => jcm::sweep_csv(swept),
            Printed::Json => jcm::sweep_json(swept),
            Printed::Html => jcm::sweep_html(swept),
        }
    }
}

/// A file that is to be written.
enum Made {
    /// It is there.
    Bytes(Vec<u8>),
    /// It is told while it is written: of thousands of places, the figures are larger than all else.
    Told(Box<Telling>),
}

impl Made {
    fn of(format: Printed, simulated: &Rc<Simulated>) -> Made {
        let simulated = Rc::clone(simulated);
        match format {
            Printed::Csv => Made::Told(Box::new(move |take| jcm::simulation_csv_by(&simulated, take))),
            Printed::Json => Made::Told(Box::new(move |take| jcm::simulation_json_by(&simulated, take))),
            Printed::Text | Printed::Html => Made::Bytes(format.of(&simulated).into_bytes()),
        }
    }

    fn content(&self) -> Content<'_> {
        match self {
            Made::Bytes(bytes) => Content::Bytes(bytes),
            Made::Told(tell) => Content::Told(&**tell),
        }
    }
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let mut paths = arguments.paths.iter().chain(&arguments.against);
    let first = paths.next().map_or_else(|| PathBuf::from("."), Clone::clone);
    let mut checked =
        Folder::open(&first)?.checked_with(&arguments.table(), None, jcm::check_without_examples_as_at)?;
    let history = arguments.history.as_ref().map(|path| read_text(path).map(|text| (shown(path), text)));
    let history = history.transpose()?.map(|(name, text)| checked.sources.add(SourceFile::new(name, text)));
    let program = program_of(&checked, terminal)?;
    let others: Vec<Checked> = paths.map(|path| other(path, arguments)).collect::<Result<_, _>>()?;
    let against: Vec<Alternative<'_>> = others
        .iter()
        .map(|checked| Ok(Alternative { program: program_of(checked, terminal)?, sources: &checked.sources }))
        .collect::<Result<_, Failure>>()?;
    let places = places(arguments, program, &checked)?;
    let mut made: Vec<(String, Made)> = Vec::new();
    let mut printed = String::new();
    let mut holds = true;
    for simulation in wanted(program, arguments.simulation.as_deref())? {
        let progress = terminal.progress("simulating");
        let told = |done: usize, total: usize| progress.set(done, total);
        let asked = Simulating {
            runs: arguments.runs,
            seed: arguments.seed,
            places: places.as_deref(),
            history,
            exactly: arguments.exactly,
            against: &against,
            threads: std::thread::available_parallelism().ok().map(std::num::NonZero::get),
            told: Some(&told),
        };
        let refused = |NotSimulated { problem, of }: NotSimulated| {
            let other = of.and_then(|number| others.get(number)).unwrap_or(&checked);
            let report = Report::new(other.sources.clone(), vec![*problem]);
            terminal.report(&report, Format::Human, Stream::Err);
            Failure::Contract
        };
        if !arguments.sweep.is_empty() {
            let sweeping =
                Sweeping::read(program, &arguments.sweep, &arguments.seek).map_err(Failure::Usage)?;
            let swept = jcm::sweep(program, &checked.sources, simulation, &asked, &sweeping);
            drop(progress);
            let swept = swept.map_err(refused)?;
            made.extend(Printed::ALL.map(|(format, ending)| {
                let text = format.of_sweep(&swept).into_bytes();
                (format!("{}-sweep.{ending}", simulation.head.name), Made::Bytes(text))
            }));
            if arguments.out.is_none() {
                printed.push_str(&arguments.format.of_sweep(&swept));
            }
            continue;
        }
        let result = jcm::simulate(program, &checked.sources, simulation, &asked);
        drop(progress);
        let mut simulated = result.map_err(refused)?;
        told_apart(&mut simulated, arguments);
        holds &= simulated.expectations.iter().all(|result| result.holds);
        if arguments.out.is_some() {
            made.extend(every_format(&Rc::new(simulated), terminal)?);
        } else {
            printed.push_str(&arguments.format.of(&simulated));
        }
    }
    if let Some(folder) = &arguments.out {
        printed.push_str(&written(folder, &made, arguments.force)?);
    }
    terminal.say(&printed);
    if holds { Ok(()) } else { Err(Failure::Contract) }
}

/// Writes all files, and says which.
fn written(folder: &Path, made: &[(String, Made)], force: bool) -> Result<String, Failure> {
    let files: Vec<(String, Content<'_>)> =
        made.iter().map(|(name, made)| (name.clone(), made.content())).collect();
    write_told_all_or_none(folder, &files, |path| may_replace(path, force))?;
    let mut said = String::new();
    for (name, _) in &files {
        let _ = writeln!(said, "wrote {}", shown(&folder.join(name)));
    }
    Ok(said)
}

/// What the draws begin with.
fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

/// The report in every format: as a Word document and, where this build makes them, a PDF too.
fn every_format(simulated: &Rc<Simulated>, terminal: &Terminal) -> Result<Vec<(String, Made)>, Failure> {
    let document = jcm::simulation_document(simulated);
    let printed = DocumentFormat::there()
        .filter(|format| !matches!(format, DocumentFormat::Markdown | DocumentFormat::Html));
    let rendered = printed.map(|format| {
        let name = format!("{}.{}", simulated.name, format.extension());
        let bytes = jcm::rendered(&document, format);
        bytes
            .map(|bytes| (name.clone(), Made::Bytes(bytes)))
            .map_err(|reason| Failure::World(format!("{name}: {reason}")))
    });
    let mut made = rendered.collect::<Result<Vec<_>, _>>()?;
    made.extend(
        Printed::ALL
            .map(|(format, ending)| (format!("{}.{ending}", simulated.name), Made::of(format, simulated))),
    );
    let name = format!("{}.parquet", simulated.name);
    match jcm::simulation_parquet(simulated) {
        Ok(table) => made.push((name, Made::Bytes(table))),
        Err(why) => terminal.note(&format!("no {name}: {why}\n")),
    }
    if !DocumentFormat::Pdf.is_there() {
        terminal.note(&format!("no {}.pdf: {NO_PDF}\n", simulated.name));
    }
    Ok(made)
}

/// Contracts of one title are compared under their paths: whoever compares a contract with another version of it has copied
/// it with its title.
fn told_apart(simulated: &mut Simulated, arguments: &Arguments) {
    let here = PathBuf::from(".");
    let own = arguments.paths.first().unwrap_or(&here);
    let others = arguments.paths.iter().skip(1).chain(&arguments.against);
    let shown = |path: &PathBuf| if *path == here { ".".to_owned() } else { shown(path) };
    let paths: Vec<String> = std::iter::once(own).chain(others).map(shown).collect();
    let titles: Vec<String> = simulated.contracts().map(|contract| contract.contract.clone()).collect();
    let all = std::iter::once(&mut simulated.contract)
        .chain(simulated.against.iter_mut().map(|other| &mut other.contract));
    for (title, path) in all.zip(paths) {
        if titles.iter().filter(|other| *other == title).count() > 1 {
            *title = format!("{title} ({path})");
        }
    }
}

/// The contract, or its problems told.
fn program_of<'c>(checked: &'c Checked, terminal: &Terminal) -> Result<&'c Program, Failure> {
    checked.program().ok_or_else(|| {
        terminal.report(&Report::of(checked), Format::Human, Stream::Err);
        Failure::Contract
    })
}

/// Another contract, with those figures of the table of places that are its own.
fn other(path: &Path, arguments: &Arguments) -> Result<Checked, Failure> {
    let folder = Folder::open(path)?;
    match &arguments.localities {
        None => folder.checked(jcm::check_without_examples),
        Some(table) => {
            let table = SourceFile::new(shown(table), read_text(table)?);
            folder.checked(|world| jcm::check_with_places_of_another(world, table))
        }
    }
}

/// Where, if not where the simulation says: in one place, or in those of a table.
fn places(
    arguments: &Arguments,
    program: &Program,
    checked: &Checked,
) -> Result<Option<Vec<LocalityId>>, Failure> {
    if let Some(name) = &arguments.locality {
        return Ok(Some(vec![locality_of(program, name, "the contract")?]));
    }
    let Some(table) = &arguments.localities else { return Ok(None) };
    let table = shown(table);
    let ids = (0u32..).map(LocalityId).zip(&program.localities);
    let of_table = ids.filter(|(_, locality)| {
        let file = checked.sources.get(locality.head.span.file);
        file.is_some_and(|file| file.name() == table)
    });
    let places: Vec<LocalityId> = of_table.map(|(id, _)| id).collect();
    if places.is_empty() {
        return Err(Failure::World(format!("{table}: there is no place in this table")));
    }
    Ok(Some(places))
}

impl Arguments {
    fn table(&self) -> TableArgument {
        TableArgument { localities: self.localities.clone() }
    }
}

/// The simulation of a name, or all.
fn wanted<'p>(program: &'p Program, name: Option<&str>) -> Result<Vec<&'p Simulation>, Failure> {
    let all: Vec<&Simulation> = program.simulations.iter().collect();
    let known: Vec<&str> = all.iter().map(|simulation| simulation.head.name.as_str()).collect();
    if known.is_empty() {
        let advice = "the contract declares no `simulation`; `jcm doc simulation` shows how one is written";
        return Err(Failure::Usage(advice.to_owned()));
    }
    let Some(name) = name else { return Ok(all) };
    match all.into_iter().find(|simulation| simulation.head.name == name) {
        Some(simulation) => Ok(vec![simulation]),
        None => Err(Failure::Usage(format!(
            "the contract has no simulation `{name}`; it has {}",
            known.join(", ")
        ))),
    }
}
