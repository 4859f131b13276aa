//! The drawing for people, by miette: code, message, the source text with its labels, help and titles of fixes.

use crate::sheet::Sheet;
use crate::{short, visible};
use jcm_diagnostics::{Diagnostic, Severity};
use jcm_source::Sources;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use std::fmt;

/// What miette puts before the message and before the help.
const INDENT: usize = 8;

/// Draws the diagnostics with an empty line between them.
pub(crate) fn render(diagnostics: &[Diagnostic], sources: &Sources, colour: bool, width: usize) -> String {
    let width = width.clamp(40, 1000);
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    // Words are wrapped here and not by miette, which breaks at the hyphens of dates and names.
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(width)
        .with_wrap_lines(false)
        .with_context_lines(1);
    let drawn = diagnostics.iter().map(|diagnostic| {
        let mut text = String::new();
        match handler.render_report(&mut text, &Drawn::new(diagnostic, sources, width)) {
            Ok(()) => text,
            // A diagnostic must not be lost, so where miette gives up, its short line is shown.
            Err(fmt::Error) => short::line(diagnostic, sources),
        }
    });
    drawn.collect::<Vec<_>>().join("\n")
}

/// A diagnostic as miette asks for it.
#[derive(Debug)]
struct Drawn {
    code: &'static str,
    severity: Severity,
    message: String,
    help: Option<String>,
    sheet: Sheet,
}

impl Drawn {
    fn new(diagnostic: &Diagnostic, sources: &Sources, width: usize) -> Self {
        let wrap = |text: &str| visible::wrapped(text, width.saturating_sub(INDENT));
        let fixes = diagnostic.fixes.iter().map(|fix| wrap(&format!("fix: {}", fix.title)));
        let help: Vec<String> = diagnostic.help.iter().map(|help| wrap(help)).chain(fixes).collect();
        Self {
            code: diagnostic.code.0,
            severity: diagnostic.severity,
            message: wrap(&diagnostic.message),
            help: (!help.is_empty()).then(|| help.join("\n")),
            sheet: Sheet::of(diagnostic, sources, width),
        }
    }
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn {}

impl miette::Diagnostic for Drawn {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display + 'a>)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.sheet.labels()))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.sheet)
    }
}
