//! Code generation and housekeeping: grammar to kinds, editor grammar and reference; tidy checks.
//!
//! `cargo run -p xtask -- codegen` reads `grammar/jcm.pest` and writes what is made from it;
//! `codegen --check` writes nothing and fails where a file differs.

mod codegen;
mod grammar;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: cargo run -p xtask -- codegen [--check]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["codegen"] => codegen::run(&root(), codegen::Mode::Write),
        ["codegen", "--check"] => codegen::run(&root(), codegen::Mode::Check),
        _ => Err(USAGE.to_owned()),
    };
    let (code, message) = match outcome {
        Ok(message) => (ExitCode::SUCCESS, message),
        Err(message) => (ExitCode::FAILURE, message),
    };
    // A closed terminal is no reason to report the outcome differently.
    let _ = writeln!(std::io::stderr(), "{message}");
    code
}

/// The root of the repository, which holds `grammar` and `crates`.
fn root() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", ".."].iter().collect()
}
