//! E0562: a simulation does not say what an input is that the money depends on.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_model::Simulation;

/// Its code.
pub(super) const CODE: Code = Code("E0562");

/// The problem of inputs that nothing is known of.
pub(crate) fn input_not_varied(simulation: &Simulation, inputs: &[&str]) -> Diagnostic {
    let named: Vec<String> = inputs.iter().map(|input| format!("`{input}`")).collect();
    let message =
        format!("the simulation `{}` does not say what {} may be", simulation.head.name, named.join(" and "));
    let example = inputs.first().copied().unwrap_or_default();
    let found = Diagnostic::error(CODE, message, simulation.head.name_span, "what is simulated needs it");
    inputs.iter().fold(found, |found, input| found.fact(*input)).help(format!(
        "Write `vary {example} ~` and a distribution, or `vary {example} ~ fixed` and its figure"
    ))
}
