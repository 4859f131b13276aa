//! E0741: a row of a table of localities does not name its place.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

/// Its code.
pub(super) const CODE: Code = Code("E0741");

/// The cell under `locality` is empty or no name.
pub(crate) fn nameless_place(span: Span, text: Option<&str>) -> Diagnostic {
    match text {
        Some(text) => {
            let message = format!("`{text}` is no name for a locality");
            let name: String = text
                .trim()
                .to_lowercase()
                .chars()
                .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' })
                .collect();
            Diagnostic::error(CODE, message, span, "letters, digits and _ only, and a letter first")
                .help(format!("Write a name such as `{}`, and this text under `title`", named(&name)))
        }
        None => Diagnostic::error(CODE, "a row names no locality", span, "nothing under `locality`")
            .help("Give the row a name of its own, or remove the row"),
    }
}

/// A name may not begin with a digit.
fn named(name: &str) -> String {
    let name = name.trim_matches('_');
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name.to_owned()
    } else {
        format!("place_{name}")
    }
}
