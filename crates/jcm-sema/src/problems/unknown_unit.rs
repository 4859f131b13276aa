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
        suggest(found, &self.near, self.span).help(format!(
            "Declare it if it is meant: `unit {} \"{}\"`",
            self.unit.replace(' ', "_"),
            self.unit
        ))
    }
}
