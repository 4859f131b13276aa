//! Clauses and defined terms.

use crate::{Head, Paragraph};

/// The parts of a contract's body, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A: commitment, vision, principles.
    Commitment,
    /// B: outcomes.
    Outcomes,
    /// C: governance.
    Governance,
    /// D: money.
    Money,
    /// E: information, data, audit.
    Information,
    /// F: people and workforce.
    People,
    /// G: change, joining, leaving.
    Change,
    /// H: problems, disputes, remedies.
    Problems,
    /// I: term, termination, exit.
    Term,
    /// J: general.
    General,
}

impl Part {
    /// Every part, in order.
    pub const ALL: [Part; 10] = [
        Part::Commitment,
        Part::Outcomes,
        Part::Governance,
        Part::Money,
        Part::Information,
        Part::People,
        Part::Change,
        Part::Problems,
        Part::Term,
        Part::General,
    ];

    /// The names in the source, in the same order.
    pub const NAMES: &[&str] = &[
        "commitment",
        "outcomes",
        "governance",
        "money",
        "information",
        "people",
        "change",
        "problems",
        "term",
        "general",
    ];

    /// The name in the source.
    pub fn name(self) -> &'static str {
        match self {
            Part::Commitment => "commitment",
            Part::Outcomes => "outcomes",
            Part::Governance => "governance",
            Part::Money => "money",
            Part::Information => "information",
            Part::People => "people",
            Part::Change => "change",
            Part::Problems => "problems",
            Part::Term => "term",
            Part::General => "general",
        }
    }

    /// The title in the document.
    pub fn title(self) -> &'static str {
        match self {
            Part::Commitment => "Our commitment",
            Part::Outcomes => "Outcomes",
            Part::Governance => "Governance",
            Part::Money => "Money",
            Part::Information => "Information, data and audit",
            Part::People => "People and workforce",
            Part::Change => "Change, joining and leaving",
            Part::Problems => "Problems, disputes and remedies",
            Part::Term => "Term, termination and exit",
            Part::General => "General",
        }
    }

    /// The part of a name.
    pub fn named(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.name() == name)
    }
}

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Name, heading, place.
    pub head: Head,
    /// The part of the body it stands in.
    pub part: Part,
    /// What it covers, in the words by which criteria look for it.
    pub covers: Vec<String>,
    /// Its sub-clauses.
    pub paragraphs: Vec<Paragraph>,
}

/// A defined term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Name, the term as it is printed, place.
    pub head: Head,
    /// What it means.
    pub paragraphs: Vec<Paragraph>,
}
