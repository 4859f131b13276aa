//! A measure that is put together from the parts of a period, drawn as one figure in place of them.

use jcm_calculus::{Doubt, Expr, Input, InputId, Level, MissingRule, Settlement};
use jcm_model::{Measure, Program, Simulation, Vary};

/// For each figure that is drawn, the input of a settlement that it is. A measure that is drawn whole has an input of its own
/// there, which stands where its parts were put together; every other step stays as it is and where it is.
pub(super) fn inputs(program: &Program, whole: &mut Settlement, simulation: &Simulation) -> Vec<InputId> {
    let of_vary = |vary: &Vary| {
        let measure = vary.whole.and_then(|id| program.measures.get(id.index()));
        measure.and_then(|measure| stand_in(whole, measure)).unwrap_or(InputId(vary.input.0))
    };
    simulation.vary.iter().map(of_vary).collect()
}

/// The input of a measure in place of what puts its parts together, or nothing where it is not put together.
pub(super) fn stand_in(whole: &mut Settlement, measure: &Measure) -> Option<InputId> {
    let line = measure.combined.as_ref()?.line?;
    let id = InputId(u32::try_from(whole.inputs.len()).ok()?);
    let step = whole.steps.get_mut(line.index())?;
    step.expr = Expr::Input(id);
    whole.inputs.push(Input {
        name: measure.head.name.clone(),
        title: measure.head.title.clone(),
        ty: step.ty.clone(),
        level: Level::Case,
        source: String::new(),
        missing: MissingRule::Refuse,
        doubt: Doubt::default(),
        origin: step.origin.clone(),
    });
    Some(id)
}

/// What an input that is not drawn is called: by its measure where no part of that is drawn, because then the measure can be
/// drawn whole.
pub(super) fn name<'n>(
    program: &'n Program,
    settlement: &'n Settlement,
    simulation: &Simulation,
    input: InputId,
) -> Option<&'n str> {
    let is_part = |measure: &&Measure| {
        let parts = measure.combined.as_ref().map_or(&[][..], |combined| &combined.inputs);
        let is_drawn = simulation.vary.iter().any(|vary| parts.contains(&vary.input));
        !is_drawn && parts.iter().any(|part| part.0 == input.0)
    };
    match program.measures.iter().find(is_part) {
        Some(measure) => Some(&measure.head.name),
        None => settlement.inputs.get(input.index()).map(|input| input.name.as_str()),
    }
}
