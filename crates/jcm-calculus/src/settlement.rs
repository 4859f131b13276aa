//! What is settled: parties, periods, inputs, parameters, steps and allocations.

use crate::{Carried, Dataset, Doubt, Expr, PaymentDue, Pool};
use jcm_quantity::{Calendar, Currency, Exact, Period, RoundingMode, Unit};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
        impl $name {
            /// The id as an index into its list.
            pub fn index(self) -> usize { self.0 as usize }
        }
    )*};
}

ids! {
    /// A party, by its place in [`Settlement::parties`].
    PartyId
    /// A list of choices, by its place in [`Settlement::choices`].
    ChoiceId
    /// An input, by its place in [`Settlement::inputs`].
    InputId
    /// A parameter, by its place in [`Settlement::parameters`].
    ParameterId
    /// A step, by its place in [`Settlement::steps`].
    StepId
    /// A figure carried from period to period, by its place in [`Settlement::carried`].
    CarriedId
}

/// One contract's money as ordered steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The contract's name in the source.
    pub name: String,
    /// The contract's title.
    pub title: String,
    /// SHA-256 of the sources, in hex, so that a specification can be traced to its text.
    pub source_hash: String,
    /// The currency of every payment.
    pub currency: Currency,
    /// Who pays and is paid.
    pub parties: Vec<Party>,
    /// The periods that can be settled, in order, half-open.
    pub periods: Vec<Period>,
    /// Which days are operational; there only if a step asks for it.
    pub calendar: Option<Calendar>,
    /// Lists of choices that inputs and keys are taken from.
    pub choices: Vec<Choice>,
    /// What must be known of a case.
    pub inputs: Vec<Input>,
    /// Named figures, dated and keyed.
    pub parameters: Vec<Parameter>,
    /// Named lines in the order of evaluation: a step refers only to earlier steps.
    pub steps: Vec<Step>,
    /// What each case carries from one period into the next.
    pub carried: Vec<Carried>,
    /// The funds that payments come from.
    pub pools: Vec<Pool>,
    /// Who is paid what, from which steps.
    pub allocations: Vec<Allocation>,
    /// How data files become inputs.
    pub datasets: Vec<Dataset>,
    /// Given figures with expected results, from the contract's examples.
    pub vectors: Vec<TestVector>,
}

/// Where a thing stands in the contract, for people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The clause or schedule reference, such as `Schedule 3, line 4`.
    pub clause: String,
    /// The source file's name.
    pub file: String,
    /// The line in the source file, from 1; 0 where there is none.
    pub line: u32,
    /// The source text, on one line.
    pub text: String,
}

/// A party to the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Name in the source.
    pub name: String,
    /// Legal name.
    pub title: String,
    /// Whether this party is another organisation in each case of a dataset.
    pub per_case: bool,
}

/// A closed list of choices, such as the tracks of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Name in the source.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// `(name, title)` of each member, in order.
    pub members: Vec<(String, String)>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// An exact number with its unit.
    Number(Unit),
    /// One of a list of choices.
    Choice(ChoiceId),
    /// Yes or no.
    Truth,
    /// Text, which is only compared and shown.
    Text,
    /// A date.
    Date,
}

/// Whether a thing exists once for a case or once for every row of a case in long form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Once for a case and period.
    Case,
    /// Once for each row (each measure) of a case.
    Row,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A number in the base of its unit (2.5 % is 1/40; 24,310 per 100,000 people is 0.2431).
    Number(Exact),
    /// The name of a choice's member.
    Choice(String),
    /// Yes or no.
    Truth(bool),
    /// Text.
    Text(String),
    /// A date.
    Date(jcm_quantity::Date),
    /// Not known, and treated as the rule of its input says.
    Missing,
}

/// What a missing input means for money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MissingRule {
    /// The case cannot be settled without it.
    Refuse,
    /// It stays missing, passes through every line that needs it, and drops out of scores.
    Neutral,
    /// This value stands in for it.
    Use(Value),
    /// The figure last reported stands in for it, for so many reporting periods, and then the inner rule.
    CarryForward {
        /// For how many reporting periods.
        times: u32,
        /// What comes after.
        then: Box<MissingRule>,
    },
}

/// What must be known of a case (or of each row of a case).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Name, unique in the settlement; dotted where it belongs to something.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Type and unit.
    pub ty: Type,
    /// Once a case or once a row.
    pub level: Level,
    /// Where the figure comes from, in words; empty if not stated.
    pub source: String,
    /// What a missing figure means.
    pub missing: MissingRule,
    /// What a disputed, late or suppressed figure means.
    pub doubt: Doubt,
    /// Where it stands in the contract.
    pub origin: Origin,
}

/// A named figure or table of figures, dated and keyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Name, unique in the settlement.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The types of its keys, in order: choices or texts; none for a plain figure.
    pub keys: Vec<ParameterKey>,
    /// Its columns: one unnamed column for a plain figure.
    pub columns: Vec<ParameterColumn>,
    /// Its rows, in the order of the contract.
    pub rows: Vec<ParameterRow>,
    /// The source, in words; empty if not stated.
    pub source: String,
    /// Where it stands in the contract.
    pub origin: Origin,
}

/// A key of a parameter table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterKey {
    /// The key's name.
    pub name: String,
    /// [`Type::Choice`] or [`Type::Text`].
    pub ty: Type,
}

/// A column of a parameter table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterColumn {
    /// The column's name; empty for the only column of a plain figure.
    pub name: String,
    /// Its type.
    pub ty: Type,
}

/// A row of a parameter table: in force on the dates of its period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterRow {
    /// One value for each key.
    pub keys: Vec<Value>,
    /// First day in force; `None` from the beginning.
    pub from: Option<jcm_quantity::Date>,
    /// First day no longer in force; `None` for ever.
    pub until: Option<jcm_quantity::Date>,
    /// One value for each column.
    pub values: Vec<Value>,
}

/// A named line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Name, unique in the settlement; a line of an incentive is `incentive.line`.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// What the step belongs to (an incentive, a payment, a score), by name.
    pub group: String,
    /// Type and unit of the result.
    pub ty: Type,
    /// Once a case or once a row.
    pub level: Level,
    /// How it is computed.
    pub expr: Expr,
    /// The line in words, for statements: made by the compiler from the expression.
    pub words: String,
    /// Where it stands in the contract.
    pub origin: Origin,
}

impl Step {
    /// A line that no contract has, worked out once a case: what an analysis or a simulation wants to know besides.
    pub fn unnamed(ty: Type, expr: Expr) -> Self {
        Self {
            name: String::new(),
            title: String::new(),
            group: String::new(),
            ty,
            level: Level::Case,
            expr,
            words: String::new(),
            origin: Origin::default(),
        }
    }
}

/// Money from one payer to one or more payees.
///
/// The amount is rounded to the grain, split by the shares, and each part rounded; what rounding leaves over goes
/// where the residue rule says. So the parts always sum to the rounded amount. A negative amount flows the other way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// Name, unique in the settlement.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// What is paid, exact; a step of case level in money.
    pub amount: StepId,
    /// Who pays (or, through a pool, whose host pays).
    pub payer: PartyId,
    /// The pool the money comes from, by title; empty where the payer pays directly.
    pub pool: String,
    /// Mode and grain of the one rounding.
    pub rounding: Rounding,
    /// Who is paid before the others, in order, each up to an amount.
    pub first: Vec<Tranche>,
    /// Who is paid which share of what is left.
    pub shares: Vec<AllocationShare>,
    /// Who takes what rounding leaves over.
    pub residue: Residue,
    /// Who bears what a limit cuts off; `None` where no share has a limit.
    pub excess: Option<Excess>,
    /// When it is paid, for each period at most once, in order; empty where that is not known.
    pub due: Vec<PaymentDue>,
    /// Where it stands in the contract.
    pub origin: Origin,
}

/// What one payee takes before the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tranche {
    /// The payee.
    pub party: PartyId,
    /// The most of the amount, or of the loss, that it takes: above zero, and a whole number of grains.
    pub up_to: Exact,
}

/// One payee's share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationShare {
    /// The payee.
    pub party: PartyId,
    /// The share of the amount; the shares of an allocation sum to 1.
    pub share: Exact,
    /// The most this party can lose (a positive amount), if it is limited.
    pub losing_at_most: Option<Exact>,
    /// The most this party can gain, if it is limited.
    pub gaining_at_most: Option<Exact>,
}

/// A mode and a grain: to the nearest multiple of `grain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rounding {
    /// What happens to a tie.
    pub mode: RoundingMode,
    /// The step between possible results, in the base of the unit (£0.01 is 1/100), above zero.
    pub grain: Exact,
}

/// Who takes what rounding leaves over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Residue {
    /// One grain each to the parts that rounding down cut most, ties to the first named.
    LargestRemainder,
    /// All of it to one party.
    To(PartyId),
}

/// Who bears what a party's limit cuts off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Excess {
    /// The parties without a reached limit, in proportion to their shares.
    Others,
    /// One party.
    To(PartyId),
    /// The payer: the amount paid is smaller (or the loss recovered is smaller) by what is cut off.
    Payer,
}

/// An example: figures given, and figures expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestVector {
    /// Title for people.
    pub title: String,
    /// The period settled, by its place in [`Settlement::periods`].
    pub period: usize,
    /// Inputs of the case.
    pub given: Vec<(InputId, Value)>,
    /// Steps whose computed value is replaced by a given one.
    pub given_steps: Vec<(StepId, Value)>,
    /// Inputs of rows: one list for each row, empty where the settlement has no rows.
    pub rows: Vec<Vec<(InputId, Value)>>,
    /// Inputs of the other cases of the settlement, for steps over all cases: one list for each.
    pub others: Vec<Vec<(InputId, Value)>>,
    /// What the period begins with, for figures that are carried into it.
    pub opening: Vec<(CarriedId, Value)>,
    /// What must come out.
    pub expect: Vec<Expectation>,
    /// The periods right after it, in order, settled one after the other.
    pub later: Vec<LaterPeriod>,
    /// Where the figures come from, in words.
    pub source: String,
    /// Where it stands in the contract.
    pub origin: Origin,
}

/// One more period of an example.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LaterPeriod {
    /// Inputs of the case.
    pub given: Vec<(InputId, Value)>,
    /// Steps whose computed value is replaced by a given one.
    pub given_steps: Vec<(StepId, Value)>,
    /// What must come out.
    pub expect: Vec<Expectation>,
}

/// A figure that must come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// A step's value (`row` where the step is of row level), compared after rounding if that is said.
    Step {
        /// Which step.
        step: StepId,
        /// Which row of the vector, for a step of row level.
        row: Option<usize>,
        /// The expected value.
        value: Value,
        /// The rounding under which the two are compared; none means exactly.
        to: Option<Rounding>,
        /// Source line, from 1.
        line: u32,
    },
    /// What a party receives from one allocation (negative: pays).
    Receives {
        /// Which allocation, by its place in [`Settlement::allocations`].
        allocation: usize,
        /// Which party.
        party: PartyId,
        /// The expected amount.
        amount: Exact,
        /// Source line, from 1.
        line: u32,
    },
}
