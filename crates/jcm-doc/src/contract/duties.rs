//! What each partner must do, for Schedule 6.

use super::schedule_part;
use crate::document::{Align, Block, Table, capitalised, said};
use crate::english::Wording;
use crate::places::with_ids;
use jcm_model::{Def, ObligationId};

/// The lettered part with every obligation, if there is one.
pub(super) fn part(w: &Wording<'_>, place: usize) -> Option<Block> {
    let heads = [
        ("Obligation", Align::Left),
        ("Who", Align::Left),
        ("Shall", Align::Left),
        ("To", Align::Left),
        ("By when", Align::Left),
        ("Shown by", Align::Left),
        ("If not", Align::Left),
    ];
    let mut table = Table::new("What each partner must do", &heads);
    for (id, obligation) in with_ids(&w.program.obligations, ObligationId) {
        let cells = vec![
            said(&obligation.head.title),
            capitalised(w.name(Def::Partner(obligation.party)).text),
            said(&obligation.action),
            said(&obligation.to),
            said(&obligation.due),
            said(&obligation.evidence),
            said(&obligation.failing),
        ];
        table.row_at(Some(w.anchor(Def::Obligation(id))), cells);
    }
    let any = !table.rows.is_empty();
    any.then(|| schedule_part(6, place, "Obligations", "obligations", vec![Block::Table(table)]))
}
