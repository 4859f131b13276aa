//! How long `jcm check` takes on a contract of 10,000 lines, as a new process each time, and how long its parsing is.
//!
//! The figures are medians; a run that misses a limit fails.

#![expect(clippy::disallowed_methods, reason = "the bench writes the contract that the command reads")]

use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

const LINES: usize = 10_000;
const RUNS: usize = 20;

/// What an analyst does not notice as waiting.
const SLOWEST_CHECK: Duration = Duration::from_millis(150);
/// From text to tree.
const SLOWEST_PARSE_BYTES_PER_SECOND: u128 = 3_000_000;

fn main() -> ExitCode {
    match measure() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Measures, prints, and says whether every limit is met.
fn measure() -> Result<bool, Box<dyn Error>> {
    let jcm = built_command()?;
    let text = jcm_bench::contract(LINES);
    let folder = std::env::temp_dir().join(format!("jcm-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("contract.jcm");
    std::fs::write(&file, &text)?;
    let checks = (0..RUNS).map(|_| check(&jcm, &file)).collect::<Result<Vec<_>, _>>();
    let parses = (0..RUNS).map(|_| parse(&text)).collect::<Vec<_>>();
    std::fs::remove_dir_all(&folder)?;

    let (lines, bytes) = (text.lines().count(), text.len());
    let check = median(checks?);
    let parse = median(parses);
    let speed = bytes as u128 * 1_000_000_000 / parse.as_nanos().max(1);
    say(&format!("a contract of {lines} lines, {bytes} bytes; medians of {RUNS}"));
    let check_meets = check <= SLOWEST_CHECK;
    say(&format!(
        "jcm check, new process    {:>7} ms   at most {} ms: {}",
        tenths(check.as_micros(), 1_000),
        SLOWEST_CHECK.as_millis(),
        verdict(check_meets)
    ));
    let parse_meets = speed >= SLOWEST_PARSE_BYTES_PER_SECOND;
    say(&format!(
        "text to tree              {:>7} MB/s at least {} MB/s: {}",
        tenths(speed, 1_000_000),
        SLOWEST_PARSE_BYTES_PER_SECOND / 1_000_000,
        verdict(parse_meets)
    ));
    Ok(check_meets && parse_meets)
}

/// Builds the command as it is released. This bench lies in `release/deps`, the command above it.
fn built_command() -> Result<PathBuf, Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built =
        Command::new(cargo).args(["build", "--quiet", "--release", "--package", "jcm-cli"]).status()?;
    let bench = std::env::current_exe()?;
    let release = bench.parent().and_then(Path::parent).ok_or("the bench lies in no folder")?;
    if built.success() {
        Ok(release.join(format!("jcm{}", std::env::consts::EXE_SUFFIX)))
    } else {
        Err("the command does not build".into())
    }
}

/// One check in a new process; the contract has no problem.
fn check(jcm: &Path, file: &Path) -> Result<Duration, Box<dyn Error>> {
    let mut command = Command::new(jcm);
    command.arg("check").arg(file).stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let status = command.status().map_err(|e| format!("{}: {e}", jcm.display()))?;
    let took = started.elapsed();
    if status.success() { Ok(took) } else { Err("the contract has problems".into()) }
}

fn parse(text: &str) -> Duration {
    let started = Instant::now();
    let parsed = std::hint::black_box(jcm_syntax::parse(std::hint::black_box(text)));
    let took = started.elapsed();
    assert!(parsed.problems.is_empty(), "the contract has the shape of the language");
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// A number in units of `unit`, with one decimal.
fn tenths(number: u128, unit: u128) -> String {
    format!("{}.{}", number / unit, number % unit * 10 / unit)
}

fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "MISSED" }
}

fn say(line: &str) {
    // A closed terminal is no failure.
    let _ = writeln!(std::io::stdout(), "{line}");
}
