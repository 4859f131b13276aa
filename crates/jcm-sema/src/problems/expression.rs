//! E0110: an expression cannot be read.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_syntax::expression::ExprProblem;

pub(super) const CODE: Code = Code("E0110");

/// The facts of E0110.
pub(crate) struct Expression {
    /// What the reader of expressions found.
    pub(crate) problem: ExprProblem,
}

impl Problem for Expression {
    fn describe(self) -> Diagnostic {
        let mut found = Diagnostic::error(CODE, self.problem.message, self.problem.span, self.problem.label)
            .case(self.problem.case);
        found.help = self.problem.help;
        match self.problem.fix.map(|fix| *fix) {
            Some((title, span, new_text)) => found.fix(title, span, new_text),
            None => found,
        }
    }
}
