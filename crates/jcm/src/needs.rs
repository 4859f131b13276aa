//! Which lines an example computes.
//!
//! An example gives the figures of one incentive, and a contract has several: the lines of the others would stop for
//! want of their figures. So an example computes what it expects, the lines of what it is an example of as far as its
//! figures reach, and whatever those need; nothing else.

use crate::excerpt::Instead;
use jcm_calculus::{Carried, CarriedId, Expr, InputId, Level, MissingRule, Settlement, StepId};
use jcm_model::{Def, Example, Expected, LineOwner, PeriodOfExample, Program};
use std::collections::{BTreeMap, BTreeSet};

/// What one step refers to directly.
#[derive(Debug, Default)]
struct References {
    inputs: Vec<InputId>,
    steps: Vec<StepId>,
    carried: Vec<CarriedId>,
    /// Whether a part of it is worked out over all cases.
    over_all: bool,
}

impl References {
    fn of(expr: &Expr) -> Self {
        let mut references = Self::default();
        collect(expr, &mut references);
        references
    }
}

/// The references of every step, collected once for all examples.
pub(crate) struct Needs<'a> {
    program: &'a Program,
    settlement: &'a Settlement,
    references: Vec<References>,
}

impl<'a> Needs<'a> {
    pub(crate) fn new(program: &'a Program, settlement: &'a Settlement) -> Self {
        let references = settlement.steps.iter().map(|step| References::of(&step.expr));
        Self { program, settlement, references: references.collect() }
    }

    /// The steps that an example computes or is given, in each of its periods, where some are computed otherwise.
    pub(crate) fn of(&self, example: &Example, instead: &Instead) -> Vec<BTreeSet<StepId>> {
        let changed: BTreeMap<StepId, References> =
            instead.iter().map(|(step, (expr, _))| (*step, References::of(expr))).collect();
        let own = self.own_lines(example);
        let mut all: Vec<BTreeSet<StepId>> = Vec::with_capacity(own.len());
        // From the last period back: what a period begins with, the one before must come to.
        let mut closings: Vec<StepId> = Vec::new();
        for ((after, part), own) in example.periods().enumerate().zip(own).rev() {
            let mut waiting: Vec<StepId> =
                part.expect.iter().filter_map(|expect| self.expected(&expect.what)).collect();
            let given: BTreeSet<StepId> = part.given_lines.iter().map(|(line, _)| StepId(line.0)).collect();
            waiting.extend(&given);
            waiting.extend(own);
            waiting.append(&mut closings);
            let needed = self.behind(waiting, &given, &changed);
            let period = example.period.saturating_add(after);
            let used = needed.iter().filter(|step| !given.contains(step));
            let used = used.filter_map(|step| self.references_of(*step, &changed));
            let carried = used.flat_map(|references| &references.carried);
            let carried = carried.filter_map(|id| self.settlement.carried.get(id.index()));
            closings.extend(carried.filter(|carried| !carried.begins_in(period)).map(|c| c.closing));
            all.push(needed);
        }
        all.reverse();
        all
    }

    /// What a step refers to, as it is computed now.
    fn references_of<'r>(
        &'r self,
        step: StepId,
        changed: &'r BTreeMap<StepId, References>,
    ) -> Option<&'r References> {
        changed.get(&step).or_else(|| self.references.get(step.index()))
    }

    /// Some steps and all that they refer to; what is given refers to nothing.
    fn behind(
        &self,
        mut waiting: Vec<StepId>,
        given: &BTreeSet<StepId>,
        changed: &BTreeMap<StepId, References>,
    ) -> BTreeSet<StepId> {
        let mut needed = BTreeSet::new();
        while let Some(step) = waiting.pop() {
            if !needed.insert(step) || given.contains(&step) {
                continue;
            }
            if let Some(references) = self.references_of(step, changed) {
                waiting.extend(&references.steps);
            }
        }
        needed
    }

    fn expected(&self, expected: &Expected) -> Option<StepId> {
        match expected {
            Expected::Line { line, .. } => Some(StepId(line.0)),
            Expected::Receives { flow, .. } => self.program.flow(*flow).map(|flow| StepId(flow.amount.0)),
        }
    }

    /// The lines of what the example is of, as far as its figures reach, in each of its periods.
    fn own_lines(&self, example: &Example) -> Vec<Vec<StepId>> {
        if let Def::Partner(_) = example.of {
            return vec![Vec::new(); example.later.len().saturating_add(1)];
        }
        let opening = example.opening.iter().map(|(id, _)| CarriedId(id.0));
        let mut known: BTreeSet<CarriedId> = opening.collect();
        let mut all = Vec::new();
        for (after, part) in example.periods().enumerate() {
            let period = example.period.saturating_add(after);
            let reached = self.within_reach(example, &part, period, &known);
            let closes = |(id, carried): (CarriedId, &Carried)| {
                reached.get(carried.closing.index()).copied().unwrap_or(false).then_some(id)
            };
            known = (0u32..).map(CarriedId).zip(&self.settlement.carried).filter_map(closes).collect();
            let lines = (0u32..).map(StepId).zip(&self.program.lines).zip(reached);
            let own = lines.filter(|((_, line), reached)| *reached && is_own(line.owner, example.of));
            all.push(own.map(|((id, _), _)| id).collect());
        }
        all
    }

    /// Which steps the figures of a period are enough for; `known` is what is carried into it.
    fn within_reach(
        &self,
        example: &Example,
        part: &PeriodOfExample<'_>,
        period: usize,
        known: &BTreeSet<CarriedId>,
    ) -> Vec<bool> {
        let given: BTreeSet<StepId> = part.given_lines.iter().map(|(line, _)| StepId(line.0)).collect();
        let mut reached: Vec<bool> = Vec::with_capacity(self.references.len());
        // A line over all cases is out of reach of an example with one case.
        let alone = |id: StepId| {
            let references = self.references.get(id.index());
            example.others.is_empty() && references.is_some_and(|references| references.over_all)
        };
        let is_carried = |id: &CarriedId| {
            let carried = self.settlement.carried.get(id.index());
            known.contains(id) || carried.is_some_and(|carried| carried.begins_in(period))
        };
        for (id, references) in (0u32..).map(StepId).zip(&self.references) {
            let step_known = |step: &StepId| reached.get(step.index()).copied().unwrap_or(false);
            let all_known = references.inputs.iter().all(|input| self.is_given(example, part, *input))
                && references.steps.iter().all(step_known)
                && references.carried.iter().all(is_carried)
                && !alone(id);
            reached.push(all_known || given.contains(&id));
        }
        reached
    }

    /// Whether the example gives a figure, or the contract says what its absence means.
    fn is_given(&self, example: &Example, part: &PeriodOfExample<'_>, input: InputId) -> bool {
        let Some(known) = self.settlement.inputs.get(input.index()) else { return false };
        let gives = |figures: &[(jcm_model::InputId, _)]| figures.iter().any(|(id, _)| id.0 == input.0);
        match known.level {
            Level::Case => known.missing != MissingRule::Refuse || gives(part.given),
            Level::Row => {
                let in_row =
                    |(_, figures): &(String, Vec<_>)| known.missing != MissingRule::Refuse || gives(figures);
                !example.rows.is_empty() && example.rows.iter().all(in_row)
            }
        }
    }
}

fn is_own(owner: LineOwner, of: Def) -> bool {
    match (owner, of) {
        (_, Def::Contract) => true,
        (LineOwner::Incentive(owner), Def::Incentive(of)) => owner == of,
        (LineOwner::Score(owner), Def::Score(of)) => owner == of,
        (LineOwner::Pool(owner), Def::Pool(of)) => owner == of,
        (LineOwner::Payment(owner), Def::Payment(of)) => owner == of,
        (LineOwner::OpenTerm(owner), Def::OpenTerm(of)) => owner == of,
        _ => false,
    }
}

fn collect(expr: &Expr, references: &mut References) {
    match expr {
        Expr::Input(id) => references.inputs.push(*id),
        Expr::Step(id) => references.steps.push(*id),
        Expr::Carried(id) => references.carried.push(*id),
        _ => {
            references.over_all |= matches!(expr, Expr::OverAll { .. });
            expr.parts().into_iter().for_each(|part| collect(part, references));
        }
    }
}
