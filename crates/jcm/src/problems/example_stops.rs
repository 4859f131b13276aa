//! E0511: an example cannot be settled.

use crate::ExampleResult;
use jcm_diagnostics::{Code, Diagnostic};

/// Its code.
pub(super) const CODE: Code = Code("E0511");

/// The problem of an example that stops before it reaches what it expects.
pub(crate) fn example_stops(result: &ExampleResult) -> Option<Diagnostic> {
    let stopped = result.stopped.as_ref()?;
    let message = format!("the example “{}” cannot be settled: {stopped}", result.title);
    let label = format!("an example of {} in {}", result.of, result.period);
    Some(
        Diagnostic::error(CODE, message, result.span, label)
            .help("Give the figure that is missing under `given`, or the line that needs it"),
    )
}
