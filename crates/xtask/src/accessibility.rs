//! The contracts of the examples in a real browser: WCAG 2.2 AA by axe-core, and nothing asked of the network.
//!
//! What it needs is installed when it is missing: Chromium by `apt-get`, axe-core and the driver by `npm` into
//! `.tools`. Where that cannot be done the check is left out and says so; with `CI=true` that is a failure.

use crate::browser::{CHROMIUM, driver};
use crate::program::{self, cargo, find_or_install, is_ci};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(10 * 60);

/// Builds each example and looks at its page.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let (node, chromium) =
        match driver(root).and_then(|node| Ok((node, find_or_install(CHROMIUM, "chromium")?))) {
            Ok(tools) => tools,
            Err(reason) if is_ci() => return Err(format!("no browser to look at the pages with: {reason}")),
            Err(reason) => return Ok(format!("LEFT OUT, no browser to look at the pages with: {reason}")),
        };
    let pages = pages(root)?;
    let mut command = Command::new(node);
    command.current_dir(root).arg("tests/html/accessibility.mjs").arg(chromium).arg(".tools/node_modules");
    program::run(command.args(&pages), LIMIT)?;
    Ok(format!("{} pages hold to WCAG 2.2 AA and ask the network for nothing", pages.len()))
}

/// The `contract.html` of each example, freshly built.
fn pages(root: &Path) -> Result<Vec<PathBuf>, String> {
    let examples = root.join("examples");
    let failed = |e: std::io::Error| format!("{}: {e}", examples.display());
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(&examples).map_err(failed)? {
        let example = entry.map_err(failed)?.path();
        let Some(name) = example.file_name().filter(|_| example.join("contract.jcm").is_file()) else {
            continue;
        };
        let (example, out) = (Path::new("examples").join(name), Path::new("target/pages").join(name));
        let mut build = cargo(root, &["run", "--quiet", "--package", "jcm-cli", "--", "build", "--force"]);
        program::run(build.arg(&example).arg("--out").arg(&out), LIMIT)?;
        pages.push(out.join("contract.html"));
    }
    pages.sort();
    if pages.is_empty() { Err("there is no example".to_owned()) } else { Ok(pages) }
}
