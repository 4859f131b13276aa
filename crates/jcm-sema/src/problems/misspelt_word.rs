//! E0556: a word that is nearly one of those that contracts usually have at its place.

use super::{Problem, suggest};
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0556");

/// The facts of E0556.
pub(crate) struct MisspeltWord {
    /// The field.
    pub(crate) field: &'static str,
    /// The word.
    pub(crate) word: String,
    /// Where.
    pub(crate) span: Span,
    /// The words that are meant, probably.
    pub(crate) near: Vec<String>,
}

impl Problem for MisspeltWord {
    fn describe(self) -> Diagnostic {
        let message = format!("`{}` is not a usual word for `{}`, and is nearly one", self.word, self.field);
        suggest(Diagnostic::error(CODE, message, self.span, "misspelt, perhaps"), &self.near, self.span)
            .help(format!("If it is meant, put it in quotation marks: `\"{}\"`", self.word))
    }
}
