//! E0302: a unit is not known.

use super::{Problem, suggest};
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0302");

/// The facts of E0302.
pub(crate) struct UnknownUnit {
    /// The unit.
    pub(crate) unit: String,
    /// Where.
    pub(crate) span: Span,
    /// Units like it.
    pub(crate) near: Vec<String>,
}

impl Problem for UnknownUnit {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            format!("the unit `{}` is not known", self.unit),
            self.span,
            "no unit has this name",
        );
        let meant = match self.unit.to_lowercase().as_str() {
            "percent" | "per cent" | "pc" | "pct" => "Write the sign directly after its figure: `2.5%`",
            "percents" | "percentage" | "percentages" => {
                "Write `percent` for what is in per cent, and the sign directly after a figure: `2.5%`"
            }
            "progress" => "Progress from a baseline to a target is a percentage: write `percent`",
            "annum" => "Write `per year`",
            "p" | "pence" => "Write pence as parts of a pound: `£0.50`",
            "gbp" | "pounds" | "pound" => {
                "Write the sign before the figure, `£500`; alone, `£`, for what is money"
            }
            "k" | "m" | "million" | "thousand" | "bn" => "Write the figure with all its digits: `20,000`",
            _ => return self.undeclared(found),
        };
        found.help(meant)
    }
}

impl UnknownUnit {
    fn undeclared(self, found: Diagnostic) -> Diagnostic {
        suggest(found, &self.near, self.span).help(format!(
            "Declare it if it is meant: `unit {} \"{}\" {{}}`",
            self.unit.replace(' ', "_"),
            self.unit
        ))
    }
}

/// E0302: a percentage in words, `40 percent`.
pub(crate) struct PercentInWords {
    /// The figure.
    pub(crate) digits: String,
    /// The figure and the word.
    pub(crate) span: Span,
}

impl Problem for PercentInWords {
    fn describe(self) -> Diagnostic {
        let written = format!("{}%", self.digits);
        Diagnostic::error(CODE, "a percentage is written with its sign", self.span, "the word is no unit")
            .fix(format!("Write `{written}`"), self.span, written)
    }
}
