//! The part of a settlement that one example computes, as a settlement of its own.
//!
//! A contract has hundreds of lines and an example touches a few: the excerpt holds those lines, and the inputs,
//! figures and payments that go with them, renumbered. Everything it holds keeps its meaning and its order.

use jcm_calculus::{Allocation, Carried, Expr, InputId, ParameterId, Settlement, Step, StepId, Type, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Steps that are computed otherwise than the settlement says: how, and what they then are.
pub(crate) type Instead = BTreeMap<StepId, (Expr, Type)>;

/// A part of a settlement, with the places that its lists have in the whole.
pub(crate) struct Excerpt {
    /// The part, with all periods and balances of the whole.
    pub(crate) settlement: Settlement,
    /// The step of the whole that each step is.
    pub(crate) steps: Vec<StepId>,
    /// The allocation of the whole that each allocation is.
    pub(crate) allocations: Vec<usize>,
    inputs: BTreeMap<InputId, InputId>,
}

impl Excerpt {
    /// The steps of `needed`. What a step of `given` refers to is not needed.
    pub(crate) fn of(
        whole: &Settlement,
        needed: &BTreeSet<StepId>,
        given: &BTreeMap<StepId, Value>,
        instead: &Instead,
    ) -> Self {
        let mut copy = Copy::new(whole);
        for id in needed {
            let Some(step) = whole.steps.get(id.index()) else { continue };
            let (expr, ty) = match instead.get(id) {
                _ if given.contains_key(id) => (Expr::literal(Value::Missing), &step.ty),
                Some((expr, ty)) => (copy.expr(expr), ty),
                None => (copy.expr(&step.expr), &step.ty),
            };
            copy.renumbered.insert(*id, next_id(&copy.steps, StepId));
            copy.steps.push(Step { expr, ty: ty.clone(), ..step.clone() });
        }
        let touched = |(_, allocation): &(usize, &Allocation)| needed.contains(&allocation.amount);
        let (allocations, paid): (Vec<usize>, Vec<Allocation>) = whole
            .allocations
            .iter()
            .enumerate()
            .filter(touched)
            .map(|(place, allocation)| {
                let amount = copy.step(allocation.amount);
                // Of a line on its own nobody asks when it is paid.
                (place, Allocation { amount, due: Vec::new(), ..allocation.clone() })
            })
            .unzip();
        // A balance whose closing line is not needed closes at nothing that anybody asks for.
        let is_used = whole.carried.iter().any(|c| needed.contains(&c.closing))
            || copy.steps.iter().any(|step| !step.expr.carried().is_empty());
        let carried = whole.carried.iter().filter(|_| is_used);
        let carried = carried.map(|c| Carried { closing: copy.closing(c.closing), ..c.clone() }).collect();
        let settlement = Settlement {
            name: whole.name.clone(),
            title: whole.title.clone(),
            source_hash: whole.source_hash.clone(),
            currency: whole.currency.clone(),
            parties: whole.parties.clone(),
            periods: whole.periods.clone(),
            calendar: whole.calendar.clone(),
            choices: whole.choices.clone(),
            inputs: copy.inputs,
            parameters: copy.parameters,
            carried,
            steps: copy.steps,
            // Of a line on its own nobody asks what its fund has.
            pools: Vec::new(),
            allocations: paid,
            datasets: Vec::new(),
            vectors: Vec::new(),
        };
        Self { settlement, steps: copy.renumbered.into_keys().collect(), allocations, inputs: copy.input_ids }
    }

    /// An input of the whole as it is numbered here, if anything here needs it.
    pub(crate) fn input(&self, input: InputId) -> Option<InputId> {
        self.inputs.get(&input).copied()
    }

    /// A step of the whole as it is numbered here.
    pub(crate) fn step(&self, step: StepId) -> Option<StepId> {
        let place = self.steps.binary_search(&step).ok()?;
        u32::try_from(place).ok().map(StepId)
    }
}

/// What has been copied so far, with the new numbers of the old things.
struct Copy<'a> {
    whole: &'a Settlement,
    inputs: Vec<jcm_calculus::Input>,
    parameters: Vec<jcm_calculus::Parameter>,
    steps: Vec<Step>,
    input_ids: BTreeMap<InputId, InputId>,
    parameter_ids: BTreeMap<ParameterId, ParameterId>,
    renumbered: BTreeMap<StepId, StepId>,
}

impl<'a> Copy<'a> {
    fn new(whole: &'a Settlement) -> Self {
        Self {
            whole,
            inputs: Vec::new(),
            parameters: Vec::new(),
            steps: Vec::new(),
            input_ids: BTreeMap::new(),
            parameter_ids: BTreeMap::new(),
            renumbered: BTreeMap::new(),
        }
    }

    fn input(&mut self, id: InputId) -> InputId {
        if let Some(known) = self.input_ids.get(&id) {
            return *known;
        }
        let Some(input) = self.whole.inputs.get(id.index()) else { return id };
        let new = next_id(&self.inputs, InputId);
        self.inputs.push(input.clone());
        self.input_ids.insert(id, new);
        new
    }

    fn parameter(&mut self, id: ParameterId) -> ParameterId {
        if let Some(known) = self.parameter_ids.get(&id) {
            return *known;
        }
        let Some(parameter) = self.whole.parameters.get(id.index()) else { return id };
        let new = next_id(&self.parameters, ParameterId);
        self.parameters.push(parameter.clone());
        self.parameter_ids.insert(id, new);
        new
    }

    /// A step's new number: it is needed and comes earlier, so it has one.
    fn step(&self, id: StepId) -> StepId {
        self.renumbered.get(&id).copied().unwrap_or(id)
    }

    /// The closing line of a balance; one that is not needed closes nothing.
    fn closing(&self, id: StepId) -> StepId {
        self.renumbered.get(&id).copied().unwrap_or(StepId(u32::MAX))
    }

    fn exprs(&mut self, exprs: &[Expr]) -> Vec<Expr> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }

    fn boxed(&mut self, expr: &Expr) -> Box<Expr> {
        Box::new(self.expr(expr))
    }

    fn expr(&mut self, expr: &Expr) -> Expr {
        match expr {
            Expr::Literal { .. } | Expr::Carried(_) | Expr::InPeriods(_) => expr.clone(),
            Expr::Input(id) => Expr::Input(self.input(*id)),
            Expr::Step(id) => Expr::Step(self.step(*id)),
            Expr::Parameter { parameter, column, keys } => Expr::Parameter {
                parameter: self.parameter(*parameter),
                column: *column,
                keys: self.exprs(keys),
            },
            Expr::Arithmetic { op, left, right } => {
                Expr::Arithmetic { op: *op, left: self.boxed(left), right: self.boxed(right) }
            }
            Expr::Compare { op, left, right } => {
                Expr::Compare { op: *op, left: self.boxed(left), right: self.boxed(right) }
            }
            Expr::Negate(value) => Expr::Negate(self.boxed(value)),
            Expr::Absolute(value) => Expr::Absolute(self.boxed(value)),
            Expr::Not(value) => Expr::Not(self.boxed(value)),
            Expr::IsMissing(value) => Expr::IsMissing(self.boxed(value)),
            Expr::SumOfRows(value) => Expr::SumOfRows(self.boxed(value)),
            Expr::CountOfRows(value) => Expr::CountOfRows(self.boxed(value)),
            Expr::StatisticOfRows { statistic, value } => {
                Expr::StatisticOfRows { statistic: statistic.clone(), value: self.boxed(value) }
            }
            Expr::IfMissing(value, default) => Expr::IfMissing(self.boxed(value), self.boxed(default)),
            Expr::Least(values) => Expr::Least(self.exprs(values)),
            Expr::Greatest(values) => Expr::Greatest(self.exprs(values)),
            Expr::All(values) => Expr::All(self.exprs(values)),
            Expr::Any(values) => Expr::Any(self.exprs(values)),
            Expr::Round { value, rounding } => {
                Expr::Round { value: self.boxed(value), rounding: rounding.clone() }
            }
            Expr::RoundToFigures { value, mode, figures } => {
                Expr::RoundToFigures { value: self.boxed(value), mode: *mode, figures: *figures }
            }
            Expr::Irrational { function, value, decimals } => {
                Expr::Irrational { function: *function, value: self.boxed(value), decimals: *decimals }
            }
            Expr::Power { value, exponent } => Expr::Power { value: self.boxed(value), exponent: *exponent },
            Expr::Statistic { statistic, parts } => {
                Expr::Statistic { statistic: statistic.clone(), parts: self.exprs(parts) }
            }
            Expr::OverAll { function, value, same } => Expr::OverAll {
                function: function.clone(),
                value: self.boxed(value),
                same: same.as_ref().map(|same| self.boxed(same)),
            },
            Expr::Choose { cases, otherwise } => Expr::Choose {
                cases: cases
                    .iter()
                    .map(|(condition, value)| (self.expr(condition), self.expr(value)))
                    .collect(),
                otherwise: self.boxed(otherwise),
            },
            Expr::MoveDate { date, by, count } => {
                Expr::MoveDate { date: self.boxed(date), by: self.boxed(by), count: *count }
            }
            Expr::CountBetween { from, to, count } => {
                Expr::CountBetween { from: self.boxed(from), to: self.boxed(to), count: *count }
            }
            Expr::MarkDate { date, mark } => Expr::MarkDate { date: self.boxed(date), mark: *mark },
            Expr::Scale { value, rows } => Expr::Scale { value: self.boxed(value), rows: rows.clone() },
            Expr::Bands { value, rows } => Expr::Bands { value: self.boxed(value), rows: rows.clone() },
            Expr::Weighted { parts, missing } => Expr::Weighted {
                parts: parts.iter().map(|(weight, part)| (weight.clone(), self.expr(part))).collect(),
                missing: *missing,
            },
        }
    }
}

fn next_id<T, Id>(list: &[T], id: fn(u32) -> Id) -> Id {
    id(u32::try_from(list.len()).unwrap_or(u32::MAX))
}
