//! E0742: a column of a table of localities is nothing that a locality may set.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

/// Its code.
pub(super) const CODE: Code = Code("E0742");

/// The header names no figure that is a place's own.
pub(crate) fn column_not_local(span: Span, name: &str, known: &[String]) -> Diagnostic {
    let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let message = format!("`{name}` is nothing that a locality of this contract may set");
    Diagnostic::error(CODE, message, span, "this column")
        .help(format!("The columns may be {}", known.join(", ")))
        .help("Declare the figure as a knob with its range if places may choose it")
}
