//! Whom the contract is for, what matters to them, and how it is measured.

use crate::{
    ChoiceId, Constant, Doubt, Due, Head, InputId, OutcomeId, ParameterId, PartnerId, PopulationId, Ty,
};
use jcm_quantity::{Date, Period, Statistic, Unit};

/// The cohort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    /// Name, title, place.
    pub head: Head,
    /// How people are attributed to it, in words.
    pub attributed: String,
    /// Its size, a dated figure.
    pub size: Option<ParameterId>,
    /// The day on which it was counted, where that is said.
    pub counted: Option<Date>,
    /// Where the size comes from.
    pub source: String,
}

/// What matters to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Name, title, place.
    pub head: Head,
    /// What the person would say.
    pub statement: String,
    /// Whom it is for.
    pub population: Option<PopulationId>,
    /// Who owns it jointly: two or more.
    pub owners: Vec<PartnerId>,
}

/// What a measure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeasureUse {
    /// Money depends on it.
    Payment,
    /// It is watched.
    Monitoring,
    /// It shows whether another is bought at its expense.
    Balancing,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Higher.
    Higher,
    /// Lower.
    Lower,
}

/// How an outcome is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Name, title, place.
    pub head: Head,
    /// The outcome it measures.
    pub outcome: Option<OutcomeId>,
    /// What it is for.
    pub used_for: MeasureUse,
    /// Its unit; none for a measure of a choice.
    pub unit: Unit,
    /// The list of choices that is reported instead of a figure, such as the rating of an inspector.
    pub choice: Option<ChoiceId>,
    /// Which way is better.
    pub better: Better,
    /// What is counted.
    pub numerator: String,
    /// Out of what.
    pub denominator: String,
    /// The data source.
    pub source: String,
    /// The version of the source.
    pub version: String,
    /// The figure at the start, with its period.
    pub baseline: Option<(ParameterId, Period)>,
    /// The figures aimed at, dated.
    pub target: Option<ParameterId>,
    /// Who collects it.
    pub collected_by: String,
    /// Who verifies it.
    pub verified_by: String,
    /// The reported figure of the period settled, where money depends on it.
    pub input: Option<InputId>,
    /// How what is reported of the parts of a settlement period becomes its figure, if it is reported in parts.
    pub combined: Option<Combined>,
    /// What a missing figure means.
    pub missing: Missing,
    /// When it is reported, where that follows from the contract alone.
    pub deadline: Option<Due>,
    /// What a disputed, late or suppressed figure means.
    pub doubt: Doubt,
    /// Every other field, as `(field, text)` in the order of the source.
    pub particulars: Vec<(String, String)>,
}

impl Measure {
    /// What is reported.
    pub fn ty(&self) -> Ty {
        self.choice.map_or_else(|| Ty::Number(self.unit.clone()), Ty::Choice)
    }

    /// The inputs by which it is reported, where money depends on it: one, or one or two for each part of a period.
    pub fn inputs(&self) -> Vec<InputId> {
        let parts = self.combined.iter().flat_map(|combined| combined.inputs.iter().copied());
        self.input.into_iter().chain(parts).collect()
    }
}

/// How what is reported of the parts of a settlement period becomes its figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combined {
    /// By which rule.
    pub rule: Combining,
    /// The parts, and how many a period has; `None` where one figure is reported for the whole of it.
    pub part: Option<(PartOfPeriod, u32)>,
    /// The inputs of the parts in their order, where money depends on the measure; first numerators, then denominators.
    pub inputs: Vec<InputId>,
    /// The line that is the figure of the period, where money depends on the measure.
    pub line: Option<crate::LineId>,
}

/// The rule by which parts are put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Combining {
    /// One figure is reported for the whole period.
    Whole,
    /// The figure of the last part is that of the period.
    Last,
    /// One figure stands for those of the parts.
    Statistic(Statistic),
    /// The sum of the numerators by the sum of the denominators.
    Ratio,
}

/// A part of a settlement period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartOfPeriod {
    /// Three months.
    Quarter,
    /// A month.
    Month,
}

impl PartOfPeriod {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            PartOfPeriod::Quarter => "quarter",
            PartOfPeriod::Month => "month",
        }
    }

    /// How many months it has.
    pub fn months(self) -> u32 {
        match self {
            PartOfPeriod::Quarter => 3,
            PartOfPeriod::Month => 1,
        }
    }
}

/// What a missing figure means for money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// Nothing can be settled without it.
    Refuse,
    /// It drops out of scores.
    Neutral,
    /// This stands in for it.
    Use(Constant),
    /// The figure last reported stands in for so many reporting periods, and then the next rule.
    CarryForward {
        /// For how many.
        times: u32,
        /// And then.
        then: Box<Missing>,
    },
}

/// Who asks for an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputOwner {
    /// A measure: its reported figure.
    Measure(crate::MeasureId),
    /// An incentive.
    Incentive(crate::IncentiveId),
    /// A payment.
    Payment(crate::PaymentId),
}

/// What must be known of a case, or of each row of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Name, title, place.
    pub head: Head,
    /// Who asks for it.
    pub owner: InputOwner,
    /// Its type.
    pub ty: Ty,
    /// Whether it is known for each row of a case in long form.
    pub per_row: bool,
    /// Where it comes from, in words.
    pub source: String,
    /// What a missing figure means.
    pub missing: Missing,
    /// What a disputed, late or suppressed figure means.
    pub doubt: Doubt,
}
