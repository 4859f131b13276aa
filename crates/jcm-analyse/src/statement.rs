//! What is said: of what, with which verdict, and the figures that show it.

use crate::sample::Settled;
use jcm_calculus::{CarriedId, InputId, PartyId, StepId, Value};
use jcm_eval::{Case, Prepared};
use jcm_quantity::{Exact, Range};

/// What a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The least and the most that a payee can get.
    Range,
    /// What is paid arrives, whatever the figures are.
    Conservation,
    /// A better figure never lowers what a partner gets.
    Perverse,
    /// No payment jumps.
    Cliff,
    /// A stretch over which nothing changes.
    FlatZone,
    /// A cap or floor can be reached.
    IdleLimit,
    /// A condition or a row of a table can be reached.
    DeadGate,
    /// A pooled fund has enough for all that is paid from it.
    OverCommitted,
    /// No event is paid for twice.
    PaidTwice,
    /// A partner's gain depends on a measure that it can influence.
    NoInfluence,
    /// Two partners can gain together.
    Conflict,
}

impl Kind {
    /// Every kind, with its name.
    pub const ALL: [(Kind, &'static str); 11] = [
        (Kind::Range, "range"),
        (Kind::Conservation, "conservation"),
        (Kind::Perverse, "perverse"),
        (Kind::Cliff, "cliff"),
        (Kind::FlatZone, "flat-zone"),
        (Kind::IdleLimit, "idle-limit"),
        (Kind::DeadGate, "dead-gate"),
        (Kind::OverCommitted, "over-committed"),
        (Kind::PaidTwice, "paid-twice"),
        (Kind::NoInfluence, "no-influence"),
        (Kind::Conflict, "conflict"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Kind::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// What was found of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It holds for all figures of the domain.
    Proved,
    /// It does not: the figures of the statement show it.
    Refuted,
    /// Neither, and why.
    NotDecided(String),
}

/// Where a statement belongs in the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// At a line.
    Step(StepId),
    /// At what is paid by an allocation, by its place.
    Payment(usize),
    /// At an input.
    Input(InputId),
}

/// Figures of one case, and what they come to; the exact evaluator gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The case.
    pub case: Case,
    /// The other cases that are settled with it, where a line is worked out over all cases.
    pub others: Vec<Case>,
    /// Which steps and payments were settled.
    pub steps: Vec<StepId>,
    /// By their places.
    pub payments: Vec<usize>,
    /// What of the case is shown.
    pub of: Of,
    /// What it comes to, as a number or a yes or no.
    pub shows: Value,
    /// The figures in words, and what they come to.
    pub words: String,
}

impl Witness {
    /// Whether the case settles to what the witness shows: by a payment, all of them together, or by a step. A witness
    /// of a case that cannot be settled shows that it stops.
    pub fn settles(&self, prepared: &Prepared<'_>) -> bool {
        let settled = if self.others.is_empty() && !prepared.needs_all_cases() {
            prepared.settle_part(&self.case, &self.steps, &self.payments)
        } else {
            let cases: Vec<Case> = std::iter::once(&self.case).chain(&self.others).cloned().collect();
            prepared.settle_part_of_all(&cases, &self.steps, &self.payments)
        };
        let Ok(outcome) = settled else {
            return self.shows == Value::Missing;
        };
        match self.of {
            Of::Amount => {
                let all: Exact = outcome.allocations.iter().map(|paid| paid.amount.clone()).sum();
                self.shows == Value::Number(all)
            }
            Of::Paid => self.shows == Value::Number(crate::sample::paid_in_all(&outcome)),
            Of::Part(party) => outcome
                .payments
                .iter()
                .any(|paid| paid.to == party && self.shows == Value::Number(paid.exact.clone())),
            Of::Net(parties) => {
                let settled = Settled { case: self.case.clone(), others: Vec::new(), outcome };
                let all = parties.iter().flatten().map(|party| settled.net(prepared.settlement(), *party));
                self.shows == Value::Number(all.sum())
            }
            Of::Step => {
                let step = self.steps.first().and_then(|step| outcome.value(*step, None));
                step == Some(&self.shows)
            }
        }
    }
}

/// What of a case a witness shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// What its payments come to together.
    Amount,
    /// What everybody gets by its payments together.
    Paid,
    /// What one party gets, before rounding.
    Part(PartyId),
    /// What one or two parties get in all, less what they pay.
    Net([Option<PartyId>; 2]),
    /// The value of its first step.
    Step,
}

/// What a proof claims, so that it can be tried against any case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// Nothing that a case could contradict.
    None,
    /// What a party gets by a payment lies in a range, before rounding.
    Within(usize, PartyId, Range),
    /// A step never says yes.
    Never(StepId),
    /// As an input rises, what these parties get by some payments never falls, or never rises.
    Trend {
        /// Which input.
        input: InputId,
        /// Whether it never falls.
        rises: bool,
        /// Who.
        parties: Vec<PartyId>,
        /// By what.
        payments: Vec<usize>,
    },
    /// Some payments together never come to more than a step.
    Covered(StepId, Vec<usize>, Vec<CarriedId>),
    /// However little a figure moves, the payment moves little.
    Unbroken(usize),
    /// While an input moves within a range, a payment stays.
    Level(usize, InputId, Range),
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What it is about.
    pub kind: Kind,
    /// What was found.
    pub verdict: Verdict,
    /// What holds or does not, as a sentence.
    pub said: String,
    /// At which other figures it was found, where that is not in the sentence.
    pub given: String,
    /// What it is about without any figure: statements of different periods that differ in figures only have the same.
    pub about: String,
    /// What it claims where it is proved.
    pub claim: Claim,
    /// The periods of which it is said, by their places.
    pub periods: Vec<usize>,
    /// Where it belongs.
    pub place: Place,
    /// How much money it is about, where that is a figure.
    pub size: Option<Exact>,
    /// Whether somebody should look at it: a reward for what is worse, a cliff, a gate that nobody reaches.
    pub to_look_at: bool,
    /// The figures that show it; for a refutation at least one.
    pub witnesses: Vec<Witness>,
}

impl Statement {
    /// The whole sentence, with a capital letter; one in quotation marks stays.
    pub fn sentence(&self) -> String {
        let with = if self.given.is_empty() { String::new() } else { format!(", with {}", self.given) };
        format!("{}{with}", self.short())
    }

    /// The sentence without the other figures.
    pub fn short(&self) -> String {
        let mut letters = self.said.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}
