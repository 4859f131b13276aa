//! Values, the things they are looked up from, and the inputs and datasets that bring them.

use super::{Flaw, called};
use crate::{
    Carried, CarriedId, Dataset, Input, InputId, Level, MissingRule, Parameter, ParameterId, Party, PartyId,
    Reading, Settlement, Step, StepId, SuppressedRule, Type, Value,
};

pub(super) fn input<'a>(settlement: &'a Settlement, at: &str, id: InputId) -> Result<&'a Input, Flaw> {
    settlement.inputs.get(id.index()).ok_or_else(|| Flaw::not_there(at, "input", id.index()))
}

pub(super) fn step<'a>(settlement: &'a Settlement, at: &str, id: StepId) -> Result<&'a Step, Flaw> {
    settlement.steps.get(id.index()).ok_or_else(|| Flaw::not_there(at, "line", id.index()))
}

pub(super) fn carried<'a>(settlement: &'a Settlement, at: &str, id: CarriedId) -> Result<&'a Carried, Flaw> {
    settlement.carried.get(id.index()).ok_or_else(|| Flaw::not_there(at, "balance", id.index()))
}

pub(super) fn party<'a>(settlement: &'a Settlement, at: &str, id: PartyId) -> Result<&'a Party, Flaw> {
    settlement.parties.get(id.index()).ok_or_else(|| Flaw::not_there(at, "party", id.index()))
}

pub(super) fn parameter<'a>(
    settlement: &'a Settlement,
    at: &str,
    id: ParameterId,
) -> Result<&'a Parameter, Flaw> {
    settlement.parameters.get(id.index()).ok_or_else(|| Flaw::not_there(at, "parameter", id.index()))
}

pub(super) fn check_period(settlement: &Settlement, at: &str, period: Option<usize>) -> Result<(), Flaw> {
    match period {
        Some(place) if place >= settlement.periods.len() => Err(Flaw::not_there(at, "period", place)),
        _ => Ok(()),
    }
}

/// A type may only name a list of choices that exists.
pub(super) fn check_type(settlement: &Settlement, at: &str, ty: &Type) -> Result<(), Flaw> {
    match ty {
        Type::Choice(id) if settlement.choices.get(id.index()).is_none() => {
            Err(Flaw::not_there(at, "list of choices", id.index()))
        }
        _ => Ok(()),
    }
}

/// A value must be of its type; missing is of every type.
pub(super) fn check_value(settlement: &Settlement, at: &str, value: &Value, ty: &Type) -> Result<(), Flaw> {
    check_type(settlement, at, ty)?;
    match (value, ty) {
        (Value::Choice(member), Type::Choice(id)) => {
            let Some(choice) = settlement.choices.get(id.index()) else { return Ok(()) };
            if choice.members.iter().any(|(name, _)| name == member) {
                return Ok(());
            }
            Err(Flaw::Member { at: at.to_string(), choice: choice.name.clone(), member: member.clone() })
        }
        (Value::Missing, _)
        | (Value::Number(_), Type::Number(_))
        | (Value::Truth(_), Type::Truth)
        | (Value::Text(_), Type::Text)
        | (Value::Date(_), Type::Date) => Ok(()),
        _ => Err(Flaw::WrongType {
            at: at.to_string(),
            wanted: type_words(settlement, ty),
            found: value_words(value).to_string(),
        }),
    }
}

pub(super) fn type_words(settlement: &Settlement, ty: &Type) -> String {
    match ty {
        Type::Number(unit) => unit.describe(),
        Type::Choice(id) => {
            let choice = settlement.choices.get(id.index());
            choice.map_or_else(|| "a choice".to_string(), |choice| format!("one of `{}`", choice.name))
        }
        Type::Truth => "yes or no".to_string(),
        Type::Text => "text".to_string(),
        Type::Date => "a date".to_string(),
    }
}

fn value_words(value: &Value) -> &'static str {
    match value {
        Value::Number(_) => "a number",
        Value::Choice(_) => "a choice",
        Value::Truth(_) => "yes or no",
        Value::Text(_) => "text",
        Value::Date(_) => "a date",
        Value::Missing => "nothing",
    }
}

pub(super) fn check_inputs(settlement: &Settlement, flaws: &mut Vec<Flaw>) {
    for input in &settlement.inputs {
        let at = called("input", &input.title, &input.name);
        let mut rule = &input.missing;
        flaws.extend(check_type(settlement, &at, &input.ty).err());
        while let MissingRule::CarryForward { then, .. } = rule {
            rule = then;
        }
        if let MissingRule::Use(value) = rule {
            flaws.extend(check_value(settlement, &at, value, &input.ty).err());
        }
        if let SuppressedRule::Use(value) = &input.doubt.suppressed {
            flaws.extend(check_value(settlement, &at, value, &input.ty).err());
        }
        if let Some(over) = &input.doubt.possible.over {
            flaws.extend(self::input(settlement, &at, over.input).err());
        }
    }
}

pub(super) fn check_dataset(settlement: &Settlement, dataset: &Dataset, flaws: &mut Vec<Flaw>) {
    let at = called("dataset", &dataset.title, &dataset.name);
    flaws.extend(check_period(settlement, &at, dataset.period).err());
    for column in &dataset.columns {
        let at = format!("{at}, column “{}”", column.header);
        let result = input(settlement, &at, column.input).and_then(|input| {
            if input.level == Level::Row && dataset.row_key.is_empty() {
                return Err(Flaw::Level { at: at.clone(), name: input.name.clone() });
            }
            if !dataset.long.is_wide() && input.level == Level::Row {
                return Err(Flaw::Level { at: at.clone(), name: input.name.clone() });
            }
            if let Some((_, reading)) = &column.received {
                check_reading(settlement, &at, reading, &Type::Date)?;
            }
            check_reading(settlement, &at, &column.reading, &input.ty)
        });
        flaws.extend(result.err());
    }
    for published in &dataset.published {
        let at = format!("{at}, column “{}”", published.header);
        let result = step(settlement, &at, published.step)
            .and_then(|step| check_reading(settlement, &at, &published.reading, &step.ty));
        flaws.extend(result.err());
    }
}

/// What a cell is read as must be what the input or line is.
fn check_reading(settlement: &Settlement, at: &str, reading: &Reading, ty: &Type) -> Result<(), Flaw> {
    let (fits, found) = match reading {
        Reading::Number | Reading::Percent | Reading::PercentWithoutSign => {
            (matches!(ty, Type::Number(_)), "a number")
        }
        Reading::Coded(pairs) if !pairs.is_empty() => {
            return pairs.iter().try_for_each(|(_, value)| check_value(settlement, at, value, ty));
        }
        Reading::Coded(_) => (matches!(ty, Type::Choice(_)), "a choice"),
        Reading::Text => (matches!(ty, Type::Text), "text"),
        Reading::DateYearFirst | Reading::DateDayFirst | Reading::DateMonthFirst => {
            (matches!(ty, Type::Date), "a date")
        }
    };
    if fits {
        return Ok(());
    }
    Err(Flaw::WrongType { at: at.to_string(), wanted: type_words(settlement, ty), found: found.to_string() })
}
