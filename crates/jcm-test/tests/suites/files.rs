//! The files of the suites.

use libtest_mimic::Failed;
use std::path::{Path, PathBuf};

/// A path from the root of the repository.
pub(crate) fn path(from_root: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(from_root)
}

/// Every file with an ending under a folder, with its path from there without the ending; in order.
pub(crate) fn under(folder: &str, ending: &str) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let root = path(folder);
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder).map(|entries| entries.flatten().collect::<Vec<_>>());
        for path in entries.unwrap_or_default().iter().map(std::fs::DirEntry::path) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                let name = path.strip_prefix(&root).unwrap_or(&path).with_extension("");
                found.push((name.to_string_lossy().replace('\\', "/"), path));
            }
        }
    }
    found.sort();
    found
}

pub(crate) fn read(path: &Path) -> Result<String, Failed> {
    std::fs::read_to_string(path).map_err(|reason| format!("{}: {reason}", path.display()).into())
}

/// The contract that fragments are added to.
pub(crate) fn base() -> Result<String, Failed> {
    read(&path("tests/reference/base.jcm"))
}

/// Whether expectations are rewritten instead of compared.
pub(crate) fn blessing() -> bool {
    std::env::var_os("JCM_BLESS").is_some_and(|value| !value.is_empty())
}

pub(crate) fn bless(path: &Path, text: &str) -> Result<(), Failed> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text).map_err(|reason| format!("{}: {reason}", path.display()).into())
}
