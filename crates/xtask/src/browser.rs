//! Chromium and what drives it, for every check that looks at pages.

use crate::program::{self, find_or_install};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What Chromium is called.
pub(crate) const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome"];
/// The driver, the rules of accessibility and those of HTML, exactly these.
const MODULES: &[(&str, &str)] =
    &[("playwright-core", "1.65.1"), ("axe-core", "4.14.1"), ("html-validate", "10.17.0")];
const LIMIT: Duration = Duration::from_secs(10 * 60);

/// Node, with the driver and the rules in `.tools`; or why they cannot be had.
pub(crate) fn driver(root: &Path) -> Result<PathBuf, String> {
    let node = find_or_install(&["node"], "nodejs")?;
    if !MODULES.iter().all(|(name, version)| is_installed(root, name, version)) {
        let npm = find_or_install(&["npm"], "npm")?;
        let folder = root.join(".tools");
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let mut install = Command::new(npm);
        install.current_dir(&folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        install.args([
            "install",
            "--prefix",
            ".",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--no-package-lock",
        ]);
        install.args(MODULES.iter().map(|(name, version)| format!("{name}@{version}")));
        program::run(&mut install, LIMIT)?;
    }
    Ok(node)
}

/// Whether `.tools` holds a module in this version.
fn is_installed(root: &Path, name: &str, version: &str) -> bool {
    let manifest = root.join(".tools/node_modules").join(name).join("package.json");
    let text = crate::repository::read(&manifest).unwrap_or_default();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    manifest.get("version").and_then(|found| found.as_str()) == Some(version)
}
