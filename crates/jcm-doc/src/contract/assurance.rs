//! Schedule 12: what meets each criterion of the models and profiles that the contract follows.

use super::{item, paragraph};
use crate::Computed;
use crate::document::{Align, Block, Table, said};
use crate::english::Wording;
use crate::places::Places;

/// The schedule, if the contract follows anything that asks something.
pub(super) fn schedule(w: &Wording<'_>, computed: &Computed) -> Option<Block> {
    let mut blocks = Vec::new();
    for standard in &w.program.standards {
        if !standard.about.is_empty() {
            blocks.push(paragraph(&format!("{}: {}", standard.head.title, standard.about)));
        }
    }
    let mut rest = computed.assurance.as_slice();
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|row| row.heading == first.heading).count();
        let (group, after) = rest.split_at_checked(same).unwrap_or((rest, &[]));
        let heads = [
            ("Criterion", Align::Left),
            ("What it asks", Align::Left),
            ("Answer", Align::Left),
            ("By what, or why", Align::Left),
        ];
        let mut table = Table::new(&first.heading, &heads);
        for row in group {
            let name = format!("{} {}", row.name, row.title);
            table.row(vec![said(&name), said(&row.asks), said(&row.verdict), said(&row.detail)]);
        }
        let anchor = Places::extra("assurance", &first.heading);
        blocks.push(item(&first.heading, &anchor, vec![Block::Table(table)]));
        rest = after;
    }
    (!computed.assurance.is_empty()).then(|| super::schedule(12, "Assurance", blocks))
}
