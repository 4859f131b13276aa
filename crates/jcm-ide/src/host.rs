//! The texts as they stand in the editor, and which contract each of them belongs to.

use crate::analysis::{Advised, Analysis, LIBRARY};
use jcm::{Memory, World, read_again};
use jcm_quantity::Date;
use jcm_source::SourceFile;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The file with the levels of lints.
const SETTINGS: &str = "jcm.toml";

/// The disk below the editor. Names are those of the editor, with `/` between folders.
pub trait Disk: Send {
    /// The text of a file, if it is there and can be read.
    fn read(&self, name: &str) -> Option<String>;

    /// The names of the `.jcm` files of a folder; with `below` also those of the folders in it.
    fn files(&self, folder: &str, below: bool) -> Vec<String>;
}

/// The contract that a file belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Project {
    /// The name of its main file.
    main: String,
    /// The file itself where the main file does not lead to it.
    also: Option<String>,
}

/// The texts of the editor over those of the disk, and the contracts read from them.
pub struct Host {
    disk: Box<dyn Disk>,
    roots: Vec<String>,
    texts: Texts,
    projects: BTreeMap<Project, Read>,
    today: Option<Date>,
    /// Readings that are no longer needed, kept until nobody waits.
    retired: Vec<Arc<Analysis>>,
    /// The project that was asked for last, in which files of the library are looked at.
    last: Option<Project>,
}

#[derive(Default)]
struct Texts {
    open: BTreeMap<String, Arc<str>>,
    /// What was read from the disk, until the editor says that it changed.
    read: RefCell<BTreeMap<String, Option<Arc<str>>>>,
    /// What was listed of folders, likewise.
    listed: RefCell<BTreeMap<(String, bool), Vec<String>>>,
    /// Texts with their lines, and whether each may declare a contract, as they were last asked for.
    known: RefCell<BTreeMap<String, (SourceFile, bool)>>,
}

#[derive(Default)]
struct Read {
    memory: Memory,
    analysis: Option<Arc<Analysis>>,
    is_old: bool,
}

impl Host {
    /// A host with no text open.
    pub fn new(disk: Box<dyn Disk>) -> Self {
        let (texts, projects) = (Texts::default(), BTreeMap::new());
        Self { disk, roots: Vec::new(), texts, projects, today: None, retired: Vec::new(), last: None }
    }

    /// The day on which contracts are read: from now on their lints are asked, and hold what is accepted to it.
    pub fn set_today(&mut self, today: Date) {
        self.today = Some(today);
        self.projects.values_mut().for_each(|read| read.is_old = true);
    }

    /// The folders that the editor shows; above them no contract is looked for.
    pub fn set_roots(&mut self, roots: Vec<String>) {
        self.roots = roots.into_iter().map(|root| root.trim_end_matches('/').to_owned()).collect();
    }

    /// Takes a text as the editor has it.
    pub fn set_text(&mut self, name: &str, text: impl Into<Arc<str>>) {
        self.texts.open.insert(name.to_owned(), text.into());
        self.forget(name);
    }

    /// The editor has closed a text: from now on the disk's counts.
    pub fn close(&mut self, name: &str) {
        self.texts.open.remove(name);
        self.changed_on_disk(name);
    }

    /// A file has changed, come or gone on the disk.
    pub fn changed_on_disk(&mut self, name: &str) {
        self.texts.read.borrow_mut().remove(name);
        self.texts.listed.borrow_mut().clear();
        self.forget(name);
    }

    /// The folders that the editor shows.
    pub fn roots(&self) -> &[String] {
        &self.roots
    }

    /// The names of the texts that are open.
    pub fn open(&self) -> impl Iterator<Item = &str> {
        self.texts.open.keys().map(String::as_str)
    }

    /// The text of a file as the editor has it, or the disk.
    pub fn text(&self, name: &str) -> Option<Arc<str>> {
        self.texts.get(&*self.disk, name)
    }

    /// Every reading that a changed file may have a part in is made again when it is asked for.
    fn forget(&mut self, name: &str) {
        let is_settings = name.rsplit('/').next() == Some(SETTINGS);
        for (project, read) in &mut self.projects {
            // A text that no disk has lies in no folder.
            if is_settings || project.main == name || is_below(name, folder_of(&project.main)) {
                read.is_old = true;
            }
        }
    }

    /// The contract that a file belongs to: its own, or else the next one above it whose main file leads to it.
    pub fn project(&mut self, name: &str) -> Project {
        if let Some(library) = name.strip_prefix(LIBRARY) {
            let path = library.trim_end_matches(".jcm").replace('/', ".");
            let main = self.last.as_ref().map_or_else(String::new, |last| last.main.clone());
            let whole = Project { main, also: None };
            let reached = self.read(&whole).file(name).is_some();
            return if reached { whole } else { Project { also: Some(path), ..whole } };
        }
        let own = Project { main: name.to_owned(), also: None };
        if self.declares_contract(name) {
            return own;
        }
        let mut folder = folder_of(name).to_owned();
        loop {
            let files = self.files(&folder, false);
            let mains: Vec<String> =
                files.into_iter().filter(|file| file != name && self.declares_contract(file)).collect();
            for main in &mains {
                let project = Project { main: main.clone(), also: None };
                if self.read(&project).file(name).is_some() {
                    return project;
                }
            }
            if let (Some(main), Some(path)) = (mains.first(), module_path(&folder, name)) {
                return Project { main: main.clone(), also: Some(path) };
            }
            let is_root =
                self.roots.contains(&folder) || self.roots.iter().all(|root| !is_below(&folder, root));
            match folder.rsplit_once('/') {
                Some((above, _)) if !is_root => folder = above.to_owned(),
                _ => return own,
            }
        }
    }

    /// The reading of the contract that a file belongs to.
    pub fn analysis(&mut self, name: &str) -> Arc<Analysis> {
        let project = self.project(name);
        if !name.starts_with(LIBRARY) {
            self.last = Some(Project { also: None, ..project.clone() });
        }
        self.read(&project)
    }

    /// The reading of a contract, made again only if a text of it has changed.
    pub fn read(&mut self, project: &Project) -> Arc<Analysis> {
        let read = self.projects.entry(project.clone()).or_default();
        if let Some(analysis) = &read.analysis
            && !read.is_old
        {
            return analysis.clone();
        }
        let world = Overlay { disk: &*self.disk, texts: &self.texts, main: &project.main };
        let reading = read_again(&world, project.also.as_slice(), &mut read.memory);
        let settings = settings(&*self.disk, &self.texts, &self.roots, &project.main);
        let advised = Advised { on: self.today, settings };
        let analysis = Arc::new(Analysis::new(reading, read.analysis.as_deref(), world.modules(), advised));
        self.retired.extend(read.analysis.replace(analysis.clone()));
        read.is_old = false;
        analysis
    }

    /// Older readings, for somebody who has the time to give their memory back.
    pub fn retired(&mut self) -> Vec<Arc<Analysis>> {
        std::mem::take(&mut self.retired)
    }

    /// Every contract in the folders that the editor shows, and among the open texts.
    pub fn contracts(&self) -> Vec<Project> {
        let below = self.roots.iter().flat_map(|root| self.files(root, true));
        let open = self.texts.open.keys().filter(|name| !name.starts_with(LIBRARY)).cloned();
        let names: BTreeSet<String> = below.chain(open).collect();
        let mains = names.into_iter().filter(|name| self.declares_contract(name));
        mains.map(|main| Project { main, also: None }).collect()
    }

    /// Keeps nothing of a contract that nobody is working on.
    pub fn forget_contract(&mut self, project: &Project) {
        self.projects.remove(project);
    }

    /// Told from the lines alone: this is asked at every key.
    fn declares_contract(&self, name: &str) -> bool {
        self.texts.source(&*self.disk, name).is_some_and(|(_, declares)| declares)
    }

    fn files(&self, folder: &str, below: bool) -> Vec<String> {
        self.texts.files(&*self.disk, folder, below)
    }
}

impl Project {
    /// Whether a file is looked at here though the contract does not lead to it: then only its own problems count.
    pub fn is_apart(&self) -> bool {
        self.also.is_some()
    }
}

impl Texts {
    fn get(&self, disk: &dyn Disk, name: &str) -> Option<Arc<str>> {
        if let Some(open) = self.open.get(name) {
            return Some(open.clone());
        }
        let mut read = self.read.borrow_mut();
        read.entry(name.to_owned()).or_insert_with(|| disk.read(name).map(Arc::from)).clone()
    }

    /// A text with its lines, and whether it looks as if it declared a contract.
    fn source(&self, disk: &dyn Disk, name: &str) -> Option<(SourceFile, bool)> {
        let text = self.get(disk, name)?;
        let mut known = self.known.borrow_mut();
        if let Some((source, declares)) = known.get(name)
            && Arc::ptr_eq(source.text(), &text)
        {
            return Some((source.clone(), *declares));
        }
        let declares = jcm::may_declare_contract(&text);
        let source = SourceFile::new(name, text);
        known.insert(name.to_owned(), (source.clone(), declares));
        Some((source, declares))
    }

    fn files(&self, disk: &dyn Disk, folder: &str, below: bool) -> Vec<String> {
        let open = self.open.keys().filter(|name| {
            name.ends_with(".jcm") && if below { is_below(name, folder) } else { folder_of(name) == folder }
        });
        let mut listed = self.listed.borrow_mut();
        let known = listed.entry((folder.to_owned(), below));
        let mut files = known.or_insert_with(|| disk.files(folder, below)).clone();
        files.extend(open.cloned());
        files.sort();
        files.dedup();
        files
    }
}

/// One contract, as the compiler reads it.
struct Overlay<'h> {
    disk: &'h dyn Disk,
    texts: &'h Texts,
    main: &'h str,
}

impl World for Overlay<'_> {
    fn main(&self) -> SourceFile {
        let source = self.texts.source(self.disk, self.main);
        source.map_or_else(|| SourceFile::new(self.main, ""), |(source, _)| source)
    }

    fn module(&self, path: &str) -> Option<SourceFile> {
        let is_word = |word: &str| {
            !word.is_empty() && word.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        };
        if !path.split('.').all(is_word) {
            return None;
        }
        let name = format!("{}/{}.jcm", folder_of(self.main), path.replace('.', "/"));
        if name == self.main {
            return None;
        }
        self.texts.source(self.disk, &name).map(|(source, _)| source)
    }

    fn modules(&self) -> Vec<String> {
        let folder = folder_of(self.main);
        let files = self.texts.files(self.disk, folder, true);
        let others = files.iter().filter(|file| *file != self.main);
        others.filter_map(|file| module_path(folder, file)).collect()
    }

    fn data(&self, path: &str) -> Option<SourceFile> {
        if path.split('/').any(|part| part.is_empty() || part == "." || part == "..") {
            return None;
        }
        let name = format!("{}/{path}", folder_of(self.main));
        self.texts.get(self.disk, &name).map(|text| SourceFile::new(name, text))
    }
}

/// The settings of a contract: beside its main file, or in a folder above it that the editor shows.
fn settings(disk: &dyn Disk, texts: &Texts, roots: &[String], main: &str) -> Option<SourceFile> {
    let mut folder = folder_of(main);
    loop {
        let name = format!("{folder}/{SETTINGS}");
        if let Some(text) = texts.get(disk, &name) {
            return Some(SourceFile::new(name, text));
        }
        if roots.iter().any(|root| root == folder) || !roots.iter().any(|root| is_below(folder, root)) {
            return None;
        }
        folder = folder_of(folder);
    }
}

fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn is_below(name: &str, folder: &str) -> bool {
    name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The dotted path of a file of a folder: `north/measures.jcm` is `north.measures`.
fn module_path(folder: &str, file: &str) -> Option<String> {
    let inside = file.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".jcm")?;
    Some(inside.replace('/', "."))
}
