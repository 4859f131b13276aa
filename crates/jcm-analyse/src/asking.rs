//! One contract in one period, with what every question needs: engines over the figures behind some payments, cases
//! settled exactly, and figures in words.

use crate::engine::{Engine, Open};
use crate::facts::Facts;
use crate::reading::{Cell, Layout, Place as At};
use crate::sample::{Sampler, Settled};
use crate::subject::{Domain, Subject};
use crate::{Of, Witness};
use jcm_calculus::{CarriedId, Expr, InputId, Level, PartyId, Settlement, StepId, Type, Value};
use jcm_eval::{Case, Prepared};
use jcm_quantity::{End, Exact, Range, RoundingMode, Unit, show};
use std::cell::{Cell as Counter, OnceCell};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The most combinations of choices and of yes and no that are followed.
const MOST_COMBINATIONS: usize = 64;

/// Boxes that one engine looks at for all its questions.
const BUDGET: usize = 6_000;

/// A number that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Number {
    /// An input.
    Input(InputId),
    /// What the period begins with.
    Carried(CarriedId),
}

/// One contract in one period.
pub(crate) struct Asking<'a> {
    pub(crate) subject: &'a Subject<'a>,
    /// The settlement with the steps that questions add.
    pub(crate) prepared: &'a Prepared<'a>,
    /// What is known of each line by itself.
    pub(crate) facts: Facts<'a>,
    pub(crate) period: usize,
    /// The periods in which every figure of the contract is the same as in this one.
    pub(crate) periods: Vec<usize>,
    /// Where each carried figure can lie at the beginning of these periods.
    pub(crate) openings: Vec<Range>,
    /// Cases with rows and with others, drawn when they are first asked for.
    pub(crate) drawn: OnceLock<Vec<Settled>>,
}

/// Some payments with the figures behind them.
pub(crate) struct Bench<'a> {
    pub(crate) asking: &'a Asking<'a>,
    pub(crate) engine: Engine<'a>,
    /// The numbers of its boxes, in order.
    pub(crate) numbers: Vec<Number>,
    pub(crate) payments: Vec<usize>,
    pub(crate) steps: Vec<StepId>,
    /// The values that are tried of each number, found out when they are first asked for.
    pub(crate) values: OnceCell<Vec<Vec<Exact>>>,
}

impl<'a> Asking<'a> {
    pub(crate) fn settlement(&self) -> &'a Settlement {
        self.prepared.settlement()
    }

    /// The steps behind some steps, themselves included, and the inputs and balances that they use.
    pub(crate) fn behind(
        &self,
        steps: &[StepId],
    ) -> (BTreeSet<StepId>, BTreeSet<InputId>, BTreeSet<CarriedId>) {
        self.behind_but(steps, None)
    }

    /// The same without a line that is taken as a free figure, and without what is behind it.
    pub(crate) fn behind_but(
        &self,
        steps: &[StepId],
        free: Option<StepId>,
    ) -> (BTreeSet<StepId>, BTreeSet<InputId>, BTreeSet<CarriedId>) {
        let (mut seen, mut inputs, mut carried) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut waiting = steps.to_vec();
        while let Some(id) = waiting.pop() {
            if Some(id) == free || !seen.insert(id) {
                continue;
            }
            let Some(step) = self.settlement().steps.get(id.index()) else { continue };
            let mut open = vec![&step.expr];
            while let Some(expr) = open.pop() {
                match expr {
                    Expr::Step(id) => waiting.push(*id),
                    Expr::Input(id) => drop(inputs.insert(*id)),
                    Expr::Carried(id) => drop(carried.insert(*id)),
                    _ => {}
                }
                open.extend(expr.parts());
            }
        }
        carried.retain(|id| {
            self.settlement().carried.get(id.index()).is_some_and(|one| !one.begins_in(self.period))
        });
        (seen, inputs, carried)
    }

    /// The lines that some payments are of.
    pub(crate) fn amounts(&self, payments: &[usize]) -> Vec<StepId> {
        let paid = payments.iter().filter_map(|place| self.settlement().allocations.get(*place));
        paid.map(|paid| paid.amount).collect()
    }

    /// An engine over the figures behind some steps and payments, or why there is none.
    pub(crate) fn bench(&'a self, steps: &[StepId], payments: &[usize]) -> Result<Bench<'a>, Open> {
        let wanted: Vec<StepId> = steps.iter().copied().chain(self.amounts(payments)).collect();
        let (engine, numbers) = self.engine(&wanted, None)?;
        Ok(Bench {
            asking: self,
            engine,
            numbers,
            payments: payments.to_vec(),
            steps: wanted,
            values: OnceCell::new(),
        })
    }

    /// An engine over the figures behind some steps with what its boxes are of; a line that is taken as a free figure
    /// is the last number of a box, and leaves room for every way through the caps and floors behind it.
    pub(crate) fn engine(
        &'a self,
        wanted: &[StepId],
        free: Option<StepId>,
    ) -> Result<(Engine<'a>, Vec<Number>), Open> {
        let (seen, inputs, carried) = self.behind_but(wanted, free);
        for step in seen.iter().filter_map(|id| self.settlement().steps.get(id.index())) {
            let why = if step.level == Level::Row {
                "has a figure for each row of a case, and rows are not followed"
            } else if !step.expr.over_all().is_empty() {
                "is worked out over all cases of a settlement"
            } else {
                continue;
            };
            return Err(Open::Cannot(format!("The line “{}” {why}.", step.title)));
        }
        let mut layout = Layout { period: self.period, ..Layout::default() };
        let (mut numbers, mut ranges, mut choices) = (Vec::new(), Vec::new(), Vec::new());
        for id in inputs {
            match self.subject.figures.get(id.index()).map(|figure| &figure.domain) {
                Some(Domain::Numbers { range, .. }) => {
                    layout.inputs.insert(id, At::Number(numbers.len()));
                    numbers.push(Number::Input(id));
                    ranges.push(range.clone());
                }
                Some(Domain::OneOf(values)) => {
                    layout.inputs.insert(id, At::Fixed(choices.len()));
                    choices.push(values.clone());
                }
                _ => {
                    let title = self.settlement().inputs.get(id.index()).map_or("", |input| &input.title);
                    return Err(Open::Cannot(format!(
                        "“{title}” is a text or a date, and these are not followed."
                    )));
                }
            }
        }
        for id in carried {
            layout.carried.insert(id, numbers.len());
            numbers.push(Number::Carried(id));
            ranges.push(self.opening(id));
        }
        if let Some(line) = free {
            layout.steps.insert(line, (Some(ranges.len()), None));
            ranges.push(self.facts.range(line));
            layout.branches = true;
        }
        let whole = combinations(&choices)?
            .into_iter()
            .map(|fixed| Cell { numbers: ranges.clone(), fixed, inside: false })
            .collect();
        Ok((Engine { prepared: self.prepared, layout, whole, left: Counter::new(BUDGET) }, numbers))
    }

    /// Where a carried figure can lie at the beginning of the period.
    pub(crate) fn opening(&self, id: CarriedId) -> Range {
        self.openings.get(id.index()).cloned().unwrap_or(Range::ALL)
    }

    /// Cases with rows and with others that settle.
    pub(crate) fn drawn(&self) -> &[Settled] {
        self.drawn.get_or_init(|| crate::drawn::cases(self))
    }

    pub(crate) fn unit(&self, number: Number) -> Unit {
        let settlement = self.settlement();
        match number {
            Number::Input(id) => match settlement.inputs.get(id.index()).map(|input| &input.ty) {
                Some(Type::Number(unit)) => unit.clone(),
                _ => Unit::none(),
            },
            Number::Carried(id) => {
                settlement.carried.get(id.index()).map_or_else(Unit::none, |carried| carried.unit.clone())
            }
        }
    }

    /// The step between two figures that are reported.
    pub(crate) fn grain_of(&self, number: Number) -> Exact {
        match number {
            Number::Input(id) => match self.subject.figures.get(id.index()).map(|one| &one.domain) {
                Some(Domain::Numbers { grain, .. }) => grain.clone(),
                _ => Exact::one(),
            },
            Number::Carried(_) => self.grain(),
        }
    }

    /// A figure in words, as it is reported.
    pub(crate) fn figure_shown(&self, number: Number, value: &Exact) -> String {
        show(&value.round(&self.grain_of(number), RoundingMode::HalfEven), &self.unit(number))
    }

    /// Money in words, to the smallest amount that is paid.
    pub(crate) fn money(&self, amount: &Exact) -> String {
        let amount = amount.round(&self.grain(), RoundingMode::HalfEven);
        show(&amount, &Unit::money(&self.settlement().currency.code))
    }

    pub(crate) fn grain(&self) -> Exact {
        let first = self.settlement().allocations.first();
        first.map_or_else(|| Exact::ten_to(-2), |allocation| allocation.rounding.grain.clone())
    }

    pub(crate) fn party(&self, id: PartyId) -> &'a str {
        self.settlement().parties.get(id.index()).map_or("", |party| &party.title)
    }

    pub(crate) fn payment(&self, place: usize) -> &'a str {
        let Some(allocation) = self.settlement().allocations.get(place) else { return "" };
        let line = self.settlement().steps.get(allocation.amount.index()).map_or("", |step| &step.title);
        let same = |other: &&jcm_calculus::Allocation| other.title == allocation.title;
        let many = self.settlement().allocations.iter().filter(same).count() > 1;
        if (many || allocation.title.is_empty()) && !line.is_empty() { line } else { &allocation.title }
    }

    /// What a party gets from some payments, less what it pays itself and not through a pool.
    pub(crate) fn net(&self, settled: &Settled, party: PartyId) -> Exact {
        settled.net(self.settlement(), party)
    }
}

impl<'a> Bench<'a> {
    pub(crate) fn place_of(&self, input: InputId) -> Option<usize> {
        self.numbers.iter().position(|number| *number == Number::Input(input))
    }

    pub(crate) fn sampler(&'a self) -> Sampler<'a> {
        Sampler::of(self)
    }

    pub(crate) fn title(&self, number: Number) -> &'a str {
        let settlement = self.asking.settlement();
        match number {
            Number::Input(id) => settlement.inputs.get(id.index()).map_or("", |input| &input.title),
            Number::Carried(id) => settlement.carried.get(id.index()).map_or("", |carried| &carried.title),
        }
    }

    /// A case that was settled, as what shows something.
    pub(crate) fn witness(&self, settled: &Settled, of: Of, shows: Value) -> Witness {
        Witness {
            case: settled.case.clone(),
            others: settled.others.clone(),
            steps: self.steps.clone(),
            payments: self.payments.clone(),
            of,
            shows,
            words: self.case_words(&settled.case, None),
        }
    }

    /// One figure of a case in words.
    pub(crate) fn figure_words(&self, case: &Case, number: Number) -> String {
        let value = match number {
            Number::Input(id) => case.inputs.get(&id),
            Number::Carried(id) => case.carried.get(&id),
        };
        match value {
            Some(Value::Number(value)) => {
                format!("“{}” at {}", self.title(number), self.asking.figure_shown(number, value))
            }
            _ => String::new(),
        }
    }

    /// The figures of a case in words; without one of them where it is told elsewhere.
    pub(crate) fn case_words(&self, case: &Case, without: Option<Number>) -> String {
        let settlement = self.asking.settlement();
        let mut words = Vec::new();
        for number in &self.numbers {
            let told =
                if Some(*number) == without { String::new() } else { self.figure_words(case, *number) };
            if !told.is_empty() {
                words.push(told);
            }
        }
        for (id, at) in &self.engine.layout.inputs {
            let input = settlement.inputs.get(id.index());
            if let (At::Fixed(_), Some(input), Some(value)) = (at, input, case.inputs.get(id)) {
                words.push(format!("“{}”: {}", input.title, fixed_words(settlement, &input.ty, value)));
            }
        }
        words.join(", ")
    }
}

impl Open {
    pub(crate) fn words(&self) -> String {
        match self {
            Open::Budget => "The figures leave too many ways through the lines open.".to_owned(),
            Open::Cannot(why) => why.clone(),
        }
    }
}

pub(crate) fn fixed_words(settlement: &Settlement, ty: &Type, value: &Value) -> String {
    match (ty, value) {
        (Type::Choice(id), Value::Choice(name)) => {
            let members = settlement.choices.get(id.index()).map(|choice| &choice.members);
            let title = members.and_then(|members| members.iter().find(|(member, _)| member == name));
            title.map_or(name, |(_, title)| title).clone()
        }
        (_, Value::Truth(true)) => "yes".to_owned(),
        (_, Value::Truth(false)) => "no".to_owned(),
        (_, Value::Choice(name) | Value::Text(name)) => name.clone(),
        _ => String::new(),
    }
}

/// Every way to choose one of each.
pub(crate) fn combinations(choices: &[Vec<Value>]) -> Result<Vec<Vec<Value>>, Open> {
    let mut all: Vec<Vec<Value>> = vec![Vec::new()];
    for values in choices {
        all = all
            .iter()
            .flat_map(|known| {
                values.iter().map(move |value| known.iter().cloned().chain([value.clone()]).collect())
            })
            .collect();
        if all.len() > MOST_COMBINATIONS {
            return Err(Open::Budget);
        }
    }
    Ok(all)
}

/// A range in words: `£0.00 or more`, `0% to 100%`, `any figure`.
pub fn range_words(range: &Range, shown: impl Fn(&Exact) -> String) -> String {
    match (&range.low, &range.high) {
        (End::At(low), End::At(high)) if low == high => shown(low),
        (End::At(low), End::At(high)) => format!("{} to {}", shown(low), shown(high)),
        (End::At(low), _) => format!("{} or more", shown(low)),
        (_, End::At(high)) => format!("{} or less", shown(high)),
        _ => "any figure".to_owned(),
    }
}
