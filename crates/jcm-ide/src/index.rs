//! What every name of a contract stands for, and where each is named; told from the trees alone, so that it can also be
//! told of a text that has problems.

mod references;
mod symbols;

pub(crate) use references::wanted_kinds;

use jcm_sema::Module;
use jcm_source::{FileId, Span};
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind};
use std::collections::BTreeMap;

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
    symbols: Vec<Symbol>,
    /// Top-level names, bare and dotted; what a project declares comes before what the library does.
    global: BTreeMap<String, SymbolId>,
    /// Top-level names of each file.
    own: BTreeMap<(FileId, String), SymbolId>,
    /// The words of units, one and many.
    units: BTreeMap<String, SymbolId>,
    /// What belongs to each declaration, by name.
    parts: BTreeMap<(SymbolId, String), SymbolId>,
    /// Declarations by their places.
    places: BTreeMap<Span, SymbolId>,
    /// Every place, the declared names too, in the order of files and texts.
    references: Vec<Reference>,
}

impl Index {
    pub(crate) fn of(modules: &[Module]) -> Self {
        let mut index = Self::default();
        for module in modules {
            index.declare_module(module);
        }
        let mut found: Vec<Reference> = Vec::new();
        for module in modules {
            for declaration in &module.ast.declarations {
                references::of_declaration(&index, modules, declaration, &mut found);
            }
        }
        let declared = index.symbols.iter().zip(0..);
        found.extend(declared.map(|(symbol, id)| Reference { span: symbol.name_span, symbol: SymbolId(id) }));
        found.sort();
        found.dedup_by_key(|reference| reference.span);
        index.references = found;
        index
    }

    pub(crate) fn symbol(&self, id: SymbolId) -> Option<&Symbol> {
        self.symbols.get(id.0)
    }

    pub(crate) fn symbols(&self) -> impl Iterator<Item = (SymbolId, &Symbol)> {
        (0..).map(SymbolId).zip(&self.symbols)
    }

    /// The symbol of a declaration.
    pub(crate) fn of_declaration(&self, declaration: &Declaration) -> Option<SymbolId> {
        self.places.get(&declaration.span).copied()
    }

    /// What belongs to a declaration, in the order of their names.
    pub(crate) fn parts(&self, owner: SymbolId) -> impl Iterator<Item = (SymbolId, &Symbol)> {
        let parts = self.parts.range((owner, String::new())..).take_while(move |((of, _), _)| *of == owner);
        parts.filter_map(|(_, id)| Some((*id, self.symbol(*id)?)))
    }

    /// Every place where a thing is named, its own name too.
    pub(crate) fn places(&self, symbol: SymbolId) -> impl Iterator<Item = Span> {
        let of_it = self.references.iter().filter(move |reference| reference.symbol == symbol);
        of_it.map(|reference| reference.span)
    }

    /// Every place of a file with what is named there.
    pub(crate) fn in_file(&self, file: FileId) -> impl Iterator<Item = Reference> {
        let from = self.references.partition_point(|reference| reference.span.file < file);
        let references = self.references.iter().skip(from).copied();
        references.take_while(move |reference| reference.span.file == file)
    }

    /// What is named at a place.
    pub(crate) fn at(&self, file: FileId, at: u32) -> Option<Reference> {
        let before = |reference: &Reference| (reference.span.file, reference.span.start) <= (file, at);
        let after = self.references.partition_point(before);
        let found = *self.references.get(after.checked_sub(1)?)?;
        (found.span.file == file && found.span.start <= at && at <= found.span.end).then_some(found)
    }

    /// What a bare or dotted name of the top level stands for in a file.
    pub(crate) fn named(&self, file: FileId, name: &str) -> Option<SymbolId> {
        let own = self.own.get(&(file, name.to_owned()));
        own.or_else(|| self.global.get(name)).copied()
    }

    /// What a name stands for within a declaration, in which its own parts come first, and then those of what it is an
    /// example of.
    pub(crate) fn resolve(&self, declaration: &Declaration, name: &str) -> Option<SymbolId> {
        let file = declaration.span.file;
        let owner = self.of_declaration(declaration);
        let part = |owner: Option<SymbolId>| self.parts.get(&(owner?, name.to_owned())).copied();
        let of = || symbols::subject(declaration).and_then(|subject| self.named(file, &subject.text));
        let anywhere = || match declaration.kind {
            Kind::Dataset | Kind::Locality | Kind::Variation | Kind::Example => self.only_part(name),
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
        self.parts.get(&(owner, name.to_owned())).copied()
    }

    /// Every dotted name of the top level that begins so.
    pub(crate) fn dotted<'i>(&'i self, prefix: &'i str) -> impl Iterator<Item = (&'i str, &'i Symbol)> {
        let from =
            self.global.range(prefix.to_owned()..).take_while(move |(name, _)| name.starts_with(prefix));
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
