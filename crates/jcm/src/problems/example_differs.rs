//! E0510: an example expects a figure that the contract does not give.

use crate::ExampleResult;
use jcm_diagnostics::{Code, Diagnostic};

/// Its code.
pub(super) const CODE: Code = Code("E0510");

/// One problem for an example, at the first line that differs; later lines usually differ because of it.
pub(crate) fn example_differs(result: &ExampleResult) -> Option<Diagnostic> {
    let (first, later) = result.differences.split_first()?;
    let message = format!("the example expects {}; the contract gives {}", first.expected, first.found);
    let label = match &first.before_rounding {
        Some(before) => format!("{}: {} before rounding", first.what, before),
        None => first.what.clone(),
    };
    let mut diagnostic = Diagnostic::error(CODE, message, first.span, label)
        .also(first.declared, format!("this gives {}", first.found));
    for difference in later {
        let text = format!(
            "{}: expected {}, the contract gives {}",
            difference.what, difference.expected, difference.found
        );
        diagnostic = diagnostic.also(difference.span, text);
    }
    if !later.is_empty() {
        diagnostic = diagnostic.help(format!(
            "Start with {}: it is the first of {} lines that differ, in the order in which the contract computes them",
            first.what,
            result.differences.len()
        ));
    }
    Some(diagnostic.help(format!(
        "Change the expected figure to {} if the contract is right, or the line if the example is right",
        first.found
    )))
}
