//! Everything that has a name.

use super::{Symbol, SymbolId, Table, What};
use jcm_sema::{Module, schema};
use jcm_syntax::ast::{
    Body, Declaration, DeclarationKind as Kind, Member, Name, Phrase, Term, TermKind, Word,
};

impl Table {
    pub(super) fn declare_module(&mut self, module: &Module) {
        for declaration in &module.ast.declarations {
            if matches!(declaration.kind, Kind::Use | Kind::Include) || is_list_of_words(module, declaration)
            {
                continue;
            }
            let title = declaration.title.as_ref().map_or(String::new(), |title| title.text.clone());
            let id = match (&declaration.name, &declaration.title) {
                (Some(name), _) => {
                    let symbol = Symbol {
                        what: What::Declared(declaration.kind),
                        name: name.text.clone(),
                        title,
                        doc: declaration.doc.clone(),
                        span: declaration.span,
                        name_span: name.span,
                        owner: None,
                        library: !module.is_own(),
                    };
                    let id = self.add(symbol);
                    self.bind(module, declaration, &name.text, id);
                    id
                }
                _ => continue,
            };
            self.places.insert(declaration.span, id);
            if let Body::Block(members) = &declaration.body {
                let parts = Parts { owner: id, library: !module.is_own() };
                for member in members {
                    parts.declare(self, declaration.kind, member);
                }
            }
        }
    }

    /// Makes a top-level name known, as the checker does.
    fn bind(&mut self, module: &Module, declaration: &Declaration, name: &str, id: SymbolId) {
        if declaration.kind == Kind::Unit {
            self.units.insert(name.to_owned(), id);
            for word in unit_words(declaration) {
                self.units.insert(word.to_owned(), id);
            }
            return;
        }
        self.own.entry((declaration.span.file, name.to_owned())).or_insert(id);
        if declaration.kind == Kind::Blank {
            return;
        }
        if !module.path.is_empty() {
            let last = module.path.rsplit('.').next().unwrap_or("");
            self.global.insert(format!("{}.{name}", module.path), id);
            self.global.entry(format!("{last}.{name}")).or_insert(id);
        }
        let library_first =
            self.global.get(name).and_then(|first| self.symbol(*first)).map(|first| first.library);
        match library_first {
            Some(false) => {}
            _ => {
                self.global.insert(name.to_owned(), id);
            }
        }
    }
}

/// Whether a declaration lists the words that a field usually has: nothing is named by them, and a partner may be called
/// as one of them is.
pub(crate) fn is_list_of_words(module: &Module, declaration: &Declaration) -> bool {
    let is_it = |name: &Name| {
        let fields = schema::ALL.iter().flat_map(|schema| schema.fields);
        fields.into_iter().any(|field| field.usual == Some(name.text.as_str()))
    };
    !module.is_own() && declaration.kind == Kind::Choice && declaration.name.as_ref().is_some_and(is_it)
}

/// The parts of one declaration.
struct Parts {
    owner: SymbolId,
    library: bool,
}

impl Parts {
    fn declare(&self, index: &mut Table, kind: Kind, member: &Member) {
        let (first, rest) = leading(member);
        match (kind, first.and_then(Term::word)) {
            (Kind::Incentive, Some(Word::Line)) => self.add(index, What::Line, member, rest),
            (Kind::Incentive, Some(Word::Input)) => self.add(index, What::Input, member, rest),
            (Kind::Incentive, Some(Word::Each)) => {
                self.add(index, What::Each, member, rest);
                for inner in blocks(&member.value).chain(member.key.iter().flat_map(|key| blocks(key))) {
                    self.declare(index, kind, inner);
                }
            }
            (Kind::Function, _) if first.and_then(Term::name).is_some_and(|name| name.text == "takes") => {
                self.add(index, What::Argument, member, rest);
            }
            (Kind::Choice, _) if member.key.is_none() => {
                for phrase in &member.value {
                    self.add(index, What::Member, member, &phrase.terms);
                }
            }
            (Kind::Parameter, _) if first.and_then(Term::name).is_some_and(|name| name.text == "columns") => {
                for inner in blocks(&member.value) {
                    let terms = inner.key.as_deref().and_then(|key| key.first());
                    self.add(index, What::Column, inner, terms.map_or(&[][..], |phrase| &phrase.terms));
                }
            }
            _ => {}
        }
    }

    /// Adds what terms begin with: a name, and perhaps a title.
    fn add(&self, index: &mut Table, what: What, member: &Member, terms: &[Term]) {
        let Some(name) = terms.first().and_then(Term::name) else { return };
        let title = terms.get(1).and_then(Term::as_text).unwrap_or("").to_owned();
        let id = index.add(Symbol {
            what,
            name: name.text.clone(),
            title,
            doc: member.doc.clone(),
            span: member.span,
            name_span: name.span,
            owner: Some(self.owner),
            library: self.library,
        });
        index.parts.entry((self.owner, name.text.clone())).or_insert(id);
    }
}

/// The first term of a member and those after it in its phrase.
pub(super) fn leading(member: &Member) -> (Option<&Term>, &[Term]) {
    let phrase = member.key.as_deref().unwrap_or(&member.value).first();
    let terms: &[Term] = phrase.map_or(&[], |phrase: &Phrase| &phrase.terms);
    terms.split_first().map_or((None, &[]), |(first, rest)| (Some(first), rest))
}

fn blocks(phrases: &[Phrase]) -> impl Iterator<Item = &Member> {
    let terms = phrases.iter().flat_map(|phrase| &phrase.terms);
    terms.filter_map(Term::as_block).flatten()
}

/// What a declaration is about: the name after `of` in its first line.
pub(super) fn subject(declaration: &Declaration) -> Option<&Name> {
    if !matches!(declaration.kind, Kind::Example | Kind::Locality) {
        return None;
    }
    let mut terms = declaration.header.iter().flat_map(|phrase| &phrase.terms);
    terms.find(|term| term.word() == Some(Word::Of))?;
    terms.next().and_then(Term::name)
}

/// The other words of a unit: `one: bed_day`, `also: days_in_bed`.
fn unit_words(declaration: &Declaration) -> impl Iterator<Item = &str> {
    let members = match &declaration.body {
        Body::Block(members) => members.as_slice(),
        _ => &[],
    };
    let terms = members.iter().flat_map(|member| &member.value).flat_map(|phrase| &phrase.terms);
    terms.filter_map(|term| match &term.kind {
        TermKind::Path(names) => names.first().map(|name| name.text.as_str()),
        _ => None,
    })
}
