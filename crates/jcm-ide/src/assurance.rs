//! The criteria that a contract is asked, as a tree: standard, element, criterion, and what meets it.

use crate::analysis::Analysis;
use jcm::Verdict;
use jcm_model::{Def, Program, kind_of};
use jcm_source::Span;

/// A heading with what stands under it, or a criterion with what meets or fails it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What it is called.
    pub title: String,
    /// What is said of it, in short.
    pub detail: String,
    /// More of it, for whoever asks.
    pub doc: String,
    /// How it stands; for a heading, as the worst under it.
    pub answer: Answer,
    /// Where it stands in the source.
    pub span: Option<Span>,
    /// What stands under it.
    pub parts: Vec<Asked>,
}

/// How a criterion stands. The worst comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// A thing that meets a criterion.
    Thing,
    /// The contract has nothing that it asks about.
    Idle,
    /// It is met.
    Met,
    /// It is waived.
    Waived,
    /// It is not met.
    Open,
}

/// What the standards ask, in their order; nothing while the contract has an error.
pub fn assurance(analysis: &Analysis) -> Vec<Asked> {
    let Some(program) = analysis.program() else { return Vec::new() };
    let assurance = jcm::assure(program);
    let place = jcm::addresses(program);
    let standards = assurance.rows.chunk_by(|a, b| a.criterion.standard == b.criterion.standard);
    let standard = |rows: &[jcm::AssuranceRow<'_>]| {
        let first = rows.first().and_then(|row| program.standards.get(row.criterion.standard.index()));
        let elements = rows.chunk_by(|a, b| a.criterion.element == b.criterion.element);
        let parts = elements.flat_map(|rows| {
            let criteria: Vec<Asked> = rows.iter().map(|row| criterion(program, row, &place)).collect();
            match rows.first().map(|row| row.criterion.element.as_str()) {
                Some(title) if !title.is_empty() => vec![heading(title, None, criteria)],
                _ => criteria,
            }
        });
        let title = first.map_or("", |standard| standard.head.title.as_str());
        heading(title, first.map(|standard| standard.head.name_span), parts.collect())
    };
    standards.map(standard).collect()
}

fn heading(title: &str, span: Option<Span>, parts: Vec<Asked>) -> Asked {
    let counts = count(&parts);
    let said = [(counts.1, "open"), (counts.2, "waived"), (counts.0, "met")];
    let said = said.iter().filter(|(count, _)| *count > 0);
    Asked {
        title: title.to_owned(),
        detail: said.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", "),
        doc: String::new(),
        answer: parts.iter().map(|part| part.answer).max().unwrap_or(Answer::Idle),
        span,
        parts,
    }
}

/// How many criteria under some headings are met, open and waived.
fn count(parts: &[Asked]) -> (usize, usize, usize) {
    parts.iter().fold((0, 0, 0), |(met, open, waived), part| match part.answer {
        _ if part.is_heading() => {
            let inner = count(&part.parts);
            (met.saturating_add(inner.0), open.saturating_add(inner.1), waived.saturating_add(inner.2))
        }
        Answer::Thing | Answer::Idle => (met, open, waived),
        Answer::Met => (met.saturating_add(1), open, waived),
        Answer::Open => (met, open.saturating_add(1), waived),
        Answer::Waived => (met, open, waived.saturating_add(1)),
    })
}

impl Asked {
    /// Whether criteria stand under it; under a criterion stand things.
    fn is_heading(&self) -> bool {
        self.parts.iter().any(|part| part.answer != Answer::Thing)
    }
}

fn criterion(program: &Program, row: &jcm::AssuranceRow<'_>, place: &dyn Fn(Def) -> String) -> Asked {
    let criterion = row.criterion;
    let (_, detail) = jcm::assurance_cells(program, row, place);
    let (answer, parts): (Answer, Vec<Asked>) = match &row.verdict {
        Verdict::Met { by } => (Answer::Met, by.iter().map(|def| thing(program, *def, "")).collect()),
        Verdict::DoesNotApply => (Answer::Idle, Vec::new()),
        Verdict::Waived { failures, .. } => (Answer::Waived, failing(program, failures)),
        Verdict::Ended { failures, .. } | Verdict::NotMet { failures } => {
            (Answer::Open, failing(program, failures))
        }
    };
    let help = if answer == Answer::Open { criterion.help.as_str() } else { "" };
    let doc = [criterion.asks.as_str(), &detail, help, &criterion.source];
    let doc: Vec<&str> = doc.into_iter().filter(|part| !part.is_empty()).collect();
    Asked {
        title: format!("{} {}", criterion.head.name, criterion.head.title),
        doc: doc.join("\n\n"),
        detail,
        answer,
        span: Some(criterion.head.name_span),
        parts,
    }
}

fn failing(program: &Program, failures: &[jcm::AssuranceFailure]) -> Vec<Asked> {
    failures.iter().map(|failure| thing(program, failure.thing, &failure.message)).collect()
}

/// A declaration that meets a criterion, or of which it is said why it does not.
fn thing(program: &Program, def: Def, message: &str) -> Asked {
    let title = program.title(def);
    Asked {
        title: if title.is_empty() { program.name(def) } else { title }.to_owned(),
        detail: if message.is_empty() { kind_of(def).to_owned() } else { message.to_owned() },
        doc: message.to_owned(),
        answer: Answer::Thing,
        span: program.name_span(def),
        parts: Vec::new(),
    }
}
