//! `cargo xtask fuzz`: bytes for which a promise of the compiler does not hold, searched for by coverage.
//!
//! The program is built by itself, so that every branch of it tells the search whether it was reached. The contracts of
//! the suites are where the search starts.

use crate::program::{self, cargo, host, say};
use crate::repository::{files, read};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// How long is searched for each promise where nobody says.
pub(crate) const SECONDS: u64 = 20;

/// What is searched for, by its name in `jcm-fuzz`, and the suffix of the files that it starts from.
const PROMISES: [(&str, &str); 3] = [("parse", ".jcm"), ("check", ".jcm"), ("settle", ".csv")];

/// Every branch counts, and comparisons tell what they were compared with.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=3 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// The build may take this long on a slow machine.
const BUILD: Duration = Duration::from_secs(20 * 60);

/// Searches for `seconds` for each promise.
pub(crate) fn run(root: &Path, seconds: u64) -> Result<String, String> {
    let folder = program::target(root).join("fuzz");
    let host = host(root)?;
    let mut build = cargo(root, &["build", "--quiet", "--package", "jcm-fuzz", "--bin", "search"]);
    build.args(["--features", "search", "--profile", "fuzz", "--target", &host, "--target-dir"]);
    // The target is named so that what builds the program is built without the counters.
    program::run(build.arg(&folder).env("RUSTFLAGS", COVERAGE), BUILD)?;
    let search = folder.join(&host).join("fuzz").join("search");
    for (promise, suffix) in PROMISES {
        say(&format!("   {promise}: {seconds} s"));
        let corpus = folder.join("corpus").join(promise);
        seed(root, suffix, &corpus)?;
        let mut command = std::process::Command::new(&search);
        command.env("JCM_PROMISE", promise).arg(&corpus).args([
            format!("-max_total_time={seconds}"),
            format!("-artifact_prefix={}/{promise}-", folder.display()),
            "-timeout=20".to_owned(),
            "-rss_limit_mb=3000".to_owned(),
            "-max_len=8000".to_owned(),
        ]);
        let log = folder.join(format!("{promise}.log"));
        let written = fs::File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
        command.stderr(written);
        program::run(&mut command, Duration::from_secs(seconds.saturating_mul(3).saturating_add(120)))
            .map_err(|problem| format!("{problem}\n{}", last_lines(&log)))?;
    }
    Ok(format!("no promise was broken in {seconds} s each"))
}

/// What the search said in the end: the panic, and where the bytes are that caused it.
fn last_lines(log: &Path) -> String {
    let text = read(log).unwrap_or_else(|problem| problem);
    let lines: Vec<&str> = text.lines().collect();
    lines.get(lines.len().saturating_sub(40)..).unwrap_or_default().join("\n")
}

/// Puts the texts of the suites and examples where the search starts; what earlier searches found stays.
fn seed(root: &Path, suffix: &str, corpus: &Path) -> Result<(), String> {
    fs::create_dir_all(corpus).map_err(|error| format!("{}: {error}", corpus.display()))?;
    for folder in ["tests", "examples"] {
        for file in files(root, folder, &[suffix])? {
            let path = corpus.join(file.path.replace(['/', '\\'], "_"));
            fs::copy(root.join(&file.path), &path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}
