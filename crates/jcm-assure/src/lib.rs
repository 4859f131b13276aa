//! Asks a contract the questions of the models and profiles that it follows, and says what meets them.
//!
//! This crate knows how to answer a question and none of the questions: criteria come with the program.

mod answer;
mod fit;
mod problems;
mod table;
mod write;

pub use fit::{Fit, csv as fits_csv, fits, json as fits_json, text as fits_text};
pub use problems::{CODES, diagnostics};
pub use table::{cells, csv, heading_of, named_first, reason, text, verdict};
pub use write::fits_html;
pub use write::{html, json};

use jcm_model::{Criterion, Def, Program, Waiver};
use jcm_quantity::Date;

/// Where a reader finds a thing, such as `clause 9` of the contract or a line of a file; empty for what needs no place.
pub type Where<'a> = &'a dyn Fn(Def) -> String;

/// The answers to every criterion, in the order of the standards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assurance<'a> {
    /// One for each criterion.
    pub rows: Vec<Row<'a>>,
}

/// The answer to one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// What is asked.
    pub criterion: &'a Criterion,
    /// The answer.
    pub verdict: Verdict<'a>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// Yes, by these declarations.
    Met {
        /// What meets it.
        by: Vec<Def>,
    },
    /// Neither: the contract has nothing that it asks about.
    DoesNotApply,
    /// No, and the partners have decided so.
    Waived {
        /// Their decision.
        waiver: &'a Waiver,
        /// What fails.
        failures: Vec<Failure>,
    },
    /// No, and the partners' decision not to meet it has run out.
    Ended {
        /// Their decision.
        waiver: &'a Waiver,
        /// What fails.
        failures: Vec<Failure>,
    },
    /// No.
    NotMet {
        /// What fails.
        failures: Vec<Failure>,
    },
}

/// A thing that fails a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The thing; the contract where something is not there at all.
    pub thing: Def,
    /// What is said of it.
    pub message: String,
}

/// Asks a contract everything that its standards ask, as on its first day.
pub fn assure(program: &Program) -> Assurance<'_> {
    assure_on(program, program.contract.start)
}

/// The same on a day: what was waived until an earlier one is waived no longer.
pub fn assure_on(program: &Program, on: Date) -> Assurance<'_> {
    let rows =
        program.criteria.iter().map(|criterion| Row { criterion, verdict: answered(program, criterion, on) });
    Assurance { rows: rows.collect() }
}

fn answered<'a>(program: &'a Program, criterion: &'a Criterion, on: Date) -> Verdict<'a> {
    let failures = failures(program, criterion);
    if failures.is_empty() && answer::asks_nothing(program, &criterion.check, Def::Contract) {
        return Verdict::DoesNotApply;
    }
    if failures.is_empty() {
        return Verdict::Met { by: answer::witnesses(program, &criterion.check, Def::Contract) };
    }
    let mut waivers = program.waivers.iter().filter(|waiver| waiver.criterion == criterion.head.name);
    let holds = |waiver: &&Waiver| waiver.until.is_none_or(|until| until >= on);
    match waivers.clone().find(holds).or_else(|| waivers.next()) {
        Some(waiver) if holds(&waiver) => Verdict::Waived { waiver, failures },
        Some(waiver) => Verdict::Ended { waiver, failures },
        None => Verdict::NotMet { failures },
    }
}

/// What fails a criterion; nothing if it is met.
fn failures(program: &Program, criterion: &Criterion) -> Vec<Failure> {
    let failing = answer::failing(program, &criterion.check, Def::Contract);
    let said = |thing: Def| {
        let message = if answer::speaks_of(&criterion.otherwise, thing) {
            answer::message(program, &criterion.otherwise, thing)
        } else {
            format!("{} lacks this: {}", program.title(thing), criterion.asks)
        };
        Failure { thing, message }
    };
    failing.into_iter().map(said).collect()
}
