//! Syntax problems: one file for each, with the facts it needs and the words it says.
//!
//! | code | problem |
//! |---|---|
//! | E0101 | text that is no declaration |
//! | E0102 | the edition line is missing or names another edition |
//! | E0103 | a brace or bracket without its partner |
//! | E0104 | a text without its closing quotation mark |
//! | E0105 | a character that means nothing here |
//! | E0106 | an entry that lacks a part: no value, no key, a second colon |
//! | E0107 | nested too deeply, or too complex, to be read |
//! | E0108 | a declaration without its name or its body |

mod edition_line;
mod incomplete_entry;
mod missing_part;
mod stray_text;
mod too_deep;
mod unclosed_text;
mod unexpected_character;
mod unpaired_bracket;

pub(crate) use edition_line::EditionLine;
pub(crate) use incomplete_entry::IncompleteEntry;
pub(crate) use missing_part::MissingPart;
pub use missing_part::suggested_name;
pub(crate) use stray_text::StrayText;
pub(crate) use too_deep::{DEEPEST, TooDeep};
pub(crate) use unclosed_text::UnclosedText;
pub(crate) use unexpected_character::{After, UnexpectedCharacter};
pub(crate) use unpaired_bracket::UnpairedBracket;

use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::{FileId, Span};

/// A range of byte offsets in the parsed text.
pub(crate) type Range = (u32, u32);

/// A place where the text does not have the shape of the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxProblem {
    /// `E01..`.
    pub code: Code,
    /// Which of the problems of its code it is; empty where the code says it.
    pub case: &'static str,
    /// Where.
    pub range: Range,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// What is the matter at the place.
    pub label: String,
    /// What to do, each a sentence that starts with a verb.
    pub help: Vec<String>,
    /// A mend: its title, what it replaces and the new text.
    pub fix: Option<(String, Range, String)>,
    /// Whether the mend only writes in the marks of the language what stands there, so that nobody has to read it first.
    pub safe: bool,
}

impl SyntaxProblem {
    fn new(code: &'static str, range: Range, message: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            code: Code(code),
            case: "",
            range,
            message: message.into(),
            label: label.into(),
            help: Vec::new(),
            fix: None,
            safe: false,
        }
    }

    fn case(mut self, case: &'static str) -> Self {
        self.case = case;
        self
    }

    fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    fn fix(mut self, title: impl Into<String>, range: Range, new_text: impl Into<String>) -> Self {
        self.fix = Some((title.into(), range, new_text.into()));
        self
    }

    /// A mend that only writes in the marks of the language what stands there.
    fn safe_fix(self, title: impl Into<String>, range: Range, new_text: impl Into<String>) -> Self {
        Self { safe: true, ..self.fix(title, range, new_text) }
    }

    /// The same problem in a text that has `by` more bytes before it.
    pub(crate) fn shifted(mut self, by: u32) -> Self {
        let shift = |(start, end): Range| (start.saturating_add(by), end.saturating_add(by));
        self.range = shift(self.range);
        self.fix = self.fix.map(|(title, range, new_text)| (title, shift(range), new_text));
        self
    }

    /// The diagnostic that this problem is in `file`.
    pub fn to_diagnostic(&self, file: FileId) -> Diagnostic {
        let span = |(start, end): Range| Span::new(file, start, end);
        let mut diagnostic =
            Diagnostic::error(self.code, &self.message, span(self.range), &self.label).case(self.case);
        for help in &self.help {
            diagnostic = diagnostic.help(help);
        }
        if let Some((title, range, new_text)) = &self.fix {
            diagnostic = diagnostic.fix(title, span(*range), new_text);
        }
        if self.safe { diagnostic.safely() } else { diagnostic }
    }
}

/// The range of a part of a text, given by its start and its length in bytes.
pub(crate) fn range(start: usize, length: usize) -> Range {
    (offset(start), offset(start.saturating_add(length)))
}

/// An offset in the width that spans have; texts beyond 4 GiB are all at their end.
pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
