//! E0601: the contract cannot be written as a settlement specification.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_model::Program;

/// Its code.
pub(super) const CODE: Code = Code("E0601");

/// The specification would not read back as what was written, so it is not written at all.
pub(crate) fn target_refuses(program: &Program, file_name: &str, reason: &str) -> Diagnostic {
    let head = &program.contract.head;
    Diagnostic::error(
        CODE,
        format!("the contract cannot be written as {file_name}: {reason}"),
        head.name_span,
        "in this contract",
    )
    .help("Give each thing a name of its own, or divide the line that is nested too deeply")
}
