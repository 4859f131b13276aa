//! The machine run for a reading of another crate.

use crate::machine::Machine;
use crate::reading::{Held, Reading};
use crate::{Prepared, Stop};
use jcm_calculus::{Expr, Settlement, StepId};

/// What came of following some steps.
pub struct Followed<R: Reading> {
    /// The values of the steps that were asked for, in their order, or why there are none.
    pub values: Result<Vec<Held<R::Number>>, Stop>,
    /// The reading, with what it noted on the way.
    pub reading: R,
}

/// Computes the steps of case level that are asked for, and those that they need.
pub fn follow<R: Reading>(
    prepared: &Prepared<'_>,
    reading: R,
    steps: &[StepId],
) -> Result<Followed<R>, Stop> {
    let needed = steps_behind_but(prepared.settlement(), steps, |step| reading.given_step(step).is_some());
    let mut machine = Machine::new(prepared, reading)?;
    let values = machine.run(Some(&needed)).map(|()| {
        let value = |step: &StepId| machine.result(*step, None).cloned().unwrap_or(Held::MISSING);
        steps.iter().map(value).collect()
    });
    Ok(Followed { values, reading: machine.into_reading() })
}

/// Marks the steps that some steps need, themselves included.
pub(crate) fn steps_behind(settlement: &Settlement, steps: &[StepId]) -> Vec<bool> {
    steps_behind_but(settlement, steps, |_| false)
}

/// The same without what only steps need whose values are given.
fn steps_behind_but(
    settlement: &Settlement,
    steps: &[StepId],
    is_given: impl Fn(StepId) -> bool,
) -> Vec<bool> {
    let mut needed = vec![false; settlement.steps.len()];
    for step in steps {
        if let Some(mark) = needed.get_mut(step.index()) {
            *mark = true;
        }
    }
    // A step refers only to earlier ones, so one way back through the list finds them all.
    for (place, step) in settlement.steps.iter().enumerate().rev() {
        let given = || u32::try_from(place).is_ok_and(|place| is_given(StepId(place)));
        if needed.get(place) != Some(&true) || given() {
            continue;
        }
        let mut open = vec![&step.expr];
        while let Some(expr) = open.pop() {
            if let Expr::Step(id) = expr
                && let Some(mark) = needed.get_mut(id.index())
            {
                *mark = true;
            }
            open.extend(expr.parts());
        }
    }
    needed
}
