//! E0572: a figure of a simulation may be missing or disputed, and the contract does not say what that means.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

/// Its code.
pub(super) const CODE: Code = Code("E0572");

/// The problem of a figure that may be missing, where the contract does not go on without it.
pub(crate) fn missing_unruled(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` may be missing here, and the contract cannot be settled without it");
    Diagnostic::error(CODE, message, span, "no rule for this").help(
        "Say in the contract what it means that the figure is missing, as in `missing: neutral`, or leave this out",
    )
}

/// The problem of a figure that may be disputed, where the contract does not say what then holds.
pub(crate) fn disputed_unruled(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` may be disputed here, and the contract does not say what is then paid");
    Diagnostic::error(CODE, message, span, "no rule for this")
        .help("Say it in the contract, as in `disputed: pay the undisputed part`, or leave this out")
}
