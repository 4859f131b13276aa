//! What is written is written whole or not at all: where it may not go, where there is no room for it, and where the process
//! ends on the way, what was there before stays as it was. All of it holds for a user who may do everything, too.

#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test makes and looks at the files that a user has, and fails where it cannot"
)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Where something is written that cannot be.
const PLACES: [(&str, &str); 4] = [
    ("file/below", "part of this path is a file, not a folder"),
    ("file", "a file of this name stands in the way"),
    ("leads/nowhere", "this is a link that leads to no folder"),
    ("/proc/self", "nothing can be written into this folder"),
];

/// Every command that writes, with `OUT` for where to: a folder, or a file in it.
const COMMANDS: [&[&str]; 8] = [
    &["build", "vale", "--out", "OUT"],
    &["settle", "vale", "--data", "data.csv", "--statement", "OUT"],
    &["settle", "vale", "--data", "data.csv", "--out", "OUT/results.csv"],
    &["settle", "vale", "--data", "data.csv", "--run", "final", "--record", "OUT/run.json"],
    &["simulate", "vale", "--runs", "20", "--out", "OUT"],
    &["diff", "vale/contract.jcm", "other.jcm", "--out", "OUT/redline.docx"],
    &["graph", "vale", "--out", "OUT/money.svg"],
    &["new", "OUT"],
];

/// A folder with a contract, data, another version, a file and a link that leads nowhere.
fn prepared() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let of = |name: &str| folder.path().join(name);
    assert_eq!(code(&run(folder.path(), &["new", "vale"])), 0);
    fs::rename(of("vale/data.csv"), of("data.csv")).unwrap();
    let contract = fs::read_to_string(of("vale/contract.jcm")).unwrap();
    let simulation = "\nsimulation year of vale {\n    runs:  20\n    seed:  1\n    years: 2026/27 to 2026/27\n    \
                      vary actual_cost ~ normal, mean £11,500,000, sd £100,000\n    \
                      vary still_at_home ~ normal, mean 82%, sd 1%\n}\n";
    fs::write(of("vale/contract.jcm"), format!("{contract}{simulation}")).unwrap();
    fs::write(of("other.jcm"), contract.replacen("half_even", "half_up", 1)).unwrap();
    fs::write(of("file"), "mine").unwrap();
    symlink("nothing", of("leads")).unwrap();
    folder
}

fn jcm(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jcm"));
    command.current_dir(folder);
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    jcm(folder).args(arguments).output().unwrap()
}

/// The same where nothing more may be written to any file, which is as good as a full disk.
fn run_without_room(folder: &Path, arguments: &[&str]) -> Output {
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$@\"";
    let mut command = Command::new("sh");
    command.current_dir(folder).args(["-c", script, "sh", env!("CARGO_BIN_EXE_jcm")]).args(arguments);
    command.output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file below a folder, with its bytes.
fn content(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => {
                found.insert(path.clone(), Vec::new());
                found.extend(content(&path));
            }
            false => {
                let bytes = fs::read(&path).unwrap_or_default();
                found.insert(path, bytes);
            }
        }
    }
    found
}

fn into(arguments: &[&str], out: &str) -> Vec<String> {
    arguments.iter().map(|argument| argument.replace("OUT", out)).collect()
}

fn borrowed(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

#[test]
fn where_nothing_can_be_written_every_command_says_so_and_leaves_all_as_it_was() {
    let folder = prepared();
    let before = content(folder.path());
    for (place, reason) in PLACES {
        for command in COMMANDS {
            let arguments = into(command, place);
            let output = run(folder.path(), &borrowed(&arguments));
            let said = error(&output);
            assert_eq!(code(&output), 3, "{arguments:?}: {said}");
            // A path below a file is no folder, whichever of its parts is the file.
            let other = "a file of this name stands in the way";
            assert!(
                said.contains(reason) || (place.starts_with("file") && said.contains(other)),
                "{arguments:?}: {said}"
            );
            assert_eq!(content(folder.path()), before, "{arguments:?}");
        }
    }
}

#[test]
fn without_room_every_command_says_so_and_what_was_there_stays() {
    let folder = prepared();
    for there in [false, true] {
        for command in COMMANDS {
            // A new contract is not made over an old one, and that is said first.
            if there && command[0] == "new" {
                continue;
            }
            let arguments = into(command, if there { "old" } else { "fresh" });
            if there {
                let made = run(folder.path(), &borrowed(&arguments));
                assert!(code(&made) <= 1, "{arguments:?}: {}", error(&made));
            }
            let before = content(folder.path());
            // What somebody drew a lot of runs for is replaced only by force.
            let force = (there && command[0] == "simulate").then(|| "--force".to_owned());
            let arguments: Vec<String> = arguments.into_iter().chain(force).collect();
            let output = run_without_room(folder.path(), &borrowed(&arguments));
            assert_eq!(code(&output), 3, "{arguments:?}: {}", error(&output));
            assert!(error(&output).contains("a file may not be as large as this"), "{}", error(&output));
            assert_eq!(content(folder.path()), before, "{arguments:?}");
        }
    }
}

#[test]
fn a_contract_that_cannot_be_laid_out_for_want_of_room_stays() {
    let folder = prepared();
    let crooked = fs::read_to_string(folder.path().join("other.jcm")).unwrap().replace("    ", "  ");
    fs::write(folder.path().join("other.jcm"), &crooked).unwrap();
    let output = run_without_room(folder.path(), &["fmt", "other.jcm"]);
    assert_eq!(code(&output), 3, "{}", error(&output));
    assert_eq!(fs::read_to_string(folder.path().join("other.jcm")).unwrap(), crooked);
    assert_eq!(code(&run(folder.path(), &["fmt", "other.jcm"])), 0);
}

#[test]
fn of_all_that_settling_writes_everything_is_written_or_nothing() {
    let folder = prepared();
    let settle = |record: &str| {
        let all = ["--statement", "out", "--out", "results/all.csv", "--run", "final", "--record", record];
        run(folder.path(), &[&["settle", "vale", "--data", "data.csv"][..], &all].concat())
    };
    let before = content(folder.path());
    let refused = settle("file/run.json");
    assert_eq!((code(&refused), content(folder.path())), (3, before), "{}", error(&refused));
    let done = settle("run.json");
    assert_eq!(code(&done), 0, "{}", error(&done));
    for name in ["out/index.html", "results/all.csv", "run.json"] {
        assert!(folder.path().join(name).is_file(), "{name}");
    }
    // A second run replaces what the first one wrote.
    assert_eq!(code(&settle("run.json")), 0);
    let twice = run(
        folder.path(),
        &["settle", "vale", "--data", "data.csv", "--statement", "out", "--out", "out/index.html"],
    );
    assert_eq!(code(&twice), 3);
    assert!(error(&twice).contains("two outputs have this name"), "{}", error(&twice));
}

#[test]
fn results_do_not_take_the_place_of_a_contract_or_of_data() {
    let folder = prepared();
    fs::copy(folder.path().join("data.csv"), folder.path().join("next-year.csv")).unwrap();
    let before = content(folder.path());
    for mine in ["vale/contract.jcm", "next-year.csv", "file"] {
        for option in [&["--out", mine][..], &["--run", "final", "--record", mine]] {
            let arguments = [&["settle", "vale", "--data", "data.csv"][..], option].concat();
            let output = run(folder.path(), &arguments);
            assert_eq!(code(&output), 3, "{arguments:?}: {}", error(&output));
            assert!(error(&output).contains("does not look like one that jcm settled"), "{}", error(&output));
        }
    }
    assert_eq!(content(folder.path()), before);
    let forced = run(folder.path(), &["settle", "vale", "--data", "data.csv", "--out", "file", "--force"]);
    assert_eq!(code(&forced), 0, "{}", error(&forced));
}

#[test]
fn what_cannot_be_printed_is_said_also_where_the_answer_is_no() {
    let folder = prepared();
    for command in [&["diff", "vale/contract.jcm", "other.jcm"][..], &["graph", "vale"]] {
        // Not every system has a disk that is always full.
        let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else { return };
        let output = jcm(folder.path()).args(command).stdout(full).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(code(&output), 3, "{command:?}");
        assert!(error(&output).contains("standard output: there is no space left"), "{}", error(&output));
    }
}

#[test]
fn a_report_is_written_again_over_its_own_files_and_over_no_others() {
    let folder = prepared();
    let report = ["simulate", "vale", "--out", "report"];
    for arguments in [&report[..], &["simulate", "vale", "--runs", "30", "--out", "report"]] {
        assert_eq!(code(&run(folder.path(), arguments)), 0, "{arguments:?}");
    }
    let names: Vec<String> =
        content(&folder.path().join("report")).keys().map(|path| path.display().to_string()).collect();
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        let file = folder.path().join("report").join(name);
        let (own, mine) = (fs::read(&file).unwrap(), "contract,place\nVale, seed 1\n");
        fs::write(&file, mine).unwrap();
        let refused = run(folder.path(), &report);
        assert_eq!(code(&refused), 3, "{file:?}");
        assert!(error(&refused).contains("this file was not made by jcm"), "{}", error(&refused));
        assert_eq!(fs::read_to_string(&file).unwrap(), mine);
        fs::write(&file, own).unwrap();
    }
}
