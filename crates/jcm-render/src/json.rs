//! One JSON object on one line for each diagnostic; [`Format::Json`](crate::Format::Json) describes the fields.

use crate::place::Place;
use crate::{severity_word, visible};
use jcm_diagnostics::{Diagnostic, Label};
use jcm_source::{Sources, Span};
use serde::Serialize;

/// Draws the diagnostics one below the other.
pub(crate) fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut lines = String::new();
    for diagnostic in diagnostics {
        // Only texts, numbers and lists are written, so this does not fail.
        let json = serde_json::to_string(&Problem::new(diagnostic, sources)).unwrap_or_default();
        lines.push_str(&visible::escaped_json(&json));
        lines.push('\n');
    }
    lines
}

#[derive(Serialize)]
struct Problem<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Where<'a>,
    labels: Vec<Labelled<'a>>,
    help: &'a [String],
    fixes: Vec<Mend<'a>>,
}

#[derive(Serialize)]
struct Where<'a> {
    file: Option<&'a str>,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    byte_start: usize,
    byte_end: usize,
}

#[derive(Serialize)]
struct Labelled<'a> {
    primary: bool,
    text: &'a str,
    #[serde(flatten)]
    place: Where<'a>,
}

#[derive(Serialize)]
struct Mend<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    new_text: &'a str,
    #[serde(flatten)]
    place: Where<'a>,
}

impl<'a> Problem<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Self {
        let labelled = |label: &'a Label, primary| Labelled {
            primary,
            text: &label.text,
            place: Where::of(label.span, sources),
        };
        let first = labelled(&diagnostic.primary, true);
        let others = diagnostic.secondary.iter().map(|label| labelled(label, false));
        let edit = |edit: &'a jcm_diagnostics::TextEdit| Edit {
            new_text: &edit.new_text,
            place: Where::of(edit.span, sources),
        };
        Self {
            code: diagnostic.code.0,
            severity: severity_word(diagnostic.severity),
            message: &diagnostic.message,
            place: Where::of(diagnostic.primary.span, sources),
            labels: std::iter::once(first).chain(others).collect(),
            help: &diagnostic.help,
            fixes: diagnostic
                .fixes
                .iter()
                .map(|fix| Mend {
                    title: &fix.title,
                    safe: fix.safe,
                    edits: fix.edits.iter().map(edit).collect(),
                })
                .collect(),
        }
    }
}

impl<'a> Where<'a> {
    fn of(span: Span, sources: &'a Sources) -> Self {
        let place = Place::of(span, sources);
        let (start, end) = (place.line_column(place.start), place.line_column(place.end));
        Self {
            file: place.name(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            byte_start: place.start,
            byte_end: place.end,
        }
    }
}
