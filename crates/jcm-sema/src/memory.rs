//! What one check leaves for the next: the readings of declarations for which nothing has changed.
//!
//! A measure, parameter, knob, score, incentive, example, clause or definition is read again if its text or place has
//! changed, if a name that it asked for now stands for something else or for something that was read again, or if what
//! was read before it takes up another number of places in the lists of the program, so that its ids would be others.
//! Where anything else has changed, such as a partner, a pool or the library, everything is read again.

use crate::checker::Checker;
use crate::names::Asked;
use crate::project::{Module, Project};
use crate::reach::NamedIn;
use jcm_model::{Balance, Def, Example, Flow, Input, InputId, Line, MeasureId, Parameter};
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind};
use std::any::Any;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// The readings of one check, for the next one of the same project.
#[derive(Default)]
pub struct Memory {
    /// The trees of that check, which have to live as long as their places are compared.
    modules: Vec<Module>,
    kept: HashMap<Key, Kept>,
    named_in: NamedIn,
    read: usize,
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Memory").field("kept", &self.kept.len()).finish_non_exhaustive()
    }
}

/// A list of the program, and a place in it.
type Key = (&'static str, u32);

/// How many things there are in the lists to which readings add.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Counts {
    inputs: usize,
    lines: usize,
    balances: usize,
    flows: usize,
    parameters: usize,
    examples: usize,
}

struct Kept {
    /// The place of the declaration in memory.
    declaration: usize,
    before: Counts,
    /// How many places what it adds takes up, also while it cannot be read.
    takes: Counts,
    asked: Vec<Asked>,
    /// What was made of it; nothing where something was wrong with it.
    made: Option<Made>,
}

/// What a reading adds to the parts of the program.
struct Made {
    value: Arc<dyn Any + Send + Sync>,
    inputs: Vec<Option<Arc<Input>>>,
    lines: Vec<Option<Arc<Line>>>,
    balances: Vec<Option<Arc<Balance>>>,
    flows: Vec<Option<Arc<Flow>>>,
    parameters: Vec<Option<Arc<Parameter>>>,
    examples: Vec<Option<Arc<Example>>>,
    members: Option<(Def, Arc<BTreeMap<String, Def>>)>,
    /// The reported figures of measures that it was the first to ask for.
    first_inputs: Vec<(MeasureId, InputId)>,
    /// Those that had been asked for before.
    known_inputs: Vec<(MeasureId, InputId)>,
}

/// What a check remembers and has noted while it goes on.
#[derive(Default)]
pub(crate) struct Recall {
    earlier: HashMap<Key, Kept>,
    kept: HashMap<Key, Kept>,
    /// The places in memory of the declarations that were read again.
    changed: HashSet<usize>,
    /// Whether a reading has changed what another had made.
    changes_others: bool,
    /// What declarations name.
    pub(crate) named_in: NamedIn,
}

impl Memory {
    /// What is remembered that counts for a project.
    pub(crate) fn recall(&mut self, project: &Project) -> Recall {
        let kept = std::mem::take(&mut self.kept);
        let counts = same_ground(&self.modules, &project.modules);
        let named_in = std::mem::take(&mut self.named_in);
        Recall { earlier: if counts { kept } else { HashMap::new() }, named_in, ..Recall::default() }
    }

    /// How many declarations were read by the last check, and not taken over from the one before.
    pub fn read(&self) -> usize {
        self.read
    }

    /// Takes down what a check noted.
    pub(crate) fn keep(&mut self, project: &Project, recall: Recall, named_in: NamedIn) {
        self.read = recall.changed.len();
        self.named_in = named_in.for_next();
        self.modules.clone_from(&project.modules);
        self.kept = if recall.changes_others { HashMap::new() } else { recall.kept };
    }
}

/// Whether two projects differ in nothing but declarations of which readings are kept. A variation changes what others
/// have made, so that with one nothing is kept.
fn same_ground(earlier: &[Module], now: &[Module]) -> bool {
    let same = |(earlier, now): (&Module, &Module)| {
        earlier.file == now.file && earlier.path == now.path && {
            Arc::ptr_eq(&earlier.ast, &now.ast) || ground(earlier).eq(ground(now))
        }
    };
    let is_variation = |declaration: &Declaration| declaration.kind == Kind::Variation;
    earlier.len() == now.len()
        && earlier.iter().zip(now).all(same)
        && !now.iter().flat_map(|module| module.ast.declarations()).any(is_variation)
}

/// The places in memory of the declarations of a module on which everything rests.
fn ground(module: &Module) -> impl Iterator<Item = usize> {
    let is_ground = |declaration: &&Declaration| {
        !matches!(
            declaration.kind,
            Kind::Measure
                | Kind::Parameter
                | Kind::Knob
                | Kind::Score
                | Kind::Incentive
                | Kind::Example
                | Kind::Clause
                | Kind::Definition
        )
    };
    module.ast.declarations().filter(is_ground).map(place_of)
}

/// The place of a declaration in memory, which is its alone as long as its tree lives.
pub(crate) fn place_of(declaration: &Declaration) -> usize {
    std::ptr::from_ref(declaration).addr()
}

impl<'p> Checker<'p> {
    /// Reads a declaration, or takes what was made of it by the last check. `owner` is what its members belong to.
    pub(crate) fn remembered<T: Send + Sync + 'static>(
        &mut self,
        key: Key,
        owner: Option<Def>,
        declaration: &'p Declaration,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Arc<T>> {
        if self.recall.is_none() {
            return read(self).map(Arc::new);
        }
        if let Some(value) = self.again(key, declaration) {
            return value.downcast().ok();
        }
        let (before, problems) = (self.counts(), self.problems());
        let (figures, _) = (self.reported.len(), self.names.forget_asked());
        let value = read(self).map(Arc::new);
        let asked = self.names.forget_asked();
        let whole = value.clone().filter(|_| self.problems() == problems);
        let made = whole.map(|value| self.made_since(before, figures, value, owner));
        if value.is_none() {
            self.leave_room(key, before);
        }
        let takes = self.counts().since(before);
        let place = place_of(declaration);
        if let Some(recall) = &mut self.recall {
            recall.changed.insert(place);
            recall.kept.insert(key, Kept { declaration: place, before, takes, asked, made });
        }
        value
    }

    /// Says that a reading has changed what another had made, so that the next check reads everything.
    pub(crate) fn keep_nothing(&mut self) {
        if let Some(recall) = &mut self.recall {
            recall.changes_others = true;
        }
    }

    /// Reads a declaration in any case, and notes whether anything that it asked for has changed.
    pub(crate) fn followed<T>(
        &mut self,
        key: Key,
        declaration: &'p Declaration,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        if self.recall.is_none() {
            return read(self);
        }
        let place = place_of(declaration);
        let earlier = self.recall.as_mut().and_then(|recall| recall.earlier.remove(&key));
        let same = earlier.is_some_and(|kept| kept.declaration == place && self.holds(&kept.asked));
        let before = self.counts();
        self.names.forget_asked();
        let value = read(self);
        let (asked, takes) = (self.names.forget_asked(), self.counts().since(before));
        if let Some(recall) = &mut self.recall {
            if !same {
                recall.changed.insert(place);
            }
            recall.kept.insert(key, Kept { declaration: place, before, takes, asked, made: None });
        }
        value
    }

    /// What the last check made of a declaration, put in its place, if nothing has changed for it.
    fn again(&mut self, key: Key, declaration: &'p Declaration) -> Option<Arc<dyn Any + Send + Sync>> {
        let kept = self.recall.as_ref()?.earlier.get(&key)?;
        let made = kept.made.as_ref()?;
        let is_known =
            |(measure, input): &(MeasureId, InputId)| self.measure_inputs.get(measure) == Some(input);
        let is_new = |(measure, _): &(MeasureId, InputId)| !self.measure_inputs.contains_key(measure);
        let holds = kept.declaration == place_of(declaration)
            && kept.before == self.counts()
            && made.known_inputs.iter().all(is_known)
            && made.first_inputs.iter().all(is_new)
            && self.holds(&kept.asked);
        if !holds {
            return None;
        }
        let kept = self.recall.as_mut()?.earlier.remove(&key)?;
        let made = kept.made.as_ref()?;
        self.parts.inputs.extend_from_slice(&made.inputs);
        self.parts.lines.extend_from_slice(&made.lines);
        self.parts.balances.extend_from_slice(&made.balances);
        self.parts.flows.extend_from_slice(&made.flows);
        self.parts.parameters.extend_from_slice(&made.parameters);
        self.parts.examples.extend_from_slice(&made.examples);
        if let Some((owner, members)) = &made.members {
            self.members.put(*owner, members.clone());
        }
        for (measure, input) in &made.first_inputs {
            self.report_by(*measure, *input);
        }
        let value = made.value.clone();
        self.recall.as_mut()?.kept.insert(key, kept);
        Some(value)
    }

    /// Whether every name stands for what it stood for, and nothing of that was read again.
    fn holds(&self, asked: &[Asked]) -> bool {
        let Some(recall) = &self.recall else { return false };
        asked.iter().all(|asked| {
            self.names.stands(asked) && asked.place().is_none_or(|place| !recall.changed.contains(&place))
        })
    }

    fn made_since(
        &self,
        before: Counts,
        figures: usize,
        value: Arc<dyn Any + Send + Sync>,
        owner: Option<Def>,
    ) -> Made {
        let reported = self.reported.get(figures..).unwrap_or_default();
        let of = |first: bool| reported.iter().filter(move |one| one.2 == first);
        let first_inputs: Vec<_> = of(true).map(|one| (one.0, one.1)).collect();
        let is_first = |measure: MeasureId| first_inputs.iter().any(|(first, _)| *first == measure);
        Made {
            value,
            inputs: since(&self.parts.inputs, before.inputs),
            lines: since(&self.parts.lines, before.lines),
            balances: since(&self.parts.balances, before.balances),
            flows: since(&self.parts.flows, before.flows),
            parameters: since(&self.parts.parameters, before.parameters),
            examples: since(&self.parts.examples, before.examples),
            members: owner.and_then(|owner| Some((owner, self.members.all(owner)?))),
            known_inputs: of(false).filter(|one| !is_first(one.0)).map(|one| (one.0, one.1)).collect(),
            first_inputs,
        }
    }

    /// Keeps the places of what a declaration made when it could last be read, so that a slip in it does not give other
    /// ids to everything after it.
    fn leave_room(&mut self, key: Key, before: Counts) {
        let recall = self.recall.as_ref();
        let Some(takes) = recall.and_then(|recall| recall.earlier.get(&key)).map(|kept| kept.takes) else {
            return;
        };
        let room = before.and(takes);
        let now = self.counts();
        if now.fits_in(room) {
            self.parts.inputs.resize(room.inputs, None);
            self.parts.lines.resize(room.lines, None);
            self.parts.balances.resize(room.balances, None);
            self.parts.flows.resize(room.flows, None);
            self.parts.parameters.resize(room.parameters, None);
            self.parts.examples.resize(room.examples, None);
        }
    }

    fn counts(&self) -> Counts {
        let parts = &self.parts;
        Counts {
            inputs: parts.inputs.len(),
            lines: parts.lines.len(),
            balances: parts.balances.len(),
            flows: parts.flows.len(),
            parameters: parts.parameters.len(),
            examples: parts.examples.len(),
        }
    }
}

impl Counts {
    fn with(self, other: Counts, both: impl Fn(usize, usize) -> usize) -> Counts {
        Counts {
            inputs: both(self.inputs, other.inputs),
            lines: both(self.lines, other.lines),
            balances: both(self.balances, other.balances),
            flows: both(self.flows, other.flows),
            parameters: both(self.parameters, other.parameters),
            examples: both(self.examples, other.examples),
        }
    }

    fn since(self, before: Counts) -> Counts {
        self.with(before, usize::saturating_sub)
    }

    fn and(self, more: Counts) -> Counts {
        self.with(more, usize::saturating_add)
    }

    fn fits_in(self, room: Counts) -> bool {
        self.since(room) == Counts::default()
    }
}

fn since<T: Clone>(list: &[T], before: usize) -> Vec<T> {
    list.get(before..).unwrap_or_default().to_vec()
}
