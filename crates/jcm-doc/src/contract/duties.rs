//! What each partner must do, for Schedule 6.

use super::schedule_part;
use crate::document::{Align, Block, Compose, Table, Text, capitalised, said};
use crate::english::Wording;
use crate::places::with_ids;
use jcm_model::{BoardId, Def, Obligation, ObligationId, PartnerId};

/// The lettered part with every obligation, if there is one.
pub(super) fn part(w: &Wording<'_>, place: usize) -> Option<Block> {
    let heads = [
        ("Obligation", Align::Left),
        ("Who shall do what", Align::Left),
        ("By when", Align::Left),
        ("Shown by", Align::Left),
        ("If not", Align::Left),
    ];
    let mut table = Table::new("What each partner must do", &heads);
    for (id, obligation) in with_ids(&w.program.obligations, ObligationId) {
        let cells = vec![
            said(&obligation.head.title),
            owed(w, obligation),
            said(&obligation.due),
            said(&obligation.evidence),
            said(&obligation.failing),
        ];
        table.row_at(Some(w.anchor(Def::Obligation(id))), cells);
    }
    let any = !table.rows.is_empty();
    any.then(|| schedule_part(6, place, "Obligations", "obligations", vec![Block::Table(table)]))
}

/// `Stour Valley County Council shall give the cost statement (owed to the Alliance Leadership Team)`.
fn owed(w: &Wording<'_>, obligation: &Obligation) -> Text {
    let mut text = capitalised(w.name(Def::Partner(obligation.party)).text);
    text.say(" shall ").say(&obligation.action);
    let board = with_ids(&w.program.boards, BoardId).find(|(_, board)| board.head.title == obligation.to);
    let partner =
        with_ids(&w.program.partners, PartnerId).find(|(_, partner)| partner.head.title == obligation.to);
    let to = match (board, partner) {
        (Some((id, _)), _) => w.name(Def::Board(id)).text,
        (None, Some((id, _))) => w.name(Def::Partner(id)).text,
        (None, None) => said(&obligation.to),
    };
    if !obligation.to.is_empty() {
        text.say(" (owed to ").add(to).say(")");
    }
    text
}
