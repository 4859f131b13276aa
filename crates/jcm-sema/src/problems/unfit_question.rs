//! E0310: a question of a criterion that no contract can answer with yes.

use super::{Problem, suggest};
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0310");

/// The facts of E0310.
pub(crate) enum UnfitQuestion {
    /// Two facts that are never alike.
    Unlike {
        /// The first, and what it is.
        left: (Span, &'static str),
        /// The other, and what it is.
        right: (Span, &'static str),
        /// What may stand beside the first.
        help: &'static str,
    },
    /// A word that the fact never is.
    NoSuchWord {
        /// The fact.
        fact: String,
        /// The word.
        word: String,
        /// Where.
        span: Span,
        /// The words that are meant, probably.
        near: Vec<String>,
    },
}

impl Problem for UnfitQuestion {
    fn describe(self) -> Diagnostic {
        match self {
            Self::Unlike { left: (span, left), right: (other, right), help } => Diagnostic::error(
                CODE,
                format!("{left} is held here against {right}, and no contract can meet that"),
                other,
                format!("this is {right}"),
            )
            .case("unlike")
            .fact(left)
            .fact(right)
            .also(span, format!("this is {left}"))
            .help(help),
            Self::NoSuchWord { fact, word, span, near } => suggest(
                Diagnostic::error(
                    CODE,
                    format!("`{fact}` is never `{word}`, so no contract can meet that"),
                    span,
                    format!("no word of `{fact}`"),
                ),
                &near,
                span,
            ),
        }
    }
}
