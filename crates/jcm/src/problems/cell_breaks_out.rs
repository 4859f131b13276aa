//! E0743: a cell of a table of localities is not one value.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::{Span, breaks_line, is_unseen};

/// Its code.
pub(super) const CODE: Code = Code("E0743");

/// The cell has marks that no value has.
pub(crate) fn cell_breaks_out(span: Span, text: &str) -> Diagnostic {
    let shown: String = text
        .chars()
        .map(|c| if c.is_control() || is_unseen(c) || breaks_line(c) { ' ' } else { c })
        .take(60)
        .collect();
    Diagnostic::error(CODE, format!("`{shown}` is not one value"), span, "this cell")
        .help("Write one figure as in the contract, such as 40% or \"£20,900,000 per year\"; a title has no quotation marks, no `=`, no braces and nothing that cannot be seen")
}
