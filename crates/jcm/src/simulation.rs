//! Simulations of a contract: from the declaration to a plan, and from what was drawn to what is told.

mod accounts;
mod against;
mod asked;
mod changes;
mod chart;
mod compared;
mod document;
mod drawn;
mod drawn_whole;
mod history;
mod html;
mod in_short;
mod json;
mod overview;
mod parquet;
mod plan;
mod result;
mod rows;
mod spread;
mod sweep;
mod swept;
mod swept_json;
mod tables;
mod together;
mod watches;
mod work;

pub use against::Alternative;
pub use document::simulation_document;
pub use html::simulation_html;
pub use json::{simulation_json, simulation_json_by};
pub use parquet::simulation_parquet;
pub use result::{
    ChanceResult, DriverResult, ExpectationResult, PartyResult, Range, Simulated, SimulatedPlace,
};
pub use rows::{simulation_csv, simulation_csv_by};
pub use sweep::{Goal, GoalOf, Sweeping, Swept, SweptValue, Turning, sweep};
pub use swept::{sweep_csv, sweep_html, sweep_text};
pub use swept_json::sweep_json;
pub use tables::{percent as chance_text, simulation_text};

pub(crate) use json::escaped;

use crate::problems;
use jcm_diagnostics::Diagnostic;
use jcm_model::{LocalityId, Program, Report, Simulation};
use jcm_source::{FileId, Sources};
use plan::{Place, Template};
use std::sync::Mutex;
use together::Together;
use work::Work;

/// What is asked for otherwise than the declaration says.
#[derive(Clone, Copy, Default)]
pub struct Simulating<'a> {
    /// How many runs.
    pub runs: Option<u32>,
    /// What the draws begin with.
    pub seed: Option<u64>,
    /// Only in these places.
    pub places: Option<&'a [LocalityId]>,
    /// A file of the sources with what was seen before, instead of the one that the declaration names.
    pub history: Option<FileId>,
    /// Settle every run by the exact evaluator: the same comes out, and it takes longer.
    pub exactly: bool,
    /// Other contracts, settled with the same draws.
    pub against: &'a [Alternative<'a>],
    /// How many threads may work; one without it. The result does not depend on it.
    pub threads: Option<usize>,
    /// Told how many of how many contracts in places are done.
    pub told: Option<&'a dyn Fn(usize, usize)>,
}

/// Why nothing is told.
#[derive(Debug)]
pub struct NotSimulated {
    /// The problem.
    pub problem: Box<Diagnostic>,
    /// Which of [`Simulating::against`] it is a problem of; `None` for the simulated contract.
    pub of: Option<usize>,
}

/// What is wrong with the simulations of a contract, without a single draw.
pub(crate) fn problems(program: &Program, sources: &Sources) -> Vec<Diagnostic> {
    if program.simulations.is_empty() {
        return Vec::new();
    }
    let template = Template::of(program, sources);
    let of_one = |simulation: &Simulation| {
        let places = simulation.places.iter();
        let mut found = places
            .filter_map(|place| Place::of(&template, simulation, *place, None).err().map(|problem| *problem));
        found.next()
    };
    // One whose history comes with the command is looked at when it is there.
    let is_whole = |simulation: &&Simulation| {
        simulation.history.is_some() || simulation.vary.iter().all(|vary| !history::is_of(vary.shape))
    };
    program.simulations.iter().filter(is_whole).filter_map(of_one).collect()
}

/// Draws, settles and tells. A problem where some draw cannot be settled.
///
/// Each thread works in one place at a time, and only what is told of it is kept: thousands of places need no more memory
/// than their tables. What comes out does not depend on the number of threads.
pub fn simulate(
    program: &Program,
    sources: &Sources,
    simulation: &Simulation,
    asked: &Simulating<'_>,
) -> Result<Simulated, NotSimulated> {
    let runs = asked.runs.unwrap_or(simulation.runs);
    let seed = asked.seed.unwrap_or(simulation.seed);
    let mut simulated = Simulated::new(program, simulation, runs, seed);
    // What the declaration asks of its own contract is not asked of another.
    let unasked = Simulation {
        report: Report { chances: Vec::new(), ..simulation.report.clone() },
        expect: Vec::new(),
        ..simulation.clone()
    };
    simulated.against = asked.against.iter().map(|other| simulated.like(other.program)).collect();
    let only: Option<Vec<Option<LocalityId>>> =
        asked.places.map(|places| places.iter().copied().map(Some).collect());
    let places = only.as_ref().unwrap_or(&simulation.places);
    // One place is its own sum.
    let sums = if places.len() > 1 { asked.against.len() + 1 } else { 0 };
    let work = Work {
        template: Template::of(program, sources),
        others: asked.against.iter().map(|other| Template::of(other.program, other.sources)).collect(),
        simulation,
        unasked: &unasked,
        runs,
        seed,
        threads: asked.threads.unwrap_or(1).max(1),
        exactly: asked.exactly,
        history: asked.history,
        together: Mutex::new((0..sums).map(|_| Together::default()).collect()),
    };
    let total = places.len() * (asked.against.len() + 1);
    let told = |done| {
        if let Some(told) = asked.told {
            told(done, total);
        }
    };
    work.in_every(places, &mut simulated, &told)?;
    simulated.seal();
    Ok(simulated)
}

/// The problem of an expectation that did not come out.
pub fn expectation_problem(result: &ExpectationResult) -> Option<Diagnostic> {
    (!result.holds).then(|| problems::chance_differs(result))
}
