//! E0565: a simulation does not give a chance that is expected of it.

use crate::ExpectationResult;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_quantity::{Exact, RoundingMode};

/// Its code.
pub(super) const CODE: Code = Code("E0565");

/// The problem of a chance on the wrong side of its limit.
pub(crate) fn chance_differs(result: &ExpectationResult) -> Diagnostic {
    let place = if result.place.is_empty() { String::new() } else { format!(" in {}", result.place) };
    let found = (&result.found * Exact::from_int(100)).fixed(2, RoundingMode::HalfEven);
    let message = format!("the simulation gives {found}%{place}, and expects {}", result.text);
    Diagnostic::error(CODE, message, result.span, "expected here")
        .help("Change the terms of the contract, the distributions or what is expected")
}
