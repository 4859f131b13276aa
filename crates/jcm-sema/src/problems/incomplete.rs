//! E0214: a contract without a stated problem could not be put together.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0214");

/// The facts of E0214.
pub(crate) struct Incomplete {
    /// The contract.
    pub(crate) span: Span,
}

impl Problem for Incomplete {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(CODE, "this contract could not be put together", self.span, "something in it was not understood")
            .help("Nothing of it is used. Take out the last change and try again; this is a fault of the compiler, and its authors will want to see the file")
    }
}
