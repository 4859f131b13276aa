//! The simulations of two contracts, held in distribution against draws and settlements of NumPy.

use crate::documents::left_out;
use crate::program::{self, cargo, find_or_install, target};
use crate::python;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// What draws and settles, exactly this.
const NUMPY: &str = "numpy==2.3.5";
/// The rule in `tests/numpy`, and the contract that says it: a gain share to four partners, and one with rows, a balance
/// that is carried forward and a baseline that moves.
const RULES: [(&str, &str); 2] = [
    ("stour-valley.py", "examples/stour-valley/contract.jcm"),
    ("rebased.py", "tests/simulation/rebased.jcm"),
];
const LIMIT: Duration = Duration::from_secs(15 * 60);

/// Simulates each contract and has it compared.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let there = python::package(root, NUMPY)
        .and_then(|packages| Ok((find_or_install(&["python3"], "python3")?, packages)));
    let (python, packages) = match there {
        Ok(there) => there,
        Err(reason) => return left_out("nothing to draw and settle with", &reason),
    };
    program::run(
        // The same build as of the Parquet files, so that neither undoes the other's.
        &mut cargo(root, &["build", "--quiet", "--package", "jcm-cli", "--features", "parquet"]),
        LIMIT,
    )?;
    let jcm = target(root).join("debug").join("jcm");
    for (rule, contract) in RULES {
        let mut compare = Command::new(&python);
        compare.current_dir(root).env("PYTHONPATH", &packages).arg("-B");
        compare.arg(Path::new("tests/numpy").join(rule)).arg(&jcm).arg(contract);
        program::run(&mut compare, LIMIT)?;
    }
    Ok("NumPy draws and settles to the same distributions as two simulations".to_owned())
}
