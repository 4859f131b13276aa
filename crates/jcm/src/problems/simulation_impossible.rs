//! E0564: what a contract calculates cannot be simulated, or a run of it cannot be settled.

use jcm_calculus::Settlement;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_model::{Program, Simulation};
use jcm_quantity::{Exact, Unit, show};
use jcm_simulate::Stopped;

/// Its code.
pub(super) const CODE: Code = Code("E0564");

/// The problem of a line over all cases where nothing says how many there are.
pub(crate) fn cases_unsaid(simulation: &Simulation, line: &str) -> Diagnostic {
    let name = &simulation.head.name;
    let message = format!(
        "the simulation `{name}` needs the line “{line}”, which is worked out over all cases of a settlement, and does not say how many there are"
    );
    Diagnostic::error(CODE, message, simulation.head.name_span, "how many cases?").help(
        "Write it, as in `cases: 120`; every case of every run is drawn by itself and all of a run are settled together. `cases: history` takes the rows of a history as the cases",
    )
}

/// The problem of cases that are the rows of a history from which nothing is drawn.
pub(crate) fn cases_of_nothing(simulation: &Simulation) -> Diagnostic {
    let name = &simulation.head.name;
    let message = format!(
        "the simulation `{name}` has a case for each row of the history, and no input is drawn from there"
    );
    Diagnostic::error(CODE, message, simulation.head.name_span, "no input with `~ history`")
        .help("Write `vary` an input `~ history`, or a number of cases, such as `cases: 120`")
}

/// ` in North Stour`, or nothing for the contract as it stands.
pub(super) fn in_place(place: &str) -> String {
    if place.is_empty() { String::new() } else { format!(" in {place}") }
}

/// The problem of a run that cannot be settled in a place, which has no title where it is the contract as it stands.
pub(crate) fn simulation_stops(
    program: &Program,
    simulation: &Simulation,
    place: &str,
    settlement: Option<&Settlement>,
    stopped: &Stopped,
) -> Diagnostic {
    let reason = match (stopped, settlement) {
        (Stopped::Case { stop, .. }, Some(settlement)) => Some(stop.words(settlement)),
        _ => None,
    };
    let (why, period, figures) = match stopped {
        Stopped::Case { period, figures, .. } => ("a draw cannot be settled", period, figures),
        Stopped::TooLarge { period, figures } => {
            ("a draw gives a payment that is too large", period, figures)
        }
        Stopped::Unfit { year, figure, unfit } => {
            return super::distribution_unfit(program, simulation, place, *year, *figure, *unfit);
        }
    };
    let unit = |name: &str| {
        let input = program.inputs.iter().find(|input| input.head.name == name);
        input.and_then(|input| input.ty.unit().cloned()).unwrap_or_else(Unit::none)
    };
    let figure = |(name, value): &(String, Option<Exact>)| match value {
        Some(value) => format!("{name} = {}", show(value, &unit(name))),
        None => format!("no {name}"),
    };
    let figures: Vec<String> = figures.iter().map(figure).collect();
    let message = format!(
        "in the simulation `{}` {why}: in {period}{} with {}",
        simulation.head.name,
        in_place(place),
        figures.join(", ")
    );
    let problem = Diagnostic::error(CODE, message, simulation.head.name_span, "in this simulation");
    let problem = reason.into_iter().fold(problem, Diagnostic::help);
    problem.help("Settle these figures as an example to see the line that stops, and mend it or cut the distribution off with `from` and `to`")
}
