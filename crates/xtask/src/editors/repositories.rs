//! The hooks and the action, run on a repository as those who write contracts have one.

use super::{copy, left_out, write};
use crate::program::{self, find_or_install, output};
use crate::python;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program that runs hooks; the reader of YAML that it brings reads the action too.
const PRE_COMMIT: &str = "pre-commit==4.7.0";

/// The committed contract, as the hooks see it.
const CONTRACT: &str = "contract.jcm";

/// Git and pre-commit, with the `jcm` that was built first on the path.
struct Tools {
    git: PathBuf,
    python: PathBuf,
    packages: PathBuf,
    path: std::ffi::OsString,
    /// Where pre-commit keeps what it fetches.
    kept: PathBuf,
}

impl Tools {
    fn new(root: &Path, jcm: &Path, kept: PathBuf) -> Result<Self, String> {
        let git = find_or_install(&["git"], "git")?;
        let packages = std::path::absolute(python::package(root, PRE_COMMIT)?).map_err(|e| e.to_string())?;
        let python = find_or_install(&["python3"], "python3")?;
        let folders = jcm.parent().map(Path::to_path_buf).into_iter().chain(program::folders_of_path());
        let path = std::env::join_paths(folders).map_err(|e| e.to_string())?;
        Ok(Self { git, python, packages, path, kept })
    }

    /// A program that knows nothing of who runs the suite, nor of the repository that the suite runs in.
    fn command(&self, program: &Path, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder).args(arguments);
        for of_a_repository in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "JCM", "SKIP"] {
            command.env_remove(of_a_repository);
        }
        for (of_a_person, name) in [("NAME", "Writer of contracts"), ("EMAIL", "writer@localhost")] {
            command.env(format!("GIT_AUTHOR_{of_a_person}"), name);
            command.env(format!("GIT_COMMITTER_{of_a_person}"), name);
        }
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("PATH", &self.path).env("PYTHONPATH", &self.packages).env("PRE_COMMIT_HOME", &self.kept);
        command
    }

    fn git(&self, folder: &Path, arguments: &[&str]) -> Result<String, String> {
        output(&mut self.command(&self.git, folder, arguments))
    }

    /// Puts everything in a folder under git, without hooks.
    fn commit_first(&self, folder: &Path) -> Result<(), String> {
        self.git(folder, &["init", "--quiet"])?;
        self.git(folder, &["add", "--all"])?;
        self.git(folder, &["commit", "--quiet", "--no-verify", "--message", "first"]).map(drop)
    }
}

/// A repository of contracts that uses the hooks: `git commit` takes a contract without a problem, refuses one with a
/// problem, and lays out one that is not.
pub(super) fn hooks(root: &Path, jcm: &Path) -> Result<String, String> {
    let target = std::path::absolute(program::target(root)).map_err(|e| e.to_string())?;
    let folder = target.join("editors").join("pre-commit");
    let tools = match Tools::new(root, jcm, folder.join("kept")) {
        Ok(tools) => tools,
        Err(reason) => return left_out(reason),
    };
    let (ours, theirs) = (folder.join("hooks"), folder.join("contracts"));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|e| e.to_string())?;
    }
    std::fs::create_dir_all(ours.join("editors")).map_err(|e| e.to_string())?;
    for file in [".pre-commit-hooks.yaml", "editors/contracts.sh"] {
        std::fs::copy(root.join(file), ours.join(file)).map_err(|e| format!("{file}: {e}"))?;
    }
    tools.commit_first(&ours)?;
    let revision = tools.git(&ours, &["rev-parse", "HEAD"])?;
    copy(&root.join("examples/stour-valley"), &theirs)?;
    let config = format!(
        "repos:\n  - repo: {}\n    rev: {}\n    hooks:\n      - id: jcm-check\n      - id: jcm-fmt\n      - id: jcm-lint\n",
        ours.display(),
        revision.trim()
    );
    write(&theirs.join(".pre-commit-config.yaml"), &config)?;
    tools.commit_first(&theirs)?;
    output(&mut tools.command(&tools.python, &theirs, &["-m", "pre_commit", "install"]))?;

    let text = crate::repository::read(&theirs.join(CONTRACT))?;
    commits(&tools, &theirs, &(text.clone() + "\n// seen by the parties\n"), None)?;
    commits(&tools, &theirs, &text.replacen("owners:", "ownrs:", 1), Some("E0"))?;
    commits(
        &tools,
        &theirs,
        &text.replacen("owners:", "owners :   ", 1),
        Some("files were modified by this hook"),
    )?;
    // The hook has laid it out again, so what is there now is taken.
    let laid_out = crate::repository::read(&theirs.join(CONTRACT))?;
    commits(&tools, &theirs, &laid_out, None)?;
    Ok("git takes a contract without a problem and refuses one with".to_owned())
}

/// Commits a text of the contract: it must be taken, or refused with some words.
fn commits(tools: &Tools, folder: &Path, text: &str, refused: Option<&str>) -> Result<(), String> {
    write(&folder.join(CONTRACT), text)?;
    tools.git(folder, &["add", "--all"])?;
    match (tools.git(folder, &["commit", "--message", "change"]), refused) {
        (Ok(_), None) => Ok(()),
        (Err(said), Some(words)) if said.contains(words) => Ok(()),
        (Ok(_), Some(words)) => Err(format!("a contract is committed that was to be refused with `{words}`")),
        (Err(said), _) => Err(said),
    }
}

/// What the action for GitHub runs, step by step, with an example and with a broken copy of it.
pub(super) fn action(root: &Path, jcm: &Path) -> Result<String, String> {
    let target = std::path::absolute(program::target(root)).map_err(|e| e.to_string())?;
    let folder = target.join("editors").join("action");
    let tools = match Tools::new(root, jcm, folder.clone()) {
        Ok(tools) => tools,
        Err(reason) => return left_out(reason),
    };
    copy(&root.join("examples/stour-valley"), &folder.join("contracts"))?;
    let root = std::path::absolute(root).map_err(|e| e.to_string())?;
    let script = root.join("tests/editors/action.py").display().to_string();
    let action = root.join("editors/github-action/action.yml").display().to_string();
    let input = format!("command={}", jcm.display());
    let arguments = [script.as_str(), action.as_str(), input.as_str(), "path=contracts"];
    let run = || output(&mut tools.command(&tools.python, &folder, &arguments));
    let said = run()?;
    let steps = "run: Look at the contracts\nuses: Tell the code scanner\n";
    if said != steps {
        return Err(format!("other steps than were to be run: {said}"));
    }
    let contract = folder.join("contracts").join(CONTRACT);
    let text = crate::repository::read(&contract)?;
    write(&contract, &text.replacen("owners:", "ownrs:", 1))?;
    match run() {
        Err(said) if said.contains("E0") => {
            Ok("its steps pass an example and refuse a broken one".to_owned())
        }
        Err(said) => Err(said),
        Ok(_) => Err("a broken contract is passed".to_owned()),
    }
}
