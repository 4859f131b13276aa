//! E0108: a declaration without its name or its body.

use super::{Range, SyntaxProblem};
use crate::generated::DeclarationKind;

/// The part of a declaration that is missing or cannot be used.
pub(crate) enum MissingPart<'a> {
    /// Nothing between the kind and the title or body.
    Name {
        /// What is declared.
        kind: DeclarationKind,
        /// Where the kind stands.
        at: Range,
        /// The title, which suggests a name.
        title: Option<&'a str>,
    },
    /// A name with characters that names cannot have.
    BadName(Range, &'a str),
    /// Members follow, but no opening brace.
    Brace {
        /// What is declared.
        kind: DeclarationKind,
        /// The end of the line that lacks it.
        at: Range,
    },
    /// Neither a body nor anything else after the name.
    Body {
        /// What is declared.
        kind: DeclarationKind,
        /// The end of the line that lacks it.
        at: Range,
    },
}

impl From<MissingPart<'_>> for SyntaxProblem {
    fn from(problem: MissingPart<'_>) -> Self {
        match problem {
            MissingPart::Name { kind, at, title } => {
                let kind = kind.word();
                let problem = Self::new(
                    "E0108",
                    at,
                    format!("this {kind} has no name"),
                    format!("a name is missing after `{kind}`"),
                )
                .help("Write a short name of letters, digits and `_` before the title; other places refer to it by that name.");
                match title.map(suggested_name).filter(|name| !name.is_empty()) {
                    Some(name) => problem.fix(format!("Call it `{name}`"), (at.1, at.1), format!(" {name}")),
                    None => problem,
                }
            }
            MissingPart::BadName(at, name) => {
                let better = suggested_name(name);
                let problem = Self::new(
                    "E0108",
                    at,
                    format!("`{name}` cannot be a name"),
                    "a name is letters, digits and `_`, and begins with a letter",
                );
                if better.is_empty() {
                    problem
                } else {
                    problem.fix(format!("Change to `{better}`"), at, better)
                }
            }
            MissingPart::Brace { kind, at } => Self::new(
                "E0108",
                at,
                format!("the opening brace of this {} is missing", kind.word()),
                "`{` belongs at the end of this line",
            )
            .fix("Insert `{`", (at.1, at.1), " {"),
            MissingPart::Body { kind, at } => Self::new(
                "E0108",
                at,
                format!("this {} says nothing yet", kind.word()),
                "its body in braces is missing",
            )
            .fix("Insert an empty body", (at.1, at.1), " {\n}"),
        }
    }
}

/// A name made of the first words of a text: `NHS Stour Valley` gives `nhs_stour_valley`.
pub fn suggested_name(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.take(4).map(str::to_ascii_lowercase).collect();
    let digits = |word: &&String| word.starts_with(|c: char| c.is_ascii_digit());
    let leading = words.iter().take_while(digits).count();
    // A name cannot begin with a digit: `91_day_reablement` becomes `day_reablement_91`.
    words
        .iter()
        .skip(leading)
        .chain(words.iter().take(leading))
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("_")
}
