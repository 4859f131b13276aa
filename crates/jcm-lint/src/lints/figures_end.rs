//! L0114: a table of figures that has none for a part of the term.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Parameter, ParameterRow};
use jcm_quantity::Period;

pub(super) fn find(view: &View<'_>, _: &jcm_quantity::Exact) -> Vec<Diagnostic> {
    // Of a plain figure the checks ask that it fills the term.
    let tables = view.program.parameters.iter().filter(|parameter| !parameter.keys.is_empty());
    tables.filter_map(|parameter| without_figures(view, parameter)).collect()
}

fn without_figures(view: &View<'_>, parameter: &Parameter) -> Option<Diagnostic> {
    let holds = |row: &ParameterRow, period: &Period| {
        row.from.is_none_or(|from| from <= period.start) && row.until.is_none_or(|until| period.start < until)
    };
    let without: Vec<&str> = view
        .program
        .contract
        .periods
        .iter()
        .filter(|period| !parameter.rows.iter().any(|row| holds(row, period)))
        .map(|period| period.label.as_str())
        .collect();
    let when = match without.as_slice() {
        [] => return None,
        [first, second, third, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second}, {third} and {} more settlement periods", rest.len())
        }
        few => few.join(", "),
    };
    let said = format!("“{}” has no figure for {when}", parameter.head.title);
    Some(
        finding(said, parameter.head.name_span, "nothing that needs it can be settled then")
            .also(view.program.contract.head.name_span, "the term of the contract")
            .help("Give figures for these periods, write `from` and not `in` where the figures go on, or end the term earlier"),
    )
}
