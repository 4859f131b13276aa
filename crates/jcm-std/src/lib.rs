//! The standard library, embedded.
//!
//! The texts live in `stdlib/` at the top of the repository: `stdlib/model/joint_outcomes.jcm` is the module
//! `std.model.joint_outcomes`. This crate knows their names and texts; it does not know what is in them.
//!
//! `table.rs` is written by the test below: after a file has been added to or taken from `stdlib/`, run
//! `JCM_BLESS=1 cargo test -p jcm-std`.

mod table;

/// The module that every contract sees without asking for it.
pub const PRELUDE: &str = "std.prelude";

/// A module of the standard library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Module {
    /// Its dotted path, such as `std.model.joint_outcomes`.
    pub path: &'static str,
    /// What messages call its file, such as `std/model/joint_outcomes.jcm`.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// The module of a dotted path, if the standard library has it.
pub fn module(path: &str) -> Option<&'static Module> {
    modules().iter().find(|module| module.path == path)
}

/// Every module, sorted by path.
pub fn modules() -> &'static [Module] {
    table::MODULES
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;
    use std::path::{Path, PathBuf};

    #[test]
    fn a_module_is_found_by_its_path_and_nothing_else_is() {
        for expected in modules() {
            assert_eq!(module(expected.path), Some(expected));
        }
        assert_eq!(module("std"), None);
        assert_eq!(module(""), None);
    }

    #[test]
    fn the_table_holds_exactly_the_files_of_the_folder() {
        let stdlib = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stdlib");
        let mut files = Vec::new();
        collect(&stdlib, &mut files);
        let mut paths: Vec<String> = files
            .iter()
            .map(|file| {
                let inside = file.strip_prefix(&stdlib).unwrap().with_extension("");
                inside
                    .components()
                    .map(|part| part.as_os_str().to_str().unwrap())
                    .collect::<Vec<_>>()
                    .join("/")
            })
            .collect();
        paths.sort_by_key(|path| path.replace('/', "."));

        let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/table.rs");
        let expected = table_text(&paths);
        if std::env::var_os("JCM_BLESS").is_some() {
            std::fs::File::create(&table)
                .and_then(|mut f| std::io::Write::write_all(&mut f, expected.as_bytes()))
                .unwrap();
            return;
        }
        let actual = std::io::read_to_string(std::fs::File::open(&table).unwrap()).unwrap();
        assert_eq!(actual, expected, "run JCM_BLESS=1 cargo test -p jcm-std");
    }

    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "jcm") {
                files.push(path);
            }
        }
    }

    fn table_text(paths: &[String]) -> String {
        let mut text = String::from(
            "//! Every file of `stdlib/`, sorted by path. Written by `JCM_BLESS=1 cargo test -p jcm-std`.\n\n\
             use crate::Module;\n\n\
             pub(crate) const MODULES: &[Module] = &[",
        );
        for path in paths {
            let dotted = path.replace('/', ".");
            write!(
                text,
                "\n    Module {{\n        path: \"std.{dotted}\",\n        name: \"std/{path}.jcm\",\n        \
                 text: include_str!(\"../../../stdlib/{path}.jcm\"),\n    }},"
            )
            .unwrap();
        }
        text.push_str(if paths.is_empty() { "];\n" } else { "\n];\n" });
        text
    }
}
