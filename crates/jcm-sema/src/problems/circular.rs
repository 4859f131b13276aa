//! E0212: things depend on each other in a circle.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0212");

/// The facts of E0212.
pub(crate) struct Circular {
    /// The circle.
    pub(crate) names: Vec<String>,
    /// Where.
    pub(crate) span: Span,
}

impl Problem for Circular {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("{} depend on each other in a circle", self.names.join(" and ")),
            self.span,
            "none of them can be worked out first",
        )
        .help("Take one of the references out")
    }
}

/// E0212: terms that are defined by each other.
pub(crate) struct DefinedInCircle {
    /// The terms, each defined by the next and the last by the first.
    pub(crate) names: Vec<String>,
    /// Where the first is defined.
    pub(crate) span: Span,
}

impl Problem for DefinedInCircle {
    fn describe(self) -> Diagnostic {
        let quoted: Vec<String> = self.names.iter().map(|name| format!("“{name}”")).collect();
        let (message, label) = match quoted.as_slice() {
            [only] => (format!("{only} is defined by itself"), "what it means is not said"),
            _ => (
                format!("{} are defined by each other", quoted.join(" and ")),
                "none of them says what it means",
            ),
        };
        Diagnostic::error(CODE, message, self.span, label)
            .help("Say what the term means without a reference that leads back to it")
    }
}
