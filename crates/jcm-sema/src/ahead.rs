//! Reading the declarations of one list before their turn, on several cores: for the first check of a large contract.
//!
//! Each thread has a checker of its own, which knows what was read before the list, and nothing of the list itself. What
//! it makes of a declaration is taken over in its turn like what the last check left: the ids that it gave out are put
//! where the lists have come to by then, and what asked for another thing of the list is read again.

use crate::checker::Checker;
use crate::memory::{Kept, Key, Recall, place_of};
use jcm_syntax::ast::Declaration;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many declarations of a list are worth several cores.
#[derive(Clone, Copy)]
pub(crate) struct Many(pub(crate) usize);

impl Default for Many {
    fn default() -> Self {
        Self(32)
    }
}

/// How many a thread takes at a time at most, so that one held up by others leaves them the rest.
const SHARE: usize = 16;
/// How much a thread that reads may nest.
const STACK: usize = 32 * 1024 * 1024;

impl<'p> Checker<'p> {
    /// Reads those declarations of a list of which the last check left nothing; `read` is what is called for each in its
    /// turn.
    pub(crate) fn read_ahead<T>(
        &mut self,
        list: &'static str,
        declarations: &[(u32, &'p Declaration)],
        read: impl Fn(&mut Checker<'p>, u32, &'p Declaration) -> T + Sync,
    ) {
        let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(16);
        let Some(recall) = self.recall.as_mut().filter(|_| workers > 1) else { return };
        let is_new = |(id, _): &&(u32, &'p Declaration)| !recall.kept.contains_key(&(list, *id));
        let new: Vec<(u32, &'p Declaration)> = declarations.iter().filter(is_new).copied().collect();
        if new.len() < recall.many.0 {
            return;
        }
        recall.ahead = declarations.iter().map(|(_, declaration)| place_of(declaration)).collect();
        let share = new.len().div_ceil(workers).clamp(1, SHARE);
        let shares: Vec<&[(u32, &'p Declaration)]> = new.chunks(share).collect();
        let next = AtomicUsize::new(0);
        let work = |mut cx: Checker<'p>| {
            let taken = std::iter::from_fn(|| shares.get(next.fetch_add(1, Ordering::Relaxed)));
            for (id, declaration) in taken.copied().flatten() {
                read(&mut cx, *id, declaration);
            }
            cx.recall.filter(|recall| !recall.changes_others).map(|recall| recall.kept).unwrap_or_default()
        };
        let readers: Vec<Checker<'p>> = (0..workers).map(|_| self.for_another()).collect();
        let kept: Vec<(Key, Kept)> = thread::scope(|scope| {
            let start =
                |reader| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || work(reader)).ok();
            let threads: Vec<_> = readers.into_iter().filter_map(start).collect();
            // What a thread could not read is read in its turn.
            threads.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
        });
        if let Some(recall) = &mut self.recall {
            recall.kept.extend(kept.into_iter().filter_map(|(key, kept)| Some((key, kept.ahead()?))));
        }
    }

    /// A checker for another thread, which knows all that this one does.
    fn for_another(&self) -> Self {
        Self {
            project: self.project,
            names: self.names.for_another(),
            units: self.units.clone(),
            parts: self.parts.clone(),
            members: self.members.clone(),
            measure_inputs: self.measure_inputs.clone(),
            reported: Vec::new(),
            recall: self.recall.as_ref().map(Recall::for_another),
            calling: Vec::new(),
            blanks: self.blanks.clone(),
            found: self.found.clone(),
        }
    }
}
