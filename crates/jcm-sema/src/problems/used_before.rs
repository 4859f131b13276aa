//! E0211: a line uses a line that comes after it.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0211");

/// The facts of E0211.
pub(crate) struct UsedBefore {
    /// The name.
    pub(crate) name: String,
    /// Where it is used.
    pub(crate) span: Span,
    /// Where it stands.
    pub(crate) declared: Span,
    /// The line that uses it, where it needs that line in turn.
    pub(crate) needed_by: Option<String>,
}

impl Problem for UsedBefore {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            format!("`{}` is used before it is worked out", self.name),
            self.span,
            "used here",
        );
        let below = "worked out here, further down";
        match self.needed_by {
            Some(own) if own == self.name => found.help(format!(
                "A line cannot use itself: name an input or an earlier line here, or give the line another name than `{own}`"
            )),
            Some(own) => found.also(self.declared, below).help(format!(
                "`{own}` and `{}` need each other, so no order of the lines is right: take one of the two references out",
                self.name
            )),
            None => found
                .also(self.declared, below)
                .help("Lines are worked out from top to bottom: move the line up"),
        }
    }
}
