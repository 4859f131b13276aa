//! E0603: a contribution is said to be fixed or variable that there is not, or that is said to be both.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0603");

/// The facts of E0603.
pub(crate) struct ContributionUnclear {
    /// Whose contribution.
    pub(crate) partner: String,
    /// The pool.
    pub(crate) pool: String,
    /// Whether it contributes at all; then it was named before.
    pub(crate) contributes: bool,
    /// Where it is named.
    pub(crate) span: Span,
    /// Where the pool is declared.
    pub(crate) declared: Span,
}

impl Problem for ContributionUnclear {
    fn describe(self) -> Diagnostic {
        let Self { partner, pool, .. } = &self;
        let (message, label, help) = if self.contributes {
            (
                format!("the contribution of `{partner}` is named twice, and is either fixed or variable"),
                "named again here",
                format!(
                    "Name `{partner}` once: under `fixed:` if it brings the same whatever is spent, or `variable:`"
                ),
            )
        } else {
            (
                format!(
                    "`{partner}` contributes nothing to `{pool}`, so its contribution is neither fixed nor variable"
                ),
                "does not contribute",
                format!("Remove `{partner}`, or write what it brings under `contributes`"),
            )
        };
        Diagnostic::error(CODE, message, self.span, label)
            .case(if self.contributes { "named-twice" } else { "no-contribution" })
            .also(self.declared, "the pool")
            .help(help)
    }
}
