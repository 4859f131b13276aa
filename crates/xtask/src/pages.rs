//! The examples' contracts as PDF, made by a command that was built with it, twice: the bytes must be the same.

use crate::program::{self, cargo, target};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A build of the typesetter from nothing is long.
const BUILDING: Duration = Duration::from_secs(25 * 60);
const LIMIT: Duration = Duration::from_secs(2 * 60);

#[expect(clippy::disallowed_methods, reason = "xtask is a command line of its own and compares the files")]
/// Makes `contract.pdf` of every example, and gives the folder that holds them by the names of the examples.
pub(crate) fn make(root: &Path) -> Result<PathBuf, String> {
    let build = ["build", "--quiet", "--package", "jcm-cli", "--features", "pdf,parquet"];
    program::run(&mut cargo(root, &build), BUILDING)?;
    let (jcm, folder) = (target(root).join("debug").join("jcm"), target(root).join("pages"));
    examples(root)?.par_iter().try_for_each(|example| {
        let name = example.file_name().unwrap_or_default().to_owned();
        let made = |folder: PathBuf| -> Result<Vec<u8>, String> {
            let mut command = Command::new(&jcm);
            command.arg("build").arg(example).arg("--out").arg(&folder).arg("--force");
            program::quietly(&mut command, LIMIT)?;
            let file = folder.join("contract.pdf");
            fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))
        };
        if made(folder.join(&name))? != made(folder.join("again").join(&name))? {
            return Err(format!("{}: contract.pdf has other bytes the second time", example.display()));
        }
        Ok(())
    })?;
    Ok(folder)
}

/// The folders that are examples of one contract.
pub(crate) fn examples(root: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(root.join("examples")).map_err(|e| format!("examples: {e}"))?;
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| format!("examples: {e}"))?.path();
        if path.join("contract.jcm").is_file() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}
