//! L0111: a stretch of a scale or of bands, with an end on both sides, in which nothing more is earned.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Constant, Table, TableKind, TableRow, Ty};
use jcm_quantity::Exact;

pub(super) fn find(view: &View<'_>, _: &Exact) -> Vec<Diagnostic> {
    let paid = view.behind_money().tables;
    let tables = (0u32..).map(jcm_model::TableId).zip(&view.program.tables);
    tables.filter(|(id, _)| paid.contains(id)).filter_map(|(_, table)| widest(view, table)).collect()
}

/// The widest flat stretch of a table.
fn widest(view: &View<'_>, table: &Table) -> Option<Diagnostic> {
    let flat: Vec<(&TableRow, Exact)> =
        table.rows.iter().filter_map(|row| Some((row, flat(table, row)?))).collect();
    let (row, _) = flat.iter().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    let shown = |value: &Exact| view.value(&Constant::Number(value.clone()), &Ty::Number(table.of.clone()));
    let (from, to) = (shown(&row.lower.as_ref()?.value), shown(&row.upper.as_ref()?.value));
    let said = format!("between {from} and {to}, “{}” gives nothing for doing better", table.head.title);
    let others = match flat.len() {
        1 => String::new(),
        count => format!(", and so on in {} more of its rows", count - 1),
    };
    let gives = match table.kind {
        TableKind::Scale => {
            let result = view.value(&Constant::Number(row.from.clone()), &Ty::Number(table.gives.clone()));
            format!("it is {result} all the way{others}")
        }
        TableKind::Bands => format!("what lies in this band counts for nothing{others}"),
    };
    Some(finding(said, table.head.name_span, gives).help(
        "Let the row rise evenly from its lower end to its upper end, or say in a clause why effort there earns nothing",
    ))
}

/// How wide a row is that gives the same all the way.
fn flat(table: &Table, row: &TableRow) -> Option<Exact> {
    let same = match table.kind {
        TableKind::Scale => row.to.as_ref().is_none_or(|to| *to == row.from),
        TableKind::Bands => row.from.is_zero(),
    };
    let width = &row.upper.as_ref()?.value - &row.lower.as_ref()?.value;
    (same && width.is_positive()).then_some(width)
}
