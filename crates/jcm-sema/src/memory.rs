//! What one check leaves for the next: the readings of declarations for which nothing has changed.
//!
//! A measure, parameter, knob, score, incentive, example, clause or definition is read again if its text has changed, if a
//! name that it asked for now stands for something else or for something that was read again, or if what
//! was read before it takes up another number of places in the lists of the program, so that its ids would be others.
//! What has only moved keeps its reading, with other places in it. Where anything else has changed, such as a partner, a
//! pool or the library, everything is read again.

use crate::ahead::Many;
use crate::checker::Checker;
use crate::checks::KnownUses;
use crate::moves::Moves;
use crate::names::Asked;
use crate::project::{Module, Project};
use crate::reach::{Foreseen, NamedIn};
use jcm_diagnostics::Diagnostic;
use jcm_model::{
    Balance, Def, Example, Flow, Input, InputId, Line, MeasureId, Numbered, Parameter, Placed, Renumbering,
    Shift, UnusualWord,
};
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The readings of one check, for the next one of the same project.
#[derive(Default)]
pub struct Memory {
    /// The trees of that check, which have to live as long as their identities are compared.
    modules: Vec<Module>,
    kept: FxHashMap<Key, Kept>,
    /// The number of that check.
    round: u64,
    named_in: NamedIn,
    uses: KnownUses,
    read: usize,
    many: Many,
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Memory").field("kept", &self.kept.len()).finish_non_exhaustive()
    }
}

/// A list of the program, and a place in it.
pub(crate) type Key = (&'static str, u32);

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

pub(crate) struct Kept {
    /// The number of the check that last had use for it.
    round: u64,
    /// The identity of the declaration.
    declaration: usize,
    before: Counts,
    /// How many places what it adds takes up, also while it cannot be read.
    takes: Counts,
    asked: Vec<Asked>,
    /// What was made of it; nothing where it could not be read.
    made: Option<Made>,
    /// Whether it was read in this check, but before its turn.
    is_ahead: bool,
}

impl Kept {
    /// The same, to be taken over in its turn; nothing where nothing could be read.
    pub(crate) fn ahead(self) -> Option<Self> {
        self.made.is_some().then_some(Self { is_ahead: true, ..self })
    }
}

/// What a reading adds to the parts of the program.
struct Made {
    value: Value,
    inputs: Vec<Option<Arc<Input>>>,
    lines: Vec<Option<Arc<Line>>>,
    balances: Vec<Option<Arc<Balance>>>,
    flows: Vec<Option<Arc<Flow>>>,
    parameters: Vec<Option<Arc<Parameter>>>,
    examples: Vec<Option<Arc<Example>>>,
    unusual: Vec<UnusualWord>,
    /// What was wrong with it.
    problems: Vec<Diagnostic>,
    members: Option<(Def, Arc<BTreeMap<String, Def>>)>,
    /// The reported figures of measures that it was the first to ask for.
    first_inputs: Vec<(MeasureId, InputId)>,
    /// Those that had been asked for before.
    known_inputs: Vec<(MeasureId, InputId)>,
}

/// What a reading gives, of which only the reader knows the type.
struct Value {
    is: Arc<dyn Any + Send + Sync>,
    put: fn(&mut Arc<dyn Any + Send + Sync>, &Moves),
    renumber: fn(&mut Arc<dyn Any + Send + Sync>, &Renumbering),
}

/// What a declaration becomes that the next check may take over.
pub(crate) trait Lasting: Placed + Numbered + Clone + Send + Sync + 'static {}

impl<T: Placed + Numbered + Clone + Send + Sync + 'static> Lasting for T {}

impl Value {
    fn of<T: Lasting>(is: Arc<T>) -> Self {
        fn changed<T: Lasting>(is: &mut Arc<dyn Any + Send + Sync>, change: impl FnOnce(&mut T)) {
            if let Some(own) = Arc::get_mut(is).and_then(|is| is.downcast_mut::<T>()) {
                change(own);
            } else if let Some(mut changed) = is.downcast_ref::<T>().cloned() {
                change(&mut changed);
                *is = Arc::new(changed);
            }
        }
        Self {
            is,
            put: |is, moves| changed::<T>(is, |one| one.put(&|span| moves.put(span))),
            renumber: |is, by| changed::<T>(is, |one| one.renumber(by)),
        }
    }
}

impl Made {
    /// Puts the places of what has moved right.
    fn put(&mut self, moves: &Moves) {
        fn each<T: Placed + Clone>(list: &mut [Option<Arc<T>>], moves: &Moves) {
            for one in list.iter_mut().flatten() {
                Arc::make_mut(one).put(&|span| moves.put(span));
            }
        }
        (self.value.put)(&mut self.value.is, moves);
        each(&mut self.inputs, moves);
        each(&mut self.lines, moves);
        each(&mut self.balances, moves);
        each(&mut self.flows, moves);
        each(&mut self.parameters, moves);
        each(&mut self.examples, moves);
        self.unusual.iter_mut().for_each(|word| word.span = moves.put(word.span));
        self.problems.iter_mut().for_each(|problem| moves.put_in(problem));
    }

    /// Puts the ids right where the lists have become longer.
    fn renumber(&mut self, by: &Renumbering) {
        fn each<T: Numbered + Clone>(list: &mut [Option<Arc<T>>], by: &Renumbering) {
            for one in list.iter_mut().flatten() {
                Arc::make_mut(one).renumber(by);
            }
        }
        (self.value.renumber)(&mut self.value.is, by);
        each(&mut self.inputs, by);
        each(&mut self.lines, by);
        each(&mut self.balances, by);
        each(&mut self.flows, by);
        each(&mut self.parameters, by);
        each(&mut self.examples, by);
        if let Some((_, members)) = &mut self.members {
            Arc::make_mut(members).values_mut().for_each(|member| member.renumber(by));
        }
        self.first_inputs.iter_mut().for_each(|(_, input)| input.renumber(by));
    }
}

/// What a check remembers and has noted while it goes on.
#[derive(Default)]
pub(crate) struct Recall {
    pub(crate) kept: FxHashMap<Key, Kept>,
    round: u64,
    /// The identities of the declarations that were read again, and of those that are gone.
    changed: BTreeSet<usize>,
    /// The identities of the declarations of the list that was last read ahead.
    pub(crate) ahead: FxHashSet<usize>,
    /// From how many on declarations are read ahead.
    pub(crate) many: Many,
    /// How many were read.
    read: usize,
    /// Whether a reading has changed what another had made.
    pub(crate) changes_others: bool,
    /// Where declarations have gone.
    moves: Moves,
    /// What declarations name.
    pub(crate) named_in: NamedIn,
    /// What lines use.
    pub(crate) uses: KnownUses,
}

impl Recall {
    /// For what is read before its turn in the same check.
    pub(crate) fn for_another(&self) -> Self {
        Self { round: self.round, many: self.many, ..Self::default() }
    }
}

impl Memory {
    /// What is remembered that counts for a project.
    pub(crate) fn recall(&mut self, project: &Project) -> Recall {
        let mut recall = Recall {
            kept: std::mem::take(&mut self.kept),
            named_in: std::mem::take(&mut self.named_in),
            uses: std::mem::take(&mut self.uses),
            round: self.round.wrapping_add(1),
            many: self.many,
            ..Recall::default()
        };
        recall.changed = gone(&self.modules, &project.modules);
        let gone = recall.changed.iter().copied();
        if same_ground(&self.modules, &project.modules) {
            let same = same_names(&self.modules, &project.modules);
            recall.named_in.begin(gone, same);
            recall.moves = Moves::between(&self.modules, &project.modules);
        } else {
            recall.named_in.begin(gone, false);
            recall.kept = FxHashMap::default();
        }
        recall
    }

    /// From how many declarations of a list on these are read on several cores; for tests of short contracts.
    pub fn read_ahead_from(&mut self, many: usize) {
        self.many = Many(many);
    }

    /// Takes in what was found in a file that the next check will read for the first time.
    pub fn foresee(&mut self, found: Foreseen) {
        self.named_in.take(found);
    }

    /// How many declarations were read by the last check, and not taken over from the one before.
    pub fn read(&self) -> usize {
        self.read
    }

    /// Takes down what a check noted.
    pub(crate) fn keep(&mut self, project: &Project, recall: Recall, named_in: NamedIn) {
        self.read = recall.read;
        self.named_in = named_in;
        self.uses = recall.uses;
        self.modules.clone_from(&project.modules);
        self.round = recall.round;
        self.kept = recall.kept;
        if recall.changes_others {
            self.kept.clear();
        }
        self.kept.retain(|_, kept| kept.round == recall.round);
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

/// The modules of two checks that differ, where the same files were checked.
fn changed<'m>(earlier: &'m [Module], now: &'m [Module]) -> impl Iterator<Item = (&'m Module, &'m Module)> {
    earlier.iter().zip(now).filter(|(earlier, now)| !Arc::ptr_eq(&earlier.ast, &now.ast))
}

/// The identities of declarations that were there and are there no longer.
fn gone(earlier: &[Module], now: &[Module]) -> BTreeSet<usize> {
    let now: BTreeMap<&str, &Module> = now.iter().map(|module| (&*module.path, module)).collect();
    let of = |earlier: &Module| {
        let now = now.get(&*earlier.path).map(|now| &now.ast);
        if now.is_some_and(|now| Arc::ptr_eq(now, &earlier.ast)) {
            return Vec::new();
        }
        let there: BTreeSet<usize> =
            now.into_iter().flat_map(|now| now.declarations()).map(place_of).collect();
        earlier.ast.declarations().map(place_of).filter(|place| !there.contains(place)).collect()
    };
    earlier.iter().flat_map(of).collect()
}

/// Whether the same kinds and names are declared in the same order, where the ground is the same. Which clauses of an
/// included file count is said by more than their names.
fn same_names(earlier: &[Module], now: &[Module]) -> bool {
    fn declared(module: &Module) -> impl Iterator<Item = (Kind, Option<&str>)> {
        module.ast.declarations().map(|one| (one.kind, one.name.as_ref().map(|name| name.text.as_str())))
    }
    let is_included = |module: &Module| {
        let includes =
            now.iter().flat_map(|other| other.ast.declarations()).filter(|one| one.kind == Kind::Include);
        includes.filter_map(|include| include.name.as_ref()).any(|name| *name.text == *module.path)
    };
    changed(earlier, now).all(|(earlier, now)| declared(earlier).eq(declared(now)) && !is_included(now))
}

/// The identities of the declarations of a module on which everything rests.
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

/// What is a declaration's alone as long as its tree lives, also where it moves.
pub(crate) fn place_of(declaration: &Declaration) -> usize {
    declaration.identity.number()
}

impl<'p> Checker<'p> {
    /// Reads a declaration, or takes what was made of it by the last check. `owner` is what its members belong to.
    pub(crate) fn remembered<T: Lasting>(
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
        let noted = (self.reported.len(), self.parts.unusual.len(), problems);
        self.names.forget_asked();
        let value = read(self).map(Arc::new);
        let asked = self.names.forget_asked();
        let made = value.clone().map(|value| self.made_since(before, noted, Value::of(value), owner));
        if value.is_none() {
            self.leave_room(key, before);
        }
        let takes = self.counts().since(before);
        let place = place_of(declaration);
        if let Some(recall) = &mut self.recall {
            recall.changed.insert(place);
            recall.read = recall.read.saturating_add(1);
            let round = recall.round;
            let kept = Kept { round, declaration: place, before, takes, asked, made, is_ahead: false };
            recall.kept.insert(key, kept);
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
        let earlier = self.recall.as_ref().and_then(|recall| recall.kept.get(&key));
        let same = earlier.is_some_and(|kept| kept.declaration == place && self.holds(&kept.asked));
        let before = self.counts();
        self.names.forget_asked();
        let value = read(self);
        let (asked, takes) = (self.names.forget_asked(), self.counts().since(before));
        if let Some(recall) = &mut self.recall {
            if !same {
                recall.changed.insert(place);
                recall.read = recall.read.saturating_add(1);
            }
            let round = recall.round;
            let kept = Kept { round, declaration: place, before, takes, asked, made: None, is_ahead: false };
            recall.kept.insert(key, kept);
        }
        value
    }

    /// What the last check made of a declaration, or what was made of it before its turn, put in its place, if nothing
    /// has changed for it.
    fn again(&mut self, key: Key, declaration: &'p Declaration) -> Option<Arc<dyn Any + Send + Sync>> {
        let kept = self.recall.as_ref()?.kept.get(&key)?;
        let made = kept.made.as_ref()?;
        let is_known =
            |(measure, input): &(MeasureId, InputId)| self.measure_inputs.get(measure) == Some(input);
        let is_new = |(measure, _): &(MeasureId, InputId)| !self.measure_inputs.contains_key(measure);
        let holds = kept.declaration == place_of(declaration)
            && made.known_inputs.iter().all(is_known)
            && made.first_inputs.iter().all(is_new)
            && if kept.is_ahead { self.saw_enough(kept) } else { self.still_holds(kept, made) };
        if !holds {
            return None;
        }
        let now = self.counts();
        let recall = self.recall.as_mut()?;
        let kept = recall.kept.get_mut(&key)?;
        kept.round = recall.round;
        if std::mem::take(&mut kept.is_ahead) {
            if kept.before != now {
                kept.made.as_mut()?.renumber(&kept.before.to(now));
                kept.before = now;
            }
            recall.changed.insert(kept.declaration);
            recall.read = recall.read.saturating_add(1);
        } else if recall.moves.any() {
            let has_problems = kept.made.as_ref().is_some_and(|made| !made.problems.is_empty());
            let mut files = kept.asked.iter().filter_map(Asked::file).chain([declaration.span.file]);
            if has_problems || files.any(|file| recall.moves.touch(file)) {
                kept.made.as_mut()?.put(&recall.moves);
            }
        }
        let made = kept.made.as_ref()?;
        take_over(&mut self.parts.inputs, &made.inputs);
        take_over(&mut self.parts.lines, &made.lines);
        take_over(&mut self.parts.balances, &made.balances);
        take_over(&mut self.parts.flows, &made.flows);
        take_over(&mut self.parts.parameters, &made.parameters);
        take_over(&mut self.parts.examples, &made.examples);
        take_over(&mut self.parts.unusual, &made.unusual);
        take_over(&mut self.found, &made.problems);
        if let Some((owner, members)) = &made.members {
            self.members.put(*owner, members.clone());
        }
        let (value, first_inputs) = (made.value.is.clone(), made.first_inputs.clone());
        for (measure, input) in first_inputs {
            self.report_by(measure, input);
        }
        Some(value)
    }

    /// Whether a reading of the last check would come out the same.
    fn still_holds(&self, kept: &Kept, made: &Made) -> bool {
        kept.before == self.counts()
            // A problem may name what is nearly the name that was written.
            && (made.problems.is_empty() || self.names.named_in.same_names)
            && self.holds(&kept.asked)
    }

    /// Whether a reading before its turn asked for nothing of its own list, of which it saw nothing.
    fn saw_enough(&self, kept: &Kept) -> bool {
        let Some(recall) = &self.recall else { return false };
        let mut asked = kept.asked.iter().filter_map(Asked::place);
        !asked.any(|place| place != kept.declaration && recall.ahead.contains(&place))
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
        (figures, words, problems): (usize, usize, usize),
        value: Value,
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
            unusual: since(&self.parts.unusual, words),
            problems: since(&self.found, problems),
            members: owner.and_then(|owner| Some((owner, self.members.all(owner)?))),
            known_inputs: of(false).filter(|one| !is_first(one.0)).map(|one| (one.0, one.1)).collect(),
            first_inputs,
        }
    }

    /// Keeps the places of what a declaration made when it could last be read, so that a slip in it does not give other
    /// ids to everything after it.
    fn leave_room(&mut self, key: Key, before: Counts) {
        let recall = self.recall.as_ref();
        let Some(takes) = recall.and_then(|recall| recall.kept.get(&key)).map(|kept| kept.takes) else {
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

    /// How ids change where what was read after so many things comes after others.
    fn to(self, now: Counts) -> Renumbering {
        Renumbering {
            inputs: Shift::new(self.inputs, now.inputs),
            lines: Shift::new(self.lines, now.lines),
            balances: Shift::new(self.balances, now.balances),
            flows: Shift::new(self.flows, now.flows),
            parameters: Shift::new(self.parameters, now.parameters),
        }
    }

    fn fits_in(self, room: Counts) -> bool {
        self.since(room) == Counts::default()
    }
}

/// Most readings add to few of the lists.
fn take_over<T: Clone>(list: &mut Vec<T>, made: &[T]) {
    if !made.is_empty() {
        list.extend_from_slice(made);
    }
}

fn since<T: Clone>(list: &[T], before: usize) -> Vec<T> {
    list.get(before..).unwrap_or_default().to_vec()
}
