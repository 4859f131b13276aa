//! E0204: a payment goes to a pool.

use super::Problem;
use jcm_diagnostics::Diagnostic;
use jcm_source::Span;

/// The facts of E0204.
pub(crate) struct PaidToPool {
    /// The pool.
    pub(crate) pool: String,
    /// Where.
    pub(crate) span: Span,
}

impl Problem for PaidToPool {
    fn describe(self) -> Diagnostic {
        let Self { pool, span } = self;
        let message = format!("`{pool}` is a pool, and a partner is needed here");
        Diagnostic::error(super::wrong_kind::CODE, message, span, "this is a pool").fact("a partner").help(format!(
            "What is taken back from a partner is a negative amount paid from the pool: `line due \"Due\" = -deduction` and \
             `pays due from {pool} to` that partner; what a partner puts in stands in the `contributes` of the pool"
        ))
    }
}
