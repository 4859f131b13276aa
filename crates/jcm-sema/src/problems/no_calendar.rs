//! E0408: operational days are used, and the contract names no calendar.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0408");

/// The facts of E0408.
pub(crate) struct NoCalendar {
    /// Where operational days are asked for.
    pub(crate) span: Span,
    /// A calendar that is there, by its name or its path in the library.
    pub(crate) near: Option<String>,
}

impl Problem for NoCalendar {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            "the contract does not say which days are operational",
            self.span,
            "this asks for operational days",
        );
        let Some(path) = self.near else {
            return found.help("Declare a `calendar`, and name it in the contract with `calendar:`");
        };
        match path.rsplit_once('.') {
            Some((_, name)) => found.help(format!(
                "Write `use {path}` below the first line, and `calendar: {name}` in the contract"
            )),
            None => found.help(format!("Write `calendar: {path}` in the contract")),
        }
    }
}
