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
        )
        .fact(self.expected.clone())
        .fact(self.found.clone());
        if let Some((span, text)) = self.declared {
            found = found.also(span, text);
        }
        match self.mend {
            Some(text) => found.help(format!("Write `{text}` if that is meant")).fix(
                format!("Change to `{text}`"),
                self.span,
                text,
            ),
            None if is_per_time(&self.found, &self.expected) => {
                found.help("Multiply it by how long: `* 1 year`, or as long as it is meant to run")
            }
            None if is_per_time(&self.expected, &self.found) => found.help(
                "Say over what time it is, such as `per year` behind the figure; or make an amount of the rate that it stands beside: `* 1 year`",
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

/// E0301: a plain number stands beside an amount, because a figure in it has no sign of money.
pub(crate) struct SignForgotten {
    /// The plain number, where and as it is written.
    pub(crate) plain: (Span, String),
    /// The figure in it that could be an amount, where and as it is written.
    pub(crate) figure: Option<(Span, String)>,
    /// The amount, and what it is.
    pub(crate) money: (Span, String),
    /// The sign of the contract's money.
    pub(crate) sign: String,
}

impl Problem for SignForgotten {
    fn describe(self) -> Diagnostic {
        let Self { plain: (span, text), figure, money: (money_span, money), sign } = self;
        let (at, label) = match &figure {
            Some((at, _)) => (*at, format!("this has no `{sign}`")),
            None => (span, "this is a plain number".to_owned()),
        };
        let message = format!("{money} stands beside `{text}`, and that is a plain number");
        let found = Diagnostic::error(CODE, message, at, label)
            .also(money_span, format!("this is {money}"))
            .fact(money);
        match figure {
            Some((at, text)) => {
                let mended = format!("{sign}{text}");
                let title = format!("Change to `{mended}`");
                found.help(format!("Write `{mended}` if that is meant")).fix(title, at, mended)
            }
            None => found.help(format!(
                "Multiply `{text}` by an amount, such as `{sign}1`, or let what it is made of be in `{sign}`"
            )),
        }
    }
}

/// Whether one unit is the other by time: `£ per year` and `an amount in £`.
fn is_per_time(rate: &str, amount: &str) -> bool {
    let amount =
        amount.rsplit_once(" in ").or_else(|| amount.rsplit_once(" of ")).map_or(amount, |(_, unit)| unit);
    ["year", "month", "week", "day"].iter().any(|time| rate == format!("{amount} per {time}"))
}
