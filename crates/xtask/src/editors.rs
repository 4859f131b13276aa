//! The set-ups of `editors/`, tried with the editors themselves and the real language server: every contract has a tree
//! in the tree-sitter grammar, Neovim and Emacs open the flagship contract, and the hooks and the action find its problems.
//!
//! What is missing is installed: tree-sitter by cargo into the target folder, the editors by `apt-get`. Where that cannot
//! be done a step is left out and says so; with `CI=true` that is a failure.

mod repositories;

use crate::program::{self, cargo, find, find_or_install, is_ci, output};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The version that makes the parser.
const TREE_SITTER: &str = "0.25.10";
const LIMIT: Duration = Duration::from_secs(20 * 60);
const SESSION: Duration = Duration::from_secs(3 * 60);

/// The contract that each editor opens.
const FLAGSHIP: &str = "examples/stour-valley/contract.jcm";

/// Where contracts with a good form lie.
const CONTRACTS: &[&str] = &["examples", "stdlib", "tests/lang"];

type Step = fn(&Path, &Path) -> Result<String, String>;

/// Tries every set-up.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    program::run(&mut cargo(root, &["build", "--quiet", "--package", "jcm-cli"]), LIMIT)?;
    let target = std::path::absolute(program::target(root)).map_err(|e| e.to_string())?;
    let jcm = target.join("debug").join(format!("jcm{}", std::env::consts::EXE_SUFFIX));
    let steps: &[(&str, Step)] = &[
        ("tree-sitter", trees),
        ("Neovim", neovim),
        ("Emacs", emacs),
        ("hooks", hooks),
        ("pre-commit", repositories::hooks),
        ("action", repositories::action),
    ];
    let mut said = Vec::new();
    for (name, step) in steps {
        match step(root, &jcm) {
            Ok(told) => said.push(format!("{name}: {told}")),
            Err(reason) => return Err(format!("{name}: {reason}")),
        }
    }
    Ok(said.join("; "))
}

/// What cannot be tried here: a line that says so, and a failure where nobody would read it.
fn left_out(reason: String) -> Result<String, String> {
    if is_ci() { Err(reason) } else { Ok(format!("LEFT OUT, {reason}")) }
}

/// Makes the parser and gives it every contract; none may have a part that the grammar does not know.
fn trees(root: &Path, _: &Path) -> Result<String, String> {
    let target = std::path::absolute(program::target(root)).map_err(|e| e.to_string())?;
    let tree_sitter = match tree_sitter(root, &target.join("tools")) {
        Ok(tree_sitter) => tree_sitter,
        Err(reason) => return left_out(reason),
    };
    let folder = target.join("editors").join("tree-sitter-jcm");
    copy(&root.join("editors/tree-sitter-jcm"), &folder)?;
    let command = |arguments: &[&str]| {
        let mut command = Command::new(&tree_sitter);
        command.current_dir(&folder).args(arguments).env("TREE_SITTER_LIBDIR", folder.join("lib"));
        command
    };
    program::run(&mut command(&["generate"]), LIMIT)?;
    let mut contracts = Vec::new();
    for below in CONTRACTS {
        collect(&root.join(below), &mut contracts)?;
    }
    contracts.sort();
    let list = folder.join("contracts.txt");
    let lines: Vec<String> = contracts.iter().map(|path| path.display().to_string()).collect();
    write(&list, &(lines.join("\n") + "\n"))?;
    let list = list.display().to_string();
    output(&mut command(&["parse", "--quiet", "--paths", &list]))?;
    for query in ["highlights", "folds", "locals"] {
        let query = format!("queries/{query}.scm");
        let found = output(&mut command(&["query", &query, "--paths", &list]))?;
        if !found.contains("capture") {
            return Err(format!("{query} finds nothing"));
        }
    }
    Ok(format!("{} contracts have a tree", contracts.len()))
}

/// tree-sitter in the target folder, built there if it is not.
fn tree_sitter(root: &Path, tools: &Path) -> Result<PathBuf, String> {
    let tree_sitter = tools.join("bin").join("tree-sitter");
    let is_ours = tree_sitter.is_file()
        && output(Command::new(&tree_sitter).arg("--version"))?.contains(&format!(" {TREE_SITTER}"));
    if !is_ours {
        let version =
            ["install", "tree-sitter-cli", "--debug", "--quiet", "--locked", "--version", TREE_SITTER];
        let mut install = cargo(root, &version);
        install.args(["--no-default-features", "--root"]).arg(tools);
        program::run(install.arg("--target-dir").arg(tools.join("build")), LIMIT)?;
    }
    find_or_install(&["node"], "nodejs").map(|_| tree_sitter)
}

fn neovim(root: &Path, jcm: &Path) -> Result<String, String> {
    let nvim = match find_or_install(&["nvim"], "neovim") {
        Ok(nvim) => nvim,
        Err(reason) => return left_out(reason),
    };
    let command_is = format!("let g:jcm_command = '{}'", jcm.display());
    let mut session = Command::new(nvim);
    session.current_dir(root).args([
        "--headless",
        "-n",
        "-u",
        "NONE",
        "-c",
        "filetype on",
        "-c",
        &command_is,
    ]);
    session.args(["-c", "source editors/neovim/jcm.lua", "-c", &format!("edit {FLAGSHIP}")]);
    // The script ends Neovim itself; one that breaks off does not.
    program::run(session.args(["-c", "luafile tests/editors/neovim.lua", "-c", "cquit 3"]), SESSION)?;
    Ok("the flagship contract is broken and mended".to_owned())
}

fn emacs(root: &Path, jcm: &Path) -> Result<String, String> {
    let emacs = match find_or_install(&["emacs"], "emacs-nox") {
        Ok(emacs) => emacs,
        Err(reason) => return left_out(reason),
    };
    // Before Emacs 29 the client of the protocol is a package of its own.
    let has_client = |emacs: &Path| {
        let asked = "(progn (package-initialize) (require 'eglot))";
        output(Command::new(emacs).args(["-q", "--batch", "--eval", asked])).is_ok()
    };
    if !has_client(&emacs) {
        let installed = program::install("elpa-eglot");
        if let Err(reason) = installed {
            return left_out(reason);
        }
    }
    let contract = std::path::absolute(root.join(FLAGSHIP)).map_err(|e| e.to_string())?;
    let mut session = Command::new(emacs);
    session.current_dir(root).env("JCM", jcm).env("JCM_CONTRACT", contract);
    session.args(["-q", "--batch", "-L", "editors/emacs", "-l", "tests/editors/emacs.el"]);
    program::run(&mut session, SESSION)?;
    Ok("the flagship contract is broken and mended".to_owned())
}

/// What the hooks and the action run: an example has no problem, and a broken copy of it has one, in the file for the
/// code scanner too.
fn hooks(root: &Path, jcm: &Path) -> Result<String, String> {
    let Some(shell) = find(&["sh"]) else { return left_out("there is no shell".to_owned()) };
    let folder = program::target(root).join("editors").join("hooks");
    copy(&root.join("examples/stour-valley"), &folder)?;
    let script = root.join("editors/contracts.sh");
    let looked = |what: &str| {
        let mut command = Command::new(&shell);
        command.arg(&script).args([what, "--sarif"]).arg(folder.join("jcm.sarif")).arg(&folder);
        output(command.env("JCM", jcm))
    };
    looked("all")?;
    let contract = folder.join("contract.jcm");
    let text = crate::repository::read(&contract)?;
    write(&contract, &text.replacen("owners:", "ownrs:", 1))?;
    if looked("check").is_ok() {
        return Err("a broken contract is passed".to_owned());
    }
    let told = crate::repository::read(&folder.join("jcm.sarif"))?;
    let told: serde_json::Value = serde_json::from_str(&told).map_err(|e| e.to_string())?;
    let results = told.pointer("/runs/0/results").and_then(|results| results.as_array());
    if results.is_none_or(Vec::is_empty) {
        return Err("the code scanner is told nothing".to_owned());
    }
    Ok("an example passes, and a broken one does not".to_owned())
}

/// Copies a folder, without what was in the place before.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |e: std::io::Error| format!("{}: {e}", to.display());
    if to.exists() {
        std::fs::remove_dir_all(to).map_err(failed)?;
    }
    std::fs::create_dir_all(to).map_err(failed)?;
    for entry in std::fs::read_dir(from).map_err(|e| format!("{}: {e}", from.display()))? {
        let entry = entry.map_err(failed)?;
        let (own, there) = (entry.path(), to.join(entry.file_name()));
        if own.is_dir() {
            copy(&own, &there)?;
        } else {
            std::fs::copy(&own, &there).map_err(failed)?;
        }
    }
    Ok(())
}

/// Every contract and module below a folder.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), String> {
    let failed = |e: std::io::Error| format!("{}: {e}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "jcm") {
            found.push(std::path::absolute(path).map_err(failed)?);
        }
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a list for one program, made anew each time")]
fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}
