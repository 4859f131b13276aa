//! E0548: documents cannot be told apart, or do not stand in the order of their days.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0548");

/// The facts of E0548.
pub(crate) struct DocumentMisplaced {
    /// The document.
    pub(crate) name: String,
    /// Where.
    pub(crate) span: Span,
    /// What is wrong with it.
    pub(crate) why: Misplaced,
}

/// What can be wrong with a document.
pub(crate) enum Misplaced {
    /// Another one has its title.
    Twin {
        /// The title of both.
        title: String,
        /// The other one.
        first: Span,
    },
    /// It replaces one that is not older.
    Older {
        /// The one that it replaces.
        older: String,
        /// The day of that one.
        other: String,
        /// Its own day.
        day: String,
    },
    /// It prevails over others before it is there.
    Late {
        /// Its day.
        day: String,
        /// The first day of the contract.
        start: String,
    },
    /// It stands in the order of precedence with the one that replaces it.
    Replaced {
        /// The one that replaces it.
        by: String,
    },
}

impl Problem for DocumentMisplaced {
    fn describe(self) -> Diagnostic {
        let (name, span) = (self.name, self.span);
        match self.why {
            Misplaced::Twin { title, first } => {
                let message = format!("two documents are called “{title}”");
                Diagnostic::error(CODE, message, span, "the same title again")
                    .case("twin")
                    .also(first, "the first one")
                    .help("Say in the titles how they differ, such as the year or the partner; the contract refers to them by title")
            }
            Misplaced::Older { older, other, day } => {
                let message =
                    format!("the document `{name}` of {day} replaces `{older}`, which is of {other}");
                Diagnostic::error(CODE, message, span, "not younger than what it replaces")
                    .case("older")
                    .fact(older)
                    .help("Write `replaces:` in the younger document, with the name of the older one")
            }
            Misplaced::Late { day, start } => {
                let message = format!(
                    "the document `{name}` has its place in the order of precedence, and is of {day}, after the \
                     contract begins on {start}"
                );
                Diagnostic::error(CODE, message, span, "not there when the contract begins").case("late").fact(name).help(
                    "Name the version that is there on the first day, or write the title in quotes if any version is meant",
                )
            }
            Misplaced::Replaced { by } => {
                let message =
                    format!("`{by}` replaces the document `{name}`, and both stand in `precedence`");
                Diagnostic::error(CODE, message, span, "replaced")
                    .case("replaced")
                    .help(format!("Take `{name}` out of `precedence`; `{by}` stands in its place"))
            }
        }
    }
}
