//! What every name of a project stands for.

use crate::fields;
use crate::memory;
use crate::near::{Letters, Sought, nearest};
use crate::problems::{DuplicateName, Problem, UnknownModule, near};
use crate::project::{Module, Project};
use crate::reach::{self, NamedIn};
use crate::read::clause;
use jcm_diagnostics::Diagnostic;
use jcm_model::{
    BoardId, ChoiceId, ClauseId, ConditionPrecedentId, DecisionId, Def, DefinitionId, DocumentId,
    IncentiveId, LadderId, MeasureId, ObligationId, OpenTermId, OutcomeId, ParameterId, PartnerId, PaymentId,
    PoolId, PopulationId, PowerId, ScoreId, ServiceId, SubcontractId, TableId, VariationId,
};
use jcm_source::{FileId, Span};
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind, Name};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A declared name.
#[derive(Clone, Copy)]
pub(crate) struct Symbol<'p> {
    /// What it is in the program; `None` for templates and for kinds that become no thing of their own.
    pub(crate) def: Option<Def>,
    /// Its declaration.
    pub(crate) declaration: &'p Declaration,
    /// Whether it comes from the library.
    pub(crate) library: bool,
}

/// A file with its path; that of the main file is empty.
pub(crate) type Home<'p> = (FileId, &'p str);

/// A name that was asked for, in which file, and what it stood for.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Asked {
    home: FileId,
    name: Box<str>,
    found: Option<Found>,
}

/// What a name stood for: the thing, and the place of its declaration in memory.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    def: Option<Def>,
    place: usize,
    file: FileId,
}

impl Found {
    fn of(symbol: Symbol<'_>) -> Self {
        let file = symbol.declaration.span.file;
        Self { def: symbol.def, place: memory::place_of(symbol.declaration), file }
    }
}

impl Asked {
    /// The place in memory of the declaration that the name stood for.
    pub(crate) fn place(&self) -> Option<usize> {
        self.found.as_ref().map(|found| found.place)
    }

    /// The file of that declaration.
    pub(crate) fn file(&self) -> Option<FileId> {
        self.found.as_ref().map(|found| found.file)
    }
}

impl Symbol<'_> {
    /// Whether a calculation can name it: a thing of the program, or one of the library that becomes one by that.
    pub(crate) fn is_usable(&self) -> bool {
        self.def.is_some() || self.library && is_offered(self.declaration.kind)
    }
}

/// Kinds of the library that become part of a contract when something of it names them.
fn is_offered(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Choice
            | Kind::Scale
            | Kind::Bands
            | Kind::Parameter
            | Kind::Function
            | Kind::Calendar
            | Kind::Power
    )
}

/// Every declared name, what comes first now, and what has been asked for.
pub(crate) struct Names<'p> {
    /// The same for every reader of a check.
    declared: Arc<Declared<'p>>,
    /// The path of the file whose own names come first now, and the file.
    home: Home<'p>,
    /// What declarations name.
    pub(crate) named_in: NamedIn,
    /// The names that have been asked for, where a check is to be remembered.
    asked: Option<RefCell<Vec<Asked>>>,
}

/// Every declared name, and the declarations that make up the contract.
struct Declared<'p> {
    /// By bare name.
    symbols: FxHashMap<&'p str, Symbol<'p>>,
    /// By the name in it, for each module; those of the main file are named without its path.
    own: Vec<FxHashMap<&'p str, Symbol<'p>>>,
    /// The place of each module by its path.
    modules: FxHashMap<&'p str, usize>,
    /// The places of the modules whose paths end in a word.
    endings: FxHashMap<&'p str, Vec<usize>>,
    /// The declarations of the contract by kind, in order; the place in the list is the id.
    by_kind: FxHashMap<&'static str, Vec<&'p Declaration>>,
    /// Models, elements, profiles and criteria, of the library too.
    questions: Vec<&'p Declaration>,
    /// The dotted path of each file.
    paths: BTreeMap<FileId, &'p str>,
    /// Every `include` with the module that it includes.
    includes: Vec<(&'p Declaration, &'p Module)>,
}

impl<'p> Names<'p> {
    /// Takes down every declaration of a project, and reports modules that are not there and names given twice.
    pub(crate) fn of(project: &'p Project, mut named_in: NamedIn, found: &mut Vec<Diagnostic>) -> Self {
        let declared = Arc::new(Declared::of(project, &mut named_in, found));
        let home = project.modules.first().map_or((FileId(0), ""), |main| (main.file, &*main.path));
        Self { declared, home, named_in, asked: None }
    }

    /// The same names for a reader on another thread, which notes for itself what it asks for.
    pub(crate) fn for_another(&self) -> Self {
        let (declared, home) = (self.declared.clone(), self.home);
        Self { declared, home, named_in: NamedIn::default(), asked: Some(RefCell::default()) }
    }

    /// Every `include` with the module that it includes.
    pub(crate) fn includes(&self) -> &[(&'p Declaration, &'p Module)] {
        &self.declared.includes
    }

    /// Whether a declaration comes from the library.
    pub(crate) fn is_of_library(&self, declaration: &Declaration) -> bool {
        is_library(self.declared.path_of(declaration.span.file))
    }

    /// From now on, what a declaration's own file declares comes before what others do. Gives back what came first
    /// until now, for [`Self::go_home`].
    pub(crate) fn enter(&mut self, declaration: &Declaration) -> Home<'p> {
        let file = declaration.span.file;
        let path = self.declared.path_of(file);
        std::mem::replace(&mut self.home, (file, path))
    }

    /// Ends what [`Self::enter`] began.
    pub(crate) fn go_home(&mut self, home: Home<'p>) {
        self.home = home;
    }

    /// The declarations of the contract of one kind, in the order of their ids.
    pub(crate) fn all(&self, list: &str) -> Vec<&'p Declaration> {
        self.declared.by_kind.get(list).cloned().unwrap_or_default()
    }

    /// The same, each with its id.
    pub(crate) fn numbered(&self, list: &str) -> Vec<(u32, &'p Declaration)> {
        (0..).zip(self.all(list)).collect()
    }

    /// The names of the calendars that are there.
    pub(crate) fn calendars(&self) -> Vec<String> {
        let names = self.all("calendar").into_iter().filter_map(|calendar| calendar.name.as_ref());
        names.map(|name| name.text.clone()).collect()
    }

    /// Every declaration of some kinds, in the library and in the project, in order.
    pub(crate) fn every(&self, suits: impl Fn(Kind) -> bool) -> Vec<&'p Declaration> {
        self.declared.questions.iter().copied().filter(|declaration| suits(declaration.kind)).collect()
    }

    /// What a name stands for, bare or dotted.
    pub(crate) fn get(&self, name: &str) -> Option<Symbol<'p>> {
        let (file, path) = self.home;
        let found = self.declared.get_from(path, name);
        if let Some(asked) = &self.asked {
            let (home, name) = (file, name.into());
            asked.borrow_mut().push(Asked { home, name, found: found.map(Found::of) });
        }
        found
    }

    /// From now on, takes down what is asked for.
    pub(crate) fn note_asked(&mut self) {
        self.asked = Some(RefCell::default());
    }

    /// What has been asked for since this was last called, each once.
    pub(crate) fn forget_asked(&self) -> Vec<Asked> {
        let mut asked = self.asked.as_ref().map(RefCell::take).unwrap_or_default();
        asked.sort_unstable();
        asked.dedup();
        asked.shrink_to_fit();
        asked
    }

    /// Whether a name still stands for what it stood for, other than by a change of the declaration itself.
    pub(crate) fn stands(&self, asked: &Asked) -> bool {
        let path = self.declared.path_of(asked.home);
        self.named_in.same_names || self.declared.get_from(path, &asked.name).map(Found::of) == asked.found
    }

    /// Up to three names like this one, of declarations that suit.
    pub(crate) fn near(&self, name: &str, suits: impl Fn(&Symbol<'p>) -> bool) -> Vec<String> {
        let sought = Sought::of(name);
        let bare = self
            .declared
            .symbols
            .iter()
            .filter(|(name, symbol)| sought.may_be(Letters::of(name)) && suits(symbol));
        let bare = bare.filter_map(|(name, _)| Some((sought.distance(name)?, (*name).to_owned())));
        let paths = self.declared.modules.iter().flat_map(|(path, module)| {
            let last = path.rsplit('.').next().filter(|last| last != path);
            std::iter::once(*path).chain(last).map(|path| (path, *module))
        });
        let dotted = paths.flat_map(|(path, module)| {
            let before = Letters::of(path).and(Letters::of("."));
            let own = self.declared.own.get(module).into_iter().flatten();
            let near = own.filter(|(name, _)| sought.may_be(before.and(Letters::of(name))));
            near.filter(|(_, symbol)| suits(symbol))
                .map(move |(name, _)| format!("{path}.{name}"))
                .collect::<Vec<_>>()
        });
        let dotted = dotted.filter_map(|name| Some((sought.distance(&name)?, name)));
        nearest(bare.chain(dotted).collect())
    }
}

impl<'p> Declared<'p> {
    fn of(project: &'p Project, named_in: &mut NamedIn, found: &mut Vec<Diagnostic>) -> Self {
        let mut names = Self {
            symbols: FxHashMap::default(),
            own: vec![FxHashMap::default(); project.modules.len()],
            modules: FxHashMap::default(),
            endings: FxHashMap::default(),
            by_kind: FxHashMap::default(),
            questions: Vec::new(),
            paths: project.modules.iter().map(|module| (module.file, &*module.path)).collect(),
            includes: Vec::new(),
        };
        names.symbols.reserve(project.modules.iter().map(|module| module.ast.declarations.len()).sum());
        let included = included(project);
        for (place, module) in project.modules.iter().enumerate() {
            names.add_module(place, &module.path);
            let template = is_template(module, &included);
            if let Some(own) = names.own.get_mut(place) {
                own.reserve(module.ast.declarations.len());
            }
            for declaration in &module.ast.declarations {
                match declaration.kind {
                    Kind::Use => unknown_module(project, declaration, found),
                    Kind::Include => {
                        unknown_module(project, declaration, found);
                        names.include(project, declaration, found);
                    }
                    _ => names.declare(place, declaration, template, found),
                }
            }
        }
        names.take_from_library(project, &included, named_in);
        names
    }

    /// Makes those things of the library part of the contract that it leads to.
    fn take_from_library(&mut self, project: &'p Project, included: &BTreeSet<&str>, named_in: &mut NamedIn) {
        let declarations = |library: bool| {
            let modules =
                project.modules.iter().filter(move |module| is_template(module, included) == library);
            modules.flat_map(|module| module.ast.declarations())
        };
        let templates: BTreeSet<FileId> = project
            .modules
            .iter()
            .filter(|module| is_template(module, included))
            .map(|module| module.file)
            .collect();
        let find = |from: &Declaration, name: &str| {
            let bare = self.named(name);
            let is_own = !templates.contains(&from.span.file);
            // What a file of the project declares itself is never the library's.
            if is_own && bare.is_none_or(|bare| !bare.library) {
                return None;
            }
            let home = self.path_of(from.span.file);
            let symbol = self.of_home(home, name).or(bare)?;
            symbol.library.then_some(symbol.declaration)
        };
        let reached = reach::from_project(declarations(false), named_in, find);
        let mut taken: FxHashMap<reach::Place, Option<Def>> = FxHashMap::default();
        let mut in_order = Vec::new();
        for declaration in declarations(true) {
            let place = reach::place_of(declaration);
            if is_offered(declaration.kind) && reached.contains(&place) {
                taken.insert(place, self.place(declaration));
                in_order.push(place);
            }
        }
        named_in.same_names &= in_order == named_in.taken;
        named_in.taken = in_order;
        if taken.is_empty() {
            return;
        }
        let symbols = self.symbols.values_mut().chain(self.own.iter_mut().flat_map(FxHashMap::values_mut));
        symbols.filter(|symbol| symbol.library).for_each(|symbol| {
            if let Some(def) = taken.get(&reach::place_of(symbol.declaration)) {
                symbol.def = *def;
            }
        });
    }

    fn path_of(&self, file: FileId) -> &'p str {
        self.paths.get(&file).copied().unwrap_or("")
    }

    /// A module of the library, and one that an `include` names, is a template: what it declares is not yet part of
    /// the contract.
    fn declare(
        &mut self,
        module: usize,
        declaration: &'p Declaration,
        library: bool,
        found: &mut Vec<Diagnostic>,
    ) {
        if declaration.kind == Kind::Blank && library {
            return;
        }
        let question =
            matches!(declaration.kind, Kind::Model | Kind::Element | Kind::Profile | Kind::Criterion);
        if question {
            self.questions.push(declaration);
        }
        let def = if library { None } else { self.place(declaration) };
        let Some(name) = &declaration.name else { return };
        let symbol = Symbol { def, declaration, library };
        if let (true, Some(own)) = (module > 0, self.own.get_mut(module)) {
            own.insert(&name.text, symbol);
        }
        self.bind(&name.text, name.span, symbol, found);
    }

    /// Binds a bare name; what a project declares comes before what the library does.
    fn bind(&mut self, name: &'p str, span: Span, symbol: Symbol<'p>, found: &mut Vec<Diagnostic>) {
        let first = match self.symbols.entry(name) {
            Entry::Vacant(free) => {
                free.insert(symbol);
                return;
            }
            Entry::Occupied(first) => first.into_mut(),
        };
        if first.library {
            *first = symbol;
        } else if !symbol.library {
            let first = first.declaration.name.as_ref().map_or(first.declaration.span, |name| name.span);
            found.push(DuplicateName { name: name.to_owned(), span, first }.describe());
        }
    }

    /// Makes the clauses and definitions of a module part of the contract, but for those excepted and those for
    /// another choice than the one made.
    fn include(&mut self, project: &'p Project, include: &'p Declaration, found: &mut Vec<Diagnostic>) {
        let Some(path) = &include.name else { return };
        let Some(module) = project.modules.iter().find(|module| module.path == path.text) else { return };
        self.includes.push((include, module));
        let except: BTreeSet<&str> = excepted(include).map(|name| name.text.as_str()).collect();
        for declaration in &module.ast.declarations {
            let Some(name) = &declaration.name else { continue };
            let legal = matches!(declaration.kind, Kind::Clause | Kind::Definition);
            if legal && !except.contains(name.text.as_str()) && is_chosen(include, module, declaration) {
                let def = self.place(declaration);
                self.bind(&name.text, name.span, Symbol { def, declaration, library: false }, found);
            }
        }
    }

    /// Gives a declaration its place among those of its kind.
    fn place(&mut self, declaration: &'p Declaration) -> Option<Def> {
        let list = match declaration.kind {
            Kind::Scale | Kind::Bands => "table",
            Kind::Knob => "parameter",
            kind => kind.word(),
        };
        let list = self.by_kind.entry(list).or_default();
        let id = u32::try_from(list.len()).unwrap_or(u32::MAX);
        list.push(declaration);
        Some(match declaration.kind {
            Kind::Contract => Def::Contract,
            Kind::Partner => Def::Partner(PartnerId(id)),
            Kind::Population => Def::Population(PopulationId(id)),
            Kind::Outcome => Def::Outcome(OutcomeId(id)),
            Kind::Measure => Def::Measure(MeasureId(id)),
            Kind::Service => Def::Service(ServiceId(id)),
            Kind::Choice => Def::Choice(ChoiceId(id)),
            Kind::Parameter | Kind::Knob => Def::Parameter(ParameterId(id)),
            Kind::Pool => Def::Pool(PoolId(id)),
            Kind::Scale | Kind::Bands => Def::Table(TableId(id)),
            Kind::Score => Def::Score(ScoreId(id)),
            Kind::Incentive => Def::Incentive(IncentiveId(id)),
            Kind::Payment => Def::Payment(PaymentId(id)),
            Kind::Clause => Def::Clause(ClauseId(id)),
            Kind::Definition => Def::Definition(DefinitionId(id)),
            Kind::Board => Def::Board(BoardId(id)),
            Kind::Obligation => Def::Obligation(ObligationId(id)),
            Kind::Ladder => Def::Ladder(LadderId(id)),
            Kind::OpenTerm => Def::OpenTerm(OpenTermId(id)),
            Kind::Variation => Def::Variation(VariationId(id)),
            Kind::ConditionPrecedent => Def::ConditionPrecedent(ConditionPrecedentId(id)),
            Kind::Decision => Def::Decision(DecisionId(id)),
            Kind::Power => Def::Power(PowerId(id)),
            Kind::Subcontract => Def::Subcontract(SubcontractId(id)),
            Kind::Document => Def::Document(DocumentId(id)),
            _ => return None,
        })
    }

    fn get_from(&self, home: &str, name: &str) -> Option<Symbol<'p>> {
        self.of_home(home, name).or_else(|| self.named(name)).copied()
    }

    fn add_module(&mut self, place: usize, path: &'p str) {
        if !path.is_empty() {
            self.modules.insert(path, place);
            self.endings.entry(path.rsplit('.').next().unwrap_or(path)).or_default().push(place);
        }
    }

    /// What a name stands for that the file where it stands may not have declared itself.
    fn named(&self, name: &str) -> Option<&Symbol<'p>> {
        match name.rsplit_once('.') {
            Some((path, own)) => self.in_module(path, own),
            None => self.symbols.get(name),
        }
    }

    /// What a name stands for with the path of a file before it; the main file has none.
    fn of_home(&self, home: &str, name: &str) -> Option<&Symbol<'p>> {
        match name.rsplit_once('.') {
            _ if home.is_empty() => None,
            Some((path, own)) => self.in_module(&format!("{home}.{path}"), own),
            None => self.in_module(home, name),
        }
    }

    /// What a module declares, named by its path or by the last word of it.
    fn in_module(&self, path: &str, name: &str) -> Option<&Symbol<'p>> {
        let of = |module: usize| self.own.get(module)?.get(name);
        let whole = self.modules.get(path).and_then(|module| of(*module));
        whole.or_else(|| self.endings.get(path)?.iter().find_map(|module| of(*module)))
    }
}

fn is_library(path: &str) -> bool {
    path.starts_with("std.")
}

/// Whether what a module declares becomes part of the contract only when something of it asks for it.
fn is_template(module: &Module, included: &BTreeSet<&str>) -> bool {
    is_library(&module.path) || included.contains(&*module.path)
}

/// The modules of a project that an `include` names.
fn included(project: &Project) -> BTreeSet<&str> {
    let declarations = project.modules.iter().flat_map(|module| &module.ast.declarations);
    let includes = declarations.filter(|declaration| declaration.kind == Kind::Include);
    includes.filter_map(|include| Some(include.name.as_ref()?.text.as_str())).collect()
}

/// The names that an `include` leaves out.
pub(crate) fn excepted(include: &Declaration) -> impl Iterator<Item = &Name> {
    let except =
        fields::members(include).iter().filter(|member| member.key_words().as_deref() == Some("except"));
    except.flat_map(|member| &member.value).filter_map(|phrase| phrase.single()?.name())
}

/// Whether what an `include` chooses is what a clause is for.
fn is_chosen(include: &Declaration, module: &Module, clause: &Declaration) -> bool {
    let Some((blank, choice)) = clause::heading(clause).and_then(|heading| heading.when) else { return true };
    let given =
        fields::members(include).iter().find(|member| member.key_words().as_deref() == Some(&*blank.text));
    let declared = module.ast.declarations.iter().find(|declaration| {
        declaration.kind == Kind::Blank
            && declaration.name.as_ref().is_some_and(|name| name.text == blank.text)
    });
    let value = match given {
        Some(member) => member.value.first().and_then(|phrase| phrase.single()?.name()),
        None => declared.and_then(|declared| declared.header.last()?.terms.last()?.name()),
    };
    value.is_some_and(|value| value.text == choice.text)
}

fn unknown_module(project: &Project, declaration: &Declaration, found: &mut Vec<Diagnostic>) {
    let Some(name) = &declaration.name else { return };
    if project.modules.iter().all(|module| module.path != name.text) {
        let near = near(&name.text, project.available.iter().map(String::as_str));
        found.push(UnknownModule { path: name.text.clone(), span: name.span, near }.describe());
    }
}
