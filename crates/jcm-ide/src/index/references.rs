//! Where things are named.

use super::symbols::leading;
use super::{Index, Reference, SymbolId, What};
use jcm_sema::{Module, schema};
use jcm_syntax::ast::{
    Body, Declaration, DeclarationKind as Kind, Member, Name, Operator, Phrase, Piece, Term, TermKind, Word,
};

/// Adds every place of a declaration where something is named.
pub(super) fn of_declaration(
    index: &Index,
    modules: &[Module],
    declaration: &Declaration,
    found: &mut Vec<Reference>,
) {
    let mut finder = Finder { index, modules, declaration, found };
    match declaration.kind {
        Kind::Use => {}
        Kind::Include => finder.include(),
        _ => finder.header(),
    }
    match &declaration.body {
        Body::None => {}
        Body::Block(members) if declaration.kind != Kind::Include => {
            for member in members {
                finder.member(member, true);
            }
        }
        Body::Block(_) => {}
        Body::Prose(paragraphs) => {
            for piece in paragraphs.iter().flat_map(|paragraph| &paragraph.pieces) {
                if let Piece::Hole(phrases, _) = piece {
                    finder.phrases(phrases);
                }
            }
        }
    }
}

/// Whether the value of a field names things of the contract; otherwise its words are only words.
fn field_names_things(field: &schema::Field) -> bool {
    let expects = field.expects;
    if ["in words", "a text", "a rule", "a law"]
        .iter()
        .any(|words| expects.starts_with(words) || expects.ends_with(words))
    {
        return false;
    }
    !wanted_kinds(expects).is_empty()
        || ["who", "figure", "amount", "percentage", "input", "unit", "missing", "number"]
            .iter()
            .any(|word| expects.contains(word))
}

/// The kinds of things that the words of a schema want: `a board or a partner`.
pub(crate) fn wanted_kinds(expects: &str) -> Vec<Kind> {
    let words: Vec<&str> = expects
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let is_meant = |kind: &&Kind| {
        let word = kind.word();
        words.iter().any(|found| *found == word || found.strip_suffix('s') == Some(word))
    };
    // `a unit` is no thing of the contract, and `use` is a verb.
    let things = Kind::ALL.iter().filter(|kind| !matches!(kind, Kind::Unit | Kind::Use | Kind::Include));
    things.filter(is_meant).copied().collect()
}

/// What stands before a word.
#[derive(Clone, Copy)]
enum Before {
    /// A figure or `per`, so that the word is one of a unit.
    Figure,
    /// The colon of a type, so that the word is a unit or a list of choices.
    Type,
    /// Anything else.
    Other,
}

struct Finder<'a> {
    index: &'a Index,
    modules: &'a [Module],
    declaration: &'a Declaration,
    found: &'a mut Vec<Reference>,
}

impl Finder<'_> {
    /// What `include` gives to the blanks of a module, and leaves out of its clauses.
    fn include(&mut self) {
        let (Some(path), Body::Block(members)) = (&self.declaration.name, &self.declaration.body) else {
            return;
        };
        let module = self.modules.iter().find(|module| module.path == path.text).map(|module| module.file);
        for member in members {
            let key = member.key_words().unwrap_or_default();
            let blank = module.and_then(|file| self.index.declared_in(file, &key));
            if let (Some(blank), Some(name)) = (blank, leading(member).0.and_then(Term::name)) {
                self.found.push(Reference { span: name.span, symbol: blank });
            }
            let is_field = schema::of(Kind::Include).is_some_and(|schema| schema.field(&key).is_some());
            for name in member.value.iter().flat_map(|phrase| &phrase.terms).filter_map(Term::path) {
                match (is_field, module, name) {
                    (true, Some(file), [clause]) => {
                        let symbol = self.index.declared_in(file, &clause.text);
                        let found = symbol.map(|symbol| Reference { span: clause.span, symbol });
                        self.found.extend(found);
                    }
                    _ => self.path(name),
                }
            }
        }
    }

    fn header(&mut self) {
        let declaration = self.declaration;
        match declaration.kind {
            // `in` and `covers` of a clause name parts of the agreement, which have names of their own.
            Kind::Clause | Kind::Definition => {
                for phrase in &declaration.header {
                    let mut terms = phrase.terms.iter().skip_while(|term| term.word() != Some(Word::When));
                    if let Some(path) = terms.nth(1).and_then(Term::path) {
                        self.path(path);
                    }
                }
            }
            // The kind of a blank is a word; what it is filled with may be a thing.
            Kind::Blank => {
                for phrase in &declaration.header {
                    let is_equals = |term: &&Term| term.operator() == Some(Operator::Equal);
                    let at =
                        phrase.terms.iter().position(|term| is_equals(&term)).unwrap_or(phrase.terms.len());
                    self.terms(phrase.terms.get(at..).unwrap_or(&[]), false);
                }
            }
            _ => {
                for phrase in &declaration.header {
                    let at = phrase.terms.iter().position(|term| term.operator() == Some(Operator::Colon));
                    let (before, after) = phrase.terms.split_at(at.unwrap_or(phrase.terms.len()));
                    self.terms(before, false);
                    self.terms(after.get(1..).unwrap_or(&[]), true);
                }
            }
        }
    }

    fn member(&mut self, member: &Member, outer: bool) {
        let key = member.key_words();
        let field =
            key.as_deref().filter(|_| outer).and_then(|key| schema::of(self.declaration.kind)?.field(key));
        if let Some(field) = field {
            let is_unit = field.expects.contains("unit") && wanted_kinds(field.expects).is_empty();
            if field_names_things(field) {
                for phrase in &member.value {
                    self.terms_of(&phrase.terms, is_unit, &|name| {
                        field.expects.split('`').skip(1).step_by(2).any(|word| word == name)
                    });
                }
            }
            return;
        }
        if let Some(key) = &member.key {
            self.phrases(key);
        }
        // What follows the colon of `input`, `line`, `takes` and `columns` is a type first.
        let is_type = matches!(leading(member).0.and_then(Term::word), Some(Word::Input | Word::Line))
            || matches!(self.declaration.kind, Kind::Function | Kind::Parameter);
        for phrase in &member.value {
            self.terms(&phrase.terms, is_type && member.key.is_some());
        }
    }

    fn phrases(&mut self, phrases: &[Phrase]) {
        for phrase in phrases {
            self.terms(&phrase.terms, false);
        }
    }

    fn terms(&mut self, terms: &[Term], type_first: bool) {
        self.terms_of(terms, type_first, &|_| false);
    }

    /// Notes what terms name. `is_word` tells words that mean themselves at this place.
    fn terms_of(&mut self, terms: &[Term], type_first: bool, is_word: &dyn Fn(&str) -> bool) {
        let mut before = if type_first { Before::Type } else { Before::Other };
        for (at, term) in terms.iter().enumerate() {
            match &term.kind {
                TermKind::Path(path) => {
                    let next = at.checked_add(1).and_then(|next| terms.get(next));
                    let is_call =
                        next.is_some_and(|next| matches!(next.kind, TermKind::Group(_)) && !next.spaced);
                    before = self.word(path, term.word(), before, is_call, is_word);
                    continue;
                }
                TermKind::Group(inner) | TermKind::List(inner) => self.phrases(inner),
                TermKind::Block(members) => members.iter().for_each(|member| self.member(member, false)),
                _ => {}
            }
            let is_figure =
                matches!(term.kind, TermKind::Number(_) | TermKind::Percent(_) | TermKind::Money { .. });
            before = if is_figure { Before::Figure } else { Before::Other };
        }
    }

    /// Notes what a path names, and gives what it is to the one after it.
    fn word(
        &mut self,
        path: &[Name],
        word: Option<Word>,
        before: Before,
        is_call: bool,
        is_word: &dyn Fn(&str) -> bool,
    ) -> Before {
        if let Some(word) = word {
            return if word == Word::Per { Before::Figure } else { Before::Other };
        }
        match (before, path) {
            (Before::Figure | Before::Type, [name]) if self.index.unit(&name.text).is_some() => {
                let unit = self.unit(name);
                self.found.extend(unit);
                // A unit may be of several words: `operational days`.
                Before::Figure
            }
            (Before::Figure, _) => Before::Figure,
            (_, [name]) if is_call => {
                let function = self.index.resolve(self.declaration, &name.text);
                let function = function
                    .filter(|id| self.index.symbol(*id).is_some_and(|symbol| symbol.is(Kind::Function)));
                self.found.extend(function.map(|symbol| Reference { span: name.span, symbol }));
                Before::Other
            }
            (_, [name]) if is_word(&name.text) => Before::Other,
            _ => {
                self.path(path);
                Before::Other
            }
        }
    }

    fn unit(&self, name: &Name) -> Option<Reference> {
        let symbol = self.index.unit(&name.text)?;
        Some(Reference { span: name.span, symbol })
    }

    /// Notes what a path names: a thing, and a part of it.
    fn path(&mut self, path: &[Name]) {
        let joined = |length: usize| {
            let words: Vec<&str> = path.iter().take(length).map(|name| name.text.as_str()).collect();
            words.join(".")
        };
        for length in (1..=path.len()).rev() {
            let Some(symbol) = self.index.resolve(self.declaration, &joined(length)) else { continue };
            let Some(name) = path.get(length.saturating_sub(1)) else { return };
            self.found.push(Reference { span: name.span, symbol });
            let mut owner = symbol;
            for name in path.iter().skip(length) {
                let Some(part) = self.part(owner, name) else { return };
                self.found.push(Reference { span: name.span, symbol: part });
                owner = part;
            }
            return;
        }
    }

    /// A part of a thing; the parts of a score are the measures that it is made of, those of a pool the partners who
    /// contribute.
    fn part(&self, owner: SymbolId, name: &Name) -> Option<SymbolId> {
        let made_of = match self.index.symbol(owner)?.what {
            What::Declared(Kind::Score) => Some(Kind::Measure),
            What::Declared(Kind::Pool) => Some(Kind::Partner),
            _ => None,
        };
        let other = || {
            let found = self.index.named(self.declaration.span.file, &name.text)?;
            self.index.symbol(found)?.is(made_of?).then_some(found)
        };
        self.index.part(owner, &name.text).or_else(other)
    }
}
