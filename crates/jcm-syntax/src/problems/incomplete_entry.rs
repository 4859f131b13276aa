//! E0106: an entry that lacks a part.

use super::{Range, SyntaxProblem};

/// What is wrong with an entry `key : value`.
pub(crate) enum IncompleteEntry<'a> {
    /// A colon, with nothing after it.
    NoValue {
        /// The place of the colon.
        colon: Range,
        /// What stands before it.
        key: &'a str,
    },
    /// A comma or a colon with nothing before it.
    NothingBefore(Range, &'a str),
    /// A second colon in one entry.
    SecondColon {
        /// The place of the colon.
        colon: Range,
        /// The word before it and its place, which begins another entry.
        word: Option<(Range, &'a str)>,
    },
    /// Braces in legal text with nothing in them.
    EmptyHole(Range),
}

impl From<IncompleteEntry<'_>> for SyntaxProblem {
    fn from(problem: IncompleteEntry<'_>) -> Self {
        match problem {
            IncompleteEntry::NoValue { colon, key } => {
                Self::new("E0106", colon, format!("`{key}` has no value"), "nothing stands after this colon")
                    .case("no-value")
                    .help(format!("Write the value after `{key}:`, or remove the line."))
            }
            IncompleteEntry::NothingBefore(at, mark) => Self::new(
                "E0106",
                at,
                format!("nothing stands before this `{mark}`"),
                if mark == "," {
                    "a comma parts two things"
                } else {
                    "a colon stands between a name and its value"
                },
            )
            .fix(format!("Remove `{mark}`"), at, ""),
            IncompleteEntry::SecondColon { colon, word } => {
                let problem = Self::new(
                    "E0106",
                    colon,
                    "there are two colons in one entry",
                    "an entry has one name, one colon and its value",
                );
                match word {
                    Some(((start, _), word)) => problem
                        .help(format!("Put `{word}` on a line of its own, or a comma before it."))
                        .fix(format!("Put a comma before `{word}`"), (start, start), ", "),
                    None => problem.help("Put the second entry on a line of its own."),
                }
            }
            IncompleteEntry::EmptyHole(at) => {
                Self::new("E0106", at, "these braces are empty", "a name or an amount belongs here")
                    .case("empty-braces")
                    .help("Write what the text refers to, or `\\{` and `\\}` where braces are meant.")
            }
        }
    }
}
