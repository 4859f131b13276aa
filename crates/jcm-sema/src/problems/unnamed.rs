//! E0213: a declaration has no name or no title.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0213");

/// The facts of E0213.
pub(crate) struct Unnamed {
    /// The kind.
    pub(crate) kind: String,
    /// Where.
    pub(crate) span: Span,
    /// "name" or "title".
    pub(crate) what: &'static str,
    /// A text that would do.
    pub(crate) example: String,
}

impl Problem for Unnamed {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("this {} has no {}", self.kind, self.what),
            self.span,
            format!("the {} is missing", self.what),
        )
        .help(format!("Write it like this: `{}`", self.example))
    }
}

/// E0213: a first line whose name or title cannot be told from the words beside it.
pub(crate) struct Mixed {
    /// The kind.
    pub(crate) kind: String,
    /// The words that were meant as a name or a title.
    pub(crate) words: String,
    /// Where.
    pub(crate) span: Span,
    /// Whether the title follows in its quotes, so that the words are the name.
    pub(crate) is_name: bool,
}

impl Problem for Mixed {
    fn describe(self) -> Diagnostic {
        let words = &self.words;
        if self.is_name {
            let name = joined(words);
            return Diagnostic::error(
                CODE,
                format!("the name of this {} is more than one word", self.kind),
                self.span,
                "a name is one word",
            )
            .help("Join the words of a name with `_`")
            .fix(format!("Change to `{name}`"), self.span, name);
        }
        let title = format!("\"{words}\"");
        Diagnostic::error(
            CODE,
            format!("the title of this {} is not in quotation marks", self.kind),
            self.span,
            "the title is meant here",
        )
        .help("Put the title in quotation marks")
        .fix(format!("Change to `{title}`"), self.span, title)
    }
}

fn joined(words: &str) -> String {
    let mut name = words.to_lowercase().split([' ', '-']).collect::<Vec<_>>().join("_");
    name.retain(|letter| letter.is_alphanumeric() || letter == '_');
    name
}
