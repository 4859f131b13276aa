//! Advice on a checked contract: `jcm-lint` with what it needs of the other phases.

use crate::examples::Bench;
use crate::excerpt::Instead;
use crate::from_program::{expression, settlement, type_of};
use crate::value::constant_of;
use crate::{Diagnostic, Program, Sources};
use jcm_calculus::StepId;
use jcm_diagnostics::Code;
use jcm_lint::{LINTS, Levels, Settle, Subject, Worked};
use jcm_model::{Example, Expr, LineId, LocalityId};
use jcm_quantity::Date;
use jcm_source::FileId;

/// What lints find in a contract, at these levels and on this day. In the order in which people read it.
///
/// In a locality the contract is looked at with the locality's figures, from the figures that the contract's examples
/// give.
pub fn lint(
    program: &Program,
    locality: Option<LocalityId>,
    sources: &Sources,
    levels: &Levels,
    on: Date,
) -> Vec<Diagnostic> {
    let there = locality.and_then(|id| program.at(id)).map(|mut there| {
        there.examples.clone_from(&program.examples);
        there
    });
    let own_examples = there.is_none();
    let program = there.as_ref().unwrap_or(program);
    let library = library_files(sources);
    let settlement = settlement(program, sources);
    let workbench = Workbench { program, bench: Bench::new(program, &settlement) };
    let subject = Subject { program, sources, library: &library, own_examples, settle: &workbench };
    jcm_lint::lint(&subject, levels, on)
}

/// The texts of the standard library among those of a contract.
pub(crate) fn library_files(sources: &Sources) -> Vec<FileId> {
    sources
        .iter()
        .filter(|(_, file)| jcm_std::modules().iter().any(|module| module.name == file.name()))
        .map(|(id, _)| id)
        .collect()
}

/// Every code that lints, suppressions and settings can give, with its meaning in a few words.
pub fn lint_codes() -> Vec<(Code, &'static str)> {
    let lints = LINTS.iter().map(|lint| (lint.code, lint.summary));
    lints.chain(jcm_lint::CODES.iter().copied()).collect()
}

/// Works out examples with some lines replaced.
struct Workbench<'a> {
    program: &'a Program,
    bench: Bench<'a>,
}

impl Settle for Workbench<'_> {
    fn settle(&self, example: &Example, instead: &[(LineId, Expr)]) -> Option<Worked> {
        let instead: Instead = instead
            .iter()
            .map(|(line, expr)| (StepId(line.0), (expression(self.program, expr), type_of(&expr.ty))))
            .collect();
        let settled = self.bench.settle_instead(example, &instead).ok()?.pop()?;
        let of_row = |row: Option<usize>| {
            move |line: &jcm_eval::Line| ((LineId(line.step.0), row), constant_of(&line.value))
        };
        let mut worked = Worked { lines: settled.lines.iter().map(of_row(None)).collect() };
        for (row, lines) in settled.rows.iter().enumerate() {
            worked.lines.extend(lines.iter().map(of_row(Some(row))));
        }
        Some(worked)
    }

    fn each_period(&self, example: &Example) -> Vec<Example> {
        self.bench.each_period(example)
    }
}
