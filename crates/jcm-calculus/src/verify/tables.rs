//! Tables: scales and bands without gaps or overlaps, and parameters with one figure in force at a time.

use super::{Flaw, called, values};
use crate::{BandRow, Parameter, ParameterRow, Rounding, ScaleResult, ScaleRow, Settlement, Type, Value};
use jcm_quantity::Date;
use std::collections::BTreeMap;

pub(super) fn check_grain(at: &str, rounding: &Rounding) -> Result<(), Flaw> {
    if rounding.grain.is_positive() {
        return Ok(());
    }
    Err(Flaw::Grain { at: at.to_string(), grain: rounding.grain.clone() })
}

/// Rows of a scale ascend and do not overlap; a gap is allowed, because a value in it stops the case.
pub(super) fn check_scale(at: &str, rows: &[ScaleRow]) -> Result<(), Flaw> {
    if rows.is_empty() {
        return Err(Flaw::Empty { at: at.to_string(), what: "rows in its table" });
    }
    for (place, row) in rows.iter().enumerate() {
        if let (Some(lower), Some(upper)) = (&row.lower, &row.upper)
            && (lower.value > upper.value
                || (lower.value == upper.value && !(lower.included && upper.included)))
        {
            return Err(Flaw::row(at, place, "holds no value"));
        }
        if let ScaleResult::Even { .. } = row.result {
            match (&row.lower, &row.upper) {
                (Some(lower), Some(upper)) if lower.value < upper.value => {}
                _ => {
                    return Err(Flaw::row(
                        at,
                        place,
                        "runs evenly between two figures but not between two ends",
                    ));
                }
            }
        }
    }
    for (place, pair) in rows.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let apart = match (&before.upper, &after.lower) {
            (Some(upper), Some(lower)) => {
                upper.value < lower.value
                    || (upper.value == lower.value && !(upper.included && lower.included))
            }
            _ => false,
        };
        if !apart {
            return Err(Flaw::row(
                at,
                place.saturating_add(1),
                "overlaps the row before it or is out of order",
            ));
        }
    }
    Ok(())
}

/// Bands ascend and each begins where the one before it ends.
pub(super) fn check_bands(at: &str, rows: &[BandRow]) -> Result<(), Flaw> {
    if rows.is_empty() {
        return Err(Flaw::Empty { at: at.to_string(), what: "bands" });
    }
    for (place, row) in rows.iter().enumerate() {
        if let (Some(lower), Some(upper)) = (&row.lower, &row.upper)
            && lower >= upper
        {
            return Err(Flaw::row(at, place, "holds no value"));
        }
    }
    for (place, pair) in rows.windows(2).enumerate() {
        if let [before, after] = pair
            && (before.upper.is_none() || before.upper != after.lower)
        {
            return Err(Flaw::row(
                at,
                place.saturating_add(1),
                "does not begin where the band before it ends",
            ));
        }
    }
    Ok(())
}

pub(super) fn check_parameters(settlement: &Settlement, flaws: &mut Vec<Flaw>) {
    for parameter in &settlement.parameters {
        let at = called("parameter", &parameter.title, &parameter.name);
        flaws.extend(check_shape(settlement, &at, parameter).err());
        for (place, row) in parameter.rows.iter().enumerate() {
            flaws.extend(
                check_row(settlement, &format!("{at}, row {}", place.saturating_add(1)), parameter, row)
                    .err(),
            );
        }
        flaws.extend(check_dates(&at, parameter).err());
    }
}

fn check_shape(settlement: &Settlement, at: &str, parameter: &Parameter) -> Result<(), Flaw> {
    if parameter.columns.is_empty() {
        return Err(Flaw::Empty { at: at.to_string(), what: "columns" });
    }
    for key in &parameter.keys {
        values::check_type(settlement, at, &key.ty)?;
        if !matches!(key.ty, Type::Choice(_) | Type::Text) {
            let found = values::type_words(settlement, &key.ty);
            return Err(Flaw::WrongType {
                at: at.to_string(),
                wanted: "a choice or text as key".to_string(),
                found,
            });
        }
    }
    parameter.columns.iter().try_for_each(|column| values::check_type(settlement, at, &column.ty))
}

fn check_row(
    settlement: &Settlement,
    at: &str,
    parameter: &Parameter,
    row: &ParameterRow,
) -> Result<(), Flaw> {
    let count = |what, wanted: usize, found: usize| {
        if wanted == found { Ok(()) } else { Err(Flaw::Count { at: at.to_string(), what, wanted, found }) }
    };
    count("keys", parameter.keys.len(), row.keys.len())?;
    count("values", parameter.columns.len(), row.values.len())?;
    for (value, key) in row.keys.iter().zip(&parameter.keys) {
        values::check_value(settlement, at, value, &key.ty)?;
        if *value == Value::Missing {
            return Err(Flaw::Empty { at: at.to_string(), what: "value in one of its keys" });
        }
    }
    row.values
        .iter()
        .zip(&parameter.columns)
        .try_for_each(|(value, column)| values::check_value(settlement, at, value, &column.ty))
}

/// First day in force, first day no longer, and place of a row.
type InForce = (Option<Date>, Option<Date>, usize);

/// At the same keys, one row begins only when the one before it has ended.
fn check_dates(at: &str, parameter: &Parameter) -> Result<(), Flaw> {
    let mut by_keys: BTreeMap<&[Value], Vec<InForce>> = BTreeMap::new();
    for (place, row) in parameter.rows.iter().enumerate() {
        if let (Some(from), Some(until)) = (row.from, row.until)
            && from >= until
        {
            return Err(Flaw::row(at, place, "is in force on no day"));
        }
        by_keys.entry(&row.keys).or_default().push((row.from, row.until, place));
    }
    for mut rows in by_keys.into_values() {
        rows.sort();
        for pair in rows.windows(2) {
            let [(_, until, _), (from, _, place)] = pair else { continue };
            let apart = matches!((until, from), (Some(until), Some(from)) if until <= from);
            if !apart {
                return Err(Flaw::row(
                    at,
                    *place,
                    "is in force at the same time as another row with the same keys",
                ));
            }
        }
    }
    Ok(())
}
