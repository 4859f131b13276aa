//! Measures that are put together from parts, each taken as one figure: what is better, and what is paid for, is said of
//! the measure and not of its quarters.
//!
//! Nothing is lost: a line that knows the figure of the period cannot tell from which parts it came. Where a line reads
//! a part by itself, the parts stay.

use super::Between;
use jcm_calculus::{Expr, Input, InputId, Settlement, StepId, Type, Value};
use jcm_eval::{Case, Prepared};
use jcm_model::{Combined, Combining, Measure, MeasureId, Program};
use jcm_quantity::{Exact, Statistic};

/// A measure that is taken as one figure; its input stands behind those of the contract, in the order of these.
pub(crate) struct Whole {
    /// The measure.
    pub(crate) measure: MeasureId,
    /// What the examples report of it.
    pub(crate) usual: Vec<Exact>,
    /// How many times what is possible of a part is possible of the whole: the number of parts of a sum.
    pub(crate) times: Exact,
    /// The step between two figures of the whole, in those of a part: a mean falls between them.
    pub(crate) grains: Exact,
}

/// The settlement with an input for each measure whose parts are used for nothing else, in place of the line that puts
/// them together. Parts that somebody set between two figures stay.
pub(crate) fn taken_whole(
    program: &Program,
    settlement: &Settlement,
    between: &[Between],
) -> (Settlement, Vec<Whole>) {
    let mut folded = settlement.clone();
    let mut wholes = Vec::new();
    for (id, measure) in (0u32..).map(MeasureId).zip(&program.measures) {
        let Some((combined, step)) = put_together(measure) else { continue };
        let parts: Vec<InputId> = combined.inputs.iter().map(|input| InputId(input.0)).collect();
        let asked = |part: &InputId| {
            let name = settlement.inputs.get(part.index()).map(|input| &input.name);
            between.iter().any(|one| Some(&one.input) == name)
        };
        if parts.iter().any(asked) || is_read_elsewhere(settlement, step, &parts) {
            continue;
        }
        let Some(input) = input(settlement, measure, step, &parts) else { continue };
        let Ok(place) = u32::try_from(folded.inputs.len()) else { continue };
        let Some(line) = folded.steps.get_mut(step.index()) else { continue };
        line.expr = Expr::Input(InputId(place));
        folded.inputs.push(input);
        let count = Exact::from_int(combined.part.map_or(1, |(_, count)| i64::from(count)));
        let (times, grains) = match &combined.rule {
            Combining::Statistic(Statistic::Sum) => (count, Exact::one()),
            Combining::Statistic(Statistic::Mean) => (Exact::one(), count.recip().unwrap_or_else(Exact::one)),
            _ => (Exact::one(), Exact::one()),
        };
        let usual = reported(settlement, step, &parts);
        wholes.push(Whole { measure: id, usual, times, grains });
    }
    (folded, wholes)
}

/// How a measure is put together, and the step that does it, where money depends on it.
fn put_together(measure: &Measure) -> Option<(&Combined, StepId)> {
    let combined = measure.combined.as_ref()?;
    Some((combined, StepId(combined.line?.0)))
}

/// Whether a step besides the one that puts them together reads some parts.
fn is_read_elsewhere(settlement: &Settlement, step: StepId, parts: &[InputId]) -> bool {
    let mut others: Vec<&Expr> = Vec::new();
    others.extend(
        (0u32..).map(StepId).zip(&settlement.steps).filter(|(id, _)| *id != step).map(|(_, one)| &one.expr),
    );
    while let Some(expr) = others.pop() {
        if matches!(expr, Expr::Input(id) if parts.contains(id)) {
            return true;
        }
        others.extend(expr.parts());
    }
    false
}

/// What stands for the measure: reported as its parts are.
fn input(settlement: &Settlement, measure: &Measure, step: StepId, parts: &[InputId]) -> Option<Input> {
    let part = settlement.inputs.get(parts.first()?.index())?;
    let step = settlement.steps.get(step.index())?;
    let Type::Number(_) = &step.ty else { return None };
    let mut input = Input {
        name: measure.head.name.clone(),
        title: measure.head.title.clone(),
        ty: step.ty.clone(),
        ..part.clone()
    };
    // What is possible of a numerator holds over its denominator, and of the measure by itself.
    input.doubt.possible.over = None;
    Some(input)
}

/// What the examples come to for the measure, as they give it or its parts.
fn reported(settlement: &Settlement, step: StepId, parts: &[InputId]) -> Vec<Exact> {
    let prepared = Prepared::new(settlement);
    let mut found = Vec::new();
    for vector in &settlement.vectors {
        let first = (vector.period, &vector.given, &vector.given_steps);
        let later = vector.later.iter().enumerate();
        let later = later.map(|(nth, one)| (vector.period + nth + 1, &one.given, &one.given_steps));
        for (period, given, steps) in std::iter::once(first).chain(later) {
            let inputs = given.iter().filter(|(id, _)| parts.contains(id)).cloned().collect();
            let given_steps = steps.iter().filter(|(id, _)| *id == step).cloned().collect();
            let case = Case { period, inputs, given_steps, ..Case::default() };
            let outcome = prepared.settle_part(&case, &[step], &[]).ok();
            if let Some(Value::Number(value)) = outcome.as_ref().and_then(|outcome| outcome.value(step, None))
            {
                found.push(value.clone());
            }
        }
    }
    found
}
