//! What changed between two contracts, by the name of what changed and in words; and what each locality changes.
//!
//! [`diff`] lays out every declaration of both contracts as facts with labels (`things`), pairs declarations by kind
//! and name, and facts by label. Dated figures are compared day by day (`figures`) and prose word by word (`prose`), so
//! that a figure that changes on a date, or a word in a long clause, is told as just that. Whether two facts are the
//! same is decided by names and exact figures, never by how they are printed.
//!
//! [`redline`] shows the same as one document with what was put in and taken out, behind a [`first_page`] that says what
//! changes for each partner.
//!
//! The result is in the source order of the new contract, followed by what was removed in the order of the old one.

mod figures;
mod first_page;
mod localities;
mod prose;
mod redline;
mod spelling;
mod text;
mod things;

pub use first_page::{Bound, PartnerAmount, first_page};
pub use localities::{LocalFigure, LocalityChanges, localities, localities_csv, localities_text};
pub use prose::Run;
pub use redline::redline;
pub use text::text;

use crate::things::{Fact, Thing, things};
use jcm_doc::Wording;
use jcm_model::Program;
use std::collections::BTreeMap;

/// Everything that changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// Each declaration that changed, in the source order of the new contract, then what was removed.
    pub changes: Vec<Change>,
}

impl Difference {
    /// Whether the two contracts say the same.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// A declaration that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its kind, as it is declared: `partner`, `knob`.
    pub kind: &'static str,
    /// Its name in the source.
    pub name: String,
    /// Its title in the new contract, or in the old one if it was removed.
    pub title: String,
    /// What it is in a few words, where that is told of something new; else empty.
    pub summary: String,
    /// What became of it.
    pub what: What,
    /// The titles of those who pay or are paid by it, or whom it names.
    pub concerns: Vec<String>,
    /// The titles of the incentives and payments that are worked out from it.
    pub moves: Vec<String>,
}

/// What became of a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Something in it is not what it was.
    Changed(Vec<Part>),
}

/// One thing that changed inside a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is: `first day`, `from 1 April 2027`, `line “Saving”`, `paragraph 2`.
    pub label: String,
    /// What it was; `None` where there was nothing.
    pub before: Option<String>,
    /// What it is now; `None` where there is nothing.
    pub after: Option<String>,
    /// For prose and sentences that were changed: the text with what was taken out and put in.
    pub words: Vec<Run>,
}

/// What changed from one contract to another, by name.
pub fn diff(old: &Program, new: &Program) -> Difference {
    let (before, after) = (Side::of(old), Side::of(new));
    let mut changes: Vec<Change> = Vec::new();
    for (key, thing) in after.in_order() {
        let what = match before.by_name.get(key).and_then(|place| before.things.get(*place)) {
            None => What::Added,
            Some(first) => match compare(&before, first, &after, thing) {
                parts if parts.is_empty() => continue,
                parts => What::Changed(parts),
            },
        };
        changes.push(thing.change(what));
    }
    let removed = before.in_order().filter(|(key, _)| !after.by_name.contains_key(key));
    changes.extend(removed.map(|(_, thing)| thing.change(What::Removed)));
    Difference { changes }
}

/// A kind, a name, and how many of that kind and name came before.
type Key = (&'static str, String, usize);

/// One of the two contracts, laid out.
struct Side<'a> {
    program: &'a Program,
    wording: Wording<'a>,
    things: Vec<Thing<'a>>,
    keys: Vec<Key>,
    by_name: BTreeMap<Key, usize>,
}

impl<'a> Side<'a> {
    fn of(program: &'a Program) -> Self {
        let things = things(program);
        let mut counts: BTreeMap<(&'static str, &str), usize> = BTreeMap::new();
        let mut keys: Vec<Key> = Vec::with_capacity(things.len());
        for thing in &things {
            let count = counts.entry((thing.namespace, &thing.name)).or_default();
            keys.push((thing.namespace, thing.name.clone(), *count));
            *count += 1;
        }
        let by_name = keys.iter().cloned().zip(0..).collect();
        Self { program, wording: Wording::new(program), things, keys, by_name }
    }

    fn in_order(&self) -> impl Iterator<Item = (&Key, &Thing<'a>)> {
        self.keys.iter().zip(&self.things)
    }
}

/// What changed inside a declaration.
fn compare(before: &Side<'_>, old: &Thing<'_>, after: &Side<'_>, new: &Thing<'_>) -> Vec<Part> {
    let mut parts = facts(before, &old.facts, after, &new.facts);
    parts.extend(figures::compare(before.program, &old.figures, after.program, &new.figures));
    parts.extend(prose::compare(before.program, old.prose, after.program, new.prose));
    parts
}

/// Facts that differ, paired by what they are about: those of the new contract in order, then those that are gone.
fn facts(before: &Side<'_>, old: &[Fact<'_>], after: &Side<'_>, new: &[Fact<'_>]) -> Vec<Part> {
    let mut waiting: Vec<Option<&Fact<'_>>> = old.iter().map(Some).collect();
    let mut parts = Vec::new();
    for fact in new {
        let first = waiting
            .iter_mut()
            .find(|place| place.is_some_and(|old| old.key == fact.key))
            .and_then(Option::take);
        if first.is_some_and(|first| first.exact == fact.exact)
            || (fact.only_order && keeps_order(first, fact))
        {
            continue;
        }
        let (was, is) = (first.and_then(|first| first.said(&before.wording)), fact.said(&after.wording));
        let (was, is) = match (first, was, is) {
            (Some(first), Some(was), Some(is)) => told_apart(was, is, &first.exact, &fact.exact),
            (_, was, is) => (was, is),
        };
        let words = match (&was, &is) {
            (Some(was), Some(is)) => {
                let sentences = was.strip_suffix('.').zip(is.strip_suffix('.'));
                sentences.map(|(was, is)| prose::words(was, is)).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        parts.push(Part { label: fact.label.clone(), before: was, after: is, words });
    }
    let gone = waiting.into_iter().flatten().filter(|gone| !gone.only_order);
    parts.extend(gone.map(|gone| Part {
        label: gone.label.clone(),
        before: gone.said(&before.wording),
        after: None,
        words: Vec::new(),
    }));
    parts
}

/// Whether those whom an order names both times stand in the same order.
fn keeps_order(first: Option<&Fact<'_>>, fact: &Fact<'_>) -> bool {
    let Some(first) = first else { return true };
    let (was, is): (Vec<&str>, Vec<&str>) =
        (first.exact.split(", ").collect(), fact.exact.split(", ").collect());
    let both = |own: &[&'_ str], other: &[&'_ str]| -> Vec<String> {
        own.iter().filter(|name| other.contains(name)).map(|name| (*name).to_owned()).collect()
    };
    both(&was, &is) == both(&is, &was)
}

/// Facts that differ and read alike are followed by what tells them apart.
fn told_apart(
    was: String,
    is: String,
    was_exactly: &str,
    is_exactly: &str,
) -> (Option<String>, Option<String>) {
    if was == is {
        return (Some(format!("{was} ({was_exactly})")), Some(format!("{is} ({is_exactly})")));
    }
    (Some(was), Some(is))
}
