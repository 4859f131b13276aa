//! What is asked about: a settlement, where its figures can lie, what is better, and who can influence what.

use jcm_calculus::{CarriedId, InputId, PartyId, Settlement, StepId, Value};
use jcm_quantity::{Exact, Range};
use std::collections::BTreeSet;

/// A contract's settlement with what the analysis cannot know from it.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// The settlement.
    pub settlement: &'a Settlement,
    /// What is known of each input, in the order of the settlement.
    pub figures: Vec<Figure>,
    /// What is known of each party, in the order of the settlement.
    pub parties: Vec<Stake>,
    /// The payments that share a gain or reward a result, and not those for what is provided, by their places.
    pub rewards: BTreeSet<usize>,
    /// The pooled funds.
    pub funds: Vec<Fund>,
    /// Figures that cases are looked for near, such as those of the contract's examples: for each input some.
    pub usual: Vec<(InputId, Exact)>,
}

/// A pooled fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fund {
    /// Its title.
    pub title: String,
    /// The step that says what is paid into it for a period.
    pub budget: StepId,
    /// What is paid from it, by the places of the allocations.
    pub payments: Vec<usize>,
    /// The balances of which the remainder is paid from it: what a period begins with of them was left in the fund.
    pub kept: Vec<CarriedId>,
}

/// What is known of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Where it can lie.
    pub domain: Domain,
    /// Why, in words: `a share`, `a count`.
    pub because: String,
    /// What reporting more of it says of an outcome; `None` where neither is better.
    pub better: Option<Meaning>,
    /// What shows that two inputs are of one event, such as what a measure counts; empty where nothing does.
    pub counts: String,
}

/// Where an input can lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Domain {
    /// Numbers, in steps of a grain.
    Numbers {
        /// From where to where.
        range: Range,
        /// The step between two figures that are reported.
        grain: Exact,
    },
    /// One of these.
    OneOf(Vec<Value>),
    /// Anything, so that nothing is said of what depends on it.
    Anything,
}

/// Which way of an input is better, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// Whether more is better.
    pub more_is_better: bool,
    /// The measure that says so, by its title.
    pub measure: String,
    /// Whether the input is the measure's own figure, and not only a count of the same things.
    pub own: bool,
    /// Who can influence it: the owners of its outcome; empty where the contract does not say.
    pub owners: Vec<PartyId>,
}

/// What is known of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stake {
    /// Whether it provides, so that it answers for what the measures say.
    pub provides: bool,
}
