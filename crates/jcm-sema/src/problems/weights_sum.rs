//! E0506: the weights of a score do not sum to 100 %.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0506");

/// The facts of E0506.
pub(crate) struct WeightsSum {
    /// The score.
    pub(crate) score: String,
    /// Where.
    pub(crate) span: Span,
    /// What they sum to.
    pub(crate) sum: String,
    /// Each weight.
    pub(crate) rows: Vec<(Span, String)>,
}

impl Problem for WeightsSum {
    fn describe(self) -> Diagnostic {
        let mut found = Diagnostic::error(
            CODE,
            format!("the weights of `{}` sum to {}, not to 100%", self.score, self.sum),
            self.span,
            "the weights of this score",
        );
        for (span, text) in self.rows {
            found = found.also(span, text);
        }
        found.help("Change the weights so that they sum to 100%")
    }
}
