//! What the contract fixes: a table of single figures, and each table of the contract as one.

use crate::case::One;
use crate::page::{paragraph, said, section, strong, table};
use jcm_doc::{Align, Block, Role, Text};
use jcm_settle::Fixed;

/// The part of a statement on what the contract fixes, with where it says so.
pub(crate) fn block(one: &One<'_>) -> Option<Block> {
    let all = one.fixed();
    if all.is_empty() {
        return None;
    }
    let text = "Every figure of the contract that is used, as it is in force at the first day of the period.";
    let mut blocks = vec![paragraph(text)];
    let single: Vec<&Fixed> = all.iter().filter(|figure| figure.table.is_empty()).collect();
    if !single.is_empty() {
        blocks.push(singles(one, &single));
    }
    for own in all.chunk_by(|left, right| left.name == right.name) {
        if own.iter().all(|figure| !figure.table.is_empty()) {
            blocks.extend(matrix(one, own));
        }
    }
    Some(section(Role::Front, "What the contract fixes", "fixed", blocks))
}

fn singles(one: &One<'_>, all: &[&Fixed]) -> Block {
    let columns = [
        ("Figure", Align::Left),
        ("Value", Align::Right),
        ("In force", Align::Left),
        ("Where it comes from", Align::Left),
        ("Clause", Align::Left),
    ];
    let mut fixed = table("Fixed by the contract", &columns);
    for figure in all {
        let mut row =
            [&figure.title, &figure.value, &figure.in_force, &figure.source].map(|text| said(text)).to_vec();
        row.push(one.clause(&figure.name, &figure.clause));
        fixed.row(row);
    }
    fixed.drop_empty_columns();
    Block::Table(fixed)
}

/// A table of the contract, with a row for each key, and where it stands and comes from.
fn matrix(one: &One<'_>, all: &[Fixed]) -> Vec<Block> {
    let Some(first) = all.first() else { return Vec::new() };
    let mut heads: Vec<&str> = Vec::new();
    for figure in all {
        if !heads.contains(&figure.column.as_str()) {
            heads.push(&figure.column);
        }
    }
    let mut columns = vec![("For", Align::Left)];
    columns.extend(heads.iter().map(|head| (if head.is_empty() { "Value" } else { *head }, Align::Right)));
    columns.push(("In force", Align::Left));
    let mut fixed = table(&first.table, &columns);
    for own in all.chunks(heads.len().max(1)) {
        let Some(key) = own.first() else { continue };
        let values = own.iter().map(|figure| said(&figure.value));
        let row = std::iter::once(strong(&key.row)).chain(values).chain([said(&key.in_force)]);
        fixed.row(row.collect());
    }
    fixed.drop_empty_columns();
    let mut blocks = vec![Block::Table(fixed)];
    let clause = one.clause(&first.name, &first.clause);
    let mut from = Text::new();
    if !first.clause.is_empty() {
        from.extend(said("The contract says so in "));
        from.extend(clause);
        from.extend(said(". "));
    }
    if !first.source.is_empty() {
        from.extend(said(&format!("Where it comes from: {}.", first.source.trim_end_matches('.'))));
    }
    if !from.is_empty() {
        blocks.push(Block::Paragraph(from));
    }
    blocks
}
