//! A scale or bands, with each row in words.

use crate::contract::{documentation, paragraph};
use crate::document::{Align, Block, Compose, Table as Grid, Text, said};
use crate::english::{Origin, Wording, tidy};
use crate::picture::Picture;
use crate::picture::plot::{Plot, Stroke};
use jcm_model::{Def, End, Table, TableId, TableKind, TableRow, Ty};
use jcm_quantity::{Exact, Unit, show};

pub(super) fn blocks(w: &Wording<'_>, id: TableId, table: &Table) -> Vec<Block> {
    let mut blocks = documentation(&table.head.doc);
    let (caption, rule, lower, upper) = match table.kind {
        TableKind::Scale => (
            "Rows of the scale",
            "The row in which the value lies gives the result for the whole of it.",
            "Value",
            "Result",
        ),
        TableKind::Bands => (
            "Bands and their rates",
            "Each rate applies to the part of the value that lies in its band, and the results are added up.",
            "Part of the value that is",
            "Rate",
        ),
    };
    blocks.push(paragraph(rule));
    let mut grid = Grid::new(caption, &[(lower, Align::Left), (upper, Align::Left)]);
    let origin = Origin::stated(Def::Table(id), table.head.span);
    for (row, next) in table.rows.iter().zip(table.rows.iter().skip(1).map(Some).chain([None])) {
        let upper = upper_end(row, next);
        let range = w.range_of(row.lower.as_ref(), upper.as_ref(), &table.of, &origin);
        grid.row(vec![range, result(w, table, row, &origin)]);
    }
    blocks.push(Block::Table(grid));
    blocks.extend(plot(w, id, table).map(Block::Picture));
    if !table.source.is_empty() {
        blocks.push(paragraph(&format!("Source: {}", tidy(&table.source))));
    }
    blocks
}

/// Where a row ends. Two bands may both hold the point at which they meet, because it weighs nothing; so that each limit has
/// one owner in print, it is said of the upper one alone.
fn upper_end(row: &TableRow, next: Option<&TableRow>) -> Option<End> {
    let upper = row.upper.clone()?;
    let lower = next.and_then(|next| next.lower.as_ref());
    let both = lower.is_some_and(|lower| lower.included && lower.value == upper.value);
    let point = row.lower.as_ref().is_some_and(|lower| lower.value == upper.value);
    Some(End { included: upper.included && (!both || point), ..upper })
}

/// The rows as a plot, where there is more than one.
fn plot(w: &Wording<'_>, id: TableId, table: &Table) -> Option<Picture> {
    if table.rows.len() < 2 {
        return None;
    }
    let scale = table.kind == TableKind::Scale;
    let end = |end: &jcm_model::End| (end.value.clone(), end.included);
    let stroke = |row: &TableRow| Stroke {
        lower: row.lower.as_ref().map(end),
        upper: row.upper.as_ref().map(end),
        from: row.from.clone(),
        to: row.to.clone().unwrap_or_else(|| row.from.clone()),
    };
    let with_unit = |what: &str, unit: &Unit| match w.unit_text(&Ty::Number(unit.clone())) {
        text if text.is_empty() => what.to_string(),
        text => format!("{what} ({text})"),
    };
    Plot {
        title: format!("{} as a plot.", table.head.title.trim()),
        across: with_unit("Value", &table.of),
        up: with_unit(if scale { "Result" } else { "Rate for the part in the band" }, &table.gives),
        strokes: table.rows.iter().map(stroke).collect(),
        steps: scale,
        show_across: &|value| show(value, &table.of),
        show_up: &|value| show(value, &table.gives),
        show_apart: &|value| apart(value, &table.gives),
        moved: &|steps| super::moved::by(w, id, table, steps),
    }
    .picture()
}

/// How far it is from one figure to another: two percentages are so many percentage points apart.
fn apart(value: &Exact, unit: &Unit) -> String {
    let shown = show(value, unit);
    match shown.strip_suffix('%') {
        Some("1") => "1 percentage point".to_owned(),
        Some(points) => format!("{points} percentage points"),
        None => shown,
    }
}

fn result(w: &Wording<'_>, table: &Table, row: &TableRow, origin: &Origin) -> Text {
    let figure = |value: &Exact| vec![w.number(value, &table.gives, origin.clone())];
    match &row.to {
        Some(to) if *to != row.from => {
            let mut text = said(if *to > row.from { "rising evenly from " } else { "falling evenly from " });
            text.add(figure(&row.from)).say(" to ").add(figure(to));
            text
        }
        _ => figure(&row.from),
    }
}
