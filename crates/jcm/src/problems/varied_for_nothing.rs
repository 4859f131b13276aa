//! E0563: an input varies that nothing simulated depends on.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_model::{Program, Vary};

/// Its code.
pub(super) const CODE: Code = Code("E0563");

/// The problem of an input that makes no difference.
pub(crate) fn varied_for_nothing(program: &Program, vary: &Vary) -> Diagnostic {
    let name = program.drawn(vary).map_or("", |head| head.name.as_str());
    let message = format!("`{name}` varies, but no incentive and nothing that is asked for depends on it");
    Diagnostic::error(CODE, message, vary.span, "makes no difference")
        .help("Remove the line, or ask for a chance that depends on it")
}
