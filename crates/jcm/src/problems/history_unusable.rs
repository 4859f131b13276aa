//! E0571: the history of a simulation is not there, or is no history of what varies.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_model::Vary;
use jcm_quantity::Unit;
use jcm_source::Span;

/// Its code.
pub(super) const CODE: Code = Code("E0571");

/// The problem of a history that nobody names.
pub(crate) fn unnamed(span: Span) -> Diagnostic {
    Diagnostic::error(CODE, "this is drawn from a history, and there is none", span, "needs a history")
        .help("Name a CSV file beside the contract, as in `history: \"history.csv\"`, or give one with `jcm simulate --history FILE`")
}

/// The problem of a file that is not beside the contract.
pub(crate) fn not_there(name: &str, span: Span) -> Diagnostic {
    let message = format!("there is no file `{name}` beside the contract");
    Diagnostic::error(CODE, message, span, "not there").help(
        "Put the CSV file into the folder of the contract, and name it as it is called there, with `/` between folders",
    )
}

/// The problem of a column that the file does not have.
pub(crate) fn column(vary: &Vary, wanted: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the history has no column `{wanted}`");
    let known = match known {
        [] => "it is empty".to_owned(),
        known => {
            format!("it has {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
        }
    };
    Diagnostic::error(CODE, message, vary.span, known).help(
        "Give the column the name of the input, or name it here, as in `~ history column \"Total cost\"`",
    )
}

/// The problem of a cell that is no figure of the input.
pub(crate) fn cell(text: &str, unit: &Unit, why: &str, span: Span) -> Diagnostic {
    let message = format!("this cell of the history, `{text}`, is not {}: {why}", unit.describe());
    Diagnostic::error(CODE, message, span, "not a figure of the input").help(
        "A row of a `history` is drawn whole, so every cell of it must be filled; a percentage needs its `%`",
    )
}

/// The problem of a column without any figure.
pub(crate) fn empty(vary: &Vary, place: &str) -> Diagnostic {
    let of = if place.is_empty() { String::new() } else { format!(" of the locality `{place}`") };
    let message = format!("the history has no row{of} to draw from");
    Diagnostic::error(CODE, message, vary.span, "has nothing to be drawn from")
        .help("Give the file rows below its header; a row whose `locality` is empty is of every place")
}
