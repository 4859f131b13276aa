//! From a checked program to its settlement: every line a step, every flow an allocation, every example a vector.
//!
//! The lists of the two keep their order, so an id of the program is the same number in the settlement. Nothing is
//! reordered, merged or simplified on the way.

mod balances;
mod datasets;
mod due;
mod examples;
pub(crate) mod expressions;
mod flows;
mod inputs;
mod lines;
mod origins;
mod parameters;

pub(crate) use crate::from_program::expressions::expression;
use crate::from_program::origins::Origins;
use jcm_calculus::{Choice, ChoiceId, ParameterId, Party, PartyId, Pool, Rounding, Settlement, StepId, Type};
use jcm_model::{PartnerId, Program, Ty};
use jcm_source::Sources;

/// The money of a contract as ordered steps. Total: every checked program has a settlement.
pub fn settlement(program: &Program, sources: &Sources) -> Settlement {
    let origins = Origins::new(program, sources);
    let steps = lines::steps(program, &origins);
    let asks = steps.iter().any(|step| step.expr.needs_calendar());
    let calendar = program.calendar.as_ref().filter(|_| asks);
    Settlement {
        name: program.contract.head.name.clone(),
        title: program.contract.head.title.clone(),
        source_hash: program.source_hash.clone(),
        currency: program.contract.currency.clone(),
        parties: parties(program),
        periods: program.contract.periods.clone(),
        calendar: calendar.map(|calendar| calendar.calendar.clone()),
        choices: choices(program),
        inputs: inputs::inputs(program, &origins),
        parameters: parameters::parameters(program, &origins),
        steps,
        carried: balances::carried(program, &origins),
        pools: pools(program),
        allocations: flows::allocations(program, &origins),
        datasets: datasets::datasets(program, &origins),
        vectors: examples::vectors(program, &origins),
    }
}

fn parties(program: &Program) -> Vec<Party> {
    let party = |partner: &jcm_model::Partner| Party {
        name: partner.head.name.clone(),
        title: partner.head.title.clone(),
        per_case: partner.per_case,
    };
    program.partners.iter().map(party).collect()
}

fn pools(program: &Program) -> Vec<Pool> {
    let pool = |pool: &jcm_model::Pool| Pool {
        name: pool.head.name.clone(),
        title: pool.head.title.clone(),
        host: party_of(pool.host),
        contributions: pool
            .contributions
            .iter()
            .map(|(partner, figure)| (party_of(*partner), ParameterId(figure.0)))
            .collect(),
        budget: StepId(pool.budget.0),
    };
    program.pools.iter().map(pool).collect()
}

fn choices(program: &Program) -> Vec<Choice> {
    let choice = |choice: &jcm_model::Choice| Choice {
        name: choice.head.name.clone(),
        title: choice.head.title.clone(),
        members: choice.members.clone(),
    };
    program.choices.iter().map(choice).collect()
}

pub(crate) fn type_of(ty: &Ty) -> Type {
    match ty {
        Ty::Number(unit) => Type::Number(unit.clone()),
        Ty::Choice(id) => Type::Choice(ChoiceId(id.0)),
        Ty::Truth => Type::Truth,
        Ty::Text => Type::Text,
        Ty::Date => Type::Date,
    }
}

fn rounding_of(rounding: &jcm_model::Rounding) -> Rounding {
    Rounding { mode: rounding.mode, grain: rounding.grain.clone() }
}

fn party_of(partner: PartnerId) -> PartyId {
    PartyId(partner.0)
}
