//! E0306: a figure is not written as a number can be.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;
use jcm_syntax::figure_written_right;

pub(super) const CODE: Code = Code("E0306");

/// The facts of E0306.
pub(crate) struct BadNumber {
    /// As written.
    pub(crate) text: String,
    /// Where.
    pub(crate) span: Span,
}

impl Problem for BadNumber {
    fn describe(self) -> Diagnostic {
        let found =
            Diagnostic::error(CODE, format!("`{}` is not a number", self.text), self.span, "cannot be read")
                .help("Write thousands with commas and decimals with a point: `1,234.50`");
        match figure_written_right(&self.text) {
            Some(right) => found.fix(format!("Write `{right}`, if these are its digits"), self.span, right),
            None => found,
        }
    }
}
