//! Funds: who holds them and pays into them is there, and their budget is money of the case.

use super::{Flaw, called, values};
use crate::{Level, Pool, Settlement, Type};

pub(super) fn check(settlement: &Settlement, flaws: &mut Vec<Flaw>) {
    for pool in &settlement.pools {
        let at = called("pool", &pool.title, &pool.name);
        flaws.extend(check_one(settlement, &at, pool).err());
    }
}

fn check_one(settlement: &Settlement, at: &str, pool: &Pool) -> Result<(), Flaw> {
    values::party(settlement, at, pool.host)?;
    for (party, parameter) in &pool.contributions {
        values::party(settlement, at, *party)?;
        values::parameter(settlement, at, *parameter)?;
    }
    let budget = values::step(settlement, at, pool.budget)?;
    if budget.level != Level::Case {
        return Err(Flaw::Level { at: at.to_string(), name: budget.name.clone() });
    }
    match &budget.ty {
        Type::Number(unit) if unit.is_money() == Some(settlement.currency.code.as_str()) => Ok(()),
        other => Err(Flaw::WrongType {
            at: at.to_string(),
            wanted: settlement.currency.symbol.clone(),
            found: values::type_words(settlement, other),
        }),
    }
}
