//! The last part of Schedule 5: under which powers of the law the partners act together.

use super::schedule_part;
use crate::document::{Align, Block, Table, Text, capitalised, joined, said};
use crate::english::{Wording, tidy};
use crate::places::with_ids;
use jcm_model::{Def, Holder, Power, PowerId};

/// The lettered part with every power that something is under.
pub(super) fn part(w: &Wording<'_>) -> Option<Block> {
    let heads = [
        ("Power", Align::Left),
        ("Who has it", Align::Left),
        ("What it allows", Align::Left),
        ("What is under it", Align::Left),
        ("Source", Align::Left),
    ];
    let mut table = Table::new("Powers under which the partners act together", &heads);
    for (id, power) in with_ids(&w.program.powers, PowerId) {
        let under: Vec<Text> = w.program.under(id).into_iter().map(|def| w.link(def, w.title(def))).collect();
        if under.is_empty() {
            continue;
        }
        let source = power.particulars.iter().find(|(field, _)| field == "source");
        let cells = vec![
            said(&power.head.title),
            holders(w, power),
            said(&tidy(&power.allows)),
            joined(under, " and "),
            said(&source.map_or_else(String::new, |(_, text)| tidy(text))),
        ];
        table.row_at(Some(w.anchor(Def::Power(id))), cells);
    }
    table.drop_empty_columns();
    let place = w.program.boards.len() + usize::from(!w.program.decisions.is_empty());
    let any = !table.rows.is_empty();
    any.then(|| schedule_part(5, place, "Statutory powers", "powers", vec![Block::Table(table)]))
}

fn holders(w: &Wording<'_>, power: &Power) -> Text {
    let holder = |holder: &Holder| match holder {
        Holder::Sector(sector) => said(&format!("partners in the {} sector", tidy(sector))),
        Holder::Partner(id) => w.name(Def::Partner(*id)).text,
    };
    capitalised(joined(power.holders.iter().map(holder).collect(), " and "))
}
