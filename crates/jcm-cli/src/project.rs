//! The folder of files that the compiler reads a contract from.
//!
//! The main file of a folder is the one that declares the contract; every other `.jcm` file is a module, named by its
//! path in the folder: `north/measures.jcm` is `north.measures`. Hidden folders and `target` are passed over.

use crate::arguments::TableArgument;
use crate::failure::Failure;
use crate::files::{in_words, read_text, text_of};
use crate::revision::{Revision, parts, plain};
use jcm::{Date, SourceFile, World};
use std::cell::RefCell;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders deeper than this below the project's are passed over.
const DEEPEST: usize = 12;

/// Where the files of a project are kept.
#[derive(Debug)]
enum Store {
    Disk,
    Git(Revision),
}

impl Store {
    fn text(&self, path: &Path) -> Result<String, Failure> {
        match self {
            Store::Disk => read_text(path),
            Store::Git(revision) => text_of(Path::new(&revision.shown(path)), revision.read(path)?),
        }
    }

    fn is_file(&self, path: &Path) -> bool {
        match self {
            Store::Disk => path.is_file(),
            Store::Git(revision) => revision.is_file(path),
        }
    }

    /// Every `.jcm` file of a folder and its subfolders, sorted.
    fn jcm_files(&self, folder: &Path) -> Vec<PathBuf> {
        match self {
            Store::Disk => jcm_files(folder),
            Store::Git(revision) => {
                let mut files = revision.files(folder);
                let inside = |file: &Path| file.strip_prefix(folder).map(Path::to_owned).unwrap_or_default();
                files.retain(|file| has_extension(file, "jcm") && !inside(file).iter().any(is_passed_over));
                files
            }
        }
    }

    /// A path as messages show it.
    fn shown(&self, path: &Path) -> String {
        match self {
            Store::Disk => shown(path),
            Store::Git(revision) => revision.shown(path),
        }
    }
}

/// A project in a folder.
#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    main_path: PathBuf,
    main: SourceFile,
    store: Store,
    /// What could not be read when the compiler asked for it.
    failures: RefCell<Vec<Failure>>,
}

impl Folder {
    /// The project of a `.jcm` file, which is then its main file, or of a folder.
    pub(crate) fn open(path: &Path) -> Result<Folder, Failure> {
        let metadata = fs::metadata(path).map_err(|error| Failure::of_path(path, in_words(&error)))?;
        let (root, main_path) = if metadata.is_dir() {
            (path.to_owned(), main_file(path, &Store::Disk)?)
        } else if has_extension(path, "jcm") {
            (folder_of(path), path.to_owned())
        } else {
            return Err(Failure::of_path(path, "this is neither a .jcm file nor a folder"));
        };
        Folder::with(root, main_path, Store::Disk)
    }

    /// The project of a path, or of a path in a git revision: `HEAD~1:contract.jcm`.
    pub(crate) fn open_at_any_time(argument: &Path) -> Result<Folder, Failure> {
        let Some((name, path)) = parts(argument) else { return Folder::open(argument) };
        let path = plain(path);
        let is_main = has_extension(&path, "jcm");
        let root = if is_main { plain(&folder_of(&path)) } else { path.clone() };
        let revision = Revision::open(name, &root)?;
        let there = if is_main { revision.is_file(&path) } else { revision.is_folder(&path) };
        if !there {
            let reason = "there is no such file or folder in this revision";
            return Err(Failure::World(format!("{}: {reason}", revision.shown(&path))));
        }
        let store = Store::Git(revision);
        let main_path = if is_main { path } else { main_file(&root, &store)? };
        Folder::with(root, main_path, store)
    }

    fn with(root: PathBuf, main_path: PathBuf, store: Store) -> Result<Folder, Failure> {
        let main = SourceFile::new(store.shown(&main_path), store.text(&main_path)?);
        Ok(Folder { root, main_path, main, store, failures: RefCell::default() })
    }

    /// The main file's path.
    pub(crate) fn main_path(&self) -> &Path {
        &self.main_path
    }

    /// Checks the contract with `check`, or says which file could not be read on the way.
    pub(crate) fn checked(
        &self,
        check: impl FnOnce(&dyn World) -> jcm::Checked,
    ) -> Result<jcm::Checked, Failure> {
        self.read_whole(check(self))
    }

    /// Checks the contract with `check` as it was agreed on a date, if one is asked for; or with the localities of a
    /// table too.
    pub(crate) fn checked_with(
        &self,
        table: &TableArgument,
        as_at: Option<Date>,
        check: fn(&dyn World, Option<Date>) -> jcm::Checked,
    ) -> Result<jcm::Checked, Failure> {
        let Some(path) = &table.localities else { return self.checked(|world| check(world, as_at)) };
        let table = SourceFile::new(shown(path), read_text(path)?);
        self.read_whole(jcm::check_with_places(self, table, as_at))
    }

    fn read_whole(&self, checked: jcm::Checked) -> Result<jcm::Checked, Failure> {
        match self.failures.borrow_mut().pop() {
            Some(failure) => Err(failure),
            None => Ok(checked),
        }
    }

    /// The text of a file, if it is there; what stands in the way of reading it is kept for the end.
    fn file(&self, file: &Path) -> Option<SourceFile> {
        if !self.store.is_file(file) {
            return None;
        }
        match self.store.text(file) {
            Ok(text) => Some(SourceFile::new(self.store.shown(file), text)),
            Err(failure) => {
                self.failures.borrow_mut().push(failure);
                None
            }
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
        if file == self.main_path { None } else { self.file(&file) }
    }

    fn modules(&self) -> Vec<String> {
        let files = self.store.jcm_files(&self.root);
        files
            .iter()
            .filter(|file| **file != self.main_path)
            .filter_map(|file| module_path(&self.root, file))
            .collect()
    }

    fn data(&self, path: &str) -> Option<SourceFile> {
        // A path of plain names can only lead down from the project's folder.
        let plain =
            |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':']);
        if !path.split('/').all(plain) {
            return None;
        }
        let mut file = self.root.clone();
        file.extend(path.split('/'));
        self.file(&file)
    }
}

/// The one file of a folder that declares a contract.
fn main_file(folder: &Path, store: &Store) -> Result<PathBuf, Failure> {
    if let Store::Disk = store {
        fs::read_dir(folder).map_err(|error| Failure::of_path(folder, in_words(&error)))?;
    }
    let files = store.jcm_files(folder);
    let mut mains = Vec::new();
    for file in &files {
        let text = store.text(file)?;
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
                "{} and {} both declare a `contract`; name the one that is meant, such as {}",
                store.shown(first),
                store.shown(second),
                store.shown(first)
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
        let is_passed_over = is_passed_over(&name);
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

/// Whether a file or folder holds nothing that a contract could ask for.
fn is_passed_over(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with('.') || name == "target" || name == "node_modules"
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
