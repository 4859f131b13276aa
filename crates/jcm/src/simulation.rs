//! Simulations of a contract: from the declaration to a plan, and from what was drawn to what is told.

mod chart;
mod html;
mod plan;
mod result;
mod tables;
mod watches;

pub use html::simulation_html;
pub use result::{ChanceResult, ExpectationResult, PartyResult, Range, Simulated, SimulatedPlace};
pub use tables::{percent as chance_text, simulation_csv, simulation_json, simulation_text};

pub(crate) use html::STYLE;
pub(crate) use tables::escaped;

use crate::problems;
use jcm_diagnostics::Diagnostic;
use jcm_model::{LocalityId, Program, Simulation};
use jcm_source::Sources;
use plan::Place;

/// What is asked for otherwise than the declaration says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Simulating {
    /// How many runs.
    pub runs: Option<u32>,
    /// What the draws begin with.
    pub seed: Option<u64>,
    /// Only this place.
    pub place: Option<LocalityId>,
    /// How many threads may work; one without it. The result does not depend on it.
    pub threads: Option<usize>,
}

/// What is wrong with the simulations of a contract, without a single draw.
pub(crate) fn problems(program: &Program, sources: &Sources) -> Vec<Diagnostic> {
    let of_one = |simulation: &Simulation| {
        let places = simulation.places.iter();
        let mut found = places.filter_map(|place| {
            Place::of(program, sources, simulation, *place).err().map(|problem| *problem)
        });
        found.next()
    };
    program.simulations.iter().filter_map(of_one).collect()
}

/// Draws, settles and tells. A problem where some draw cannot be settled.
pub fn simulate(
    program: &Program,
    sources: &Sources,
    simulation: &Simulation,
    asked: &Simulating,
) -> Result<Simulated, Box<Diagnostic>> {
    let runs = asked.runs.unwrap_or(simulation.runs);
    let seed = asked.seed.unwrap_or(simulation.seed);
    let mut simulated = Simulated::new(program, simulation, runs, seed);
    let only = asked.place.map(|place| vec![Some(place)]);
    for place in only.as_ref().unwrap_or(&simulation.places) {
        let made = Place::of(program, sources, simulation, *place)?;
        let plan = made.plan(simulation, runs, seed, asked.threads.unwrap_or(1));
        let sample = jcm_simulate::simulate(&plan)
            .map_err(|stopped| problems::simulation_stops(program, simulation, &stopped))?;
        simulated.add(simulation, &made, &sample);
    }
    simulated.seal();
    Ok(simulated)
}

/// The problem of an expectation that did not come out.
pub fn expectation_problem(result: &ExpectationResult) -> Option<Diagnostic> {
    (!result.holds).then(|| problems::chance_differs(result))
}
