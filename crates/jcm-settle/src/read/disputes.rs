//! Figures in dispute: somebody gives another figure than the data file.

use super::cell::{Unread, read_cell};
use super::overlay::{Overlay, Shape};
use super::part::Parts;
use super::possible::impossible;
use super::rows::Row;
use crate::nearest::nearest;
use crate::problem::{DataProblem, Problems, codes};
use crate::table::{Dispute, Table};
use jcm_calculus::{Column, DisputedRule, Input, Level, Settlement};
use std::collections::BTreeSet;

const SHAPE: Shape = Shape {
    what: "a file of disputes",
    must: &["case", "input", "by", "figure", "reason"],
    may: &["row", "period", "part"],
};

/// Reads a file of disputes over figures of a table: one row for each figure that somebody disputes.
///
/// Its columns are `case`, `input` (the header of the column in the data file, or the name in the contract), `by`,
/// `figure` and `reason`; `row` where figures are known by row, `period` where one file holds the disputes of several
/// periods, and `part` where the data file has a row for each quarter or month. What the figures mean for money is for the contract to say; where it does not, the dispute is
/// refused.
pub fn read_disputes(
    settlement: &Settlement,
    table: Table,
    file: &str,
    bytes: &[u8],
) -> Result<Table, Problems> {
    let overlay = Overlay::read(settlement, &table, &SHAPE, file, bytes)?;
    let mut problems = Problems::default();
    let again = |before: &Dispute, found: &Dispute| {
        let first = before.row_number;
        before.is_again(found).then(|| format!("`{}` disputes this figure in row {first} already", found.by))
    };
    let disputes =
        overlay.read_rows(&mut problems, &|row| dispute(settlement, &table, &overlay, row), &again);
    check_verifiers(settlement, &table, &overlay, &disputes, &mut problems);
    let earlier_disputes = earlier(settlement, &table, &overlay);
    problems.or(Table { disputes, earlier_disputes, ..table })
}

/// The cases with figures of earlier periods whose dispute leaves money open. A row that speaks of nothing here is told where
/// its period is settled.
fn earlier(settlement: &Settlement, table: &Table, overlay: &Overlay<'_>) -> BTreeSet<(usize, usize)> {
    let one = |(period, row): &(usize, Row)| {
        let (_, input) = column(settlement, table, overlay, row).ok()?;
        let is_open = matches!(input.doubt.disputed, Some(DisputedRule::Undisputed | DisputedRule::Hold));
        is_open.then_some((overlay.case(table, row).ok()?, *period))
    };
    overlay.earlier.iter().filter_map(one).collect()
}

fn dispute(
    settlement: &Settlement,
    table: &Table,
    overlay: &Overlay<'_>,
    row: &Row,
) -> Result<Dispute, Box<DataProblem>> {
    let case = overlay.case(table, row)?;
    let (column, input) = column(settlement, table, overlay, row)?;
    let Some(data) = table.cases.get(case) else {
        return Err(Box::new(overlay.cell_problem(
            codes::NOTHING_THERE,
            row,
            "case",
            "there is no such case",
        )));
    };
    let place = overlay.row_of(table, data, row, input.level == Level::Row)?;
    let text = overlay.cell(row, "figure");
    let read = read_cell(text, &input.ty, &column.reading, settlement);
    let cell = read.map_err(|Unread { message, help }| {
        overlay.cell_problem(codes::UNREADABLE_CELL, row, "figure", message).help(help)
    })?;
    if let Some((message, help)) = impossible(input, &cell.value) {
        return Err(Box::new(overlay.cell_problem(codes::IMPOSSIBLE, row, "figure", message).help(help)));
    }
    let reported = data.input(column.input, place);
    let no_dispute = |message: &str, help: &str| {
        Err(Box::new(overlay.cell_problem(codes::NO_DISPUTE, row, "figure", message).help(help)))
    };
    match reported {
        None => {
            let help = "write the figure into the data file; two figures are needed for a dispute";
            return no_dispute("the data file has no figure that could be disputed", help);
        }
        Some(value) if *value == cell.value => {
            return no_dispute(
                "this is the figure of the data file, so nothing is in dispute",
                "remove the row",
            );
        }
        Some(_) => {}
    }
    if input.doubt.disputed.is_none() {
        let message = format!("{} is disputed, and the contract does not say what that means", input.title);
        let help = "settle the dispute first, or say in the contract what two figures mean, such as `disputed: pay the undisputed part`";
        return Err(Box::new(overlay.cell_problem(codes::DISPUTE_UNRULED, row, "input", message).help(help)));
    }
    Ok(Dispute {
        case,
        input: column.input,
        row: place,
        by: overlay.cell(row, "by").to_owned(),
        value: cell.value,
        printed: text.to_owned(),
        reason: overlay.cell(row, "reason").to_owned(),
        row_number: row.number,
        file: overlay.file.to_owned(),
        verified: is_verifier(settlement, overlay.cell(row, "by"), &input.doubt.verified_by),
    })
}

/// The column that a row names, by its header or by the name of what it becomes.
fn column<'a>(
    settlement: &'a Settlement,
    table: &Table,
    overlay: &Overlay<'_>,
    row: &Row,
) -> Result<(&'a Column, &'a Input), Box<DataProblem>> {
    let name = overlay.cell(row, "input");
    let columns = settlement.datasets.get(table.dataset()).map_or(&[][..], |dataset| &dataset.columns);
    let with_input =
        columns.iter().filter_map(|column| Some((column, settlement.inputs.get(column.input.index())?)));
    let all: Vec<(&Column, &Input)> = with_input.collect();
    let is_named = |input: &Input| {
        input.name == name || input.name.rsplit_once('.').is_some_and(|(_, last)| last == name)
    };
    let by_header = all.iter().filter(|(column, _)| column.header == name);
    let by_name = all.iter().filter(|(column, input)| column.header != name && is_named(input));
    let mut found: Vec<_> = by_header.chain(by_name).collect();
    if let Some(part) = part(settlement, table, overlay, row)? {
        found.retain(|(column, _)| column.part == Some(part));
    }
    match found.as_slice() {
        [one] => Ok(**one),
        [] => {
            let near = nearest(name, all.iter().map(|(column, _)| column.header.as_str()));
            let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
            let known: Vec<String> = all.iter().map(|(column, _)| format!("`{}`", column.header)).collect();
            let message = format!("the dataset reads no figure `{name}`");
            let problem = overlay.cell_problem(codes::NOTHING_THERE, row, "input", message);
            Err(Box::new(problem.help(format!("{near}There are {}", known.join(", ")))))
        }
        [_, _, ..] => {
            let message = format!("`{name}` can mean several figures of the dataset");
            let problem = overlay.cell_problem(codes::NOTHING_THERE, row, "input", message);
            let of_parts = found.iter().all(|(column, _)| column.part.is_some());
            let help = match parts(settlement, table).filter(|_| of_parts) {
                Some(parts) => {
                    format!("say in a column `part` of which {} it is: {}", parts.name(), parts.help())
                }
                None => "write the header of its column, or its full name in the contract".to_owned(),
            };
            Err(Box::new(problem.help(help)))
        }
    }
}

/// The parts of the period that is settled, where the dataset has a row for each.
fn parts<'a>(settlement: &'a Settlement, table: &Table) -> Option<Parts<'a>> {
    let (_, months) = settlement.datasets.get(table.dataset())?.long.part.as_ref()?;
    Some(Parts { period: settlement.periods.get(table.period())?, months: *months })
}

/// The part of the period that a row names; `None` where it names none.
fn part(
    settlement: &Settlement,
    table: &Table,
    overlay: &Overlay<'_>,
    row: &Row,
) -> Result<Option<u32>, Box<DataProblem>> {
    let text = overlay.cell(row, "part");
    if text.is_empty() {
        return Ok(None);
    }
    let problem = |message: String, help: String| {
        Err(Box::new(overlay.cell_problem(codes::NOTHING_THERE, row, "part", message).help(help)))
    };
    let Some(parts) = parts(settlement, table) else {
        let message = "the dataset has no rows for parts of a period".to_owned();
        return problem(message, "leave the cell empty".to_owned());
    };
    match parts.read(text) {
        Some(part) => Ok(Some(part)),
        None => problem(format!("`{text}` is no {} of the period", parts.name()), parts.help()),
    }
}

/// Where the verifier's figure counts, one of the figures must be the verifier's.
fn check_verifiers(
    settlement: &Settlement,
    table: &Table,
    overlay: &Overlay<'_>,
    disputes: &[Dispute],
    problems: &mut Problems,
) {
    for dispute in disputes {
        let Some(input) = settlement.inputs.get(dispute.input.index()) else { continue };
        let by_verifier = |other: &&Dispute| other.is_about(dispute) && other.verified;
        if input.doubt.disputed != Some(DisputedRule::AsVerified) || disputes.iter().any(|d| by_verifier(&d))
        {
            continue;
        }
        let name = table.cases.get(dispute.case).map(crate::table::CaseData::name).unwrap_or_default();
        let verifier = &input.doubt.verified_by;
        let message = format!(
            "of {} for `{name}` the figure of {verifier} counts, and this file does not have it",
            input.title
        );
        let problem = DataProblem::of_file(codes::DISPUTE_UNRULED, overlay.file, message);
        problems.push(
            problem
                .row(dispute.row_number)
                .cell("by", &dispute.by)
                .help(format!("add a row with the figure of {verifier}, or wait until there is one")),
        );
    }
}

/// Whether somebody is who verifies a figure: by the words of the contract, or by the name of the partner.
fn is_verifier(settlement: &Settlement, by: &str, verifier: &str) -> bool {
    let plain = |text: &str| text.trim().to_lowercase().replace('_', " ");
    let partner = settlement.parties.iter().find(|party| party.name == by);
    plain(by) == plain(verifier) || partner.is_some_and(|party| party.title == verifier)
}
