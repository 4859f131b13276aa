//! E0740: a table of localities is no table.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

/// Its code.
pub(super) const CODE: Code = Code("E0740");

/// The table has no header, rows of different lengths, a column twice, or a quotation mark that is not closed.
pub(crate) struct TableUnreadable;

impl TableUnreadable {
    pub(crate) fn empty(span: Span) -> Diagnostic {
        Diagnostic::error(CODE, "the table of localities is empty", span, "no header").help(
            "Begin with a row of headers: `jcm localities . --columns` prints those that this contract has",
        )
    }

    pub(crate) fn nameless(span: Span) -> Diagnostic {
        Diagnostic::error(CODE, "the table of localities has no column `locality`", span, "the first header")
            .help("Add a column `locality` with a name for each place, such as north_stour")
    }

    pub(crate) fn twice(span: Span, name: &str) -> Diagnostic {
        let message = format!("two columns of the table of localities are called `{name}`");
        Diagnostic::error(CODE, message, span, "the second of them").help("Remove one of the two columns")
    }

    pub(crate) fn ragged(span: Span, expected: usize, found: usize) -> Diagnostic {
        let cells = if found == 1 { "cell" } else { "cells" };
        let message =
            format!("a row of the table of localities has {found} {cells}, and the header has {expected}");
        Diagnostic::error(CODE, message, span, "this row")
            .help("Put quotation marks round a figure with commas: \"£20,900,000 per year\"")
    }

    pub(crate) fn unclosed(span: Span) -> Diagnostic {
        let message = "a quotation mark in the table of localities is not closed";
        Diagnostic::error(CODE, message, span, "the cell that begins here has no end")
            .help("Close the quotation mark, or remove it")
    }
}
