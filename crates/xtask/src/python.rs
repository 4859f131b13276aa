//! Packages of Python that the suites read files with, beside the project.

use crate::program::{self, find_or_install};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(15 * 60);

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
