//! What is carried from period to period: where it begins, and that it ends as what it is.

use super::{Flaw, called, values};
use crate::{CarriedId, Level, Settlement, TestVector, Type};

pub(super) fn check(settlement: &Settlement, flaws: &mut Vec<Flaw>) {
    for carried in &settlement.carried {
        let at = called("balance", &carried.title, &carried.name);
        flaws.extend(check_places(settlement, &at, &carried.begins).err());
        if !settlement.periods.is_empty() && !carried.begins_in(0) {
            flaws.push(Flaw::Carried { at: at.clone(), problem: "does not begin in the first period" });
        }
        let closing = match values::step(settlement, &at, carried.closing) {
            Ok(closing) => closing,
            Err(flaw) => {
                flaws.push(flaw);
                continue;
            }
        };
        if closing.level != Level::Case {
            flaws.push(Flaw::Level { at: at.clone(), name: closing.name.clone() });
        }
        if !matches!(&closing.ty, Type::Number(unit) if unit.same_kind(&carried.unit)) {
            flaws.push(Flaw::Mismatch {
                at,
                doing: "opens and closes with different things:",
                left: carried.unit.describe(),
                right: values::type_words(settlement, &closing.ty),
            });
        }
    }
}

/// Periods stand in their order, each once, and exist.
pub(super) fn check_places(settlement: &Settlement, at: &str, places: &[usize]) -> Result<(), Flaw> {
    for place in places {
        values::check_period(settlement, at, Some(*place))?;
    }
    if places.is_sorted_by(|earlier, later| earlier < later) {
        return Ok(());
    }
    Err(Flaw::Carried { at: at.to_string(), problem: "names periods that are not in their order" })
}

/// What an example begins with is carried, and its later periods exist.
pub(super) fn check_vector(settlement: &Settlement, vector: &TestVector, at: &str) -> Result<(), Flaw> {
    let last = vector.period.saturating_add(vector.later.len());
    values::check_period(settlement, at, Some(last))?;
    for (id, value) in &vector.opening {
        values::check_value(settlement, at, value, &type_of(settlement, at, *id)?)?;
    }
    Ok(())
}

/// What is carried is a number.
pub(super) fn type_of(settlement: &Settlement, at: &str, id: CarriedId) -> Result<Type, Flaw> {
    values::carried(settlement, at, id).map(|carried| Type::Number(carried.unit.clone()))
}
