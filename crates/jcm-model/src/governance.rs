//! How the partners decide, what each must do, how disputes end, and what is still open.

use crate::{Due, FlowId, Head, ParameterId, PartnerId, ServiceId};
use jcm_quantity::{Date, Exact};

/// A board with its seats and rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Name, title, place.
    pub head: Head,
    /// Who sits on it, with how many seats.
    pub seats: Vec<(PartnerId, u32)>,
    /// Who chairs it, in words; empty if not stated.
    pub chair: String,
    /// How many seats must be present.
    pub quorum: u32,
    /// How often it meets, in words.
    pub meets: String,
    /// What it cannot decide, because the law or the partners keep it elsewhere.
    pub reserved: Vec<String>,
    /// How it decides what; the rule for everything else comes last.
    pub decisions: Vec<DecisionRule>,
}

impl Board {
    /// The number of seats.
    pub fn size(&self) -> u32 {
        self.seats.iter().map(|(_, seats)| *seats).fold(0, u32::saturating_add)
    }
}

/// How one or more matters are decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRule {
    /// The matters, in words; empty for everything else.
    pub matters: Vec<String>,
    /// How they are decided.
    pub rule: Voting,
}

/// How a matter is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Voting {
    /// Every seat present agrees.
    Unanimous,
    /// More than half, or at least this share, of the seats present agree.
    Majority(Option<Exact>),
    /// One partner decides.
    Delegated(PartnerId),
    /// One partner keeps the decision to itself.
    Reserved(PartnerId),
}

/// What a partner must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// Name, title, place.
    pub head: Head,
    /// Who must do it.
    pub party: PartnerId,
    /// What: a text that goes on after "shall".
    pub action: String,
    /// To whom, in words: the title of a partner or board.
    pub to: String,
    /// By when, in words.
    pub due: String,
    /// By when, where it follows from the contract alone.
    pub deadline: Option<Due>,
    /// What shows that it was done.
    pub evidence: String,
    /// What happens if it is not done, in words; empty if not stated.
    pub failing: String,
}

/// The steps by which a dispute ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// Name, title, place.
    pub head: Head,
    /// The steps in order; the last one binds.
    pub steps: Vec<LadderStep>,
}

impl Ladder {
    /// The longest that the whole ladder can take, in words: the clocks summed by their kind of day.
    pub fn total(&self) -> String {
        let mut sums: Vec<(String, u32)> = Vec::new();
        for step in &self.steps {
            match sums.iter_mut().find(|(unit, _)| *unit == step.within.unit) {
                Some((_, sum)) => *sum = sum.saturating_add(step.within.count),
                None => sums.push((step.within.unit.clone(), step.within.count)),
            }
        }
        let parts: Vec<String> = sums.into_iter().map(|(unit, sum)| format!("{sum} {unit}")).collect();
        parts.join(" and ")
    }
}

/// One step of a ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LadderStep {
    /// Who or what, in words: the title of a board or partner, or the words as written.
    pub who: String,
    /// What they do, in words: `decides`, `meet`, `by CEDR`, `binds`.
    pub does: String,
    /// Whether the result binds.
    pub binds: bool,
    /// How long it may take.
    pub within: Clock,
}

/// A length of time on a clock of the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// How many.
    pub count: u32,
    /// Of what: `operational days`, `months`.
    pub unit: String,
}

/// A term left open on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenTerm {
    /// Name, title, place.
    pub head: Head,
    /// Who settles it, in words: the title of a board or partner.
    pub owner: String,
    /// By when.
    pub by: Date,
    /// How it is settled, in words; empty if not stated.
    pub method: String,
    /// The services whose price it is.
    pub services: Vec<ServiceId>,
    /// The yearly amount that holds until then, and the flow that pays it.
    pub until: Option<(ParameterId, FlowId)>,
}
