//! E0519: the calculation made from the contract does not pass its own checks.

use jcm_calculus::Flaw;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_model::Program;

/// Its code.
pub(super) const CODE: Code = Code("E0519");

/// The last line of defence: what the checks let through and the calculus refuses is never settled.
pub(crate) fn settlement_refused(program: &Program, flaw: &Flaw) -> Diagnostic {
    let head = &program.contract.head;
    Diagnostic::error(CODE, format!("the contract cannot be settled: {flaw}"), head.name_span, "in this contract")
        .help("Report this contract to the makers of jcm: an earlier check should have found the cause and its place")
}
