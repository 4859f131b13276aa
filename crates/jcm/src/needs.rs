//! Which lines an example computes.
//!
//! An example gives the figures of one incentive, and a contract has several: the lines of the others would stop for
//! want of their figures. So an example computes what it expects, the lines of what it is an example of as far as its
//! figures reach, and whatever those need; nothing else.

use crate::excerpt::Instead;
use jcm_calculus::{Expr, InputId, Level, MissingRule, Settlement, StepId};
use jcm_model::{Def, Example, Expected, LineOwner, Program};
use std::collections::BTreeSet;

/// What one step refers to directly.
#[derive(Debug, Default)]
struct References {
    inputs: Vec<InputId>,
    steps: Vec<StepId>,
}

/// The references of every step, collected once for all examples.
pub(crate) struct Needs<'a> {
    program: &'a Program,
    settlement: &'a Settlement,
    references: Vec<References>,
}

impl<'a> Needs<'a> {
    pub(crate) fn new(program: &'a Program, settlement: &'a Settlement) -> Self {
        let references = settlement.steps.iter().map(|step| {
            let mut references = References::default();
            collect(&step.expr, &mut references);
            references
        });
        Self { program, settlement, references: references.collect() }
    }

    /// The steps that an example computes or is given, where some are computed otherwise.
    pub(crate) fn of(&self, example: &Example, instead: &Instead) -> BTreeSet<StepId> {
        let given: BTreeSet<StepId> = example.given_lines.iter().map(|(line, _)| StepId(line.0)).collect();
        let mut waiting: Vec<StepId> =
            example.expect.iter().filter_map(|expect| self.expected(&expect.what)).collect();
        waiting.extend(&given);
        waiting.extend(self.own_lines(example, &given));
        let mut needed = BTreeSet::new();
        while let Some(step) = waiting.pop() {
            if !needed.insert(step) || given.contains(&step) {
                continue;
            }
            if let Some((expr, _)) = instead.get(&step) {
                let mut references = References::default();
                collect(expr, &mut references);
                waiting.extend(references.steps);
            } else if let Some(references) = self.references.get(step.index()) {
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

    /// The lines of what the example is of, as far as its figures reach.
    fn own_lines(&self, example: &Example, given: &BTreeSet<StepId>) -> Vec<StepId> {
        if let Def::Partner(_) = example.of {
            return Vec::new();
        }
        let mut within_reach: Vec<bool> = Vec::with_capacity(self.references.len());
        // A line over all cases is out of reach of an example with one case.
        let alone = |id: StepId| {
            let step = self.settlement.steps.get(id.index());
            example.others.is_empty() && step.is_some_and(|step| !step.expr.over_all().is_empty())
        };
        for (id, references) in (0u32..).map(StepId).zip(&self.references) {
            let step_known = |step: &StepId| within_reach.get(step.index()).copied().unwrap_or(false);
            let known = references.inputs.iter().all(|input| self.is_given(example, *input))
                && references.steps.iter().all(step_known)
                && !alone(id);
            within_reach.push(known || given.contains(&id));
        }
        let is_own = |owner: LineOwner| match (owner, example.of) {
            (_, Def::Contract) => true,
            (LineOwner::Incentive(owner), Def::Incentive(of)) => owner == of,
            (LineOwner::Score(owner), Def::Score(of)) => owner == of,
            (LineOwner::Pool(owner), Def::Pool(of)) => owner == of,
            (LineOwner::Payment(owner), Def::Payment(of)) => owner == of,
            (LineOwner::OpenTerm(owner), Def::OpenTerm(of)) => owner == of,
            _ => false,
        };
        let lines = (0u32..).map(StepId).zip(&self.program.lines).zip(within_reach);
        lines.filter(|((_, line), reached)| *reached && is_own(line.owner)).map(|((id, _), _)| id).collect()
    }

    /// Whether the example gives a figure, or the contract says what its absence means.
    fn is_given(&self, example: &Example, input: InputId) -> bool {
        let Some(known) = self.settlement.inputs.get(input.index()) else { return false };
        let gives = |figures: &[(jcm_model::InputId, _)]| figures.iter().any(|(id, _)| id.0 == input.0);
        match known.level {
            Level::Case => known.missing != MissingRule::Refuse || gives(&example.given),
            Level::Row => {
                let in_row =
                    |(_, figures): &(String, Vec<_>)| known.missing != MissingRule::Refuse || gives(figures);
                !example.rows.is_empty() && example.rows.iter().all(in_row)
            }
        }
    }
}

fn collect(expr: &Expr, references: &mut References) {
    match expr {
        Expr::Input(id) => references.inputs.push(*id),
        Expr::Step(id) => references.steps.push(*id),
        _ => expr.parts().into_iter().for_each(|part| collect(part, references)),
    }
}
