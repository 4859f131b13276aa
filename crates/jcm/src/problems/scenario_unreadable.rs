//! E0909: a file of simulations is none that `jcm simulate` wrote.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

/// Its code.
pub(super) const CODE: Code = Code("E0909");

/// The file is no JSON, or lacks what every simulation says.
pub(crate) fn scenario_unreadable(span: Span, why: &str) -> Diagnostic {
    let message = "this file holds no simulation that could be printed";
    Diagnostic::error(CODE, message, span, why)
        .help("Write the file with `jcm simulate . --format json > scenarios.json`, and do not edit it")
}
