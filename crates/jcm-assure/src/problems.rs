//! Criteria that are not met, as problems of the contract: the words are those of the criterion.

use crate::{Assurance, Failure, Row, Verdict};
use jcm_diagnostics::{Code, Diagnostic, Severity};
use jcm_model::{Def, Gravity, Program};

const ERROR: Code = Code("E0901");
const WARNING: Code = Code("W0901");
const NOTE: Code = Code("W0902");

/// Every code of this crate with its meaning in a few words.
pub const CODES: &[(Code, &str)] = &[
    (ERROR, "a criterion of a model or profile that the contract follows is not met"),
    (WARNING, "a criterion that a contract should meet is not met"),
    (NOTE, "a criterion that is worth knowing is not met"),
];

/// One problem for each thing that fails a criterion that is not waived.
pub fn diagnostics(program: &Program, assurance: &Assurance<'_>) -> Vec<Diagnostic> {
    assurance.rows.iter().flat_map(|row| problems(program, row)).collect()
}

fn problems(program: &Program, row: &Row<'_>) -> Vec<Diagnostic> {
    match &row.verdict {
        Verdict::NotMet { failures } => {
            failures.iter().map(|failure| problem(program, row, failure)).collect()
        }
        Verdict::Met { .. } | Verdict::Waived { .. } => Vec::new(),
    }
}

fn problem(program: &Program, row: &Row<'_>, failure: &Failure) -> Diagnostic {
    let criterion = row.criterion;
    let (code, severity) = match criterion.gravity {
        Gravity::Error => (ERROR, Severity::Error),
        Gravity::Warning => (WARNING, Severity::Warning),
        Gravity::Note => (NOTE, Severity::Note),
    };
    let own = program.name_span(failure.thing).or_else(|| program.name_span(Def::Contract));
    let span = own.unwrap_or(criterion.head.name_span);
    let name = &criterion.head.name;
    let mut found =
        Diagnostic::error(code, format!("{name}: {}", failure.message), span, criterion.head.title.clone());
    found.severity = severity;
    if !criterion.asks.is_empty() {
        found = found.help(format!("{name} asks: {}", criterion.asks));
    }
    if !criterion.help.is_empty() {
        found = found.help(criterion.help.clone());
    }
    found.help(format!(
        "Or say in the contract why it is not met: `waives {name} because \"...\" by ... until ...`"
    ))
}
