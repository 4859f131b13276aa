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
        if self.text.starts_with("per ") {
            return Diagnostic::error(
                CODE,
                format!("`{}` is not a number", self.text),
                self.span,
                "a rate is for one or more of these",
            )
            .case("rate-for-none")
            .help("Write for how many it is: `per 1,000`, `per 100,000`, or `per` alone for each one");
        }
        let found =
            Diagnostic::error(CODE, format!("`{}` is not a number", self.text), self.span, "cannot be read")
                .help("Write thousands with commas and decimals with a point: `1,234.50`");
        match figure_written_right(&self.text) {
            Some(right) => found.fix(format!("Write `{right}`, if these are its digits"), self.span, right),
            None => found,
        }
    }
}

/// E0306: a figure with three digits behind a point, as thousands are written in many countries.
pub(crate) struct TwoReadings {
    /// The sign of the currency where the figure has one, and the digits.
    pub(crate) sign: String,
    /// As written.
    pub(crate) digits: String,
    /// Where the figure begins.
    pub(crate) span: Span,
}

impl Problem for TwoReadings {
    fn describe(self) -> Diagnostic {
        let Self { sign, digits, span } = self;
        let thousands = digits.replace('.', ",");
        let message = format!("`{sign}{digits}` can be read as {sign}{thousands} and as {sign}{digits}0");
        let (thousands, decimals) = (format!("{sign}{thousands}"), format!("{sign}{digits}0"));
        // The figure stands first; what follows it (`per visit`) stays.
        let length = u32::try_from(sign.len().saturating_add(digits.len())).unwrap_or(u32::MAX);
        let figure = Span::new(span.file, span.start, span.end.min(span.start.saturating_add(length)));
        Diagnostic::error(CODE, message, span, "a point before three digits")
            .help(format!(
                "Write `{thousands}` for thousands; for three decimals, add a nought: `{decimals}`"
            ))
            .fix(format!("Write `{thousands}`, if thousands are meant"), figure, thousands)
            .fix(format!("Write `{decimals}`, if they are decimals"), figure, decimals)
    }
}
