//! What an analysis found and stands in the way, because it was asked to.

use super::Analysed;
use crate::problems;
use jcm_analyse::{Kind, Place, Statement, Verdict};
use jcm_diagnostics::{Code, Diagnostic};
use jcm_quantity::{Date, Exact};
use jcm_source::{FileId, Sources, Span};

/// Something that stands in the way where it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// What.
    pub kind: Kind,
    /// Only above this much money, where it is about money.
    pub above: Option<Exact>,
}

/// What can stand in the way, by its name.
pub fn analysis_kind(name: &str) -> Option<Kind> {
    analysis_codes().into_iter().map(|(kind, _)| kind).find(|kind| kind.name() == name)
}

/// Whether what is found of a kind is about an amount of money, so that small ones can be left out.
pub fn analysis_has_amount(kind: Kind) -> bool {
    matches!(kind, Kind::Cliff | Kind::OverCommitted)
}

/// The code of everything that an analysis can find.
pub fn analysis_codes() -> Vec<(Kind, Code)> {
    problems::analysis_codes()
}

/// The problems of what is denied, at their places, without what a comment accepts on a day; and how many statements
/// of denied kinds are not decided.
pub fn analysis_denied(
    analysed: &Analysed,
    denials: &[Denial],
    sources: &Sources,
    on: Date,
) -> (Vec<Diagnostic>, usize) {
    let library: Vec<FileId> = crate::lint::library_files(sources);
    let accepts = jcm_lint::accepts(sources, &library, on);
    let denied = |statement: &&Statement| {
        denials.iter().any(|denial| {
            let large = denial
                .above
                .as_ref()
                .is_none_or(|above| statement.size.as_ref().is_none_or(|size| size > above));
            denial.kind == statement.kind && large
        })
    };
    let statements = || analysed.analysis.statements.iter().filter(denied);
    let open = statements().filter(|one| matches!(one.verdict, Verdict::NotDecided(_))).count();
    let mut found: Vec<Diagnostic> = Vec::new();
    for statement in statements().filter(|statement| statement.to_look_at) {
        let span = span(analysed, statement.place);
        // The same of another period says nothing new at the same place.
        let known = found
            .iter()
            .any(|known| known.primary.span == span && known.code == problems::code_of(statement.kind));
        if !known && !accepts(statement.kind.name(), span) {
            found.push(problems::denied(statement, statement.sentence(), span));
        }
    }
    jcm_diagnostics::sort(&mut found);
    (found, open)
}

/// The measure that an input stands for which the contract does not declare.
fn measure(analysed: &Analysed, input: usize) -> Option<&jcm_model::Measure> {
    let whole = analysed.wholes.get(input.checked_sub(analysed.program.inputs.len())?)?;
    analysed.program.measure(whole.measure)
}

/// Where a statement belongs in the sources.
fn span(analysed: &Analysed, place: Place) -> Span {
    let program = &analysed.program;
    let line = |id: u32| program.line(jcm_model::LineId(id)).map(|line| line.head.name_span);
    let found = match place {
        Place::Step(step) => line(step.0),
        Place::Payment(payment) => program.flows.get(payment).and_then(|flow| line(flow.amount.0)),
        Place::Input(input) => match program.inputs.get(input.index()) {
            Some(input) => Some(input.head.name_span),
            None => measure(analysed, input.index()).map(|measure| measure.head.name_span),
        },
    };
    found.unwrap_or(program.contract.head.name_span)
}
