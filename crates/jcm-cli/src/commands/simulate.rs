//! `jcm simulate`: what each partner stands to gain or lose.

use crate::arguments::{Format, locality_of};
use crate::failure::Failure;
use crate::files::{Output, write_all_or_none};
use crate::project::{Folder, shown};
use crate::report::Report;
use crate::terminal::{Stream, Terminal};
use clap::{Args, ValueEnum};
use jcm::{Program, Simulated, Simulating, Simulation};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  jcm simulate .                               every simulation of this folder's contract
  jcm simulate . --simulation first_years --runs 1000
  jcm simulate . --locality north_stour --format csv > north.csv
  jcm simulate . --out out                     text, CSV, JSON and a page with drawings";

/// The most runs, as in a contract.
const MOST_RUNS: i64 = 1_000_000;

/// Show what each partner stands to gain or lose
///
/// Draws the figures of each `simulation` as often as it says, settles every draw exactly as the contract says, and
/// tells what comes out: expected amounts, ranges, chances of loss, and how often conditions hold and limits bind. The
/// same seed gives the same figures.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, or a folder with one contract in it
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    /// Only the simulation of this name
    #[arg(long, value_name = "NAME")]
    simulation: Option<String>,

    /// In this locality instead of where the simulation says
    #[arg(long, value_name = "NAME")]
    locality: Option<String>,

    /// So many runs instead of what the simulation says
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=MOST_RUNS))]
    runs: Option<u32>,

    /// Begin the draws with this number instead of what the simulation says
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,

    /// Write every format into this folder, instead of printing one
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Replace files of these names that are there already
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
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let checked = Folder::open(&arguments.path)?.checked(jcm::check_without_examples)?;
    let Some(program) = checked.program() else {
        terminal.report(&Report::of(&checked), Format::Human, Stream::Err);
        return Err(Failure::Contract);
    };
    let place = arguments.locality.as_ref();
    let asked = Simulating {
        runs: arguments.runs,
        seed: arguments.seed,
        place: place.map(|name| locality_of(program, name, "the contract")).transpose()?,
        threads: std::thread::available_parallelism().ok().map(std::num::NonZero::get),
    };
    let mut made: Vec<(String, String)> = Vec::new();
    let mut printed = String::new();
    let mut holds = true;
    for simulation in wanted(program, arguments.simulation.as_deref())? {
        let simulated = match jcm::simulate(program, &checked.sources, simulation, &asked) {
            Ok(simulated) => simulated,
            Err(problem) => {
                let report = Report::new(checked.sources.clone(), vec![*problem]);
                terminal.report(&report, Format::Human, Stream::Err);
                return Err(Failure::Contract);
            }
        };
        holds &= simulated.expectations.iter().all(|result| result.holds);
        if arguments.out.is_some() {
            made.extend(
                Printed::ALL
                    .map(|(format, ending)| (format!("{}.{ending}", simulated.name), format.of(&simulated))),
            );
        } else {
            printed.push_str(&arguments.format.of(&simulated));
        }
    }
    if let Some(folder) = &arguments.out {
        let outputs: Vec<Output<'_>> =
            made.iter().map(|(name, text)| Output { name, bytes: text.as_bytes() }).collect();
        write_all_or_none(folder, &outputs, |path| may_replace(path, arguments.force))?;
        for output in &outputs {
            let _ = writeln!(printed, "wrote {}", shown(&folder.join(output.name)));
        }
    }
    terminal.say(&printed);
    if holds { Ok(()) } else { Err(Failure::Contract) }
}

fn may_replace(path: &Path, force: bool) -> Result<(), Failure> {
    if force {
        Ok(())
    } else {
        Err(Failure::of_path(path, "this file is there already; --force replaces it"))
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
