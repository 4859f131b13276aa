//! From a world to everything that has to be read: the main file and every module that it asks for, parsed.

use crate::again::Memory;
use crate::{World, variations};
use jcm_diagnostics::Diagnostic;
use jcm_quantity::Date;
use jcm_sema::{Module, Project};
use jcm_source::{FileId, SourceFile, Sources};
use jcm_syntax::ast::{Body, DeclarationKind};
use jcm_syntax::expression::Reader;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

/// What was read, and what the parser had to say about it.
pub(crate) struct Loaded {
    pub(crate) sources: Sources,
    pub(crate) project: Project,
    pub(crate) problems: Vec<Diagnostic>,
    /// The date of the contract, if one was asked for, and the first day on which what was agreed after it would have
    /// changed the contract.
    pub(crate) dated: Option<(Date, Option<Date>)>,
}

/// Reads the main file, the prelude, and what they ask for, each once; without what was agreed after a date, if one is
/// given.
pub(crate) fn load(world: &dyn World, as_at: Option<Date>) -> Loaded {
    load_with(world, as_at, None)
}

/// The same, and one text more: a file as it is shown, and the text that it stands for.
pub(crate) fn load_with(
    world: &dyn World,
    as_at: Option<Date>,
    more: Option<(SourceFile, String)>,
) -> Loaded {
    let mut loader = Loader::over(world, None);
    loader.read_all(&[]);
    if let Some((shown, text)) = more {
        loader.add(shown.name().to_owned(), shown, text.into());
    }
    let source_hash = hash(&loader.modules);
    let available = available(world, &loader.modules);
    let bases = variations::bases(&loader.modules, |_| None);
    let dated = as_at.map(|date| (date, variations::leave_out(&mut loader.modules, date)));
    let project = Project { modules: loader.modules, available, source_hash, bases };
    Loaded { sources: loader.sources, project, problems: loader.problems, dated }
}

/// The same for the contract as it stands, from what is remembered of an earlier reading; and the modules that are wanted
/// besides. What is loaded so carries no hash.
pub(crate) fn load_again(world: &dyn World, also: &[String], memory: &mut Memory) -> Loaded {
    let mut loader = Loader::over(world, Some(memory));
    loader.read_all(also);
    let Loader { sources, modules, problems, memory, .. } = loader;
    let available = available(world, &modules);
    let bases = variations::bases(&modules, |path| memory.as_ref()?.tree(path));
    let project = Project { modules, available, source_hash: String::new(), bases };
    Loaded { sources, project, problems, dated: None }
}

struct Loader<'a> {
    world: &'a dyn World,
    memory: Option<&'a mut Memory>,
    seen: BTreeSet<String>,
    sources: Sources,
    modules: Vec<Module>,
    problems: Vec<Diagnostic>,
}

impl<'a> Loader<'a> {
    fn over(world: &'a dyn World, memory: Option<&'a mut Memory>) -> Self {
        Self {
            world,
            memory,
            seen: BTreeSet::new(),
            sources: Sources::new(),
            modules: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Reads the main file, the prelude, and what they and `also` ask for, each once.
    fn read_all(&mut self, also: &[String]) {
        self.read(String::new(), self.world.main());
        self.ask_for(jcm_std::PRELUDE);
        // The list grows while it is walked: a module may ask for others.
        let mut next = 0;
        while let Some(wanted) = self.modules.get(next).map(imports) {
            self.parse_ahead(&wanted);
            wanted.iter().for_each(|path| self.ask_for(path));
            next += 1;
        }
        also.iter().for_each(|path| self.ask_for(path));
        while let Some(wanted) = self.modules.get(next).map(imports) {
            wanted.iter().for_each(|path| self.ask_for(path));
            next += 1;
        }
        self.read_histories();
    }

    /// Reads the data files that simulations name; one that is not there is left to the checks.
    fn read_histories(&mut self) {
        let mut names: Vec<String> = self.modules.iter().flat_map(histories).collect();
        names.sort();
        names.dedup();
        for file in names.iter().filter_map(|name| self.world.data(name)) {
            self.sources.add(file);
        }
    }

    /// Parses what is wanted and was never read before, where the reading is remembered. The files come in this order; one
    /// that comes in another after all is parsed in its turn.
    fn parse_ahead(&mut self, wanted: &[String]) {
        let is_new = |path: &&String| {
            !self.seen.contains(*path) && self.memory.as_ref().is_some_and(|memory| !memory.knows(path))
        };
        let new: Vec<&String> = wanted.iter().filter(is_new).collect();
        if new.len() < 2 {
            return;
        }
        let mut texts = Vec::new();
        // Files and modules are added together.
        let mut file = FileId(u32::try_from(self.modules.len()).unwrap_or(u32::MAX));
        for path in new {
            if let Some(text) = self.text_of(path) {
                texts.push((path.clone(), file, text.text().clone()));
                file = FileId(file.0.saturating_add(1));
            }
        }
        if let Some(memory) = &mut self.memory {
            memory.parse_ahead(texts);
        }
    }

    /// Reads the module that a path names, or the one that holds what the path names: `north.measures.falls` may be
    /// `falls` in `north.measures`. A path that names nothing is left to the checks, which know where it stands.
    fn ask_for(&mut self, path: &str) {
        let mut path = path;
        loop {
            if self.seen.contains(path) {
                return;
            }
            if let Some(file) = self.text_of(path) {
                self.read(path.to_owned(), file);
                return;
            }
            match path.rsplit_once('.') {
                Some((parent, _)) => path = parent,
                None => return,
            }
        }
    }

    fn text_of(&mut self, path: &str) -> Option<SourceFile> {
        if is_standard(path) {
            return match &mut self.memory {
                Some(memory) => memory.of_library(path),
                None => jcm_std::module(path).map(|module| SourceFile::new(module.name, module.text)),
            };
        }
        self.world.module(path)
    }

    fn read(&mut self, path: String, text: SourceFile) {
        let words = text.text().clone();
        self.add(path, text, words);
    }

    /// Takes in a module whose text is not what the file shows.
    fn add(&mut self, path: String, shown: SourceFile, words: Arc<str>) {
        let file = self.sources.add(shown);
        let ast = if let Some(memory) = &mut self.memory {
            let (ast, problems) = memory.parsed(&path, file, &words);
            self.problems.extend(problems.iter().cloned());
            ast
        } else {
            let parsed = jcm_syntax::parse(&words);
            self.problems.extend(parsed.problems.iter().map(|problem| problem.to_diagnostic(file)));
            Arc::new(jcm_syntax::ast(&parsed, file))
        };
        self.seen.insert(path.clone());
        self.modules.push(Module { file, path, text: words, ast });
    }
}

/// Every path that could be asked for. The world may have to search a folder for its own, so it is spared where
/// nothing outside the standard library is asked for.
fn available(world: &dyn World, modules: &[Module]) -> Vec<String> {
    let mut available: Vec<String> = jcm_std::modules().iter().map(|module| module.path.to_owned()).collect();
    if modules.iter().flat_map(imports).any(|path| !is_standard(&path)) {
        available.extend(world.modules());
    }
    available.sort();
    available.dedup();
    available
}

fn is_standard(path: &str) -> bool {
    path == "std" || path.starts_with("std.")
}

/// The data files that the simulations of a module name.
fn histories(module: &Module) -> Vec<String> {
    let simulations = module.ast.declarations.iter().filter(|d| d.kind == DeclarationKind::Simulation);
    let members = simulations.filter_map(|simulation| match &simulation.body {
        Body::Block(members) => Some(members),
        _ => None,
    });
    let named = members.flatten().filter(|member| member.key_words().as_deref() == Some("history"));
    named.filter_map(|member| Reader::new(member.value.first()?).text().map(str::to_owned)).collect()
}

fn imports(module: &Module) -> Vec<String> {
    let is_import = |kind| matches!(kind, DeclarationKind::Use | DeclarationKind::Include);
    module
        .ast
        .declarations
        .iter()
        .filter(|d| is_import(d.kind))
        .filter_map(|d| Some(d.name.as_ref()?.text.clone()))
        .collect()
}

/// SHA-256 over path and text of every module, in the order of their paths. Each is preceded by its length, so that
/// no two projects run together to the same bytes.
fn hash(modules: &[Module]) -> String {
    let mut texts: Vec<(&str, &str)> = modules.iter().map(|module| (&*module.path, &*module.text)).collect();
    texts.sort_unstable();
    let mut hasher = Sha256::new();
    for (path, text) in texts {
        for part in [path, text] {
            hasher.update(part.len().to_string());
            hasher.update(b":");
            hasher.update(part);
        }
    }
    hasher.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Whether a `contract` stands among the declarations of a text.
pub(crate) fn declares_contract(text: &str) -> bool {
    let ast = jcm_syntax::ast(&jcm_syntax::parse(text), FileId(0));
    ast.declarations.iter().any(|declaration| declaration.kind == DeclarationKind::Contract)
}
