//! The `jcm` command: reads files, runs the compiler, prints what it says.
//!
//! One file for each command in [`commands`]. [`terminal`] is the only printer, [`files`] the only reader and writer
//! of files; [`project`] is the folder of files that the compiler reads from. Nothing here decides what a contract
//! means.

mod arguments;
mod commands;
mod data_problems;
mod exchange;
mod failure;
mod files;
mod project;
mod report;
mod revision;
mod settings;
mod terminal;
mod today;

use crate::arguments::{Arguments, Command};
use crate::terminal::Terminal;
use clap::Parser as _;
use std::process::ExitCode;

/// A third less time for each key in the editor than with the system's: a check makes many small things and drops them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(refusal) => return arguments::refuse(&refusal),
    };
    let terminal = Terminal::new(arguments.color);
    let result = match arguments.command {
        Command::New(new) => commands::new::run(&new, &terminal),
        Command::Check(check) => commands::check::run(&check, &terminal),
        Command::Fmt(fmt) => commands::fmt::run(&fmt, &terminal),
        Command::Assure(assure) => commands::assure::run(&assure, &terminal),
        Command::Lint(lint) => commands::lint::run(&lint, &terminal),
        Command::Build(build) => commands::build::run(&build, &terminal),
        Command::Graph(graph) => commands::graph::run(&graph, &terminal),
        Command::Calendar(calendar) => commands::calendar::run(&calendar, &terminal),
        Command::Settle(settle) => commands::settle::run(&settle, &terminal),
        Command::Simulate(simulate) => commands::simulate::run(&simulate, &terminal),
        Command::Analyse(analyse) => commands::analyse::run(&analyse, &terminal),
        Command::Test(test) => commands::test::run(&test, &terminal),
        Command::Diff(diff) => commands::diff::run(&diff, &terminal),
        Command::Localities(localities) => commands::localities::run(&localities, &terminal),
        Command::Explain(explain) => commands::explain::run(&explain, &terminal),
        Command::Lsp(lsp) => commands::lsp::run(&lsp),
        Command::Doc(doc) => commands::doc::run(&doc, &terminal),
        Command::Completions(completions) => commands::completions::run(&completions, &terminal),
    };
    // What a command printed and did not arrive is not said: then that is what went wrong.
    let result = match (result, terminal.finish()) {
        (Ok(()), printed) => printed,
        (Err(failure), Err(not_printed)) if failure.message().is_none() => Err(not_printed),
        (failed, _) => failed,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal.failure(&failure);
            failure.exit_code()
        }
    }
}
