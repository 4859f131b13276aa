//! What prevails where documents differ.

use super::{paragraph, section};
use crate::document::{Align, Block, Compose, Role, Table, Text, capitalised, said};
use crate::english::{Wording, tidy};
use jcm_model::{Def, DocumentId, Ranked};
use jcm_quantity::show_date;

/// The section before the body, if the contract states an order.
pub(super) fn section_of(w: &Wording<'_>) -> Option<Block> {
    let heads = [("No.", Align::Right), ("Document", Align::Left)];
    let mut table = Table::new("Order of precedence, from the highest", &heads);
    for (number, ranked) in (1usize..).zip(&w.program.contract.precedence) {
        let document = match ranked {
            Ranked::Agreement => said(&format!("The clauses of {}", w.kind_of_contract())),
            Ranked::Schedules => said(&format!("The schedules of {}", w.kind_of_contract())),
            Ranked::Subcontract(id) => capitalised(w.name(Def::Subcontract(*id)).text),
            Ranked::Document(id) => document(w, *id),
            Ranked::Other(text) => said(&tidy(text)),
        };
        table.row(vec![said(&number.to_string()), document]);
    }
    let any = !table.rows.is_empty();
    any.then(|| {
        let opening = paragraph("Where these say different things, what stands higher prevails.");
        section(Role::Front, "", "Order of precedence", "precedence", vec![opening, Block::Table(table)])
    })
}

/// A declared document with what tells its text from every other: its version and its day.
fn document(w: &Wording<'_>, id: DocumentId) -> Text {
    let mut text = capitalised(w.name(Def::Document(id)).text);
    if let Some(of) = w.program.document(id) {
        if !of.version.is_empty() {
            text.say(&format!(", version {}", tidy(&of.version)));
        }
        text.say(&format!(", dated {}", show_date(of.dated)));
    }
    text
}
