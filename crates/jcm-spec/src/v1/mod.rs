//! Version 1 of the wire format: one file for each area, the types beside their conversion to and from the calculus.
//!
//! Field and operation names are for ever within a version: a new field, a new operation or a new reading of an old
//! one is a new version.

mod balance;
mod calendar;
mod contract;
mod conversion;
mod dataset;
mod doubt;
mod due;
mod example;
mod expression;
mod line;
mod parameter;
mod payment;
mod pool;
mod quantity;
mod quotation;
mod statistic;

pub use balance::Balance;
pub use calendar::{Calendar, DayCount, DayMark, Holiday, Weekday};
pub use contract::{Choice, Contract, Currency, Member, Origin, Party, Period};
pub use dataset::{Code, Column, Dataset, LeaveOut, Published, Reading, Received};
pub use doubt::{Deadline, DisputedRule, Doubt, SuppressedRule};
pub use due::{DueOn, OddPart, PaymentDue};
pub use example::{Example, Expected, GivenInput, GivenStep, LaterPeriod, Opening};
pub use expression::{BandRow, Case, End, Expression, Gives, ScaleRow, WeightRule, WeightedPart};
pub use line::{Input, Level, MissingRule, Step};
pub use parameter::{Parameter, ParameterColumn, ParameterKey, ParameterRow};
pub use payment::{Excess, Payment, Residue, Share};
pub use pool::{Contribution, Pool};
pub use quantity::{Day, Figure, Mode, Rounding, Shown, Type, Unit, Value};
pub use quotation::Quotation;
pub use statistic::{First, OverAll, QuantileMethod, Statistic, Ties};

use crate::SpecError;
use crate::names::Names;
use jcm_calculus::Settlement;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of this format.
pub const VERSION: u64 = 1;

/// What the first field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The file is a settlement specification.
    Settlement,
}

/// A settlement specification: one contract's money as ordered steps over exact figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "JCM settlement specification, version 1")]
pub struct Specification {
    /// Always `settlement`.
    pub jcm: Kind,
    /// Always 1 in this version.
    #[schemars(range(min = 1, max = 1))]
    pub version: u64,
    /// The program that wrote the file.
    pub compiler: String,
    /// Which contract.
    pub contract: Contract,
    /// Who pays and is paid.
    pub parties: Vec<Party>,
    /// The periods that can be settled, in order.
    pub periods: Vec<Period>,
    /// Which days are operational; absent where no line asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Calendar>,
    /// Lists of choices that inputs and keys are taken from.
    pub choices: Vec<Choice>,
    /// What must be known of a case.
    pub inputs: Vec<Input>,
    /// Named figures and tables of figures, dated and keyed.
    pub parameters: Vec<Parameter>,
    /// Named lines in the order of evaluation: a line refers only to earlier lines.
    pub steps: Vec<Step>,
    /// What each case carries from one period into the next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub balances: Vec<Balance>,
    /// The funds that payments come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pools: Vec<Pool>,
    /// Who is paid what, from which lines.
    pub payments: Vec<Payment>,
    /// How the columns of data files become inputs.
    pub datasets: Vec<Dataset>,
    /// Given figures with expected results.
    pub vectors: Vec<Example>,
}

impl Specification {
    /// The wire form of a settlement.
    pub fn of(settlement: &Settlement, compiler: &str) -> Result<Self, SpecError> {
        let s = settlement;
        let names = &Names::of(s).map_err(in_place("the settlement", ""))?;
        Ok(Self {
            jcm: Kind::Settlement,
            version: VERSION,
            compiler: compiler.to_owned(),
            contract: Contract::of(s),
            parties: s.parties.iter().map(Party::of).collect(),
            periods: s.periods.iter().map(Period::of).collect(),
            calendar: s.calendar.as_ref().map(Calendar::of),
            choices: s.choices.iter().map(Choice::of).collect(),
            inputs: each(&s.inputs, "input", |i| &i.name, |i| Input::of(i, names))?,
            parameters: each(&s.parameters, "parameter", |p| &p.name, |p| Parameter::of(p, names))?,
            steps: each(&s.steps, "line", |l| &l.name, |l| Step::of(l, names))?,
            balances: each(&s.carried, "balance", |b| &b.name, |b| Balance::of(b, names))?,
            pools: each(&s.pools, "pool", |p| &p.name, |p| Pool::of(p, names))?,
            payments: each(&s.allocations, "payment", |a| &a.name, |a| Payment::of(a, names))?,
            datasets: each(&s.datasets, "dataset", |d| &d.name, |d| Dataset::of(d, names))?,
            vectors: each(&s.vectors, "example", |v| &v.title, |v| Example::of(v, names))?,
        })
    }
}

impl TryFrom<Specification> for Settlement {
    type Error = SpecError;

    /// Resolves the names. The result is well formed; whether it is sound is for [`jcm_calculus::verify`] to say.
    fn try_from(s: Specification) -> Result<Self, SpecError> {
        let names = &Names::of(&s).map_err(in_place("the settlement", ""))?;
        let Contract { name, title, currency, source_hash } = s.contract;
        Ok(Self {
            name,
            title,
            source_hash,
            currency: currency.calculus(),
            parties: s.parties.iter().map(Party::calculus).collect(),
            periods: each(&s.periods, "period", |p| &p.label, Period::calculus)?,
            calendar: s
                .calendar
                .as_ref()
                .map(Calendar::calculus)
                .transpose()
                .map_err(in_place("the calendar", ""))?,
            choices: s.choices.iter().map(Choice::calculus).collect(),
            inputs: each(&s.inputs, "input", |i| &i.name, |i| i.calculus(names))?,
            parameters: each(&s.parameters, "parameter", |p| &p.name, |p| p.calculus(names))?,
            steps: each(&s.steps, "line", |l| &l.name, |l| l.calculus(names))?,
            carried: each(&s.balances, "balance", |b| &b.name, |b| b.calculus(names))?,
            pools: each(&s.pools, "pool", |p| &p.name, |p| p.calculus(names))?,
            allocations: each(&s.payments, "payment", |p| &p.name, |p| p.calculus(names))?,
            datasets: each(&s.datasets, "dataset", |d| &d.name, |d| d.calculus(names))?,
            vectors: each(&s.vectors, "example", |e| &e.title, |e| e.calculus(names))?,
        })
    }
}

/// Converts a list; what goes wrong is said with the place it went wrong in.
fn each<'a, A, B>(
    list: &'a [A],
    kind: &str,
    name: impl Fn(&'a A) -> &'a String,
    convert: impl Fn(&'a A) -> Result<B, String>,
) -> Result<Vec<B>, SpecError> {
    list.iter().map(|thing| convert(thing).map_err(in_place(kind, name(thing)))).collect()
}

fn in_place(kind: &str, name: &str) -> impl Fn(String) -> SpecError {
    let place = if name.is_empty() { kind.to_owned() } else { format!("{kind} `{name}`") };
    move |message| SpecError::Content { place: place.clone(), message }
}
