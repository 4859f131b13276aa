//! E0570: a simulation begins in a period into which a balance is carried from a period that is not simulated.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_model::{Program, Simulation};

/// Its code.
pub(super) const CODE: Code = Code("E0570");

/// The problem of a balance whose beginning nobody knows.
pub(crate) fn balance_open(
    program: &Program,
    simulation: &Simulation,
    title: &str,
    begins: &[usize],
) -> Diagnostic {
    let label = |period: &usize| program.contract.periods.get(*period).map_or("", |period| &period.label);
    let first = simulation.periods.first().map_or("", label);
    let earlier = begins.iter().rfind(|period| Some(*period) < simulation.periods.first()).map_or("", label);
    let last = simulation.periods.last().map_or("", label);
    let message = format!(
        "the simulation `{}` begins in {first}, and what “{title}” then holds follows from earlier periods",
        simulation.head.name
    );
    Diagnostic::error(CODE, message, simulation.head.name_span, "begins in the middle")
        .help(format!("Begin where it opens: `years: {earlier} to {last}`"))
}
