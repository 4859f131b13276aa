//! What the worked examples come to, as whoever evaluates them tells it.

use jcm_model::{Constant, Def, FlowId, LineId, PartnerId};
use jcm_quantity::Exact;

/// The figures of every worked example, in the order of the program's examples.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Computed {
    /// One for each example.
    pub examples: Vec<ComputedExample>,
    /// One for each criterion of what the contract follows.
    pub assurance: Vec<AssuredCriterion>,
}

/// The answer to one criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssuredCriterion {
    /// The standard and the element that it belongs to.
    pub heading: String,
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it asks for.
    pub asks: String,
    /// `met`, `waived`, `not met` or `does not apply`.
    pub verdict: String,
    /// What meets it and is named.
    pub by: Vec<Def>,
    /// How many more things meet it.
    pub more: usize,
    /// Why it is waived, not met or not asked; empty if it is met.
    pub reason: String,
}

/// The figures of one worked example.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComputedExample {
    /// Its lines, in the order in which they are worked out.
    pub lines: Vec<ComputedLine>,
    /// What each partner receives.
    pub payments: Vec<ComputedPayment>,
    /// The same of each period after the first, where the example runs over several.
    pub later: Vec<ComputedExample>,
    /// Why it could not be worked out to the end, if so.
    pub stopped: Option<String>,
}

/// One line of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComputedLine {
    /// Which line.
    pub line: LineId,
    /// Which row of the example, for a line of rows.
    pub row: Option<usize>,
    /// Its value.
    pub value: Constant,
    /// Its value before the line rounds it, where it does.
    pub before_rounding: Option<Constant>,
    /// Whether the example gives the value instead of working it out.
    pub given: bool,
}

/// What one partner receives in an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComputedPayment {
    /// From which flow of money.
    pub flow: FlowId,
    /// Who.
    pub partner: PartnerId,
    /// How much; negative where the partner pays.
    pub amount: Exact,
}
