//! Overrides: somebody awards a figure in place of the one that was computed.

use super::cell::{Unread, read_cell};
use super::overlay::{Overlay, Shape};
use super::rows::Row;
use crate::nearest::nearest;
use crate::problem::{DataProblem, Problems, codes};
use crate::table::{Award, Awarded, Table};
use jcm_calculus::{Level, Reading, Settlement, Step, StepId, Type, Value};
use jcm_quantity::{Unit, parse_date};

const SHAPE: Shape = Shape {
    what: "a file of overrides",
    must: &["case", "line", "value", "reason", "author", "date"],
    may: &["row", "period", "payee", "reference"],
};

/// Reads a file of overrides of a table: one row for each figure that somebody awards in place of the computed one.
///
/// Its columns are `case`, `line`, `value`, `reason`, `author` and `date`; `row` for a line of each row, `payee` for
/// what one party is paid, `period` where one file holds the overrides of several periods, and `reference`. The lines
/// after an overridden one are computed from the award.
pub fn read_overrides(
    settlement: &Settlement,
    table: Table,
    file: &str,
    bytes: &[u8],
) -> Result<Table, Problems> {
    let overlay = Overlay::read(settlement, &table, &SHAPE, file, bytes)?;
    let mut problems = Problems::default();
    let again = |before: &Award, found: &Award| {
        let same = (before.case, &before.what) == (found.case, &found.what);
        same.then(|| format!("row {} overrides the same figure already", before.row_number))
    };
    let awards = overlay.read_rows(&mut problems, &|row| award(settlement, &table, &overlay, row), &again);
    let mut table = problems.or(table)?;
    for award in &awards {
        if let (Some(data), Awarded::Line { step, row }) = (table.cases.get_mut(award.case), award.what) {
            data.awards.insert((step, row), award.value.clone());
        }
    }
    Ok(Table { awards, ..table })
}

fn award(
    settlement: &Settlement,
    table: &Table,
    overlay: &Overlay<'_>,
    row: &Row,
) -> Result<Award, Box<DataProblem>> {
    let case = overlay.case(table, row)?;
    let (what, ty) = if overlay.cell(row, "payee").is_empty() {
        line(settlement, table, overlay, row, case)?
    } else {
        part(settlement, overlay, row)?
    };
    let text = overlay.cell(row, "value");
    let read = read_cell(text, &ty, &reading(&ty), settlement);
    let cell = read.map_err(|Unread { message, help }| {
        overlay.cell_problem(codes::UNREADABLE_CELL, row, "value", message).help(help)
    })?;
    let on = parse_date(overlay.cell(row, "date")).ok_or_else(|| {
        let message = "this is not a date in the form year-month-day";
        let help = "write it as year-month-day, such as 2027-07-14";
        overlay.cell_problem(codes::UNREADABLE_CELL, row, "date", message).help(help)
    })?;
    let own = |column: &str| overlay.cell(row, column).to_owned();
    Ok(Award {
        case,
        what,
        value: cell.value,
        reason: own("reason"),
        author: own("author"),
        date: on,
        reference: own("reference"),
        row_number: row.number,
        file: overlay.file.to_owned(),
    })
}

/// How a value is written in a file of overrides.
fn reading(ty: &Type) -> Reading {
    match ty {
        Type::Number(unit) if unit.is_percent() => Reading::Percent,
        Type::Number(_) => Reading::Number,
        Type::Truth => Reading::Coded(vec![
            ("yes".to_owned(), Value::Truth(true)),
            ("no".to_owned(), Value::Truth(false)),
        ]),
        Type::Choice(_) => Reading::Coded(Vec::new()),
        Type::Text => Reading::Text,
        Type::Date => Reading::DateYearFirst,
    }
}

/// The line that a row names: in full, by the last part of its name, or by its title, where that names one only.
fn line(
    settlement: &Settlement,
    table: &Table,
    overlay: &Overlay<'_>,
    row: &Row,
    case: usize,
) -> Result<(Awarded, Type), Box<DataProblem>> {
    let name = overlay.cell(row, "line");
    let steps: Vec<(StepId, &Step)> = (0u32..).map(StepId).zip(&settlement.steps).collect();
    let is_last = |step: &Step| step.name.rsplit_once('.').is_some_and(|(_, last)| last == name);
    let ways: [&dyn Fn(&Step) -> bool; 3] = [&|step| step.name == name, &is_last, &|step| step.title == name];
    let mut found = ways.iter().map(|way| steps.iter().filter(|(_, step)| way(step)).collect::<Vec<_>>());
    let found = found.find(|found| !found.is_empty()).unwrap_or_default();
    match found.as_slice() {
        [(id, step)] => {
            let Some(data) = table.cases.get(case) else {
                return Err(Box::new(overlay.problem(codes::NOTHING_THERE, row, "there is no such case")));
            };
            let place = overlay.row_of(table, data, row, step.level == Level::Row)?;
            Ok((Awarded::Line { step: *id, row: place }, step.ty.clone()))
        }
        [] => {
            let near = nearest(name, steps.iter().map(|(_, step)| step.name.as_str()));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write the name of a line as it stands in the contract, such as `gain_share.payable`"
                    .to_owned(),
            };
            let message = format!("the contract has no line `{name}`");
            Err(Box::new(overlay.cell_problem(codes::NOTHING_THERE, row, "line", message).help(help)))
        }
        several => {
            let names: Vec<String> = several.iter().map(|(_, step)| format!("`{}`", step.name)).collect();
            let message = format!("`{name}` can mean several lines");
            let problem = overlay.cell_problem(codes::NOTHING_THERE, row, "line", message);
            Err(Box::new(problem.help(format!("write one of {}", names.join(", ")))))
        }
    }
}

/// The part of a payment that a row names: the payment by its name or title, the payee by its name or title.
fn part(
    settlement: &Settlement,
    overlay: &Overlay<'_>,
    row: &Row,
) -> Result<(Awarded, Type), Box<DataProblem>> {
    let (name, payee) = (overlay.cell(row, "line"), overlay.cell(row, "payee"));
    let is_amount = |step: StepId| settlement.steps.get(step.index()).is_some_and(|step| step.name == name);
    let named = settlement
        .allocations
        .iter()
        .position(|of| of.name == name || of.title == name || is_amount(of.amount));
    let Some(allocation) = named else {
        let known: Vec<String> = settlement.allocations.iter().map(|of| format!("`{}`", of.name)).collect();
        let message = format!("the contract has no payment `{name}`");
        let help = format!("there are {}; to override a line, leave `payee` empty", known.join(", "));
        return Err(Box::new(overlay.cell_problem(codes::NOTHING_THERE, row, "line", message).help(help)));
    };
    let payees: Vec<_> =
        crate::results::payees(settlement).into_iter().filter(|(of, ..)| *of == allocation).collect();
    let is_named = |party: &jcm_calculus::Party| party.name == payee || party.title == payee;
    let party = payees
        .iter()
        .map(|(_, party, _)| *party)
        .find(|party| settlement.parties.get(party.index()).is_some_and(is_named));
    let Some(party) = party else {
        let titles = payees.iter().filter_map(|(_, party, _)| settlement.parties.get(party.index()));
        let known: Vec<String> = titles.map(|party| format!("`{}`", party.name)).collect();
        let message = format!("`{payee}` is not paid from this");
        let problem = overlay.cell_problem(codes::NOTHING_THERE, row, "payee", message);
        return Err(Box::new(problem.help(format!("paid are {}", known.join(", ")))));
    };
    Ok((Awarded::Part { allocation, party }, Type::Number(Unit::money(&settlement.currency.code))))
}
