//! E0210: there is not exactly one contract.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0210");

/// The facts of E0210.
pub(crate) struct NoContract {
    /// The second contract, or the start of the file.
    pub(crate) span: Span,
    /// The first contract, if there is one.
    pub(crate) first: Option<Span>,
}

impl Problem for NoContract {
    fn describe(self) -> Diagnostic {
        match self.first {
            Some(first) => Diagnostic::error(CODE, "there are two contracts", self.span, "the second contract")
                .also(first, "the first contract")
                .help("Keep each contract in a folder of its own"),
            None => Diagnostic::error(CODE, "there is no contract here", self.span, "no `contract` in this file")
                .help("Begin with `contract name \"Title\" { term: 2026-04-01 to 2031-03-31 ... }`, or let `jcm new` write one"),
        }
    }
}
