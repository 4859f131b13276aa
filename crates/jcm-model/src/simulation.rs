//! Simulations: which inputs are drawn from what, how often, and what is told of what comes out.

mod changes;

pub use changes::{Change, Size};

use crate::{Expr, Head, InputId, LocalityId, MeasureId, PartnerId, Program};
use jcm_quantity::{Exact, Unit};
use jcm_source::Span;

/// What a contract may come to: inputs drawn many times over, and each draw settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulation {
    /// Name, title, place.
    pub head: Head,
    /// Where: the contract as it stands (`None`), and its localities.
    pub places: Vec<Option<LocalityId>>,
    /// How often.
    pub runs: u32,
    /// What the draws begin with.
    pub seed: u64,
    /// The settlement periods of a run, in order.
    pub periods: Vec<usize>,
    /// How many rows a case has; nought where nothing that varies is of rows.
    pub rows: u32,
    /// The cases of a settlement, where several are settled together in each run.
    pub cases: Option<Cases>,
    /// The file of what was seen before, and where it is named.
    pub history: Option<(String, Span)>,
    /// What is drawn.
    pub vary: Vec<Vary>,
    /// What rises and falls together.
    pub together: Vec<Together>,
    /// What is told.
    pub report: Report,
    /// What must come out.
    pub expect: Vec<ExpectedChance>,
}

/// The cases that are settled together in each run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cases {
    /// So many, each drawn by itself.
    Many(u32),
    /// One for each row of the history, from which it has all that is drawn from there.
    OfHistory,
}

/// An input that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vary {
    /// Which; of a measure that is drawn whole, the first of its parts.
    pub input: InputId,
    /// The measure that is put together from the parts of a period and drawn as one figure in place of them.
    pub whole: Option<MeasureId>,
    /// Its unit.
    pub unit: Unit,
    /// The shape of its distribution.
    pub shape: Shape,
    /// The figures of the shape, each fixed for a period and place.
    pub figures: Vec<(Figure, Expr)>,
    /// The column of the history, where it has another name than the input.
    pub column: Option<String>,
    /// What becomes of a figure after it was drawn, in order.
    pub changes: Vec<Change>,
    /// Whether every row of a case has a figure of its own.
    pub per_row: bool,
    /// The statement.
    pub span: Span,
}

impl Program {
    /// The name and title of what is drawn.
    pub fn drawn(&self, vary: &Vary) -> Option<&Head> {
        match vary.whole {
            Some(id) => self.measures.get(id.index()).map(|measure| &measure.head),
            None => self.input(vary.input).map(|input| &input.head),
        }
    }
}

/// The shape of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One figure.
    Fixed,
    /// Figures each as likely.
    OneOf,
    /// Evenly between two figures.
    Uniform,
    /// In straight lines to the likeliest.
    Triangular,
    /// Smoothly to the likeliest.
    Pert,
    /// The bell curve.
    Normal,
    /// Its logarithm is normal.
    Lognormal,
    /// A smooth curve between two ends.
    Beta,
    /// Above nothing, with a long tail.
    Gamma,
    /// A count of independent events.
    Poisson,
    /// A count of successes.
    Binomial,
    /// One of the figures of a column of the history.
    Empirical,
    /// The figure of a row of the history, which is drawn whole.
    History,
}

impl Shape {
    /// Every shape, in the order of the reference.
    pub const ALL: [Shape; 13] = [
        Shape::Fixed,
        Shape::OneOf,
        Shape::Uniform,
        Shape::Triangular,
        Shape::Pert,
        Shape::Normal,
        Shape::Lognormal,
        Shape::Beta,
        Shape::Gamma,
        Shape::Poisson,
        Shape::Binomial,
        Shape::Empirical,
        Shape::History,
    ];

    /// Its name in the source.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Fixed => "fixed",
            Shape::OneOf => "one_of",
            Shape::Uniform => "uniform",
            Shape::Triangular => "triangular",
            Shape::Pert => "pert",
            Shape::Normal => "normal",
            Shape::Lognormal => "lognormal",
            Shape::Beta => "beta",
            Shape::Gamma => "gamma",
            Shape::Poisson => "poisson",
            Shape::Binomial => "binomial",
            Shape::Empirical => "empirical",
            Shape::History => "history",
        }
    }

    /// A statement that would do.
    pub fn example(self) -> &'static str {
        match self {
            Shape::Fixed => "vary readmissions ~ fixed 12%",
            Shape::OneOf => "vary cost ~ one_of £9,800,000, £10,100,000, £10,700,000",
            Shape::Uniform => "vary cost ~ uniform from £9,500,000 to £11,000,000",
            Shape::Triangular => "vary admissions ~ triangular from 21,900 likely 23,300 to 25,000",
            Shape::Pert => "vary admissions ~ pert from 21,900 likely 23,300 to 25,000",
            Shape::Normal => "vary cost ~ normal, mean 99% of fund.budget, sd 3%",
            Shape::Lognormal => "vary cost ~ lognormal, mean £10,000,000, sd 10%",
            Shape::Beta => "vary at_home ~ beta from 74% to 90%, mean 82%",
            Shape::Gamma => "vary cost ~ gamma, mean £400,000, sd £150,000",
            Shape::Poisson => "vary referrals ~ poisson, mean 420",
            Shape::Binomial => "vary completed ~ binomial, of 400, chance 82%",
            Shape::Empirical => "vary cost ~ empirical",
            Shape::History => "vary cost ~ history column \"Total cost\"",
        }
    }
}

/// What a figure is to a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// One of the figures themselves.
    Value,
    /// The smallest.
    From,
    /// The likeliest.
    Likely,
    /// The greatest.
    To,
    /// The mean.
    Mean,
    /// The standard deviation.
    Sd,
    /// The standard deviation as a share of the mean.
    SdOfMean,
    /// Of how many.
    Of,
    /// The chance of each.
    Chance,
}

/// Two inputs that rise and fall together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// The places of the two in [`Simulation::vary`].
    pub pair: (usize, usize),
    /// Their rank correlation, from -1 to 1.
    pub by: Exact,
    /// Where it stands.
    pub span: Span,
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What each partner gains or loses.
    pub partners: bool,
    /// How likely it loses.
    pub loss: bool,
    /// The lower and upper end of the range that is told, as chances.
    pub range: (Exact, Exact),
    /// How likely something holds in a period.
    pub chances: Vec<Condition>,
}

/// Something that holds in a period or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// As it stands in the source.
    pub text: String,
    /// What it is.
    pub expr: Expr,
}

/// A chance that must come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedChance {
    /// Of what.
    pub of: ChanceOf,
    /// Whether the chance must be under the limit; over it otherwise.
    pub under: bool,
    /// The limit.
    pub limit: Exact,
    /// As it stands in the source.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Of what a chance is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChanceOf {
    /// That a partner loses over the periods of a run.
    Loss(PartnerId),
    /// That something holds in a period.
    Condition(Box<Condition>),
}
