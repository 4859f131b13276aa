//! E0105: a character that means nothing here.

use super::{Range, SyntaxProblem, range};

/// Characters that the language does not use at their place.
pub(crate) struct UnexpectedCharacter<'a> {
    /// The characters.
    pub(crate) text: &'a str,
    /// Where they start.
    pub(crate) start: usize,
}

impl From<UnexpectedCharacter<'_>> for SyntaxProblem {
    fn from(UnexpectedCharacter { text, start }: UnexpectedCharacter<'_>) -> Self {
        let at = range(start, text.len());
        if text.starts_with(['“', '”']) {
            return curly(at, text);
        }
        let problem = Self::new("E0105", at, format!("`{text}` means nothing here"), "unexpected");
        match text.chars().next() {
            Some(';') => {
                problem.help("End a line with nothing; no mark is needed.").fix("Remove `;`", at, "")
            }
            Some('‘' | '’' | '\'') => problem.help("Put texts between straight double quotation marks."),
            Some('–' | '—') => problem.help("Write `to` between two figures, and `-` for minus.").fix(
                "Change to `to`",
                at,
                " to ",
            ),
            Some('§') => problem.help("Refer to a clause by its name, in legal text as `{name}`."),
            Some(')' | ']') => {
                Self::new("E0105", at, format!("this `{text}` closes nothing"), "no bracket is open here")
                    .fix(format!("Remove `{text}`"), at, "")
            }
            Some('&') => problem.fix("Change to `and`", at, "and"),
            Some('%') => problem.help("Write the sign directly after its figure: `2.5%`."),
            Some('.') => {
                problem.help("Put no full stop at the end, and a digit before a decimal point: `0.5`.")
            }
            Some('…') => problem.help("Write out what is left open, or declare an `open_term`."),
            _ => problem,
        }
    }
}

/// A text in curly quotation marks, as word processors make them.
fn curly(at: Range, text: &str) -> SyntaxProblem {
    let words = text.trim_matches(['“', '”', '"']).replace('\\', "\\\\");
    SyntaxProblem::new("E0105", at, "this text is in curly quotation marks", "straight ones are needed: `\"`")
        .help("Replace the marks, or paste the text without formatting.")
        .fix("Change to straight quotation marks", at, format!("\"{words}\""))
}
