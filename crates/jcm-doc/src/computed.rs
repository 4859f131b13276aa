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
    /// What simulations of this contract came to, where they are to be printed.
    pub scenarios: Vec<Scenario>,
}

/// What a simulation of the contract came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scenario {
    /// Its title.
    pub title: String,
    /// How many runs.
    pub runs: u32,
    /// What the draws began with.
    pub seed: String,
    /// The hash of all its figures.
    pub hash: String,
    /// The periods of a run.
    pub periods: Vec<String>,
    /// The figures that are drawn.
    pub figures: Vec<String>,
    /// Where.
    pub places: Vec<ScenarioPlace>,
}

/// What a simulation came to in one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScenarioPlace {
    /// Its title.
    pub title: String,
    /// What each partner and fund stands to gain.
    pub parties: Vec<ScenarioParty>,
    /// What those who pay stand to gain, all together.
    pub payers: ScenarioParty,
    /// How likely something is in a period.
    pub chances: Vec<(String, Exact)>,
}

/// What one partner or fund stands to gain; negative where it loses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScenarioParty {
    /// Its title.
    pub title: String,
    /// Over all periods of a run together.
    pub whole: ScenarioRange,
    /// In each period.
    pub years: Vec<ScenarioRange>,
}

/// What the runs say of an amount.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScenarioRange {
    /// The mean.
    pub expected: Exact,
    /// The ends of the range and the middle between them, from the lowest, each with the part of the runs below it in
    /// percent.
    pub percentiles: Vec<(Exact, Exact)>,
    /// The chance that it is below nothing; of somebody who only pays there is none.
    pub loss: Option<Exact>,
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
