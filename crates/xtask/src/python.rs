//! Packages of Python that the suites read files with, beside the project.

use crate::program::{self, find_or_install};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(15 * 60);

/// The Python that has a module which comes with a package of the system: seldom the first on the `PATH` alone.
pub(crate) fn that_knows(module: &str, package: &str) -> Result<PathBuf, String> {
    if let Some(python) = first_with(module) {
        return Ok(python);
    }
    program::install(package)?;
    first_with(module).ok_or_else(|| format!("no Python has the module {module} of {package}"))
}

fn first_with(module: &str) -> Option<PathBuf> {
    let folders = program::folders_of_path();
    let pythons = folders.iter().map(|folder| folder.join("python3")).filter(|python| python.is_file());
    let imports = |python: &PathBuf| {
        let mut command = Command::new(python);
        command.args(["-c", &format!("import {module}")]).stderr(std::process::Stdio::null());
        program::quietly(&mut command, LIMIT).is_ok()
    };
    pythons.into_iter().find(imports)
}

/// The folder that holds a package, such as `pikepdf==10.17.0`, installed if it is missing.
pub(crate) fn package(root: &Path, wanted: &str) -> Result<PathBuf, String> {
    let python = find_or_install(&["python3"], "python3")?;
    let folder = root.join(".tools").join("python");
    let is_there = folder.join(wanted.replace('-', "_").replace("==", "-") + ".dist-info").is_dir();
    if !is_there {
        find_or_install(&["pip3", "pip"], "python3-pip")?;
        let mut install = Command::new(python);
        install.args(["-m", "pip", "install", "--quiet", "--upgrade", "--target"]).arg(&folder).arg(wanted);
        program::run(&mut install, LIMIT)?;
    }
    Ok(folder)
}
