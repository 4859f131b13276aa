//! What must be known of a case.

use super::lines::level;
use super::origins::Origins;
use super::type_of;
use crate::value::value_of;
use jcm_calculus::{
    Deadline, DisputedRule, Doubt, Input, InputId, MissingRule, Over, Possible, SuppressedRule,
};
use jcm_model::{Disputed, InputOwner, Missing, Program, Suppressed};

pub(super) fn inputs(program: &Program, origins: &Origins<'_>) -> Vec<Input> {
    let input = |input: &jcm_model::Input| Input {
        name: input.head.name.clone(),
        title: input.head.title.clone(),
        ty: type_of(&input.ty),
        level: level(input.per_row),
        source: input.source.clone(),
        missing: missing_rule(&input.missing),
        doubt: doubt(program, input),
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

/// What the input says about figures in doubt; what it does not say about two figures, the contract says.
fn doubt(program: &Program, input: &jcm_model::Input) -> Doubt {
    let own = &input.doubt;
    let disputed = own.disputed.or(program.contract.disputed).map(|rule| match rule {
        Disputed::Undisputed => DisputedRule::Undisputed,
        Disputed::Hold => DisputedRule::Hold,
        Disputed::AsCollected => DisputedRule::AsCollected,
        Disputed::AsVerified => DisputedRule::AsVerified,
    });
    let suppressed = match &own.suppressed {
        None | Some(Suppressed::Refuse) => SuppressedRule::Refuse,
        Some(Suppressed::AsMissing) => SuppressedRule::AsMissing,
        Some(Suppressed::Use(constant)) => SuppressedRule::Use(value_of(constant)),
    };
    let verified_by = match input.owner {
        InputOwner::Measure(id) => program.measure(id).map(|measure| measure.verified_by.clone()),
        _ => None,
    };
    let late = own.late.map(|late| Deadline { months: late.months, days: late.days });
    let possible = Possible {
        least: own.possible.least.clone(),
        most: own.possible.most.clone(),
        over: own.possible.over.clone().map(|(input, times)| Over { input: InputId(input.0), times }),
    };
    Doubt { disputed, suppressed, late, verified_by: verified_by.unwrap_or_default(), possible }
}
