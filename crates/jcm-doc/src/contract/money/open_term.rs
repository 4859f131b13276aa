//! A term left open on purpose: who settles it, by when, and what holds until then.

use super::{calculation, flow};
use crate::contract::{documentation, figures, particular, particulars};
use crate::document::{Block, joined, said};
use crate::english::Wording;
use crate::places::lines_of;
use jcm_model::{Def, LineOwner, OpenTerm, OpenTermId};
use jcm_quantity::show_date;

pub(super) fn blocks(w: &Wording<'_>, id: OpenTermId, term: &OpenTerm) -> Vec<Block> {
    let mut blocks = documentation(&term.head.doc);
    let mut table = particulars("What is left open");
    particular(&mut table, "State", said("[ ] Open on purpose"));
    particular(&mut table, "Settled by", said(&crate::contract::front::capital(&term.owner)));
    particular(&mut table, "By when", said(&show_date(term.by)));
    particular(&mut table, "How", said(&crate::contract::front::capital(&term.method)));
    let services = term.services.iter().map(|id| w.link(Def::Service(*id), w.title(Def::Service(*id))));
    particular(&mut table, "Price of", joined(services.collect(), " and "));
    blocks.push(Block::Table(table));
    if let Some((amount, paid)) = term.until {
        blocks.extend(figures::figures(w, "What holds until it is settled", &[amount]));
        blocks.extend(calculation::lines(w, &lines_of(w.program, LineOwner::OpenTerm(id))));
        blocks.extend(flow::blocks(w, paid));
    }
    blocks
}
