//! What prevails where documents differ.

use super::{paragraph, section};
use crate::document::{Align, Block, Compose, Role, Table, Text, capitalised, said};
use crate::english::{Wording, tidy};
use jcm_model::{Def, DocumentId, Ranked};
use jcm_quantity::show_date;

/// The section before the body, if the contract states an order.
pub(super) fn section_of(w: &Wording<'_>) -> Option<Block> {
    let signed = table(w, "Order of precedence, from the highest", &w.program.contract.precedence);
    let orders = w.program.precedence_as_varied();
    if signed.rows.is_empty() && orders.is_empty() {
        return None;
    }
    let mut blocks = vec![paragraph("Where these say different things, what stands higher prevails.")];
    if !signed.rows.is_empty() {
        blocks.push(Block::Table(signed));
    }
    for (id, order) in &orders {
        let Some(variation) = w.program.variation(*id) else { continue };
        let mut text = said(&format!("From {} on, by ", show_date(variation.from)));
        text.add(w.name(Def::Variation(*id)).text).say(", this order holds:");
        blocks.push(Block::Paragraph(text));
        let title = format!("Order of precedence from {}, from the highest", show_date(variation.from));
        blocks.push(Block::Table(table(w, &title, order)));
    }
    Some(section(Role::Front, "", "Order of precedence", "precedence", blocks))
}

fn table(w: &Wording<'_>, title: &str, order: &[Ranked]) -> Table {
    let heads = [("No.", Align::Right), ("Document", Align::Left)];
    let mut table = Table::new(title, &heads);
    for (number, ranked) in (1usize..).zip(order) {
        let document = match ranked {
            Ranked::Agreement => said(&format!("The clauses of {}", w.kind_of_contract())),
            Ranked::Schedules => said(&format!("The schedules of {}", w.kind_of_contract())),
            Ranked::Subcontract(id) => capitalised(w.name(Def::Subcontract(*id)).text),
            Ranked::Document(id) => document(w, *id),
            Ranked::Other(text) => said(&tidy(text)),
        };
        table.row(vec![said(&number.to_string()), document]);
    }
    table
}

/// A declared document with what tells its text from every other: its version and its day.
pub(super) fn document(w: &Wording<'_>, id: DocumentId) -> Text {
    let mut text = capitalised(w.name(Def::Document(id)).text);
    if let Some(of) = w.program.document(id) {
        if !of.version.is_empty() {
            text.say(&format!(", version {}", tidy(&of.version)));
        }
        text.say(&format!(", dated {}", show_date(of.dated)));
    }
    text
}
