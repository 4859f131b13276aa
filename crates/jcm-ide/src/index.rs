//! What every name of a contract stands for, and where each is named; told from the trees alone, so that it can also be
//! told of a text that has problems.

mod references;
mod symbols;
mod table;

pub(crate) use references::wanted_kinds;

use jcm_sema::Module;
use jcm_source::{FileId, Span};
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use table::Table;
pub(crate) use table::Tables;

/// A place in the list of symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SymbolId(pub(crate) usize);

/// What a name is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A declaration.
    Declared(Kind),
    /// A line of an incentive.
    Line,
    /// An input of an incentive.
    Input,
    /// The rows of a case.
    Each,
    /// What a function takes.
    Argument,
    /// One of a list of choices.
    Member,
    /// A column of a parameter.
    Column,
}

/// Something with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// What it is.
    pub what: What,
    /// Its name, without that of what it belongs to.
    pub name: String,
    /// Its title, or nothing.
    pub title: String,
    /// The `///` lines above it.
    pub doc: String,
    /// The whole of it.
    pub span: Span,
    /// The name in it.
    pub name_span: Span,
    /// What it belongs to.
    pub owner: Option<SymbolId>,
    /// Whether it is the library's.
    pub library: bool,
}

impl Symbol {
    /// The word for what it is, as the language says it.
    pub fn kind_word(&self) -> &'static str {
        match self.what {
            What::Declared(kind) => kind.word(),
            What::Line => "line",
            What::Input => "input",
            What::Each => "each",
            What::Argument => "takes",
            What::Member => "choice",
            What::Column => "column",
        }
    }

    /// Whether it is a declaration of a kind.
    pub fn is(&self, kind: Kind) -> bool {
        self.what == What::Declared(kind)
    }
}

/// A place where something is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reference {
    pub(crate) span: Span,
    pub(crate) symbol: SymbolId,
}

/// Every name of a contract.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// What the modules declare.
    tables: Tables,
    modules: Vec<Module>,
    /// The places of each file, the declared names too, in the order of its text; found when the file is asked about,
    /// because most questions are about one.
    files: BTreeMap<FileId, OnceLock<Vec<Reference>>>,
    /// The places of each symbol, in the order of files and texts.
    by_symbol: OnceLock<BTreeMap<SymbolId, Vec<Span>>>,
}

impl Index {
    /// The index of modules; `earlier` is what an earlier one knew of them, which counts where they are the same.
    pub(crate) fn of(modules: &[Module], earlier: Option<&Tables>) -> Self {
        Self {
            tables: Tables::of(modules, earlier),
            files: modules.iter().map(|module| (module.file, OnceLock::new())).collect(),
            modules: modules.to_vec(),
            by_symbol: OnceLock::new(),
        }
    }

    /// What is known of modules, for the next index.
    pub(crate) fn known(&self) -> &Tables {
        &self.tables
    }

    /// The names of the project before those of the library.
    fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.iter()
    }

    /// Every place of a file.
    fn references(&self, file: FileId) -> &[Reference] {
        let Some(known) = self.files.get(&file) else { return &[] };
        known.get_or_init(|| {
            let mut found: Vec<Reference> = Vec::new();
            let module = self.modules.iter().find(|module| module.file == file);
            let declarations = module.into_iter().flat_map(|module| {
                let all = module.ast.declarations.iter();
                all.filter(|declaration| !symbols::is_list_of_words(module, declaration))
            });
            for declaration in declarations {
                references::of_declaration(self, &self.modules, declaration, &mut found);
            }
            let declared = self.symbols().filter(|(_, symbol)| symbol.name_span.file == file);
            found.extend(declared.map(|(id, symbol)| Reference { span: symbol.name_span, symbol: id }));
            found.sort();
            found.dedup_by_key(|reference| reference.span);
            found
        })
    }

    pub(crate) fn symbol(&self, id: SymbolId) -> Option<&Symbol> {
        self.tables().find_map(|table| table.symbol(id))
    }

    pub(crate) fn symbols(&self) -> impl Iterator<Item = (SymbolId, &Symbol)> {
        self.tables().flat_map(Table::symbols)
    }

    /// The symbol of a declaration.
    pub(crate) fn of_declaration(&self, declaration: &Declaration) -> Option<SymbolId> {
        self.tables().find_map(|table| table.places.get(&declaration.span)).copied()
    }

    /// What belongs to a declaration, in the order of their names.
    pub(crate) fn parts(&self, owner: SymbolId) -> impl Iterator<Item = (SymbolId, &Symbol)> {
        let parts = self.tables().flat_map(move |table| {
            table.parts.range((owner, String::new())..).take_while(move |((of, _), _)| *of == owner)
        });
        parts.filter_map(|(_, id)| Some((*id, self.symbol(*id)?)))
    }

    /// Every place where a thing is named, its own name too.
    pub(crate) fn places(&self, symbol: SymbolId) -> impl Iterator<Item = Span> {
        let by_symbol = self.by_symbol.get_or_init(|| {
            let mut found: BTreeMap<SymbolId, Vec<Span>> = BTreeMap::new();
            for reference in self.files.keys().flat_map(|file| self.references(*file)) {
                found.entry(reference.symbol).or_default().push(reference.span);
            }
            found
        });
        by_symbol.get(&symbol).into_iter().flatten().copied()
    }

    /// Every place of a file with what is named there.
    pub(crate) fn in_file(&self, file: FileId) -> impl Iterator<Item = Reference> {
        self.references(file).iter().copied()
    }

    /// What is named at a place.
    pub(crate) fn at(&self, file: FileId, at: u32) -> Option<Reference> {
        let references = self.references(file);
        let after = references.partition_point(|reference| reference.span.start <= at);
        let found = *references.get(after.checked_sub(1)?)?;
        (found.span.start <= at && at <= found.span.end).then_some(found)
    }

    /// What a bare or dotted name of the top level stands for in a file.
    pub(crate) fn named(&self, file: FileId, name: &str) -> Option<SymbolId> {
        let own = self.declared_in(file, name);
        own.or_else(|| self.tables().find_map(|table| table.global.get(name)).copied())
    }

    /// What a file itself declares by a name.
    pub(crate) fn declared_in(&self, file: FileId, name: &str) -> Option<SymbolId> {
        let key = (file, name.to_owned());
        self.tables().find_map(|table| table.own.get(&key)).copied()
    }

    /// The unit that a word is of.
    pub(crate) fn unit(&self, word: &str) -> Option<SymbolId> {
        self.tables().find_map(|table| table.units.get(word)).copied()
    }

    /// What a name stands for within a declaration, in which its own parts come first, and then those of what it is an
    /// example of.
    pub(crate) fn resolve(&self, declaration: &Declaration, name: &str) -> Option<SymbolId> {
        let file = declaration.span.file;
        let owner = self.of_declaration(declaration);
        let part = |owner: Option<SymbolId>| self.part(owner?, name);
        let of = || symbols::subject(declaration).and_then(|subject| self.named(file, &subject.text));
        let anywhere = || match declaration.kind {
            Kind::Dataset | Kind::Locality | Kind::Variation | Kind::Example | Kind::Simulation => {
                self.only_part(name)
            }
            _ => None,
        };
        let found = part(owner).or_else(|| part(of())).or_else(|| self.named(file, name)).or_else(anywhere);
        found.or_else(|| self.only_member(name))
    }

    /// The one member of this name that any list of choices has.
    fn only_member(&self, name: &str) -> Option<SymbolId> {
        let mut members = self.members(name);
        let (id, _) = members.next()?;
        members.next().is_none().then_some(id)
    }

    /// The members of this name of all lists of choices.
    fn members<'i>(&'i self, name: &'i str) -> impl Iterator<Item = (SymbolId, &'i Symbol)> {
        self.symbols().filter(move |(_, symbol)| symbol.what == What::Member && symbol.name == name)
    }

    /// The part of a thing.
    pub(crate) fn part(&self, owner: SymbolId, name: &str) -> Option<SymbolId> {
        let key = (owner, name.to_owned());
        self.tables().find_map(|table| table.parts.get(&key)).copied()
    }

    /// Every dotted name of the top level that begins so.
    pub(crate) fn dotted<'i>(&'i self, prefix: &'i str) -> impl Iterator<Item = (&'i str, &'i Symbol)> {
        let from = self.tables().flat_map(move |table| {
            table.global.range(prefix.to_owned()..).take_while(move |(name, _)| name.starts_with(prefix))
        });
        from.filter_map(|(name, id)| Some((name.as_str(), self.symbol(*id)?)))
    }

    /// What belongs to the thing that a declaration is an example of, in the order of the text.
    pub(crate) fn subject_parts(&self, declaration: &Declaration) -> Vec<&Symbol> {
        let subject = symbols::subject(declaration);
        let id = subject.and_then(|subject| self.named(declaration.span.file, &subject.text));
        let mut parts: Vec<&Symbol> =
            id.map(|id| self.parts(id).map(|(_, part)| part).collect()).unwrap_or_default();
        parts.sort_by_key(|part| part.span);
        parts
    }

    /// The one part of this name that any of the project's declarations has.
    fn only_part(&self, name: &str) -> Option<SymbolId> {
        let mut found = self.symbols().filter(|(_, symbol)| {
            symbol.name == name
                && matches!(symbol.what, What::Line | What::Input | What::Each)
                && !symbol.library
        });
        let (id, _) = found.next()?;
        found.next().is_none().then_some(id)
    }
}
