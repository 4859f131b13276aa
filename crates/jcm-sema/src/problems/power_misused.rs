//! E0539: a power of the law is used by somebody who does not have it, or for what it is not for.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0539");

/// The facts of E0539.
pub(crate) struct PowerMisused {
    /// Which way: `not-for-this`, `no-sector`, `other-sector` or `not-one-of-each`.
    pub(crate) case: &'static str,
    /// The power, by title.
    pub(crate) power: String,
    /// Where it is used.
    pub(crate) span: Span,
    /// What is the matter, after the thing that uses it.
    pub(crate) matter: String,
    /// Where the power is declared.
    pub(crate) declared: Span,
    /// What the case is about: who is meant, and then each who has the power.
    pub(crate) about: Vec<String>,
    /// Who has it or what it is for.
    pub(crate) allowed: String,
    /// What to do.
    pub(crate) help: &'static str,
}

impl Problem for PowerMisused {
    fn describe(self) -> Diagnostic {
        let found =
            Diagnostic::error(CODE, self.matter, self.span, format!("under {}", self.power)).case(self.case);
        self.about.into_iter().fold(found, Diagnostic::fact).also(self.declared, self.allowed).help(self.help)
    }
}
