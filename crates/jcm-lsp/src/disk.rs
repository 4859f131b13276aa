//! The real disk below the editor.

use jcm_ide::Disk;
use std::fs;
use std::path::Path;

/// Folders deeper than this are passed over.
const DEEPEST: u32 = 12;

/// The longest file that is read, in bytes.
const LONGEST: u64 = 16 * 1024 * 1024;

pub(crate) struct RealDisk;

impl Disk for RealDisk {
    #[expect(
        clippy::disallowed_methods,
        reason = "the disk below the editor, as the command line's World is"
    )]
    fn read(&self, name: &str) -> Option<String> {
        let path = Path::new(name);
        let is_text =
            path.is_absolute() && fs::metadata(path).is_ok_and(|m| m.is_file() && m.len() <= LONGEST);
        if is_text { fs::read_to_string(path).ok() } else { None }
    }

    fn files(&self, folder: &str, below: bool) -> Vec<String> {
        let mut found = Vec::new();
        if Path::new(folder).is_absolute() {
            list(Path::new(folder), if below { DEEPEST } else { 0 }, &mut found);
        }
        found.sort();
        found
    }
}

fn list(folder: &Path, depth: u32, found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && depth > 0 && !name.starts_with('.') && name != "target" && name != "node_modules"
        {
            list(&path, depth.saturating_sub(1), found);
        } else if !kind.is_dir() && name.ends_with(".jcm") {
            found.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
}
