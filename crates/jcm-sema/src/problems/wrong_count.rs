//! E0304: a table or function is given too many or too few things.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic, Fix, TextEdit};
use jcm_source::Span;
use jcm_syntax::ast::{Phrase, Term, TermKind};

pub(super) const CODE: Code = Code("E0304");

/// The facts of E0304.
pub(crate) struct WrongCount {
    /// The table or function.
    pub(crate) what: String,
    /// Where.
    pub(crate) span: Span,
    /// How many are given.
    pub(crate) found: usize,
    /// How many and which are needed.
    pub(crate) expected: String,
}

impl Problem for WrongCount {
    fn describe(self) -> Diagnostic {
        let given = match self.found {
            0 => "none is given".to_owned(),
            1 => "1 is given".to_owned(),
            found => format!("{found} are given"),
        };
        Diagnostic::error(
            CODE,
            format!("`{}` needs {}, and {given}", self.what, self.expected),
            self.span,
            given,
        )
    }
}

/// The same where commas between the figures would make the count right: `£4,800 £4,800`.
pub(crate) struct CommasMissing {
    what: String,
    expected: String,
    /// The space before each figure that has no comma, and the figure.
    gaps: Vec<(Span, Term)>,
    /// The first of those figures.
    span: Span,
}

impl CommasMissing {
    /// Where figures stand side by side, if a comma before each of them makes as many as are wanted.
    pub(crate) fn found(what: &str, phrases: &[Phrase], wanted: usize, expected: &str) -> Option<Self> {
        let gaps: Vec<(Span, Term)> = phrases.iter().flat_map(|phrase| gaps(&phrase.terms)).collect();
        let span = gaps.first()?.1.span;
        let fits = phrases.len().checked_add(gaps.len()) == Some(wanted);
        fits.then(|| Self { what: what.to_owned(), expected: expected.to_owned(), gaps, span })
    }
}

impl Problem for CommasMissing {
    fn describe(self) -> Diagnostic {
        let shown: Vec<String> =
            self.gaps.iter().filter_map(|(_, term)| figure(term)).map(|text| format!("`{text}`")).collect();
        let (commas, before) = match shown.as_slice() {
            [one] => ("a comma is", one.clone()),
            _ => ("commas are", shown.join(" and ")),
        };
        let message = format!("`{}` needs {}: {commas} missing before {before}", self.what, self.expected);
        let mut found =
            Diagnostic::error(CODE, message, self.span, "the next figure begins here").case("no-comma");
        let edits = self.gaps.into_iter().map(|(gap, _)| TextEdit { span: gap, new_text: ", ".to_owned() });
        let title = format!("Put a comma before {before}");
        found.fixes.push(Fix { title, edits: edits.collect(), safe: false });
        found
    }
}

/// The spaces in a phrase at which one figure ends and the next begins.
fn gaps(terms: &[Term]) -> Vec<(Span, Term)> {
    let pairs = terms.iter().zip(terms.iter().skip(1));
    let ends = |term: &Term| term.operator().is_none() && term.word().is_none();
    let apart = pairs.filter(|(left, right)| ends(left) && right.spaced && figure(right).is_some());
    apart
        .map(|(left, right)| {
            (Span { start: left.span.end, end: right.span.start, ..right.span }, right.clone())
        })
        .collect()
}

/// A term that begins a figure of a row, as it is written.
fn figure(term: &Term) -> Option<String> {
    match &term.kind {
        TermKind::Number(digits) => Some(digits.clone()),
        TermKind::Percent(digits) => Some(format!("{digits}%")),
        TermKind::Money { symbol, digits } if !digits.is_empty() => Some(format!("{symbol}{digits}")),
        TermKind::Date(text) | TermKind::Year(text) => Some(text.clone()),
        _ => term
            .name()
            .map(|name| name.text.as_str())
            .filter(|name| matches!(*name, "none" | "missing"))
            .map(str::to_owned),
    }
}
