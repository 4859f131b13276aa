//! The standard library, embedded.
//!
//! The texts live in `stdlib/` at the top of the repository: `stdlib/model/joint_outcomes.jcm` is the module
//! `std.model.joint_outcomes`. This crate knows their names and texts; it does not know what is in them.
//!
//! `stdlib/templates` holds no modules: each contract there is what `jcm new --model` begins from.
//!
//! `table.rs` is written by the test below: after a file has been added to or taken from `stdlib/`, run
//! `JCM_BLESS=1 cargo test -p jcm-std`.

#[rustfmt::skip]
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

/// A whole contract to start from, with a data file that it settles.
///
/// Lines `// jcm new: TEXT is HOLE` at its beginning say which texts of it stand for what the contract is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// The profile that it follows, such as `alliance`.
    pub name: &'static str,
    /// The text of the contract.
    pub contract: &'static str,
    /// The data file.
    pub data: &'static str,
}

/// What to do with a contract that was made from a template; its holes are those of the template of an alliance.
pub const TEMPLATE_README: &str = include_str!("../../../stdlib/templates/README.md");

/// Every template, sorted by name.
pub fn templates() -> &'static [Template] {
    table::TEMPLATES
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
        let (templates, files): (Vec<PathBuf>, Vec<PathBuf>) =
            files.into_iter().partition(|file| file.parent() == Some(&stdlib.join("templates")));
        let mut names: Vec<String> =
            templates.iter().map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
        names.sort();
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
        let expected = table_text(&paths, &names);
        if std::env::var_os("JCM_BLESS").is_some() {
            std::fs::File::create(&table)
                .and_then(|mut f| std::io::Write::write_all(&mut f, expected.as_bytes()))
                .unwrap();
            return;
        }
        let actual = std::io::read_to_string(std::fs::File::open(&table).unwrap()).unwrap();
        assert!(actual == expected, "the table is not current: run JCM_BLESS=1 cargo test -p jcm-std");
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

    fn table_text(paths: &[String], templates: &[String]) -> String {
        let mut text = String::from(
            "//! Every file of `stdlib/`, sorted by path. Written by `JCM_BLESS=1 cargo test -p jcm-std`.\n\n\
             use crate::{Module, Template};\n\n\
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
        text.push_str("\npub(crate) const TEMPLATES: &[Template] = &[");
        for name in templates {
            write!(
                text,
                "\n    Template {{\n        name: \"{name}\",\n        \
                 contract: include_str!(\"../../../stdlib/templates/{name}.jcm\"),\n        \
                 data: include_str!(\"../../../stdlib/templates/{name}.csv\"),\n    }},"
            )
            .unwrap();
        }
        text.push_str(if templates.is_empty() { "];\n" } else { "\n];\n" });
        text
    }
}
