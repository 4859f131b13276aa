//! A scale or bands, with each row in words.

use crate::contract::{documentation, paragraph};
use crate::document::{Align, Block, Compose, Table as Grid, Text, said};
use crate::english::{Origin, Wording, tidy};
use jcm_model::{Def, Table, TableId, TableKind, TableRow};
use jcm_quantity::Exact;

pub(super) fn blocks(w: &Wording<'_>, id: TableId, table: &Table) -> Vec<Block> {
    let mut blocks = documentation(&table.head.doc);
    let (rule, lower, upper) = match table.kind {
        TableKind::Scale => {
            ("The row in which the value lies gives the result for the whole of it.", "Value", "Result")
        }
        TableKind::Bands => (
            "Each rate applies to the part of the value that lies in its band, and the results are added up.",
            "Part of the value that is",
            "Rate",
        ),
    };
    blocks.push(paragraph(rule));
    let mut grid = Grid::new(&table.head.title, &[(lower, Align::Left), (upper, Align::Left)]);
    let origin = Origin::stated(Def::Table(id), table.head.span);
    for row in &table.rows {
        grid.row(vec![w.range(row, &table.of, &origin), result(w, table, row, &origin)]);
    }
    blocks.push(Block::Table(grid));
    if !table.source.is_empty() {
        blocks.push(paragraph(&format!("Source: {}", tidy(&table.source))));
    }
    blocks
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
