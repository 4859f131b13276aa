//! Problems together with the texts that they point into, possibly from several contracts.

use jcm::{Checked, Diagnostic, FileId, Lint, SourceFile, Sources, Span};
use jcm_render::Rule;

/// Problems and the texts that they point into.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The texts.
    pub(crate) sources: Sources,
    /// The problems, with places in these texts.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The rules that were looked at, for code scanners.
    pub(crate) rules: Vec<Rule>,
}

impl Report {
    /// The problems of one contract.
    pub(crate) fn of(checked: &Checked) -> Self {
        Self::new(checked.sources.clone(), checked.diagnostics.clone())
    }

    /// Problems with places in these texts.
    pub(crate) fn new(sources: Sources, diagnostics: Vec<Diagnostic>) -> Self {
        Self { sources, diagnostics, rules: Vec::new() }
    }

    /// No problem yet, by the rules of these lints.
    pub(crate) fn with_rules(lints: &[Lint]) -> Self {
        let rule = |lint: &Lint| Rule {
            code: lint.code,
            name: lint.name,
            summary: lint.summary,
            severity: lint.level.severity(),
        };
        Self { rules: lints.iter().map(rule).collect(), ..Self::default() }
    }

    /// The problems of one file that is no contract, such as a data file.
    pub(crate) fn of_file(
        file: SourceFile,
        problems: impl FnOnce(FileId, &SourceFile) -> Vec<Diagnostic>,
    ) -> Self {
        let mut sources = Sources::new();
        let id = sources.add(file.clone());
        let diagnostics = problems(id, &file);
        Self::new(sources, diagnostics)
    }

    /// Whether a problem stands in the way.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Adds the problems of another report. Problems that several contracts share, in a module that all of them
    /// read, are told once.
    pub(crate) fn absorb(&mut self, other: Report) {
        let places: Vec<FileId> = other.sources.iter().map(|(_, file)| self.place_of(file)).collect();
        for mut diagnostic in other.diagnostics {
            for span in spans(&mut diagnostic) {
                if let Some(file) = places.get(span.file.0 as usize) {
                    span.file = *file;
                }
            }
            if !self.diagnostics.contains(&diagnostic) {
                self.diagnostics.push(diagnostic);
            }
        }
    }

    fn place_of(&mut self, file: &SourceFile) -> FileId {
        let known =
            self.sources.iter().find(|(_, known)| known.name() == file.name() && known.text() == file.text());
        match known.map(|(id, _)| id) {
            Some(id) => id,
            None => self.sources.add(file.clone()),
        }
    }
}

fn spans(diagnostic: &mut Diagnostic) -> impl Iterator<Item = &mut Span> {
    let labels = std::iter::once(&mut diagnostic.primary)
        .chain(&mut diagnostic.secondary)
        .map(|label| &mut label.span);
    let edits = diagnostic.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.span);
    labels.chain(edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jcm_diagnostics::Code;

    fn report(name: &str, text: &str, message: &str) -> Report {
        let end = u32::try_from(text.len()).unwrap();
        Report::of_file(SourceFile::new(name, text), |file, _| {
            vec![Diagnostic::error(Code("E0101"), message, Span::new(file, 0, end), "here").fix(
                "Change",
                Span::new(file, 0, 1),
                "x",
            )]
        })
    }

    #[test]
    fn a_problem_of_a_second_contract_points_into_its_own_file() {
        let mut all = report("a.jcm", "aaa", "first");
        all.absorb(report("b.jcm", "bbbb", "second"));
        let second = all.diagnostics.last().unwrap();
        assert_eq!(all.sources.text_of(second.primary.span), "bbbb");
        assert_eq!(all.sources.text_of(second.fixes[0].edits[0].span), "b");
    }

    #[test]
    fn a_problem_in_a_module_that_two_contracts_share_is_told_once() {
        let mut all = report("shared.jcm", "text", "same");
        all.absorb(report("shared.jcm", "text", "same"));
        assert_eq!(all.diagnostics.len(), 1);
    }
}
