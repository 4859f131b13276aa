//! The files of the repository.

use std::path::{Path, PathBuf};

/// A text file with its path from the root, written with `/`.
pub(crate) struct SourceText {
    /// Such as `crates/jcm/src/lib.rs`.
    pub(crate) path: String,
    /// The whole text.
    pub(crate) text: String,
}

/// Every file below `folder` with one of the endings, sorted by path. Hidden folders and build output are left out.
pub(crate) fn files(root: &Path, folder: &str, endings: &[&str]) -> Result<Vec<SourceText>, String> {
    let mut found = Vec::new();
    collect(&root.join(folder), endings, &mut found)?;
    found.sort();
    found
        .into_iter()
        .map(|file| {
            let inside = file.strip_prefix(root).unwrap_or(&file);
            let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            Ok(SourceText { path: parts.join("/"), text: read(&file)? })
        })
        .collect()
}

/// The text of a file.
#[expect(clippy::disallowed_methods, reason = "xtask is a command line of its own and reads the repository")]
pub(crate) fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) -> Result<(), String> {
    let failed = |e: std::io::Error| format!("{}: {e}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') || name == "target" || name == "node_modules" {
            continue;
        }
        if path.is_dir() {
            collect(&path, endings, found)?;
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    Ok(())
}
