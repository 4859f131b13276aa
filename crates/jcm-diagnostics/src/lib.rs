//! The one diagnostic type: code, severity, message, labelled spans, help and fixes.
//!
//! This crate knows neither how a diagnostic is drawn nor which phase found it.

use jcm_source::Span;
use std::fmt;

/// A stable code such as `E0301`. A number is never used again for another problem.
///
/// Families: `E01` syntax, `E02` names, `E03` types and units, `E04` dates and periods, `E05` settlement,
/// `E06` what a target cannot say, `E07` data files, `W` lints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// How serious a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The contract cannot be built.
    Error,
    /// The contract can be built, but someone will regret it.
    Warning,
    /// Worth knowing.
    Note,
}

/// A place with what is to be said there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is the matter there, without a full stop; may be empty.
    pub text: String,
}

/// A replacement of the text under a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// The new text.
    pub new_text: String,
}

/// A mend that a tool can apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the mend does, as an order: "Change to `£2.00`".
    pub title: String,
    /// The edits, which do not overlap.
    pub edits: Vec<TextEdit>,
    /// Whether the mend can be applied without being read.
    pub safe: bool,
}

/// A problem in the words of the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The code, which `jcm explain` explains.
    pub code: Code,
    /// Which of the problems of its code it is, such as `empty-braces`, for a tool that mends them in different ways; empty
    /// where the code says it all. No tool reads the sentences for it.
    pub case: &'static str,
    /// What the problem is about, as it is written in the contract, in the order in which its case names it.
    pub facts: Vec<String>,
    /// How serious it is.
    pub severity: Severity,
    /// One sentence, lower case, no full stop: what is wrong.
    pub message: String,
    /// The place of the problem and why it is one.
    pub primary: Label,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// What to do, each a sentence that starts with a verb.
    pub help: Vec<String>,
    /// Mends that a tool can apply.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// An error with its message, place and label.
    pub fn error(code: Code, message: impl Into<String>, span: Span, label: impl Into<String>) -> Self {
        Self {
            code,
            case: "",
            facts: Vec::new(),
            severity: Severity::Error,
            message: message.into(),
            primary: Label { span, text: label.into() },
            secondary: Vec::new(),
            help: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// The same as a warning.
    pub fn warning(code: Code, message: impl Into<String>, span: Span, label: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message, span, label) }
    }

    /// Says which of the problems of its code it is.
    #[must_use]
    pub fn case(mut self, case: &'static str) -> Self {
        self.case = case;
        self
    }

    /// Adds what the problem is about, as it is written.
    #[must_use]
    pub fn fact(mut self, fact: impl Into<String>) -> Self {
        self.facts.push(fact.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Adds help.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds a mend that replaces the text under one span.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, new_text: impl Into<String>) -> Self {
        let edit = TextEdit { span, new_text: new_text.into() };
        self.fixes.push(Fix { title: title.into(), edits: vec![edit], safe: false });
        self
    }

    /// The same problem, whose mends say nothing else than what stands there and need not be read first.
    #[must_use]
    pub fn safely(mut self) -> Self {
        self.fixes.iter_mut().for_each(|fix| fix.safe = true);
        self
    }

    /// Whether the contract cannot be built because of this.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts diagnostics in the order in which people read them: by file, place, severity and code.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.primary.span, d.severity, d.code);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup();
}
