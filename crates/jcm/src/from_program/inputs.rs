//! What must be known of a case.

use super::lines::level;
use super::origins::Origins;
use super::type_of;
use crate::value::value_of;
use jcm_calculus::{Input, MissingRule};
use jcm_model::{Missing, Program};

pub(super) fn inputs(program: &Program, origins: &Origins<'_>) -> Vec<Input> {
    let input = |input: &jcm_model::Input| Input {
        name: input.head.name.clone(),
        title: input.head.title.clone(),
        ty: type_of(&input.ty),
        level: level(input.per_row),
        source: input.source.clone(),
        missing: missing_rule(&input.missing),
        origin: origins.of(origins.input_clause(input.owner), &input.head),
    };
    program.inputs.iter().map(input).collect()
}

fn missing_rule(missing: &Missing) -> MissingRule {
    match missing {
        Missing::Refuse => MissingRule::Refuse,
        Missing::Neutral => MissingRule::Neutral,
        Missing::Use(constant) => MissingRule::Use(value_of(constant)),
        Missing::CarryForward { times, then } => {
            MissingRule::CarryForward { times: *times, then: Box::new(missing_rule(then)) }
        }
    }
}
