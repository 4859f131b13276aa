//! E0908: a simulation that is to be printed is one of another text than that of the contract.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

/// Its code.
pub(super) const CODE: Code = Code("E0908");

/// The hash of the sources in the file is not that of the contract.
pub(crate) fn scenario_of_another(span: Span, contract: &str, now: &str) -> Diagnostic {
    let message = match contract {
        "" => "the simulation is not one of this text of the contract".to_owned(),
        title => format!("the simulation of “{title}” is not one of this text of the contract"),
    };
    let now: String = now.chars().take(12).collect();
    let label = format!("the hash of the text that was simulated; that of the contract begins {now}");
    Diagnostic::error(CODE, message, span, label)
        .help("Simulate the contract again as it stands: `jcm simulate . --format json > scenarios.json`")
}
