//! What a declaration names, and what of the library a project leads to.

use crate::memory;
use jcm_syntax::ast::{Body, Declaration, Member, Name, Phrase, Piece, TermKind};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// What one declaration names.
#[derive(Default)]
pub(crate) struct Named {
    /// Every path and its beginnings: `indicators.lower` names a column of `indicators`.
    heads: BTreeSet<String>,
    /// In its members, the first word of each path that has more than one.
    pub(crate) owners: BTreeSet<String>,
}

/// What declarations name, each told once, also for the next check.
#[derive(Default)]
pub(crate) struct NamedIn {
    earlier: HashMap<usize, Arc<Named>>,
    now: RefCell<HashMap<usize, Arc<Named>>>,
}

impl NamedIn {
    /// What a declaration names.
    pub(crate) fn of(&self, declaration: &Declaration) -> Arc<Named> {
        let place = memory::place_of(declaration);
        let mut now = self.now.borrow_mut();
        let earlier = || self.earlier.get(&place).cloned();
        now.entry(place)
            .or_insert_with(|| earlier().unwrap_or_else(|| Arc::new(Named::of(declaration))))
            .clone()
    }

    /// What is known now, for the next check.
    pub(crate) fn for_next(self) -> Self {
        Self { earlier: self.now.into_inner(), now: RefCell::default() }
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
        for head in &named.of(declaration).heads {
            open.extend(find(declaration, head).filter(|found| reached.insert(place_of(found))));
        }
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
