//! `jcm test`: run the examples of a contract.

use crate::arguments::{Format, FormatArgument};
use crate::failure::Failure;
use crate::files::read_text;
use crate::project::{Folder, has_extension};
use crate::report::Report;
use crate::terminal::{Stream, Terminal};
use clap::Args;
use jcm::{Checked, Difference, ExampleResult, ExpectationResult, Simulating, Span};
use jcm_settle::Engine;
use std::fmt::Write as _;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  jcm test                       every example of the contract in this folder
  jcm test alliance.jcm          every example of one contract
  jcm test out/settlement.json   the test vectors of a specification
  jcm test --format short        one line for each example that fails";

/// Run the examples of a contract
///
/// Settles every `example` and compares each figure that it expects with what the contract gives. Of an example that
/// fails, prints the first line that differs: later lines usually differ because of it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, a folder with one contract in it, or a settlement.json, whose test vectors are run
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    #[command(flatten)]
    format: FormatArgument,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let format = arguments.format.format;
    if has_extension(&arguments.path, "json") {
        return prove(arguments, terminal);
    }
    let checked = Folder::open(&arguments.path)?.checked(jcm::check_without_examples)?;
    let Some(program) = checked.program() else {
        terminal.report(&Report::of(&checked), format, Stream::Out);
        return Err(Failure::Contract);
    };
    let results = jcm::run_examples(program, &jcm::settlement(program, &checked.sources));
    let chances = simulated(&checked)?;
    if format == Format::Human {
        terminal.say(&transcript(&results, &checked));
        terminal.say(&chances_transcript(&chances));
    } else {
        let mut report = Report::of(&checked);
        report.diagnostics.extend(results.iter().filter_map(jcm::example_problem));
        report.diagnostics.extend(chances.iter().filter_map(jcm::expectation_problem));
        terminal.report(&report, format, Stream::Out);
    }
    if results.iter().all(ExampleResult::passed) && chances.iter().all(|chance| chance.holds) {
        Ok(())
    } else {
        Err(Failure::Contract)
    }
}

/// What the simulations of a contract expect, simulated; those that expect nothing are not run.
fn simulated(checked: &Checked) -> Result<Vec<ExpectationResult>, Failure> {
    let Some(program) = checked.program() else { return Ok(Vec::new()) };
    let mut chances = Vec::new();
    let threads = std::thread::available_parallelism().ok().map(std::num::NonZero::get);
    let asked = Simulating { threads, ..Simulating::default() };
    for simulation in program.simulations.iter().filter(|simulation| !simulation.expect.is_empty()) {
        let simulated = jcm::simulate(program, &checked.sources, simulation, &asked)
            .map_err(|failed| Failure::World(failed.problem.message))?;
        chances.extend(simulated.expectations);
    }
    Ok(chances)
}

/// One line for each chance that is expected; nothing where none is.
fn chances_transcript(chances: &[ExpectationResult]) -> String {
    let mut text = String::new();
    for chance in chances {
        let verdict = if chance.holds { "ok    " } else { "FAILED" };
        let place = if chance.place.is_empty() { String::new() } else { format!(" in {}", chance.place) };
        let _ = writeln!(text, "{verdict}  {}{place}: {}", chance.text, jcm::chance_text(&chance.found));
    }
    text
}

/// Runs the test vectors of a settlement.json.
fn prove(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let path = &arguments.path;
    let engine = Engine::from_json(&read_text(path)?).map_err(|reason| Failure::of_path(path, reason))?;
    let proofs = engine.prove();
    let mut text = String::new();
    for proof in &proofs {
        let _ = writeln!(text, "{}  {}", if proof.passed() { "ok    " } else { "FAILED" }, proof.title);
        if let Some(first) = proof.differences.first() {
            let _ = writeln!(text, "        {first}");
        }
    }
    let failed = proofs.iter().filter(|proof| !proof.passed()).count();
    let figures: usize = proofs.iter().map(|proof| proof.expected).sum();
    let _ = match (proofs.len(), failed) {
        (0, _) => writeln!(text, "this specification has no test vectors"),
        (count, 0) => writeln!(text, "\n{count} passed, {figures} figures as expected"),
        (count, _) => writeln!(text, "\n{} passed, {failed} failed", count - failed),
    };
    terminal.say(&text);
    if failed == 0 { Ok(()) } else { Err(Failure::Contract) }
}

/// One line for each example, the first difference of each that failed, and the count.
fn transcript(results: &[ExampleResult], checked: &Checked) -> String {
    let mut text = String::new();
    for result in results {
        let verdict = if result.passed() { "ok    " } else { "FAILED" };
        let _ = writeln!(text, "{verdict}  {}  ({}, {})", result.title, result.of, result.period);
        if let Some(stopped) = &result.stopped {
            let _ = writeln!(text, "        cannot be settled: {stopped}");
            let _ = writeln!(text, "        at {}", place(checked, result.span));
        }
        if let Some(first) = result.differences.first() {
            text.push_str(&difference(first, result.differences.len(), checked));
        }
    }
    let passed = results.iter().filter(|result| result.passed()).count();
    let failed = results.len() - passed;
    let figures: usize = results.iter().filter(|result| result.passed()).map(|result| result.expected).sum();
    let _ = match (results.len(), failed) {
        (0, _) => writeln!(text, "this contract has no examples"),
        (_, 0) => writeln!(text, "\n{passed} passed, {figures} figures as expected"),
        _ => writeln!(text, "\n{passed} passed, {failed} failed"),
    };
    text
}

fn difference(first: &Difference, count: usize, checked: &Checked) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "        {}", first.what);
    let _ = writeln!(text, "          expected  {}   at {}", first.expected, place(checked, first.span));
    let _ = writeln!(text, "          found     {}   at {}", first.found, place(checked, first.declared));
    if let Some(before) = &first.before_rounding {
        let _ = writeln!(text, "          before rounding: {before}");
    }
    let _ = match count {
        0 | 1 => Ok(()),
        2 => writeln!(text, "        and 1 later figure differs"),
        _ => writeln!(text, "        and {} later figures differ", count - 1),
    };
    text
}

fn place(checked: &Checked, span: Span) -> String {
    checked
        .sources
        .get(span.file)
        .map_or_else(String::new, |file| format!("{}:{}", file.name(), file.line_column(span.start).line))
}
