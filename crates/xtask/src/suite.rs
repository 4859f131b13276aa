//! `cargo xtask test`: everything that must hold of a change, in the order in which it fails soonest.

use crate::program::{self, cargo, say};
use crate::{accessibility, codegen, documents, editors, fuzz, in_numpy, site, tables, tidy, vscode};
use std::path::Path;
use std::time::{Duration, Instant};

/// No step takes longer, or something hangs.
const LIMIT: Duration = Duration::from_secs(45 * 60);

/// A step: what people call it, and what it does.
type Step = (&'static str, fn(&Path) -> Result<String, String>);

const STEPS: &[Step] = &[
    ("format", |root| cargo_step(root, &["fmt", "--all", "--check"])),
    ("what is made from the grammar", |root| codegen::run(root, codegen::Mode::Check)),
    ("layers, dependencies and sources", tidy::run),
    // Every target, so that a bench that does not compile is found without building it as for release.
    ("lints", |root| {
        cargo_step(root, &["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])
    }),
    ("documentation", documentation),
    ("tests", tests),
    ("a search for broken promises", |root| fuzz::run(root, fuzz::SECONDS)),
    ("the site of the reference", site::run),
    ("pages in a browser", accessibility::run),
    ("documents in LibreOffice", documents::run),
    ("Parquet in pyarrow", tables::run),
    ("simulations in NumPy", in_numpy::run),
    ("the extension in VS Code", vscode::run),
    ("set-ups of editors", editors::run),
];

/// Runs every step. It stops at the first that fails, but where no one waits for it, it tells of every step.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let started = Instant::now();
    let mut failed = Vec::new();
    for (number, (name, step)) in (1..).zip(STEPS) {
        say(&format!("── {number} of {}: {name}", STEPS.len()));
        let began = Instant::now();
        match step(root) {
            Ok(message) => say(&format!("{message} ({} s)", began.elapsed().as_secs())),
            Err(problem) => {
                say(&format!("{problem}\n{name}: FAILED ({} s)", began.elapsed().as_secs()));
                failed.push(*name);
                if !program::is_ci() {
                    break;
                }
            }
        }
    }
    let seconds = started.elapsed().as_secs();
    if failed.is_empty() {
        return Ok(format!("all {} steps passed in {seconds} s", STEPS.len()));
    }
    Err(format!("FAILED, after {seconds} s: {}", failed.join(", ")))
}

fn cargo_step(root: &Path, arguments: &[&str]) -> Result<String, String> {
    program::run(&mut cargo(root, arguments), LIMIT)?;
    Ok("ok".to_owned())
}

/// Every test. Those that hold simulations against rules by hand need Python, and are left out without it.
fn tests(root: &Path) -> Result<String, String> {
    let python = program::find_or_install(&["python3"], "python3");
    let said = match python {
        Err(reason) if program::is_ci() => return Err(reason),
        Err(reason) => format!("ok; LEFT OUT, simulations held against Python: {reason}"),
        Ok(_) => "ok".to_owned(),
    };
    cargo_step(root, &["test", "--quiet", "--workspace", "--no-fail-fast"])?;
    Ok(said)
}

/// The documentation of every crate, in which a broken link is an error.
fn documentation(root: &Path) -> Result<String, String> {
    let mut command = cargo(root, &["doc", "--quiet", "--workspace", "--no-deps"]);
    program::run(command.env("RUSTDOCFLAGS", "-D warnings"), LIMIT)?;
    Ok("ok".to_owned())
}
