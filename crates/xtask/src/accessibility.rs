//! The pages of the examples in a real browser: HTML by the rules of html-validate, WCAG 2.2 AA by axe-core, and nothing
//! asked of the network.
//!
//! What it needs is installed when it is missing: Chromium by `apt-get`, axe-core, html-validate and the driver by `npm`
//! into `.tools`. Where that cannot be done the check is left out and says so; with `CI=true` that is a failure.

use crate::browser::{CHROMIUM, driver};
use crate::example_pages;
use crate::program::{self, find_or_install, is_ci};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(20 * 60);

/// Makes every page of each example, holds all of them to the rules of HTML, and looks at those that differ.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let (node, chromium) =
        match driver(root).and_then(|node| Ok((node, find_or_install(CHROMIUM, "chromium")?))) {
            Ok(tools) => tools,
            Err(reason) if is_ci() => return Err(format!("no browser to look at the pages with: {reason}")),
            Err(reason) => return Ok(format!("LEFT OUT, no browser to look at the pages with: {reason}")),
        };
    let pages = example_pages::make(root)?;
    let mut rules = Command::new(&node);
    rules.current_dir(root).arg("tests/html/validate.mjs").arg(".tools/node_modules");
    program::run(rules.args(&pages.all), LIMIT)?;
    let mut command = Command::new(node);
    command.current_dir(root).arg("tests/html/accessibility.mjs").arg(chromium).arg(".tools/node_modules");
    program::run(command.args(&pages.looked_at), LIMIT)?;
    let (all, looked_at) = (pages.all.len(), pages.looked_at.len());
    Ok(format!(
        "{all} pages are HTML without an error; {looked_at} of them hold to WCAG 2.2 AA and ask the network for nothing"
    ))
}
