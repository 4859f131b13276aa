//! The Parquet file of a simulation, read by pyarrow: its columns, and every cell against the CSV of the same run.

use crate::documents::left_out;
use crate::program::{self, cargo, target};
use crate::python;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// What reads Parquet, exactly this.
const READER: &str = "pyarrow==26.0.1";
/// A contract with a simulation in several places.
const EXAMPLE: &str = "examples/stour-valley";
const LIMIT: Duration = Duration::from_secs(15 * 60);

/// Makes the file, and has it read.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let packages = match python::package(root, READER) {
        Ok(packages) => packages,
        Err(reason) => return left_out("nothing to read Parquet files with", &reason),
    };
    program::run(&mut cargo(root, &["build", "--quiet", "--package", "jcm-cli"]), LIMIT)?;
    let folder = target(root).join("tables");
    let mut simulate = Command::new(target(root).join("debug").join("jcm"));
    simulate.current_dir(root).args(["simulate", EXAMPLE, "--runs", "300", "--force", "--out"]).arg(&folder);
    program::quietly(&mut simulate, LIMIT)?;
    let mut read = Command::new("python3");
    read.current_dir(root).args(["-B", "tests/parquet/read_back.py"]).arg(packages).arg(folder);
    program::run(&mut read, LIMIT)?;
    Ok("pyarrow reads every figure of a simulation as the CSV has it".to_owned())
}
