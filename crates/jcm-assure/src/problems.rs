//! Criteria that are not met, as problems of the contract: the words are those of the criterion.

use crate::{Assurance, Failure, Row, Verdict};
use jcm_diagnostics::{Code, Diagnostic, Severity};
use jcm_model::{Def, Gravity, Program, Waiver};
use jcm_quantity::show_date;

const ERROR: Code = Code("E0901");
const WARNING: Code = Code("W0901");
const NOTE: Code = Code("W0902");
const ENDED: Code = Code("E0903");

/// Every code of this crate with its meaning in a few words.
pub const CODES: &[(Code, &str)] = &[
    (ERROR, "a criterion of a model or profile that the contract follows is not met"),
    (WARNING, "a criterion that a contract should meet is not met"),
    (NOTE, "a criterion that is worth knowing is not met"),
    (ENDED, "a waiver has run out, and its criterion is still not met"),
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
        Verdict::Ended { waiver, failures } => vec![ended(row, waiver, failures)],
        Verdict::Met { .. } | Verdict::DoesNotApply | Verdict::Waived { .. } => Vec::new(),
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

/// One problem for the waiver, whatever the criterion's weight: somebody decided that its time is over.
fn ended(row: &Row<'_>, waiver: &Waiver, failures: &[Failure]) -> Diagnostic {
    let name = &row.criterion.head.name;
    let until = waiver.until.map_or_else(String::new, show_date);
    let fails: Vec<&str> = failures.iter().map(|failure| failure.message.as_str()).collect();
    let said =
        format!("the waiver of {name} ran until {until}, and {name} is still not met: {}", fails.join("; "));
    let mut found = Diagnostic::error(ENDED, said, waiver.span, format!("it ended on {until}"));
    if !row.criterion.help.is_empty() {
        found = found.help(row.criterion.help.clone());
    }
    found.help(format!("Or let {} decide on it again, and write a later date after `until`", waiver.by))
}
