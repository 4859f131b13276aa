//! What `jcm simulate --format json` says of the examples for which `tests/simulation` has the rule written by hand in
//! Python: the two agree in distribution, a rule that is another is noticed, and the number of threads changes nothing.
//!
//! `tests/simulation/rebased.jcm` is worked out by hand over three years, in which a balance is carried forward and the
//! baseline moves.
//!
//! For every example that has a simulation, and for that contract, the columns pay what the exact evaluator pays, run by run to the penny, of
//! 100,000 scenarios each.
//!
//! Where there is no Python the comparison is left out, and its trials say so; with `CI=true` that is a failure.

use super::files;
use jcm_test::Project;
use libtest_mimic::{Failed, Trial};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const RULES: &str = "tests/simulation";
const PYTHON: &str = "python3";
const RUNS: u32 = 40_000;
/// How many scenarios of each example are settled in both ways: half a second each.
const MANY: u32 = 100_000;
/// What all rules by hand share; no example has its name.
const SHARED: &str = "by_hand";
/// Another sharing rate than the contract's, which the rule by hand must notice.
const CHANGED: (&str, &str, &str) =
    ("accountable-care", "percent = 50%, from 40%", "percent = 60%, from 40%");

pub(crate) fn trials() -> Vec<Trial> {
    let rules: Vec<(String, PathBuf)> =
        files::under(RULES, "py").into_iter().filter(|(name, _)| name != SHARED).collect();
    let left_out = !there_is_python() && std::env::var_os("CI").is_none_or(|value| value != "true");
    let kind = if left_out { "left out: no python3" } else { "" };
    let mut trials = vec![Trial::test("simulation/on one, two and four threads", on_any_threads)];
    for (example, rule) in rules {
        let name = format!("simulation/{example}");
        trials.push(Trial::test(name, move || agrees(&example, &rule)));
    }
    trials.push(Trial::test("simulation/another rule is noticed", another_is_noticed));
    let by_hand = trials.split_off(1).into_iter();
    trials.extend(by_hand.map(|trial| trial.with_ignored_flag(left_out).with_kind(kind)));
    trials.push(Trial::test("simulation/three years by hand", three_years_by_hand));
    for (name, path) in files::under("examples", "jcm").into_iter().chain(files::under(RULES, "jcm")) {
        if files::read(&path).is_ok_and(|text| text.contains("\nsimulation ")) {
            let trial = format!("simulation/to the penny/{name}");
            trials.push(Trial::test(trial, move || to_the_penny(&path, MANY)));
        }
    }
    trials
}

/// The columns and the exact evaluator pay the same in every run: the hash of a run is over every payment.
fn to_the_penny(path: &Path, scenarios: u32) -> Result<(), Failed> {
    let project = Project::whole(&files::read(path)?);
    let as_asked = |runs: u32, exactly: bool| {
        let asked =
            jcm::Simulating { runs: Some(runs), threads: Some(4), exactly, ..jcm::Simulating::default() };
        project.simulated_as(&asked).ok_or("its simulation cannot be run")
    };
    let years = as_asked(1, false)?;
    let years = u32::try_from(in_list(&years, "periods")).unwrap_or(1).max(1);
    let runs = scenarios.div_ceil(years);
    let (columns, exactly) = (as_asked(runs, false)?, as_asked(runs, true)?);
    if of_run(&columns).is_none() || of_run(&columns) != of_run(&exactly) {
        return Err(format!("the columns give other figures than the exact evaluator in {runs} runs").into());
    }
    Ok(())
}

/// What each party of `rebased.jcm` comes to in all three years and in each of them, as worked out in its comments: the
/// savings, and for the community £44,679.60 a year for the visits to twelve clinics.
const BY_HAND: [(&str, [&str; 4]); 3] = [
    ("icb", ["-2084038.800000", "-444679.600000", "-44679.600000", "-1594679.600000"]),
    ("acute", ["1170000.000000", "240000.000000", "0.000000", "930000.000000"]),
    ("community", ["914038.800000", "204679.600000", "44679.600000", "664679.600000"]),
];

/// A balance that is carried forward and a baseline that moves with what each year saves, in the examples of the contract
/// and in its simulation of the same figures.
fn three_years_by_hand() -> Result<(), Failed> {
    let text = files::read(&files::path(&format!("{RULES}/rebased.jcm")))?;
    let problems = Project::whole(&text).check().findings;
    if !problems.is_empty() {
        return Err(format!("{problems:?}").into());
    }
    let (before, drawn) = text.split_once("simulation as_drawn").ok_or("it has no simulation as_drawn")?;
    let (_, by_hand) = drawn.split_once("simulation as_by_hand").ok_or("it has no simulation as_by_hand")?;
    let told = simulated(&format!("{before}simulation as_by_hand{by_hand}"), 3, 1)?;
    for (name, amounts) in BY_HAND {
        let party = told.split_once(&format!("\"name\": \"{name}\"")).ok_or("a party is missing")?.1;
        let expected = party.split("\"expected\": \"").skip(1).take(amounts.len());
        let expected: Vec<&str> = expected.filter_map(|rest| rest.split('"').next()).collect();
        if expected != amounts {
            return Err(format!("{name} comes to {expected:?}, by hand {amounts:?}").into());
        }
    }
    Ok(())
}

/// How many things a list of the JSON holds.
fn in_list(json: &str, name: &str) -> usize {
    let list = json.lines().find(|line| line.starts_with(&format!("\"{name}\"")));
    list.map_or(0, |list| list.matches(", ").count() + 1)
}

/// The hash of a run.
fn of_run(json: &str) -> Option<&str> {
    json.lines().find(|line| line.starts_with("\"hash\""))
}

fn there_is_python() -> bool {
    let asked = Command::new(PYTHON).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

fn agrees(example: &str, rule: &Path) -> Result<(), Failed> {
    let told = simulated(&contract(example)?, RUNS, 4)?;
    let (agrees, said) = held_against(rule, &told)?;
    if agrees { Ok(()) } else { Err(said.into()) }
}

fn another_is_noticed() -> Result<(), Failed> {
    let (example, from, to) = CHANGED;
    let text = contract(example)?;
    if text.matches(from).count() != 1 {
        return Err(format!("{example} does not say `{from}` once").into());
    }
    let told = simulated(&text.replace(from, to), RUNS, 4)?;
    let (agrees, said) = held_against(&files::path(&format!("tests/simulation/{example}.py")), &told)?;
    if agrees || !said.contains("95% is") {
        return Err(format!("a sharing rate of 60 % passes for one of 50 %: {said}").into());
    }
    Ok(())
}

/// The figures of an example, in both of its places and every period, are the same bytes.
fn on_any_threads() -> Result<(), Failed> {
    let text = contract("stour-valley")?;
    let one = simulated(&text, 5_003, 1)?;
    for threads in [2, 4] {
        if simulated(&text, 5_003, threads)? != one {
            return Err(format!("{threads} threads give other figures than one").into());
        }
    }
    Ok(())
}

fn contract(example: &str) -> Result<String, Failed> {
    files::read(&files::path(&format!("examples/{example}/contract.jcm")))
}

fn simulated(text: &str, runs: u32, threads: usize) -> Result<String, Failed> {
    let told = Project::whole(text).simulated(runs, threads);
    told.ok_or_else(|| "its simulation cannot be run".into())
}

/// Whether what is told agrees with the rule by hand, and what the rule's script says of it.
fn held_against(rule: &Path, told: &str) -> Result<(bool, String), Failed> {
    let mut command = Command::new(PYTHON);
    command.arg("-B").arg(rule).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut script = command.spawn().map_err(|reason| format!("{PYTHON}: {reason}"))?;
    if let Some(mut input) = script.stdin.take() {
        input.write_all(told.as_bytes())?;
    }
    let output = script.wait_with_output()?;
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Ok((output.status.success(), said))
}
