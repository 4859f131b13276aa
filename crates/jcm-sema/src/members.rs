//! What belongs to other things: lines, inputs, baselines, budgets.

use jcm_model::Def;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The members of each thing that has been read, by their names.
#[derive(Default, Clone)]
pub(crate) struct Members {
    of: FxHashMap<Def, Arc<BTreeMap<String, Def>>>,
}

impl Members {
    /// The member of this name that a thing has.
    pub(crate) fn get(&self, owner: Def, name: &str) -> Option<Def> {
        self.of.get(&owner)?.get(name).copied()
    }

    /// Takes down a member.
    pub(crate) fn insert(&mut self, owner: Def, name: String, member: Def) {
        Arc::make_mut(self.of.entry(owner).or_default()).insert(name, member);
    }

    /// The members of a thing, by their names.
    pub(crate) fn of(&self, owner: Def) -> impl Iterator<Item = (&str, Def)> {
        self.of
            .get(&owner)
            .into_iter()
            .flat_map(|of| of.iter())
            .map(|(name, member)| (name.as_str(), *member))
    }

    /// Every member with its owner and name, in the order of the owners.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Def, &str, Def)> {
        let each = self
            .owners()
            .into_iter()
            .flat_map(|(owner, of)| of.iter().map(move |(name, def)| (owner, name, *def)));
        each.map(|(owner, name, def)| (owner, name.as_str(), def))
    }

    /// Every owner of a member of this name, with the member.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = (Def, Def)> {
        self.owners().into_iter().filter_map(move |(owner, of)| Some((owner, *of.get(name)?)))
    }

    fn owners(&self) -> Vec<(Def, &BTreeMap<String, Def>)> {
        let mut owners: Vec<(Def, &BTreeMap<String, Def>)> =
            self.of.iter().map(|(owner, of)| (*owner, &**of)).collect();
        owners.sort_unstable_by_key(|(owner, _)| *owner);
        owners
    }

    /// All that belongs to a thing, for the next check.
    pub(crate) fn all(&self, owner: Def) -> Option<Arc<BTreeMap<String, Def>>> {
        self.of.get(&owner).cloned()
    }

    /// Puts in all that belongs to a thing.
    pub(crate) fn put(&mut self, owner: Def, members: Arc<BTreeMap<String, Def>>) {
        self.of.insert(owner, members);
    }
}
