//! What a case carries from period to period.

use super::origins::Origins;
use jcm_calculus::{Carried, StepId};
use jcm_model::{Def, Program};

pub(super) fn carried(program: &Program, origins: &Origins<'_>) -> Vec<Carried> {
    let carried = |balance: &jcm_model::Balance| Carried {
        name: balance.head.name.clone(),
        title: balance.head.title.clone(),
        unit: balance.unit.clone(),
        opening: balance.opening.clone(),
        closing: StepId(balance.closing.0),
        begins: balance.begins(&program.contract),
        origin: origins
            .of(format!("Schedule 3, {}", program.title(Def::Incentive(balance.owner))), &balance.head),
    };
    program.balances.iter().map(carried).collect()
}
