//! Where texts come from.

use jcm_source::SourceFile;

/// The texts of one project: a folder, an editor's open files, or a test's strings.
///
/// The compiler asks for texts by module path and never learns where they are kept.
pub trait World {
    /// The file that declares the contract.
    fn main(&self) -> SourceFile;

    /// The text of a module by its dotted path (`partners`, `north.measures`), with the name that messages show;
    /// `None` if there is none. Paths that start with `std.` are never asked for.
    fn module(&self, path: &str) -> Option<SourceFile>;

    /// The path of every module of the project, for suggestions.
    fn modules(&self) -> Vec<String>;

    /// A data file beside the contract that it names, by its path from there: `history.csv`; `None` if there is none.
    fn data(&self, _path: &str) -> Option<SourceFile> {
        None
    }
}

/// A project that is held in memory.
#[derive(Debug, Clone)]
pub struct InMemory {
    main: SourceFile,
    modules: Vec<(String, SourceFile)>,
    data: Vec<SourceFile>,
}

impl InMemory {
    /// A project of one file; `name` is what messages call it.
    pub fn new(name: &str, text: &str) -> Self {
        Self { main: SourceFile::new(name, text), modules: Vec::new(), data: Vec::new() }
    }

    /// Adds a module under its dotted path.
    #[must_use]
    pub fn with(mut self, path: &str, text: &str) -> Self {
        let name = format!("{}.jcm", path.replace('.', "/"));
        self.modules.push((path.to_owned(), SourceFile::new(name, text)));
        self
    }

    /// Adds a data file under its path.
    #[must_use]
    pub fn with_data(mut self, path: &str, text: &str) -> Self {
        self.data.push(SourceFile::new(path, text));
        self
    }
}

impl World for InMemory {
    fn main(&self) -> SourceFile {
        self.main.clone()
    }

    fn module(&self, path: &str) -> Option<SourceFile> {
        self.modules.iter().find(|(known, _)| known == path).map(|(_, file)| file.clone())
    }

    fn modules(&self) -> Vec<String> {
        self.modules.iter().map(|(path, _)| path.clone()).collect()
    }

    fn data(&self, path: &str) -> Option<SourceFile> {
        self.data.iter().find(|file| file.name() == path).cloned()
    }
}
