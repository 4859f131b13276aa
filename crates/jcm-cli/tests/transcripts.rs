//! Runs the transcripts of `tests/cli`: one test for each Markdown file.
//!
//! A fenced block whose info string names a file (```` ```jcm contract.jcm ````) is written to an empty folder. A
//! ```` ```console ```` block holds commands after `$ ` with what they print: standard output, then standard error, then
//! `? CODE` where the exit code is not 0. Besides `jcm` a transcript may use `cat FILE` and `ls`, and `cp PATH NAME` to
//! bring a file or folder of the repository in. `JCM_BLESS=1` rewrites what the commands print.

use libtest_mimic::{Arguments, Failed, Trial};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut transcripts: Vec<PathBuf> = fs::read_dir(repository.join("tests/cli"))
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    let is_transcript =
        |path: &PathBuf| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md");
    transcripts.retain(is_transcript);
    transcripts.sort();
    let trial = |path: PathBuf| {
        let name = path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let repository = repository.clone();
        Trial::test(name, move || run(&path, &repository))
    };
    libtest_mimic::run(&Arguments::from_args(), transcripts.into_iter().map(trial).collect()).exit_code()
}

fn run(path: &Path, repository: &Path) -> Result<(), Failed> {
    let expected = text_of(path)?;
    let folder = tempfile::tempdir()?;
    let actual = replay(&expected, folder.path(), repository)?;
    if actual == expected {
        return Ok(());
    }
    if std::env::var_os("JCM_BLESS").is_some() {
        return Ok(write(path, &actual)?);
    }
    let first = expected.lines().zip(actual.lines()).position(|(a, b)| a != b);
    let first = first.unwrap_or_else(|| expected.lines().count().min(actual.lines().count()));
    Err(format!(
        "{}:{} differs (JCM_BLESS=1 accepts what is printed now)\nexpected: {}\nprinted:  {}\n\nwhole:\n{actual}",
        path.display(),
        first + 1,
        expected.lines().nth(first).unwrap_or("(the end)"),
        actual.lines().nth(first).unwrap_or("(the end)"),
    )
    .into())
}

/// The transcript with every output as it is now.
fn replay(transcript: &str, folder: &Path, repository: &Path) -> io::Result<String> {
    let mut out = String::new();
    let mut lines = transcript.lines();
    while let Some(line) = lines.next() {
        let _ = writeln!(out, "{line}");
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match info.split_once(' ') {
            None if info == "console" => {
                for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                    let _ = write!(out, "$ {command}\n{}", execute(command, folder, repository)?);
                }
            }
            Some((_, name)) => {
                let file = folder.join(name);
                fs::create_dir_all(file.parent().unwrap_or(folder))?;
                let text: String = block.iter().map(|line| format!("{line}\n")).collect();
                write(&file, &text)?;
                block.iter().for_each(|line| out.push_str(&format!("{line}\n")));
            }
            None => block.iter().for_each(|line| out.push_str(&format!("{line}\n"))),
        }
        out.push_str("```\n");
    }
    Ok(out)
}

fn execute(command: &str, folder: &Path, repository: &Path) -> io::Result<String> {
    let words = words(command);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["jcm", arguments @ ..] => jcm(arguments, folder),
        ["cat", file] => text_of(&folder.join(file)),
        ["ls", rest @ ..] => list(&rest.first().map_or(folder.to_owned(), |name| folder.join(name))),
        ["cp", from, to] => copy(&repository.join(from), &folder.join(to)).map(|()| String::new()),
        _ => Err(io::Error::other(format!("a transcript cannot run {command:?}"))),
    }
}

fn jcm(arguments: &[&str], folder: &Path) -> io::Result<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_jcm"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .output()?;
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    match output.status.code() {
        Some(0) => {}
        Some(code) => text.push_str(&format!("? {code}\n")),
        None => text.push_str("? ended by a signal\n"),
    }
    Ok(text)
}

/// The words of a command; double quotes keep a word together.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for character in command.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            _ => word.push(character),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

fn list(folder: &Path) -> io::Result<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder)?.flatten().map(|e| e.file_name().to_string_lossy().into()).collect();
    names.sort();
    Ok(names.iter().fold(String::new(), |list, name| list + name + "\n"))
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        fs::create_dir_all(to.parent().unwrap_or(to))?;
        return fs::copy(from, to).map(drop);
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

fn text_of(path: &Path) -> io::Result<String> {
    io::read_to_string(fs::File::open(path)?)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    fs::File::create(path)?.write_all(text.as_bytes())
}
