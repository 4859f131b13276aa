//! Schedule 12: what meets each criterion of the models and profiles that the contract follows.

use super::{item, paragraph};
use crate::document::{Align, Block, Compose as _, Table, Text, said};
use crate::english::Wording;
use crate::places::Places;
use crate::{AssuredCriterion, Computed};
use jcm_model::Def;

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
        let mut table = Table::new("Criteria and their answers", &heads);
        for row in group {
            let name = format!("{} {}", row.name, row.title);
            table.row(vec![said(&name), said(&row.asks), said(&row.verdict), detail(w, row)]);
        }
        let anchor = Places::extra("assurance", &first.heading);
        blocks.push(item(&first.heading, &anchor, vec![Block::Table(table)]));
        rest = after;
    }
    (!computed.assurance.is_empty()).then(|| super::schedule(12, "Assurance", blocks))
}

/// Why it is not met, or what meets it: each thing by its address and its title, as a link.
fn detail(w: &Wording<'_>, row: &AssuredCriterion) -> Text {
    let mut text = said(&row.reason);
    for (place, def) in row.by.iter().enumerate() {
        text.say(if place == 0 { "by " } else { "; " });
        text.add(w.link(*def, &called(w, *def)));
    }
    if row.more > 0 {
        text.say(&format!(" and {} more", row.more));
    }
    text
}

fn called(w: &Wording<'_>, def: Def) -> String {
    let title = w.program.title(def);
    match (def, w.places.address(def)) {
        (Def::Contract, _) => w.kind_of_contract().to_owned(),
        (_, "") => title.to_owned(),
        (_, address) => format!("{address}, {title}"),
    }
}
