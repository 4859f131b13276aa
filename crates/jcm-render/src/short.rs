//! One line for each diagnostic, drawn by codespan-reporting.

use crate::place::Place;
use crate::{severity_word, visible};
use codespan_reporting::diagnostic as codespan;
use codespan_reporting::files::{Error, Files, Location};
use codespan_reporting::term::{Config, DisplayStyle, emit_into_string};
use jcm_diagnostics::{Diagnostic, Severity};
use jcm_source::{FileId, Sources, Span};
use std::ops::Range;

/// Draws the diagnostics one below the other.
pub(crate) fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    diagnostics.iter().map(|diagnostic| line(diagnostic, sources)).collect()
}

/// The line of one diagnostic; it has no place where the file is not known.
pub(crate) fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => codespan::Severity::Error,
        Severity::Warning => codespan::Severity::Warning,
        Severity::Note => codespan::Severity::Note,
    };
    let place = Place::of(diagnostic.primary.span, sources);
    let label =
        place.file.map(|_| codespan::Label::primary(diagnostic.primary.span.file, place.start..place.end));
    let message = visible::one_line(&diagnostic.message);
    let drawn = codespan::Diagnostic::new(severity)
        .with_code(diagnostic.code.0)
        .with_message(&message)
        .with_labels(label.into_iter().collect());
    let config = Config { display_style: DisplayStyle::Short, ..Config::default() };
    // A diagnostic must not be lost, so where codespan gives up, its line is written without the place.
    emit_into_string(&config, &Texts(sources), &drawn).unwrap_or_else(|_| {
        format!("{}[{}]: {message}\n", severity_word(diagnostic.severity), diagnostic.code)
    })
}

/// The sources as codespan asks for them; columns count characters, as in the other formats.
struct Texts<'a>(&'a Sources);

impl<'a> Files<'a> for Texts<'a> {
    type FileId = FileId;
    type Name = String;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<String, Error> {
        Ok(visible::one_line(self.0.get(id).ok_or(Error::FileMissing)?.name()))
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(self.0.get(id).ok_or(Error::FileMissing)?.text())
    }

    fn line_index(&'a self, id: FileId, offset: usize) -> Result<usize, Error> {
        Ok(self.location(id, offset)?.line_number.saturating_sub(1))
    }

    fn line_range(&'a self, id: FileId, line: usize) -> Result<Range<usize>, Error> {
        let mut start = 0_usize;
        for (index, text) in self.source(id)?.split_inclusive('\n').enumerate() {
            let end = start.saturating_add(text.len());
            if index == line {
                return Ok(start..end);
            }
            start = end;
        }
        Ok(start..start)
    }

    fn location(&'a self, id: FileId, offset: usize) -> Result<Location, Error> {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        let place = Place::of(Span::new(id, offset, offset), self.0);
        let at = place.line_column(place.start);
        Ok(Location { line_number: at.line as usize, column_number: at.column as usize })
    }
}
