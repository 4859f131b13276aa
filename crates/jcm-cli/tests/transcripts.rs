//! Runs the transcripts of `tests/cli`, and those pages of `tests/reference` that show commands: one test for each
//! Markdown file.
//!
//! A fenced block whose info string names a file (```` ```jcm contract.jcm ````) is written to an empty folder; one with
//! `into` before the name holds declarations that take the place of those of the same name, or are added at the end. A
//! ```` ```console ```` block holds commands after `$ ` with what they print: standard output, then standard error, then
//! `? CODE` where the exit code is not 0. Besides `jcm` a transcript may use `cat FILE` and `ls`, and `cp PATH NAME` to
//! bring a file or folder of the repository in, and `git`. `JCM_BLESS=1` rewrites what the commands print.

use libtest_mimic::{Arguments, Failed, Trial};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

fn main() -> ExitCode {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut transcripts = pages(&repository.join("tests/cli"));
    transcripts.extend(pages(&repository.join("tests/reference")));
    let trial = |path: PathBuf| {
        let name = path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let repository = repository.clone();
        Trial::test(name, move || run(&path, &repository))
    };
    libtest_mimic::run(&Arguments::from_args(), transcripts.into_iter().map(trial).collect()).exit_code()
}

/// The pages of a folder that show commands, in order.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).map(|entries| entries.flatten().collect::<Vec<_>>());
    let mut pages: Vec<PathBuf> = entries.unwrap_or_default().iter().map(fs::DirEntry::path).collect();
    let shows_commands = |path: &PathBuf| text_of(path).is_ok_and(|text| text.contains("\n```console\n"));
    pages.retain(|path| path.extension().is_some_and(|e| e == "md") && shows_commands(path));
    pages.sort();
    pages
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
                let text: String = block.iter().map(|line| format!("{line}\n")).collect();
                put(folder, name, &text)?;
                out.push_str(&text);
            }
            None => block.iter().for_each(|line| out.push_str(&format!("{line}\n"))),
        }
        out.push_str("```\n");
    }
    Ok(out)
}

/// Writes a block that names a file, or changes the file that it names after `into`.
fn put(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    if let Some(name) = name.strip_prefix("into ") {
        let file = folder.join(name);
        return write(&file, &changed(&text_of(&file)?, text));
    }
    let file = folder.join(name);
    fs::create_dir_all(file.parent().unwrap_or(folder))?;
    write(&file, text)
}

/// A file with declarations in the place of those of the same first words, or at its end.
fn changed(file: &str, declarations: &str) -> String {
    let mut lines: Vec<&str> = file.lines().collect();
    for declaration in declarations_of(&declarations.lines().collect::<Vec<_>>()) {
        let first = declaration.first().copied().unwrap_or_default();
        let known_as = |line: &str| line.split(['{', ':', '=']).next().unwrap_or_default().trim().to_owned();
        let place = lines.iter().position(|line| known_as(line) == known_as(first));
        let from = place.and_then(|place| lines.get(place..));
        let old = from.map_or(0, |lines| declarations_of(lines).first().map_or(0, Vec::len));
        let place = place.unwrap_or_else(|| {
            lines.push("");
            lines.len()
        });
        lines.splice(place..place + old, declaration);
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The lines of each declaration: up to the brace that closes it, or one line where none is opened.
fn declarations_of<'a>(lines: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut found: Vec<Vec<&str>> = Vec::new();
    let mut rest = lines.iter().copied().skip_while(|line| line.is_empty());
    while let Some(first) = rest.next() {
        let mut declaration = vec![first];
        if first.ends_with('{') {
            for line in rest.by_ref() {
                declaration.push(line);
                if line == "}" {
                    break;
                }
            }
        }
        if !first.is_empty() {
            found.push(declaration);
        }
    }
    found
}

fn execute(command: &str, folder: &Path, repository: &Path) -> io::Result<String> {
    let words = words(command);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["jcm", arguments @ ..] => jcm(arguments, folder),
        ["git", arguments @ ..] => git(arguments, folder),
        ["cat", file] => text_of(&folder.join(file)),
        ["ls", rest @ ..] => list(&rest.first().map_or(folder.to_owned(), |name| folder.join(name))),
        ["cp", from, to] => copy(&repository.join(from), &folder.join(to)).map(|()| String::new()),
        _ => Err(io::Error::other(format!("a transcript cannot run {command:?}"))),
    }
}

/// Runs git for somebody who has set up nothing, in the folder and nowhere above it. What it prints when it has done its
/// work differs from version to version, and is left out.
fn git(arguments: &[&str], folder: &Path) -> io::Result<String> {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Analyst",
            "-c",
            "user.email=analyst@vale.example",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()?;
    if output.status.success() {
        return Ok(String::new());
    }
    Err(io::Error::other(format!("git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr))))
}

fn jcm(arguments: &[&str], folder: &Path) -> io::Result<String> {
    let (arguments, input) = match arguments {
        [arguments @ .., "<", file] => (arguments, fs::File::open(folder.join(file))?.into()),
        arguments => (arguments, Stdio::null()),
    };
    let output = Command::new(env!("CARGO_BIN_EXE_jcm"))
        .args(arguments)
        .current_dir(folder)
        .stdin(input)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        // A folder in which a transcript runs is in no repository but its own.
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap_or(folder))
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
