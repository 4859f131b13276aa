//! E0208: a statement is not known in this declaration.

use super::{Problem, a, suggest};
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0208");

/// The facts of E0208.
pub(crate) struct Statement {
    /// The kind of declaration.
    pub(crate) kind: String,
    /// Where.
    pub(crate) span: Span,
    /// What may stand here.
    pub(crate) expected: String,
    /// The field it was probably meant to be, and the place where its colon is missing.
    pub(crate) field: Option<(String, Span)>,
    /// The words like its first one that may begin a statement, and its place.
    pub(crate) near: (Vec<String>, Span),
}

impl Problem for Statement {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            format!("this does not belong in {}", a(&self.kind)),
            self.span,
            format!("expected {}", self.expected),
        );
        match self.field {
            Some((field, at)) => {
                found.help(format!("Write a colon after `{field}`")).fix(format!("Write `{field}:`"), at, ":")
            }
            None => suggest(found, &self.near.0, self.near.1),
        }
    }
}

/// E0208: a second duty in an obligation.
pub(crate) struct SecondDuty {
    /// Where it stands.
    pub(crate) span: Span,
}

impl Problem for SecondDuty {
    fn describe(self) -> Diagnostic {
        let message = "an obligation has one partner and one duty, and this is a second";
        Diagnostic::error(CODE, message, self.span, "this would be a second duty").help(
            "Write it in an obligation of its own, with its own `due` and `shown`; or say both in one text, where one day \
             and one proof will do",
        )
    }
}
