//! E0601: the contract cannot be written in a format.

use crate::emit::Target;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_model::Program;

/// Its code.
pub(super) const CODE: Code = Code("E0601");

/// The file would not hold the whole contract as it was written, so it is not written at all.
pub(crate) fn target_refuses(program: &Program, target: Target, reason: &str) -> Diagnostic {
    let (head, file_name) = (&program.contract.head, target.file_name());
    let help = match target {
        Target::Settlement => {
            "Give each thing a name of its own, or divide the line that is nested too deeply"
        }
        _ => "Look for unusual letters and signs in the titles and texts, and write plain ones instead",
    };
    Diagnostic::error(
        CODE,
        format!("the contract cannot be written as {file_name}: {reason}"),
        head.name_span,
        "in this contract",
    )
    .help(help)
}
