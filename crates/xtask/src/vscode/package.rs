//! The extension as a package: its types are checked, its scripts bundled, and the program for this machine put in.

use super::LIMIT;
use crate::program::{self, find_or_install};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is packaged as it stands.
const PARTS: &[&str] = &["package.json", "README.md", "language-configuration.json", "media", "syntaxes"];

/// Installs what the extension is made with, exactly as its lock file says, and checks its types.
pub(super) fn check(root: &Path) -> Result<(), String> {
    let folder = extension(root);
    let npm = find_or_install(&["npm"], "npm")?;
    let installed = folder.join("node_modules/.package-lock.json");
    let is_older = |than: &str| modified(&installed) < modified(&folder.join(than));
    if is_older("package-lock.json") || is_older("package.json") {
        let mut install = Command::new(&npm);
        program::run(install.current_dir(&folder).args(["ci", "--silent"]), LIMIT)?;
    }
    let mut check = Command::new(&npm);
    program::run(check.current_dir(&folder).args(["run", "--silent", "check"]), LIMIT)
}

/// Makes the package for this machine, with the program of a build, and gives where it is.
pub(super) fn make(root: &Path, build: &str) -> Result<PathBuf, String> {
    let folder = extension(root);
    let made = program::target(root).join("vscode");
    let stage = made.join("stage");
    let failed = |e: std::io::Error| format!("{}: {e}", stage.display());
    if stage.exists() {
        std::fs::remove_dir_all(&stage).map_err(failed)?;
    }
    std::fs::create_dir_all(stage.join("server")).map_err(failed)?;
    let stage = std::fs::canonicalize(&stage).map_err(failed)?;
    for part in PARTS {
        copy(&folder.join(part), &stage.join(part))?;
    }
    copy(&root.join("LICENSE-MIT"), &stage.join("LICENSE.txt"))?;
    let program = format!("jcm{}", std::env::consts::EXE_SUFFIX);
    copy(&program::target(root).join(build).join(&program), &stage.join("server").join(&program))?;
    let node = find_or_install(&["node"], "nodejs")?;
    let mut bundle = Command::new(&node);
    program::run(bundle.current_dir(&folder).arg("build.mjs").arg(stage.join("dist")), LIMIT)?;
    let package = stage.with_file_name(format!("jcm-{}.vsix", target()?));
    let vsce = folder.join("node_modules/@vscode/vsce/vsce");
    let vsce = std::fs::canonicalize(&vsce).map_err(|e| format!("{}: {e}", vsce.display()))?;
    let mut pack = Command::new(node);
    pack.current_dir(&stage).arg(vsce).args(["package", "--no-dependencies", "--allow-missing-repository"]);
    program::output(pack.args(["--target", target()?]).arg("-o").arg(&package))?;
    Ok(package)
}

/// What the package calls this machine.
fn target() -> Result<&'static str, String> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Ok("linux-x64"),
        ("linux", "aarch64") => Ok("linux-arm64"),
        ("macos", "x86_64") => Ok("darwin-x64"),
        ("macos", "aarch64") => Ok("darwin-arm64"),
        ("windows", "x86_64") => Ok("win32-x64"),
        ("windows", "aarch64") => Ok("win32-arm64"),
        (system, processor) => Err(format!("VS Code has no packages for {system} on {processor}")),
    }
}

fn extension(root: &Path) -> PathBuf {
    root.join("editors/vscode")
}

fn modified(file: &Path) -> Option<std::time::SystemTime> {
    file.metadata().and_then(|metadata| metadata.modified()).ok()
}

/// Copies a file, or a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |e: std::io::Error| format!("{}: {e}", from.display());
    if !from.is_dir() {
        return std::fs::copy(from, to).map(drop).map_err(failed);
    }
    std::fs::create_dir_all(to).map_err(failed)?;
    for entry in std::fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
