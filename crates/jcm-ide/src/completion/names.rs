//! Names as they can be written.

use super::{Completion, CompletionKind};
use crate::index::{Symbol, What};
use jcm_source::{FileId, Span};
use jcm_syntax::ast::DeclarationKind as Kind;

/// A completion that is written as it is shown.
pub(super) fn plain(label: &str, kind: CompletionKind, detail: &str, rank: u8) -> Completion {
    Completion {
        label: label.to_owned(),
        kind,
        detail: detail.to_owned(),
        doc: String::new(),
        snippet: escaped(label),
        replaces: Span::new(FileId(0), 0, 0),
        rank,
        also: None,
    }
}

/// The name of something.
pub(super) fn name(symbol: &Symbol, rank: u8) -> Completion {
    let detail = format!("{} {}", symbol.kind_word(), symbol.title);
    let mut found = plain(&symbol.name, CompletionKind::Name, detail.trim_end(), rank);
    found.doc.clone_from(&symbol.doc);
    if symbol.is(Kind::Function) {
        found.snippet = format!("{}($0)", symbol.name);
    }
    found
}

/// A text in which nothing is typed over.
pub(super) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// Whether a calculation can name it.
pub(super) fn is_figure(symbol: &Symbol) -> bool {
    match symbol.what {
        What::Declared(kind) => matches!(
            kind,
            Kind::Parameter
                | Kind::Knob
                | Kind::Measure
                | Kind::Score
                | Kind::Pool
                | Kind::Incentive
                | Kind::Payment
                | Kind::Scale
                | Kind::Bands
                | Kind::Function
                | Kind::Population
        ),
        _ => false,
    }
}

/// Whether something of the library can be named without more.
pub(super) fn is_offered(symbol: &Symbol) -> bool {
    match symbol.what {
        What::Declared(kind) => {
            matches!(
                kind,
                Kind::Parameter
                    | Kind::Scale
                    | Kind::Bands
                    | Kind::Function
                    | Kind::Calendar
                    | Kind::Choice
                    | Kind::Model
                    | Kind::Profile
            )
        }
        _ => false,
    }
}
