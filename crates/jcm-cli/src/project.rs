//! The folder of files that the compiler reads a contract from.
//!
//! The main file of a folder is the one that declares the contract; every other `.jcm` file is a module, named by its
//! path in the folder: `north/measures.jcm` is `north.measures`. Hidden folders and `target` are passed over.

use crate::arguments::TableArgument;
use crate::failure::Failure;
use crate::files::{in_words, read_text};
use jcm::{SourceFile, World};
use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders deeper than this below the project's are passed over.
const DEEPEST: usize = 12;

/// A project in a folder.
#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    main_path: PathBuf,
    main: SourceFile,
    /// What could not be read when the compiler asked for it.
    failures: RefCell<Vec<Failure>>,
}

impl Folder {
    /// The project of a `.jcm` file, which is then its main file, or of a folder.
    pub(crate) fn open(path: &Path) -> Result<Folder, Failure> {
        let metadata = fs::metadata(path).map_err(|error| Failure::of_path(path, in_words(&error)))?;
        let (root, main_path) = if metadata.is_dir() {
            (path.to_owned(), main_file(path)?)
        } else if has_extension(path, "jcm") {
            (folder_of(path), path.to_owned())
        } else {
            return Err(Failure::of_path(path, "this is neither a .jcm file nor a folder"));
        };
        let main = SourceFile::new(shown(&main_path), read_text(&main_path)?);
        Ok(Folder { root, main_path, main, failures: RefCell::default() })
    }

    /// The main file's path.
    pub(crate) fn main_path(&self) -> &Path {
        &self.main_path
    }

    /// Checks the contract with `check`, or says which file could not be read on the way.
    pub(crate) fn checked(&self, check: fn(&dyn World) -> jcm::Checked) -> Result<jcm::Checked, Failure> {
        self.read_whole(check(self))
    }

    /// Checks the contract with `check`, or with the localities of a table too.
    pub(crate) fn checked_with(
        &self,
        table: &TableArgument,
        check: fn(&dyn World) -> jcm::Checked,
    ) -> Result<jcm::Checked, Failure> {
        let Some(path) = &table.localities else { return self.checked(check) };
        let table = SourceFile::new(shown(path), read_text(path)?);
        self.read_whole(jcm::check_with_places(self, table))
    }

    fn read_whole(&self, checked: jcm::Checked) -> Result<jcm::Checked, Failure> {
        match self.failures.borrow_mut().pop() {
            Some(failure) => Err(failure),
            None => Ok(checked),
        }
    }
}

impl World for Folder {
    fn main(&self) -> SourceFile {
        self.main.clone()
    }

    fn module(&self, path: &str) -> Option<SourceFile> {
        // A path of words can only lead down from the project's folder.
        if !path.split('.').all(is_word) {
            return None;
        }
        let mut file = self.root.clone();
        file.extend(path.split('.'));
        file.set_extension("jcm");
        if !file.is_file() || file == self.main_path {
            return None;
        }
        match read_text(&file) {
            Ok(text) => Some(SourceFile::new(shown(&file), text)),
            Err(failure) => {
                self.failures.borrow_mut().push(failure);
                None
            }
        }
    }

    fn modules(&self) -> Vec<String> {
        let files = jcm_files(&self.root);
        files
            .iter()
            .filter(|file| **file != self.main_path)
            .filter_map(|file| module_path(&self.root, file))
            .collect()
    }
}

/// The one file of a folder that declares a contract.
fn main_file(folder: &Path) -> Result<PathBuf, Failure> {
    fs::read_dir(folder).map_err(|error| Failure::of_path(folder, in_words(&error)))?;
    let files = jcm_files(folder);
    let mut mains = Vec::new();
    for file in &files {
        let text = read_text(file)?;
        if jcm::may_declare_contract(&text) {
            mains.push((file, text));
        }
    }
    // Only where several files look as if they did is each of them parsed to tell.
    if mains.len() > 1 {
        mains.retain(|(_, text)| jcm::declares_contract(text));
    }
    let mains: Vec<&PathBuf> = mains.into_iter().map(|(file, _)| file).collect();
    match (mains.as_slice(), files.is_empty()) {
        ([main], _) => Ok((*main).clone()),
        ([], true) => Err(Failure::of_path(
            folder,
            "there is no .jcm file in this folder; `jcm new` writes one to start from",
        )),
        ([], false) => Err(Failure::of_path(folder, "no .jcm file in this folder declares a `contract`")),
        ([first, second, ..], _) => Err(Failure::of_path(
            folder,
            format!(
                "{} and {} both declare a `contract`; name the one that is meant: jcm check {}",
                shown(first),
                shown(second),
                shown(first)
            ),
        )),
    }
}

/// Every `.jcm` file of a folder and its subfolders, sorted. Links to folders are not followed, so a walk ends.
pub(crate) fn jcm_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(folder, DEEPEST, &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    // A subfolder that may not be read holds nothing that a contract could ask for.
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let is_passed_over =
            name.to_string_lossy().starts_with('.') || name == "target" || name == "node_modules";
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !is_passed_over && depth > 0 => collect(&path, depth - 1, files),
            Ok(kind)
                if !kind.is_dir() && !is_passed_over && has_extension(&path, "jcm") && path.is_file() =>
            {
                files.push(path);
            }
            _ => {}
        }
    }
}

/// Whether a path ends in `.extension`.
pub(crate) fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

/// `north/measures.jcm` in the folder is `north.measures`; a file whose name is not a word cannot be asked for.
fn module_path(root: &Path, file: &Path) -> Option<String> {
    let inside = file.strip_prefix(root).ok()?.with_extension("");
    let names: Option<Vec<&str>> =
        inside.iter().map(|name| name.to_str().filter(|name| is_word(name))).collect();
    names.map(|names| names.join("."))
}

/// The folder that a file is in.
pub(crate) fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Whether a name can be part of a module's path.
fn is_word(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// A path as messages show it: without a leading `./`.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}
