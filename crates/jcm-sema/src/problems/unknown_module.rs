//! E0201: a `use` or `include` names a file or library that is not there.

use super::{Problem, suggest};
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0201");

/// The facts of E0201.
pub(crate) struct UnknownModule {
    /// The path.
    pub(crate) path: String,
    /// Where.
    pub(crate) span: Span,
    /// Paths like it.
    pub(crate) near: Vec<String>,
}

impl Problem for UnknownModule {
    fn describe(self) -> Diagnostic {
        let found = Diagnostic::error(
            CODE,
            format!("there is no module `{}`", self.path),
            self.span,
            "nothing has this name",
        );
        suggest(found, &self.near, self.span)
            .help("Name a file of this folder without its ending (`use partners`), or a part of the library (`use std.measures.ascof`)")
    }
}
