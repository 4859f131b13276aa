//! E0528: a balance does not close at a line of its incentive.

use super::{Problem, suggest};
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0528");

/// The facts of E0528.
pub(crate) struct BalanceUnclosed {
    /// The balance.
    pub(crate) balance: String,
    /// What it should close at.
    pub(crate) line: String,
    /// Where that stands.
    pub(crate) span: Span,
    /// What is wrong with it.
    pub(crate) problem: &'static str,
    /// Lines that may be meant.
    pub(crate) near: Vec<String>,
}

impl Problem for BalanceUnclosed {
    fn describe(self) -> Diagnostic {
        let (balance, line) = (&self.balance, &self.line);
        let diagnostic = Diagnostic::error(
            CODE,
            format!("the balance `{balance}` closes at `{line}`, which {}", self.problem),
            self.span,
            "the next period begins with this",
        );
        if self.near.is_empty() {
            return diagnostic.help(format!(
                "Add a line after it, such as `line {line} \"...\" = {balance} + ...`, and let the balance close at it"
            ));
        }
        suggest(diagnostic, &self.near, self.span)
    }
}
