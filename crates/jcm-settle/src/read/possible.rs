//! Figures that cannot be, by what the contract says of the measure: refused, not settled.

use super::rows::Row;
use crate::problem::{DataProblem, codes};
use crate::table::CaseData;
use jcm_calculus::{Column, Input, Settlement, Type, Value, lies_between};
use jcm_quantity::{Exact, Unit, show};

/// What is wrong with a figure that is not possible by itself, with what to do.
pub(super) fn impossible(input: &Input, value: &Value) -> Option<(String, String)> {
    let possible = &input.doubt.possible;
    let (Value::Number(figure), Type::Number(unit)) = (value, &input.ty) else { return None };
    if possible.over.is_some() || lies_between(figure, possible.least.as_ref(), possible.most.as_ref()) {
        return None;
    }
    let range = range(possible.least.as_ref(), possible.most.as_ref(), unit);
    let message = format!("{} cannot be {}: the contract says {range}", input.title, show(figure, unit));
    Some((message, mend(figure, unit, possible.most.as_ref())))
}

/// What to do about it. A share that was written as a whole number is a slip that is often made.
fn mend(figure: &Exact, unit: &Unit, most: Option<&Exact>) -> String {
    let hundredth = figure * &Exact::ten_to(-2);
    let is_slip = unit.is_percent()
        && most.is_some_and(|most| figure > most && hundredth <= *most)
        && *figure > Exact::from_int(10);
    let slip = if is_slip { format!("is {} meant? ", show(&hundredth, unit)) } else { String::new() };
    format!("{slip}Put the figure right; if there can be such figures, change `possible` in the contract")
}

/// What is wrong with a figure of a case that is not possible beside its denominator.
pub(super) fn beside_denominator(
    settlement: &Settlement,
    column: &Column,
    data: &CaseData,
    row: &Row,
    place: usize,
    file: &str,
) -> Option<DataProblem> {
    let input = settlement.inputs.get(column.input.index())?;
    let over = input.doubt.possible.over.as_ref()?;
    let denominator = settlement.inputs.get(over.input.index())?;
    let (Some(Value::Number(figure)), Some(Value::Number(whole))) =
        (data.inputs.get(&column.input), data.inputs.get(&over.input))
    else {
        return None;
    };
    let (Type::Number(unit), Type::Number(of)) = (&input.ty, &denominator.ty) else { return None };
    let (least, most) = input.doubt.possible.ends(Some(whole))?;
    if lies_between(figure, least.as_ref(), most.as_ref()) {
        return None;
    }
    let range = range(least.as_ref(), most.as_ref(), unit);
    let message = format!(
        "{} cannot be {} where {} is {}: the contract says {range}",
        input.title,
        show(figure, unit),
        denominator.title,
        show(whole, of)
    );
    let help = "see whether the two stand in each other's place, and put the figures right";
    let problem = DataProblem::of_file(codes::IMPOSSIBLE, file, message).row(row.number_at(place));
    Some(problem.cell(&column.header, row.cell(place)).help(help))
}

fn range(least: Option<&Exact>, most: Option<&Exact>, unit: &Unit) -> String {
    match (least, most) {
        (Some(least), Some(most)) => format!("{} to {}", show(least, unit), show(most, unit)),
        (Some(least), None) => format!("at least {}", show(least, unit)),
        (None, Some(most)) => format!("at most {}", show(most, unit)),
        (None, None) => "any figure".to_owned(),
    }
}
