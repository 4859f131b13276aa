//! What a declaration names, and what of the library a project leads to.

use crate::memory;
use crate::read::unfinished;
use jcm_syntax::ast::{Body, Declaration, File, Member, Name, Phrase, Piece, TermKind};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What one declaration names.
#[derive(Default)]
pub(crate) struct Named {
    /// Every path and its beginnings: `indicators.lower` names a column of `indicators`.
    heads: BTreeSet<String>,
    /// In its members, the first word of each path that has more than one.
    pub(crate) owners: BTreeSet<String>,
    /// Whether a text in it says that it is still to be written.
    pub(crate) is_unfinished: bool,
}

/// What declarations name, each told once, also for the next check.
#[derive(Default)]
pub(crate) struct NamedIn {
    known: RefCell<FxHashMap<usize, Known>>,
    /// Whether every name stands for what it stood for in the last check.
    pub(crate) same_names: bool,
    /// The things of the library that the contract led to.
    pub(crate) taken: Vec<Place>,
}

/// What the declarations of a file name: this is told of each alone, so that several files can be looked at at once.
pub struct Foreseen(Vec<(usize, Arc<Named>)>);

impl Foreseen {
    /// What a file names.
    pub fn of(file: &File) -> Self {
        let declarations = file.declarations();
        Self(declarations.map(|one| (memory::place_of(one), Arc::new(Named::of(one)))).collect())
    }
}

impl std::fmt::Debug for Foreseen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Foreseen").field("declarations", &self.0.len()).finish_non_exhaustive()
    }
}

struct Known {
    named: Arc<Named>,
    /// The heads that lead to the library, if they have been looked for.
    leads: Option<Arc<[String]>>,
}

impl NamedIn {
    /// What a declaration names.
    pub(crate) fn of(&self, declaration: &Declaration) -> Arc<Named> {
        let place = memory::place_of(declaration);
        let mut known = self.known.borrow_mut();
        let new = || Known { named: Arc::new(Named::of(declaration)), leads: None };
        known.entry(place).or_insert_with(new).named.clone()
    }

    /// What of the library a declaration names.
    fn led_to<'p>(
        &self,
        declaration: &Declaration,
        find: impl Fn(&Declaration, &str) -> Option<&'p Declaration>,
    ) -> Vec<&'p Declaration> {
        let place = memory::place_of(declaration);
        if self.same_names
            && let Some(leads) = self.known.borrow().get(&place).and_then(|known| known.leads.as_ref())
        {
            return leads.iter().filter_map(|head| find(declaration, head)).collect();
        }
        let named = self.of(declaration);
        let heads = named.heads.iter();
        let (leads, found): (Vec<String>, Vec<&Declaration>) =
            heads.filter_map(|head| find(declaration, head).map(|found| (head.clone(), found))).unzip();
        if let Some(known) = self.known.borrow_mut().get_mut(&place) {
            known.leads = Some(leads.into());
        }
        found
    }

    /// Takes in what was found in a file before its turn.
    pub(crate) fn take(&mut self, foreseen: Foreseen) {
        let known = foreseen.0.into_iter().map(|(place, named)| (place, Known { named, leads: None }));
        self.known.get_mut().extend(known);
    }

    /// Begins another check: without the declarations that are gone, and, unless names stand for the same, without what
    /// led to the library.
    pub(crate) fn begin(&mut self, gone: impl Iterator<Item = usize>, same_names: bool) {
        self.same_names = same_names;
        let known = self.known.get_mut();
        for place in gone {
            known.remove(&place);
        }
        if !same_names {
            known.values_mut().for_each(|known| known.leads = None);
        }
    }
}

impl Named {
    fn of(declaration: &Declaration) -> Self {
        let mut named = Self::default();
        named_in(declaration, &mut |path: &[Name]| {
            let mut head = String::new();
            for name in path {
                head.push_str(&name.text);
                if !named.heads.contains(&head) {
                    named.heads.insert(head.clone());
                }
                head.push('.');
            }
        });
        paths_in(crate::fields::members(declaration), &mut |path| {
            named.owners.extend(path.first().filter(|_| path.len() > 1).map(|name| name.text.clone()));
        });
        named.is_unfinished = unfinished::is_in(declaration);
        named
    }
}

/// The declarations of the library, by their spans' starts, that those of a project name, or that these name in turn.
/// `find` gives what a dotted or bare name stands for in the file of the declaration that has it.
pub(crate) fn from_project<'p>(
    project: impl Iterator<Item = &'p Declaration>,
    named: &NamedIn,
    find: impl Fn(&Declaration, &str) -> Option<&'p Declaration>,
) -> BTreeSet<Place> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&'p Declaration> = project.collect();
    while let Some(declaration) = open.pop() {
        let led_to = named.led_to(declaration, &find);
        open.extend(led_to.into_iter().filter(|found| reached.insert(place_of(found))));
    }
    reached
}

/// Where a declaration stands: its file and its first byte.
pub(crate) type Place = (u32, usize);

/// The place of a declaration, which is its alone.
pub(crate) fn place_of(declaration: &Declaration) -> Place {
    (declaration.span.file.0, declaration.span.range().start)
}

/// Calls `note` for every path in members.
pub(crate) fn paths_in(members: &[Member], note: &mut impl FnMut(&[Name])) {
    for member in members {
        in_phrases(member.key.as_deref().unwrap_or(&[]), note);
        in_phrases(&member.value, note);
    }
}

fn named_in(declaration: &Declaration, note: &mut impl FnMut(&[Name])) {
    in_phrases(&declaration.header, note);
    match &declaration.body {
        Body::None => {}
        Body::Block(members) => paths_in(members, note),
        Body::Prose(paragraphs) => {
            for piece in paragraphs.iter().flat_map(|paragraph| &paragraph.pieces) {
                if let Piece::Hole(phrases, _) = piece {
                    in_phrases(phrases, note);
                }
            }
        }
    }
}

fn in_phrases(list: &[Phrase], note: &mut impl FnMut(&[Name])) {
    for term in list.iter().flat_map(|phrase| &phrase.terms) {
        match &term.kind {
            TermKind::Path(path) => note(path),
            TermKind::Group(inner) | TermKind::List(inner) => in_phrases(inner, note),
            TermKind::Block(members) => paths_in(members, note),
            _ => {}
        }
    }
}
