//! Every term that is left open on purpose, in one list: nobody signs without having seen what is not agreed yet.

use super::{figures, paragraph, section};
use crate::document::{Align, Block, Compose, Role, Table, Text, said};
use crate::english::Wording;
use crate::places::with_ids;
use jcm_model::{Def, FlowId, OpenTerm, OpenTermId};
use jcm_quantity::show_date;

/// The section before the body, if a term is left open.
pub(super) fn section_of(w: &Wording<'_>) -> Option<Block> {
    let heads = [
        ("What is open", Align::Left),
        ("Who settles it", Align::Left),
        ("By when", Align::Left),
        ("What holds until then", Align::Left),
        ("Where it stands", Align::Left),
    ];
    let mut table = Table::new("Terms left open", &heads);
    for (id, term) in with_ids(&w.program.open_terms, OpenTermId) {
        let def = Def::OpenTerm(id);
        table.row(vec![
            said(&term.head.title),
            said(&super::front::capital(&term.owner)),
            said(&show_date(term.by)),
            until_then(w, term),
            w.link(def, w.places.address(def)),
        ]);
    }
    let any = !table.rows.is_empty();
    any.then(|| {
        let opening = paragraph(
            "The parties sign with these terms open. Each is marked [ ] where it stands, and is settled by the day \
             given here.",
        );
        section(Role::Front, "", "Terms left open", "open-terms", vec![opening, Block::Table(table)])
    })
}

/// What is paid in the meantime, by whom and to whom.
fn until_then(w: &Wording<'_>, term: &OpenTerm) -> Text {
    let Some((amount, flow)) = term.until else { return said("No amount is stated") };
    let mut text = figures::values_without_dates(w, amount);
    text.add(who(w, flow));
    text
}

fn who(w: &Wording<'_>, id: FlowId) -> Text {
    let Some(flow) = w.program.flow(id) else { return Text::new() };
    let payer = flow.pool.map_or(Def::Partner(flow.payer), Def::Pool);
    let mut text = said(", from ");
    text.add(w.name(payer).text);
    if let [only] = flow.shares.as_slice() {
        text.say(" to ").add(w.name(Def::Partner(only.partner)).text);
    }
    text
}
