//! E0561: figures cannot move together as a simulation says.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_model::Simulation;

/// Its code.
pub(super) const CODE: Code = Code("E0561");

/// The problem of correlations that no figures can have at once.
pub(crate) fn correlations_clash(simulation: &Simulation) -> Diagnostic {
    let (first, last) = (simulation.together.first(), simulation.together.last());
    let span = match (first, last) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => simulation.head.name_span,
    };
    let message =
        "no figures can move together like this: what moves with two others ties these two to each other";
    Diagnostic::error(CODE, message, span, "these cannot all hold at once")
        .help("Bring the numbers nearer to 0, or say how the two others move with each other")
}
