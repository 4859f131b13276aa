//! E0524: a variation is applied to another text than the one that was varied.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0524");

/// How much of a hash people write.
const WRITTEN: usize = 12;

/// The facts of E0524.
pub(crate) struct WrongBase {
    /// The variation.
    pub(crate) variation: String,
    /// What it says of its base, if anything.
    pub(crate) stated: Option<String>,
    /// Where.
    pub(crate) span: Span,
    /// The hash of the text before it, in hex.
    pub(crate) base: String,
    /// The variation that was agreed before it, if there is one.
    pub(crate) after: Option<String>,
}

impl Problem for WrongBase {
    fn describe(self) -> Diagnostic {
        let base: String = self.base.chars().take(WRITTEN).collect();
        let before = match &self.after {
            Some(earlier) => format!("the contract with the variation `{earlier}` in it"),
            None => "the contract without its variations".to_owned(),
        };
        let Some(stated) = self.stated else {
            return Diagnostic::error(
                CODE,
                format!("the variation `{}` does not say which text it varies", self.variation),
                self.span,
                format!("{before} is {base}"),
            )
            .help(format!("Write `base: \"{base}\"` in it, if this is the text that was varied"));
        };
        Diagnostic::error(
            CODE,
            format!("the variation `{}` is not of this text", self.variation),
            self.span,
            format!("{before} is {base}, not {stated}"),
        )
        .help("If the text was changed after the variation was agreed, put it back; what changes later is a variation too")
        .help(format!("If this is the text that was varied, write `base: \"{base}\"`"))
        .fix(format!("Change to `\"{base}\"`"), self.span, format!("\"{base}\""))
    }
}
