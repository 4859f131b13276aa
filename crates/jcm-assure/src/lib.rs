//! Asks a contract the questions of the models and profiles that it follows, and says what meets them.
//!
//! This crate knows how to answer a question and none of the questions: criteria come with the program.

mod answer;
mod problems;
mod table;

pub use problems::{CODES, diagnostics};
pub use table::{cells, csv, heading_of, text};

use jcm_model::{Criterion, Def, Program, Waiver};

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
        /// What meets it; empty where there is nothing that it could be asked of.
        by: Vec<Def>,
    },
    /// No, and the partners have decided so.
    Waived {
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

/// Asks a contract everything that its standards ask.
pub fn assure(program: &Program) -> Assurance<'_> {
    let rows =
        program.criteria.iter().map(|criterion| Row { criterion, verdict: verdict(program, criterion) });
    Assurance { rows: rows.collect() }
}

fn verdict<'a>(program: &'a Program, criterion: &'a Criterion) -> Verdict<'a> {
    let failing = answer::failing(program, &criterion.check, Def::Contract);
    if failing.is_empty() {
        return Verdict::Met { by: answer::witnesses(program, &criterion.check, Def::Contract) };
    }
    let failure =
        |thing: Def| Failure { thing, message: answer::message(program, &criterion.otherwise, thing) };
    let failures = failing.into_iter().map(failure).collect();
    match program.waivers.iter().find(|waiver| waiver.criterion == criterion.head.name) {
        Some(waiver) => Verdict::Waived { waiver, failures },
        None => Verdict::NotMet { failures },
    }
}
