//! Reading a contract again and again, as an editor does at each key: what has not changed is not parsed twice.

use crate::{Diagnostic, Program, Settlement, Sources, World, project};
use jcm_sema::{Foreseen, Module};
use jcm_source::{FileId, SourceFile};
use jcm_syntax::{DeclarationCache, Parsed, ViewCache, ast};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// What is remembered of the modules of one project.
#[derive(Debug, Default)]
pub struct Memory {
    /// By their paths.
    modules: BTreeMap<String, Remembered>,
    /// Texts of the library that have been asked for.
    library: BTreeMap<String, SourceFile>,
    /// What the last check made of declarations.
    readings: jcm_sema::Memory,
    /// Modules that have been parsed before their turn, on several cores.
    ahead: BTreeMap<String, (Remembered, Foreseen)>,
}

/// Below this many bytes one core is as fast as several.
const LARGE: usize = 64 * 1024;

#[derive(Debug)]
struct Remembered {
    file: FileId,
    text: Arc<str>,
    ast: Arc<ast::File>,
    problems: Arc<[Diagnostic]>,
    /// Most files of a large contract are not being written: of those, the trees are made when they are.
    trees: Option<Trees>,
}

/// What makes it quick to parse a file again.
#[derive(Debug)]
struct Trees {
    declarations: DeclarationCache,
    views: ViewCache,
    green: Parsed,
}

/// A contract with the trees that it was read from.
#[derive(Debug)]
pub struct Reading {
    /// Every text that was read.
    pub sources: Sources,
    /// What is wrong with it, but for its settlement, its calendar, its examples and its criteria.
    pub diagnostics: Vec<Diagnostic>,
    /// Its modules, the main one first.
    pub modules: Vec<Module>,
    draft: Option<jcm_sema::Draft>,
    /// Put together when it is asked for, with what its calendar does not cover.
    program: OnceLock<(Option<Program>, Vec<Diagnostic>)>,
    /// Its settlement, worked out when it is asked for, and what is wrong with it.
    settlement: OnceLock<(Option<Settlement>, Vec<Diagnostic>)>,
}

/// Reads a contract as [`crate::check_without_examples`] does, and the modules of `also` with it. What is made so carries
/// no hash of its sources: an editor writes nothing that would need one.
pub fn read_again(world: &dyn World, also: &[String], memory: &mut Memory) -> Reading {
    let project::Loaded { sources, project, problems, .. } = project::load_again(world, also, memory);
    let (draft, found) = jcm_sema::check_again(&project, &mut memory.readings);
    let mut diagnostics = crate::follows::told(&sources, problems, found);
    jcm_diagnostics::sort(&mut diagnostics);
    let draft = draft.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
    let (program, settlement) = (OnceLock::new(), OnceLock::new());
    Reading { sources, diagnostics, modules: project.modules, draft, program, settlement }
}

impl Reading {
    /// The program, if nothing that is found at once is an error.
    pub fn program(&self) -> Option<&Program> {
        self.made().0.as_ref()
    }

    fn made(&self) -> &(Option<Program>, Vec<Diagnostic>) {
        self.program.get_or_init(|| {
            let program = self.draft.as_ref().and_then(jcm_sema::Draft::program);
            let uncovered = program.as_ref().map(crate::agenda::uncovered).unwrap_or_default();
            (program.filter(|_| !uncovered.iter().any(Diagnostic::is_error)), uncovered)
        })
    }

    /// Whether there is a program, which is not put together for this.
    pub fn is_whole(&self) -> bool {
        self.draft.is_some()
    }

    /// Its settlement, if there is one.
    pub fn settlement(&self) -> Option<&Settlement> {
        self.settled().0.as_ref()
    }

    fn settled(&self) -> &(Option<Settlement>, Vec<Diagnostic>) {
        self.settlement.get_or_init(|| {
            let Some(program) = self.program() else { return (None, Vec::new()) };
            let settlement = crate::settlement(program, &self.sources);
            let flaws = crate::refused(program, &settlement);
            (Some(settlement).filter(|_| flaws.is_empty()), flaws)
        })
    }

    /// What [`crate::check`] would say besides: days beyond the calendar, what stands in the way of a simulation, the
    /// examples that do not come out, and what the criteria find.
    pub fn examples_and_criteria(&self) -> Vec<Diagnostic> {
        let (program, uncovered) = self.made();
        let mut found = uncovered.clone();
        let Some(program) = program else { return found };
        match self.settled() {
            (Some(settlement), _) => {
                let simulations = crate::simulation::problems(program, &self.sources);
                if !simulations.iter().any(Diagnostic::is_error) {
                    found.extend(crate::examples_and_criteria(program, settlement));
                }
                found.extend(simulations);
            }
            (None, flaws) => found.extend(flaws.iter().cloned()),
        }
        found
    }
}

impl Memory {
    /// How many declarations were read the last time, of those for which the reading before could have been taken.
    pub fn declarations_read(&self) -> usize {
        self.readings.read()
    }

    /// From how many declarations of a list on these are read on several cores; for tests of short contracts.
    pub fn read_ahead_from(&mut self, many: usize) {
        self.readings.read_ahead_from(many);
    }

    /// A text of the library with its lines.
    pub(crate) fn of_library(&mut self, path: &str) -> Option<SourceFile> {
        if let Some(known) = self.library.get(path) {
            return Some(known.clone());
        }
        let module = jcm_std::module(path)?;
        let file = SourceFile::new(module.name, module.text);
        self.library.insert(path.to_owned(), file.clone());
        Some(file)
    }

    /// Whether a module has been parsed.
    pub(crate) fn knows(&self, path: &str) -> bool {
        self.modules.contains_key(path)
    }

    /// Parses modules, given by their paths and the files that they will be, before they are asked for: all at once, where
    /// there is much to parse.
    pub(crate) fn parse_ahead(&mut self, modules: Vec<(String, FileId, Arc<str>)>) {
        let workers = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get).min(16);
        let bytes: usize = modules.iter().map(|(_, _, text)| text.len()).sum();
        if workers < 2 || bytes < LARGE {
            return;
        }
        let parse = |(path, file, text): &(String, FileId, Arc<str>)| {
            let remembered = Remembered { trees: None, ..Remembered::of(*file, text, None) };
            let foreseen = Foreseen::of(&remembered.ast);
            (path.clone(), (remembered, foreseen))
        };
        // Each thread takes the next module as it comes free, so that one held up by others leaves them the rest.
        let next = AtomicUsize::new(0);
        let work = || {
            let taken = std::iter::from_fn(|| modules.get(next.fetch_add(1, Ordering::Relaxed)));
            taken.map(parse).collect::<Vec<_>>()
        };
        let parsed: Vec<(String, (Remembered, Foreseen))> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            // What a thread could not parse is parsed in its turn.
            threads.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
        });
        self.ahead.extend(parsed);
    }

    /// The tree of a module, if it is remembered.
    pub(crate) fn tree(&self, path: &str) -> Option<&Parsed> {
        Some(&self.modules.get(path)?.trees.as_ref()?.green)
    }

    /// The tree of a module and what is wrong with its shape.
    pub(crate) fn parsed(
        &mut self,
        path: &str,
        file: FileId,
        text: &Arc<str>,
    ) -> (Arc<ast::File>, Arc<[Diagnostic]>) {
        if let Some(known) = self.modules.get(path)
            && known.file == file
            && (Arc::ptr_eq(&known.text, text) || known.text == *text)
        {
            return (known.ast.clone(), known.problems.clone());
        }
        let known = self.modules.remove(path);
        let ahead = self.ahead.remove(path).filter(|(ahead, _)| ahead.file == file && ahead.text == *text);
        let remembered = match ahead {
            Some((remembered, foreseen)) => {
                self.readings.foresee(foreseen);
                remembered
            }
            None => Remembered::of(file, text, known),
        };
        let told = (remembered.ast.clone(), remembered.problems.clone());
        self.modules.insert(path.to_owned(), remembered);
        told
    }
}

impl Remembered {
    /// Parses a text with what is known of an earlier one.
    fn of(file: FileId, text: &Arc<str>, earlier: Option<Self>) -> Self {
        let (mut declarations, mut views) = earlier.map(Self::into_caches).unwrap_or_default();
        let green = jcm_syntax::parse_with(text, &mut declarations);
        let ast = Arc::new(jcm_syntax::ast_with(&green, file, &mut views));
        let problems = green.problems.iter().map(|problem| problem.to_diagnostic(file)).collect();
        Self { file, text: text.clone(), ast, problems, trees: Some(Trees { declarations, views, green }) }
    }

    fn into_caches(self) -> (DeclarationCache, ViewCache) {
        if let Some(trees) = self.trees {
            return (trees.declarations, trees.views);
        }
        let mut declarations = DeclarationCache::new();
        let green = jcm_syntax::parse_with(&self.text, &mut declarations);
        let views = ViewCache::of(&green, &self.ast);
        (declarations, views)
    }
}
