//! E0301: a figure has the wrong unit.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0301");

/// The facts of E0301.
pub(crate) struct UnitMismatch {
    /// Where.
    pub(crate) span: Span,
    /// The unit found.
    pub(crate) found: String,
    /// The unit needed.
    pub(crate) expected: String,
    /// What it is needed for: "to be added to `saving`".
    pub(crate) why: String,
    /// Where the unit was decided.
    pub(crate) declared: Option<(Span, String)>,
    /// A text that would do.
    pub(crate) mend: Option<String>,
}

impl Problem for UnitMismatch {
    fn describe(self) -> Diagnostic {
        let mut found = Diagnostic::error(
            CODE,
            format!("{} is needed {}, and this is {}", self.expected, self.why, self.found),
            self.span,
            format!("this is {}", self.found),
        );
        if let Some((span, text)) = self.declared {
            found = found.also(span, text);
        }
        match self.mend {
            Some(text) => found.help(format!("Write `{text}` if that is meant")).fix(
                format!("Change to `{text}`"),
                self.span,
                text,
            ),
            // A difference of percentages is where the two meet.
            None if self.found == "percentage points" && self.expected == "a percentage" => found.help(
                "A line with a difference of percentages is in percentage points where it says so before its `=`: `line gain \"Gain\" : percentage_points = share - share.baseline`",
            ),
            None if self.found == "a number of points" && self.expected == "a percentage" => found.help(
                "Let the scale give percentages, as in `scale marks \"Marks\" of percent : percent` with 100% for the most, or let \
                 both be in points",
            ),
            None => found,
        }
    }
}
