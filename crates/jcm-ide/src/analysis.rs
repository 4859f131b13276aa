//! One reading of one contract, of which questions are asked.

use crate::index::{Index, Tables};
use crate::mends::with_mends;
use jcm::{Levels, Reading, Settlement, WorkedExample};
use jcm_diagnostics::{Diagnostic, sort};
use jcm_model::Program;
use jcm_quantity::Date;
use jcm_sema::Module;
use jcm_source::{FileId, SourceFile, Sources, Span};
use jcm_syntax::ast::Declaration;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// What begins the name of a file of the standard library in an editor: `jcm-std:/std/measures/ascof.jcm`.
pub const LIBRARY: &str = "jcm-std:/";

/// One reading of one contract. It never changes.
#[derive(Debug)]
pub struct Analysis {
    reading: Reading,
    index: OnceLock<Index>,
    /// What an earlier reading knew of names.
    known: Option<Tables>,
    worked: OnceLock<Vec<WorkedExample>>,
    followed: OnceLock<Vec<Diagnostic>>,
    advice: OnceLock<Vec<Diagnostic>>,
    /// Worked out when it is asked for; known from the start where it is that of an earlier reading.
    dotted: OnceLock<Arc<BTreeSet<String>>>,
    own_modules: Vec<String>,
    advised: Advised,
}

/// By what advice is given.
#[derive(Debug, Clone, Default)]
pub(crate) struct Advised {
    /// The day that what the partners accept is held to; without one, no advice is given.
    pub(crate) on: Option<Date>,
    /// The `jcm.toml` of the contract.
    pub(crate) settings: Option<SourceFile>,
}

/// Problems by the name of the file that they stand in.
pub type Findings = BTreeMap<String, Vec<Diagnostic>>;

impl Analysis {
    /// A reading; what an earlier one knew of parts of things still counts while the contract has an error.
    pub(crate) fn new(
        reading: Reading,
        earlier: Option<&Analysis>,
        own_modules: Vec<String>,
        advised: Advised,
    ) -> Self {
        let dotted = match earlier.filter(|_| !reading.is_whole()) {
            Some(earlier) => OnceLock::from(earlier.dotted().clone()),
            None => OnceLock::new(),
        };
        let known = earlier.and_then(Analysis::known).cloned();
        let (index, worked, followed) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        let advice = OnceLock::new();
        Self { reading, index, known, worked, followed, advice, dotted, own_modules, advised }
    }

    /// The file of a name, if it belongs to the contract.
    pub fn file(&self, name: &str) -> Option<FileId> {
        let module = self.modules().iter().find(|module| self.name_of(module.file) == name)?;
        Some(module.file)
    }

    /// The name of a file; one of the library begins with [`LIBRARY`].
    pub fn name_of(&self, file: FileId) -> String {
        let name = self.reading.sources.get(file).map_or("", SourceFile::name);
        match self.module(file) {
            Some(module) if !module.is_own() => format!("{LIBRARY}{name}"),
            _ => name.to_owned(),
        }
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &str {
        self.reading.sources.get(file).map_or("", |file| file.text())
    }

    /// Where the lines of a file begin.
    pub fn line_starts(&self, file: FileId) -> &[u32] {
        self.reading.sources.get(file).map_or(&[], SourceFile::line_starts)
    }

    /// The text of a span.
    pub fn text_of(&self, span: Span) -> &str {
        self.reading.sources.text_of(span)
    }

    /// The problems that are found at once: all but those of examples and criteria.
    pub fn diagnostics(&self) -> Findings {
        self.by_file(&self.reading.diagnostics)
    }

    /// Every problem. What examples and criteria find is worked out at the first call.
    pub fn all_diagnostics(&self) -> Findings {
        let mut all = self.reading.diagnostics.clone();
        all.extend(self.followed().iter().cloned());
        sort(&mut all);
        self.by_file(&all)
    }

    /// Every problem, and the advice of the lints, which is worked out at the first call.
    pub fn diagnostics_and_advice(&self) -> Findings {
        let mut all = self.reading.diagnostics.clone();
        all.extend(self.followed().iter().cloned());
        all.extend(self.advice().iter().cloned());
        sort(&mut all);
        self.by_file(&all)
    }

    /// What the lints find in a contract that has no error.
    fn advice(&self) -> &[Diagnostic] {
        self.advice.get_or_init(|| {
            let (Some(program), Some(on)) = (self.program(), self.advised.on) else { return Vec::new() };
            if self.followed().iter().any(Diagnostic::is_error) {
                return Vec::new();
            }
            let levels = self.advised.settings.as_ref().map_or_else(Levels::default, |file| {
                // What is wrong with the settings is said of them, by the command line.
                jcm::read_settings(FileId(0), file, &program.contract.currency).0
            });
            jcm::lint(program, None, &self.reading.sources, &levels, on)
        })
    }

    /// The day on which the contract is read, if it is known.
    pub(crate) fn today(&self) -> Option<Date> {
        self.advised.on
    }

    fn by_file(&self, diagnostics: &[Diagnostic]) -> Findings {
        let own = self.modules().iter().filter(|module| module.is_own());
        let mut found: Findings = own.map(|module| (self.name_of(module.file), Vec::new())).collect();
        for diagnostic in diagnostics {
            let name = self.name_of(diagnostic.primary.span.file);
            found.entry(name).or_default().push(diagnostic.clone());
        }
        found
    }

    fn followed(&self) -> &[Diagnostic] {
        self.followed.get_or_init(|| with_mends(self, self.reading.examples_and_criteria()))
    }

    /// The checked program, if no problem that is found at once is an error.
    pub fn program(&self) -> Option<&Program> {
        self.reading.program()
    }

    /// What the contract settles by, if there is a program and nothing is wrong with what it comes to.
    pub fn settlement(&self) -> Option<&Settlement> {
        self.reading.settlement()
    }

    /// Every text that was read.
    pub(crate) fn sources(&self) -> &Sources {
        &self.reading.sources
    }

    /// Every example worked out, at the first call; none where there is no program.
    pub fn worked(&self) -> &[WorkedExample] {
        self.worked.get_or_init(|| match (self.program(), self.reading.settlement()) {
            (Some(program), Some(settlement)) => jcm::work_out(program, settlement),
            _ => Vec::new(),
        })
    }

    /// The names of parts that things bring, such as `fund.budget`, as the contract last had them without an error.
    pub(crate) fn dotted_names(&self) -> impl Iterator<Item = &str> {
        self.dotted().iter().map(String::as_str)
    }

    fn dotted(&self) -> &Arc<BTreeSet<String>> {
        self.dotted.get_or_init(|| Arc::new(self.program().map(dotted_names).unwrap_or_default()))
    }

    /// The paths of the files beside the contract.
    pub(crate) fn own_modules(&self) -> impl Iterator<Item = &str> {
        self.own_modules.iter().map(String::as_str)
    }

    /// Every problem of one file, in order; and advice, once it has been worked out.
    pub(crate) fn problems_of(&self, file: FileId) -> impl Iterator<Item = &Diagnostic> {
        let advice = self.advice.get().into_iter().flatten();
        let all = self.reading.diagnostics.iter().chain(self.followed()).chain(advice);
        all.filter(move |diagnostic| diagnostic.primary.span.file == file)
    }

    pub(crate) fn modules(&self) -> &[Module] {
        &self.reading.modules
    }

    pub(crate) fn module(&self, file: FileId) -> Option<&Module> {
        // Files and modules are added together, so that a module stands at its file's place.
        self.modules().get(file.0 as usize).filter(|module| module.file == file)
    }

    /// Whether a file is one of the standard library.
    pub(crate) fn is_of_library(&self, file: FileId) -> bool {
        self.module(file).is_some_and(|module| !module.is_own())
    }

    pub(crate) fn declarations(&self, file: FileId) -> &[Arc<Declaration>] {
        self.module(file).map_or(&[], |module| module.ast.declarations.as_slice())
    }

    /// The declaration that a place is in, or that ends there.
    pub(crate) fn declaration_at(&self, file: FileId, at: u32) -> Option<&Declaration> {
        let holds = |declaration: &&Declaration| declaration.span.start <= at && at <= declaration.span.end;
        self.module(file)?.ast.declarations().rev().find(holds)
    }

    pub(crate) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self.modules(), self.known.as_ref()))
    }

    fn known(&self) -> Option<&Tables> {
        self.index.get().map(Index::known).or(self.known.as_ref())
    }
}

fn dotted_names(program: &Program) -> BTreeSet<String> {
    let lines = program.lines.iter().map(|line| &line.head);
    let inputs = program.inputs.iter().map(|input| &input.head);
    let parameters = program.parameters.iter().map(|parameter| &parameter.head);
    let heads = lines.chain(inputs).chain(parameters);
    heads.filter(|head| head.name.contains('.')).map(|head| head.name.clone()).collect()
}
