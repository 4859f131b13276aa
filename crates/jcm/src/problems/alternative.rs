//! What another contract needs of a simulation and does not find: it cannot be settled with the same draws.

use super::input_not_varied;
use super::simulation_impossible;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Input, Program, Simulation};

/// The problem of an input that is not drawn.
pub(crate) fn alternative_needs(input: &Input, simulation: &Simulation, drawn: &[&str]) -> Diagnostic {
    let name = &simulation.head.name;
    let message =
        format!("`{}` is needed here, and the simulation `{name}` draws nothing like it", input.head.name);
    let drawn: Vec<String> = drawn.iter().map(|name| format!("`{name}`")).collect();
    Diagnostic::error(
        input_not_varied::CODE,
        message,
        input.head.name_span,
        "neither its name nor its title, in this unit, is drawn",
    )
    .help(format!(
        "The simulation draws {}: give this input the name of what it is, or let the simulation `vary` it",
        drawn.join(", ")
    ))
}

/// The problem of a place or period that is not there.
pub(crate) fn alternative_lacks(other: &Program, what: &str) -> Diagnostic {
    let head = &other.contract.head;
    let message = format!("“{}” does not have {what} that is simulated", head.title);
    Diagnostic::error(simulation_impossible::CODE, message, head.name_span, "in this contract").help(
        "Give both contracts the same places (`--localities FILE` gives them to all) and settlement periods",
    )
}

/// The problem of a contract that one case does not settle.
pub(crate) fn alternative_unsettled(other: &Program) -> Diagnostic {
    let head = &other.contract.head;
    let message = format!("“{}” is not settled from the figures of one case and period alone", head.title);
    Diagnostic::error(simulation_impossible::CODE, message, head.name_span, "cannot be simulated")
        .help("Compare contracts whose incentives settle one case from its own figures")
}
