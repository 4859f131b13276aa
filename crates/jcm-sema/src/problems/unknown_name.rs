//! E0202: a name is not declared.

use super::{Problem, suggest};
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0202");

/// The facts of E0202.
pub(crate) struct UnknownName {
    /// The name.
    pub(crate) name: String,
    /// Where.
    pub(crate) span: Span,
    /// What was looked for: "partner".
    pub(crate) wanted: String,
    /// Names like it.
    pub(crate) near: Vec<String>,
}

impl Problem for UnknownName {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            format!("`{}` is not declared", self.name),
            self.span,
            format!("no {} has this name", self.wanted),
        );
        match self.name.to_lowercase().as_str() {
            "if" | "iif" => found
                .help("Write the amount, then the condition: `£500 when visits > 100 visits, otherwise £0`"),
            "sum" => found.help("Write `a + b`, or `sum of` what each row has"),
            "round" | "roundup" | "rounddown" => {
                found.help("Write it behind a comma: `saving, rounded half_up to £1`")
            }
            "year" | "month" | "week" | "day" if self.near.is_empty() => {
                found.help(format!("Write `per {}` behind the amount for a rate", self.name))
            }
            "clamp" | "bound" | "limit" => {
                found.help("Write the limits behind commas: `saving, at least £0, at most £5,000`")
            }
            "average" | "avg" => {
                found.help("Write `mean(a, b)`, or `mean of` a figure `over all` for all cases")
            }
            "countif" | "sumif" | "sumproduct" | "vlookup" | "xlookup" | "hlookup" | "lookup" | "index"
                if self.wanted == "function" =>
            {
                found.help(
                    "Write `price for place` for a row of a parameter, and `sum of` or `count of` over rows",
                )
            }
            "half" => found.help("Write `50% of` it"),
            "third" | "quarter" => found.help("Write it as a part of the whole, such as `saving / 3`"),
            _ => suggest(found, &self.near, self.span),
        }
    }
}

/// E0202: a unit where an amount belongs: `£10 / visit`.
pub(crate) struct UnitAlone {
    /// The unit.
    pub(crate) unit: String,
    /// Where.
    pub(crate) span: Span,
}

impl Problem for UnitAlone {
    fn describe(self) -> Diagnostic {
        let message = format!("`{}` is a unit, and an amount or a name belongs here", self.unit);
        Diagnostic::error(CODE, message, self.span, "a unit follows a figure").help(format!(
            "Write `per {0}` behind an amount for a rate, such as `£10 per {0}`, or a figure before the unit",
            self.unit
        ))
    }
}

/// E0202: a score counts by progress, and its measure has no baseline or no target.
pub(crate) struct NoFigureOfMeasure {
    /// The measure.
    pub(crate) measure: String,
    /// `baseline` or `target`.
    pub(crate) part: String,
    /// Where the score names it.
    pub(crate) span: Span,
}

impl Problem for NoFigureOfMeasure {
    fn describe(self) -> Diagnostic {
        let Self { measure, part, span } = self;
        let message = format!("`{measure}.{part}` is not declared");
        let label = format!("this measure has no {part}");
        Diagnostic::error(CODE, message, span, label).help(format!(
            "Give the measure `{measure}` a `{part}:`; the score counts by its progress from baseline to target"
        ))
    }
}
