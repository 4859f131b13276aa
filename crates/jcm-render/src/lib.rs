//! Drawings of diagnostics: for people (miette), for logs (codespan-reporting), JSON lines and SARIF.
//!
//! [`render`] draws every diagnostic in one [`Format`]; [`summary`] is the line that follows. Every format prints the
//! same message, labels, help and titles of fixes; none of them makes up a sentence about the contract.
//!
//! A source text is not trusted: what is drawn for a terminal has no control character and no character that turns the
//! direction of writing, and the two JSON formats escape them. A span that does not fit its text (past the end, inside
//! a character, in an unknown file) is moved to the nearest place that does.

mod human;
mod json;
mod place;
mod sarif;
mod sheet;
mod short;
mod visible;

use jcm_diagnostics::{Code, Diagnostic, Severity};
use jcm_source::Sources;

/// How diagnostics are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// For people: the source text with the labels drawn below it.
    Human {
        /// Whether to colour with ANSI codes.
        colour: bool,
        /// Columns of the terminal; taken as at least 40 and at most 1000.
        width: usize,
    },
    /// For logs: one line for each diagnostic, `file:line:column: error[E0301]: message`.
    Short,
    /// For tools: one JSON object on one line for each diagnostic. Fields, in this order:
    ///
    /// * `code`, `severity` (`error`, `warning` or `note`) and `message`;
    /// * the place: `file` (`null` where the file is not known), `line` and `column` from 1 in characters, `end_line`
    ///   and `end_column` of the first character after the place, `byte_start` and `byte_end` from 0;
    /// * `labels`: each with `primary`, `text` and its place as above; the primary one comes first;
    /// * `help`: each a sentence;
    /// * `fixes`: each with `title`, `safe` (whether it can be applied unread) and `edits`, each with `new_text` and
    ///   the place that it replaces.
    Json,
    /// For code scanners: one SARIF 2.1.0 document, also where there is no diagnostic.
    Sarif {
        /// The version of `jcm` that the document names.
        version: String,
        /// Rules that were looked at, whether or not anything was found by them.
        rules: Vec<Rule>,
    },
}

/// A rule that a contract is looked at by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: &'static str,
    /// What it finds, in a line.
    pub summary: &'static str,
    /// How serious it usually is; `None` where it is usually not looked for.
    pub severity: Option<Severity>,
}

/// Draws the diagnostics in the order given; the text is empty or ends in a new line.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, format: &Format) -> String {
    match format {
        Format::Human { colour, width } => human::render(diagnostics, sources, *colour, *width),
        Format::Short => short::render(diagnostics, sources),
        Format::Json => json::render(diagnostics, sources),
        Format::Sarif { version, rules } => sarif::render(diagnostics, sources, version, rules),
    }
}

/// How many problems, warnings and notes there are, and how to read more of the most serious one: one line without a
/// new line, and nothing at all where there is no diagnostic.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let counted = |severity, one: &str| match diagnostics.iter().filter(|d| d.severity == severity).count() {
        0 => None,
        1 => Some(format!("1 {one}")),
        many => Some(format!("{many} {one}s")),
    };
    let Some(worst) = diagnostics.iter().min_by_key(|d| d.severity) else {
        return String::new();
    };
    let counts = [(Severity::Error, "problem"), (Severity::Warning, "warning"), (Severity::Note, "note")]
        .into_iter()
        .filter_map(|(severity, one)| counted(severity, one))
        .collect::<Vec<_>>()
        .join(", ");
    format!("{counts}. For an explanation of a code: jcm explain {}", worst.code)
}

/// The word for a severity, the same in every format that uses words.
fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

#[cfg(test)]
mod tests;
