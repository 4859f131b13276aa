//! E0573: a simulation does not say how many rows a case has, or says it for nothing.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_model::Simulation;

/// Its code.
pub(super) const CODE: Code = Code("E0573");

/// The problem of a line or an input of every row.
pub(crate) fn rows_unsaid(simulation: &Simulation, title: &str) -> Diagnostic {
    let message = format!(
        "“{title}” has a figure for each row of a case, and the simulation `{}` does not say how many rows there are",
        simulation.head.name
    );
    Diagnostic::error(CODE, message, simulation.head.name_span, "how many rows?")
        .help("Write it, as in `rows: 40`; each row of each run is drawn by itself")
}

/// The problem of rows that nothing has.
pub(crate) fn rows_for_nothing(simulation: &Simulation) -> Diagnostic {
    let message = format!(
        "the simulation `{}` has rows, and nothing that varies is of every row",
        simulation.head.name
    );
    Diagnostic::error(CODE, message, simulation.head.name_span, "rows of nothing")
        .help("Leave `rows` out, or let an input vary that is declared `each` row")
}
