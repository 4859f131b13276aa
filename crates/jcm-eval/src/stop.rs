//! Why a case cannot be settled, in the words of its contract.

use jcm_calculus::{CarriedId, InputId, ParameterId, Settlement, StepId, Type, Value};
use jcm_quantity::{Date, DayCount, Exact, Irrational, Unit, show, show_date};

/// Why a case stops. The engine refuses rather than guesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The settlement has no such period.
    NoPeriod {
        /// The period's place.
        period: usize,
    },
    /// An input is missing and the contract refuses to settle without it.
    MissingInput {
        /// Which.
        input: InputId,
        /// Of which row, where it belongs to rows.
        row: Option<usize>,
    },
    /// A figure is carried from the period before, and what that left is not known.
    NothingCarried {
        /// Which.
        carried: CarriedId,
        /// The period's place.
        period: usize,
    },
    /// A step divides by zero.
    DivisionByZero {
        /// Which.
        step: StepId,
    },
    /// A function has no value for a number.
    NoValue {
        /// The step with the function.
        step: StepId,
        /// The function.
        function: Irrational,
        /// The number.
        number: Exact,
    },
    /// A step is worked out over all cases, and only one is there.
    NeedsAllCases {
        /// Which.
        step: StepId,
    },
    /// A table has no row for a value.
    NoRow {
        /// The step with the table.
        step: StepId,
        /// The value.
        value: Exact,
        /// Its unit.
        unit: Unit,
    },
    /// No figure of a parameter is in force at these keys in this period.
    NoParameter {
        /// Which.
        parameter: ParameterId,
        /// The keys.
        keys: Vec<Value>,
        /// The period's place.
        period: usize,
    },
    /// What is to be paid is missing.
    MissingPayment {
        /// The allocation's place.
        allocation: usize,
    },
    /// Every party has reached its limit, and the contract has nobody else bear the rest.
    LimitsReached {
        /// The allocation's place.
        allocation: usize,
        /// What is left.
        left: Exact,
    },
    /// A value is not of the kind that the step needs.
    WrongKind {
        /// Which step.
        step: StepId,
        /// What it needs, in words.
        wanted: &'static str,
    },
    /// A date is to be moved by a part of what is counted.
    PartOfDay {
        /// Which step.
        step: StepId,
        /// What is counted.
        count: DayCount,
        /// By how many of it.
        by: Exact,
    },
    /// Whether a day is operational is asked for, and the calendar does not cover it.
    Uncovered {
        /// Which step.
        step: StepId,
        /// The day.
        day: Date,
    },
    /// A figure grew beyond any use.
    TooLarge {
        /// In which step.
        step: StepId,
    },
    /// The settlement itself is broken: it refers to something that it does not have, or nests too deep.
    Broken {
        /// In which step.
        step: StepId,
        /// What is wrong, in words.
        problem: &'static str,
    },
}

impl Stop {
    /// Why the case stops, by the titles of the contract.
    pub fn words(&self, settlement: &Settlement) -> String {
        match self {
            Stop::NoPeriod { period } => {
                format!("The contract has no period number {}.", period.saturating_add(1))
            }
            Stop::MissingInput { input, row } => {
                let row = row.map(|row| format!(" in row {}", row.saturating_add(1))).unwrap_or_default();
                let input = settlement.inputs.get(input.index());
                let title = input.map_or("an input", |input| title_of(&input.title, &input.name));
                format!("“{title}” is missing{row}, and the contract does not settle without it.")
            }
            Stop::NothingCarried { carried, period } => nothing_carried(settlement, *carried, *period),
            Stop::DivisionByZero { step } => format!("{} divides by zero.", line(settlement, *step)),
            Stop::NoValue { step, function, number } => {
                let (line, function, domain) = (line(settlement, *step), function.words(), function.domain());
                let number = show(number, &Unit::none());
                format!("{line} takes {function} of {number}, but it exists for {domain} only.")
            }
            Stop::NeedsAllCases { step } => {
                let line = line(settlement, *step);
                format!("{line} is worked out over all cases, and here is only one.")
            }
            Stop::NoRow { step, value, unit } => {
                format!(
                    "{} looks up {} in a table that has no row for it.",
                    line(settlement, *step),
                    show(value, unit)
                )
            }
            Stop::NoParameter { parameter, keys, period } => {
                no_parameter(settlement, *parameter, keys, *period)
            }
            Stop::MissingPayment { allocation } => {
                format!("{} cannot be made: its amount is missing.", payment(settlement, *allocation))
            }
            Stop::LimitsReached { allocation, left } => format!(
                "Every party to {} has reached its limit, and the contract does not say who bears the other {}.",
                payment(settlement, *allocation),
                show(left, &Unit::money(&settlement.currency.code))
            ),
            Stop::WrongKind { step, wanted } => format!("{} needs {wanted}.", line(settlement, *step)),
            Stop::PartOfDay { step, count, by } => {
                let (line, by) = (line(settlement, *step), show(by, &Unit::none()));
                format!("{line} moves a date by {by} {}, which is no whole number.", count.words())
            }
            Stop::Uncovered { step, day } => uncovered(settlement, *step, *day),
            Stop::TooLarge { step } => {
                format!("{} gives a figure with too many digits to be of use.", line(settlement, *step))
            }
            Stop::Broken { step, problem } => format!("{} {problem}.", line(settlement, *step)),
        }
    }
}

fn nothing_carried(settlement: &Settlement, carried: CarriedId, period: usize) -> String {
    let title = settlement.carried.get(carried.index());
    let title = title.map_or("a balance", |carried| title_of(&carried.title, &carried.name));
    let label =
        |place: usize| settlement.periods.get(place).map_or("the period", |period| period.label.as_str());
    let before = period.checked_sub(1).map_or("the period before", label);
    format!("“{title}” goes on in {} from what {before} left, and that is not known.", label(period))
}

fn title_of<'a>(title: &'a str, name: &'a str) -> &'a str {
    if title.is_empty() { name } else { title }
}

fn line(settlement: &Settlement, step: StepId) -> String {
    let Some(step) = settlement.steps.get(step.index()) else { return "A line".to_string() };
    let title = title_of(&step.title, &step.name);
    if step.origin.clause.is_empty() {
        format!("The line “{title}”")
    } else {
        format!("The line “{title}” ({})", step.origin.clause)
    }
}

fn uncovered(settlement: &Settlement, step: StepId, day: Date) -> String {
    let (line, day) = (line(settlement, step), show_date(day));
    let calendar = settlement.calendar.as_ref();
    let covers = calendar.map_or_else(String::new, |calendar| {
        format!(", and the calendar “{}” covers {} only", calendar.title, calendar.covered())
    });
    format!("{line} needs to know whether {day} is an operational day{covers}.")
}

fn payment(settlement: &Settlement, allocation: usize) -> String {
    let found = settlement.allocations.get(allocation);
    found.map_or("The payment".to_string(), |found| format!("“{}”", title_of(&found.title, &found.name)))
}

fn no_parameter(settlement: &Settlement, parameter: ParameterId, keys: &[Value], period: usize) -> String {
    let found = settlement.parameters.get(parameter.index());
    let title = found.map_or("A parameter", |found| title_of(&found.title, &found.name));
    let period = settlement.periods.get(period).map_or("this period", |period| period.label.as_str());
    if keys.is_empty() {
        return format!("“{title}” has no figure in force on the first day of {period}.");
    }
    let types = found.map(|found| found.keys.iter().map(|key| &key.ty)).into_iter().flatten();
    let keys: Vec<String> = keys
        .iter()
        .zip(types.map(Some).chain(std::iter::repeat(None)))
        .map(|(key, ty)| key_words(settlement, key, ty))
        .collect();
    format!("“{title}” has no figure for {} in force on the first day of {period}.", keys.join(", "))
}

fn key_words(settlement: &Settlement, key: &Value, ty: Option<&Type>) -> String {
    match (key, ty) {
        (Value::Choice(name), Some(Type::Choice(id))) => {
            let members = settlement.choices.get(id.index()).map(|choice| &choice.members);
            let member = members.and_then(|members| members.iter().find(|(member, _)| member == name));
            member.map_or(name.as_str(), |(name, title)| title_of(title, name)).to_string()
        }
        (Value::Choice(name) | Value::Text(name), _) => name.clone(),
        (Value::Number(number), _) => number.text(),
        (Value::Date(date), _) => show_date(*date),
        (Value::Truth(true), _) => "yes".to_string(),
        (Value::Truth(false), _) => "no".to_string(),
        (Value::Missing, _) => "nothing".to_string(),
    }
}
