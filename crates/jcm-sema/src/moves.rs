//! Where declarations have gone since the last check: a line more in a file moves all that stands below it.

use crate::memory::place_of;
use crate::project::Module;
use jcm_diagnostics::Diagnostic;
use jcm_source::{FileId, Span};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The declarations that have moved, by their files, in the order of their earlier places.
#[derive(Default)]
pub(crate) struct Moves {
    of: BTreeMap<FileId, Vec<Move>>,
}

/// From the earlier place of a declaration to where it begins now.
struct Move {
    from: Span,
    to: u32,
}

impl Moves {
    /// What has moved from the modules of one check to those of the next, which are the same files.
    pub(crate) fn between(earlier: &[Module], now: &[Module]) -> Self {
        let changed = earlier.iter().zip(now).filter(|(earlier, now)| !Arc::ptr_eq(&earlier.ast, &now.ast));
        let moved = changed.map(|(earlier, now)| (now.file, in_file(earlier, now)));
        Self { of: moved.filter(|(_, moves)| !moves.is_empty()).collect() }
    }

    /// Whether anything has moved.
    pub(crate) fn any(&self) -> bool {
        !self.of.is_empty()
    }

    /// Whether anything of a file has moved.
    pub(crate) fn touch(&self, file: FileId) -> bool {
        self.of.contains_key(&file)
    }

    /// Where a place is now; one that lies in no moved declaration stays.
    pub(crate) fn put(&self, span: Span) -> Span {
        let moved = self.of.get(&span.file).and_then(|moves| {
            let after = moves.partition_point(|moved| moved.from.start <= span.start);
            let moved = moves.get(after.checked_sub(1)?)?;
            let inside = span.start.checked_sub(moved.from.start)?;
            let start = moved.to.checked_add(inside)?;
            let end = start.checked_add(span.end.checked_sub(span.start)?)?;
            (span.end <= moved.from.end).then(|| Span::new(span.file, start, end))
        });
        moved.unwrap_or(span)
    }

    /// Puts the places of a problem right.
    pub(crate) fn put_in(&self, problem: &mut Diagnostic) {
        let labels = problem.secondary.iter_mut().chain([&mut problem.primary]);
        labels.for_each(|label| label.span = self.put(label.span));
        let edits = problem.fixes.iter_mut().flat_map(|fix| &mut fix.edits);
        edits.for_each(|edit| edit.span = self.put(edit.span));
    }
}

fn in_file(earlier: &Module, now: &Module) -> Vec<Move> {
    let declarations = earlier.ast.declarations();
    let from: HashMap<usize, Span> =
        declarations.map(|declaration| (place_of(declaration), declaration.span)).collect();
    let moves = now.ast.declarations().filter_map(|declaration| {
        let from = *from.get(&place_of(declaration))?;
        (from.start != declaration.span.start).then_some(Move { from, to: declaration.span.start })
    });
    let mut moves: Vec<Move> = moves.collect();
    moves.sort_by_key(|moved| moved.from.start);
    moves
}
