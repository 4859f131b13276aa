//! What a contract must cover and how its partners may stand to each other: models, profiles and their criteria.
//!
//! They are written in JCM. The compiler knows how to ask a question of a contract, and none of the questions.

use crate::{Head, StandardId};
use jcm_quantity::{Date, Exact};
use jcm_source::Span;

/// A model (with elements) or a profile that a contract follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standard {
    /// Name, title, place.
    pub head: Head,
    /// Whether it is a profile of a contracting model rather than a model of what a contract covers.
    pub is_profile: bool,
    /// What it says of itself.
    pub about: String,
    /// Where it comes from.
    pub source: String,
}

/// Models and profiles that a project declares and its contract does not follow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unfollowed {
    /// The models and profiles.
    pub standards: Vec<Standard>,
    /// Their criteria; each names its standard by its place in this list.
    pub criteria: Vec<Criterion>,
}

/// One question that a standard asks of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Name, title, place.
    pub head: Head,
    /// The standard that asks it.
    pub standard: StandardId,
    /// The element of the model that it belongs to, by title; empty in a profile.
    pub element: String,
    /// What it asks for, in a sentence.
    pub asks: String,
    /// How serious it is if the answer is no.
    pub gravity: Gravity,
    /// The question.
    pub check: Query,
    /// What is said of each thing that fails, with facts of it put in.
    pub otherwise: Vec<MessagePiece>,
    /// What to do about it.
    pub help: String,
    /// Why it is asked.
    pub source: String,
}

/// How serious it is that a criterion is not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// The contract cannot be built.
    Error,
    /// It can be built, and someone should give a reason.
    Warning,
    /// Worth knowing.
    Note,
}

/// A criterion that the partners have decided not to meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The criterion, by name.
    pub criterion: String,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub by: String,
    /// Until when.
    pub until: Option<Date>,
    /// Where it stands.
    pub span: Span,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessagePiece {
    /// Text as it stands.
    Text(String),
    /// A fact of the thing that fails.
    Fact(Operand),
}

/// A question with the answer yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Things of a kind or list, all of them, some or none.
    Quantified {
        /// How many must hold.
        quantifier: Quantifier,
        /// Which things.
        things: Things,
        /// What must hold of each; nothing asks only that there are some.
        holds: Option<Box<Query>>,
    },
    /// Both.
    And(Box<Query>, Box<Query>),
    /// Either.
    Or(Box<Query>, Box<Query>),
    /// Not.
    Not(Box<Query>),
    /// Two facts beside each other.
    Compare {
        /// How.
        relation: Relation,
        /// Left.
        left: Operand,
        /// Right.
        right: Operand,
    },
    /// Whether a fact is stated.
    Given(Operand),
    /// A fact that is itself yes or no.
    Truth(Operand),
}

/// How many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// All; of none it holds.
    Every,
    /// At least one.
    Some,
    /// None.
    No,
}

/// Things that a question ranges over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Things {
    /// Where they come from.
    pub from: Source,
    /// Only those of which this holds.
    pub only: Option<Box<Query>>,
}

/// Where things come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Every declaration of a kind.
    Kind(String),
    /// A list that is a fact of the thing at hand.
    Path(Vec<String>),
}

/// A relation between two facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The same.
    Same,
    /// Not the same.
    Different,
    /// Less, earlier.
    Less,
    /// At most.
    AtMost,
    /// More, later.
    More,
    /// At least.
    AtLeast,
    /// The list on the left has the right among it.
    Includes,
}

/// A fact, a figure or a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// A fact of the thing at hand, or of `contract`.
    Path(Vec<String>),
    /// How many things.
    Count(Things),
    /// The sum of a fact over things.
    Sum {
        /// The fact.
        of: Vec<String>,
        /// The things.
        over: Things,
    },
    /// A figure as written, in the base of its unit.
    Number(Exact),
    /// A text.
    Text(String),
    /// A word.
    Word(String),
    /// A date.
    Date(Date),
}
