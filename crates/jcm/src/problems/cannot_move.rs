//! E0574: two figures of a simulation are drawn in ways that cannot move together.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

/// Its code.
pub(super) const CODE: Code = Code("E0574");

/// The problem of a figure that comes with its row of the history.
pub(crate) fn moves_with_its_row(span: Span) -> Diagnostic {
    let message = "a figure from a row of the history already moves with the others of its row";
    Diagnostic::error(CODE, message, span, "drawn in whole rows").help(
        "Leave this out, or draw the figure by itself with `~ empirical` and say how it moves with the other",
    )
}

/// The problem of a figure of the whole case with one of every row.
pub(crate) fn moves_with_every_row(span: Span) -> Diagnostic {
    let message = "one of these is a figure of the whole case and the other has a figure for each row";
    Diagnostic::error(CODE, message, span, "cannot move together")
        .help("Let figures of rows move with figures of rows, and figures of the case with each other")
}
