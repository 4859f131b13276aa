//! `cargo xtask site`: the reference and the library as a searchable site, by mdBook.

use crate::program::{self, cargo, output};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The version that the site is looked at with.
const MDBOOK: &str = "0.5.4";

/// mdBook is built once for each version.
const LIMIT: Duration = Duration::from_secs(20 * 60);

/// Makes the site and says where its first page is.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let target = program::target(root);
    let mdbook = installed(root, &target)?;
    let book = target.join("site");
    let mut texts = cargo(root, &["run", "--quiet", "--package", "jcm-cli", "--", "doc", "--book"]);
    program::run(texts.arg(&book), LIMIT)?;
    program::run(Command::new(mdbook).arg("build").arg(&book).env("RUST_LOG", "warn"), LIMIT)?;
    let first = book.join("book").join("index.html");
    if first.is_file() {
        Ok(format!("the site begins at {}", first.display()))
    } else {
        Err(format!("mdBook made no {}", first.display()))
    }
}

/// mdBook in the target folder, built there if it is not.
fn installed(root: &Path, target: &Path) -> Result<PathBuf, String> {
    let folder = target.join("tools");
    let mdbook = folder.join("bin").join("mdbook");
    let is_ours = mdbook.is_file()
        && output(Command::new(&mdbook).arg("--version"))?.trim().ends_with(&format!("v{MDBOOK}"));
    if !is_ours {
        let mut install = cargo(root, &["install", "mdbook", "--quiet", "--locked", "--version", MDBOOK]);
        install.args(["--no-default-features", "--features", "search", "--root"]).arg(&folder);
        program::run(install.arg("--target-dir").arg(folder.join("build")), LIMIT)?;
    }
    Ok(mdbook)
}
