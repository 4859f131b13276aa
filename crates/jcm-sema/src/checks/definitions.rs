//! Definitions say what a term means by other terms, and not in the end by the term itself.

use crate::checker::Checker;
use crate::problems::DefinedInCircle;
use jcm_model::{Def, Definition, Piece};
use std::collections::BTreeSet;

/// Reports each circle of definitions once, at the first of them.
pub(super) fn check(cx: &mut Checker<'_>) {
    let uses: Vec<Vec<usize>> = cx
        .parts
        .definitions
        .iter()
        .map(|definition| definition.as_deref().map(named).unwrap_or_default())
        .collect();
    let mut said: BTreeSet<usize> = BTreeSet::new();
    for first in 0..uses.len() {
        if said.contains(&first) {
            continue;
        }
        let Some(circle) = circle(&uses, first) else { continue };
        said.extend(&circle);
        let of = |place: &usize| cx.parts.definitions.get(*place)?.as_deref().map(|of| of.head.clone());
        let heads: Vec<_> = circle.iter().filter_map(of).collect();
        let Some(head) = heads.first() else { continue };
        let names = heads.iter().map(|head| head.title.clone()).collect();
        cx.report::<()>(DefinedInCircle { names, span: head.name_span });
    }
}

/// The definitions that one names.
fn named(definition: &Definition) -> Vec<usize> {
    let pieces = definition.paragraphs.iter().flat_map(|paragraph| &paragraph.pieces);
    let found = pieces.filter_map(|piece| match piece {
        Piece::Reference { def: Def::Definition(id), .. } => Some(id.index()),
        _ => None,
    });
    found.collect()
}

/// The shortest way from a definition back to itself, beginning with it.
fn circle(uses: &[Vec<usize>], first: usize) -> Option<Vec<usize>> {
    let mut seen = BTreeSet::new();
    let mut ways = vec![vec![first]];
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in &ways {
            let next = way.last().and_then(|last| uses.get(*last));
            for used in next.into_iter().flatten() {
                if *used == first {
                    return Some(way.clone());
                }
                if seen.insert(*used) {
                    longer.push(way.iter().copied().chain([*used]).collect());
                }
            }
        }
        ways = longer;
    }
    None
}
