//! What a declaration names, and what of the library a project leads to.

use jcm_syntax::ast::{Body, Declaration, Member, Name, Phrase, Piece, TermKind};
use std::collections::BTreeSet;

/// The declarations of the library, by their spans' starts, that those of a project name, or that these name in turn.
/// `find` gives what a dotted or bare name stands for in the file of the declaration that has it.
pub(crate) fn from_project<'p>(
    project: impl Iterator<Item = &'p Declaration>,
    find: impl Fn(&Declaration, &str) -> Option<&'p Declaration>,
) -> BTreeSet<Place> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&'p Declaration> = project.collect();
    while let Some(declaration) = open.pop() {
        let mut note = |path: &[Name]| {
            if let [name] = path {
                open.extend(find(declaration, &name.text).filter(|found| reached.insert(place_of(found))));
                return;
            }
            // `indicators.lower` names a column of `indicators`.
            let mut head = String::new();
            for name in path {
                head.push_str(&name.text);
                open.extend(find(declaration, &head).filter(|found| reached.insert(place_of(found))));
                head.push('.');
            }
        };
        named_in(declaration, &mut note);
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
