//! Schedule 5: boards and how they decide. Schedule 9: how disputes end.

use super::{documentation, heading, paragraph, particular, particulars, schedule_part};
use crate::document::{Align, Block, Table, Text, capitalised, said};
use crate::english::Wording;
use crate::places::with_ids;
use jcm_model::{Board, BoardId, Clock, Def, Ladder, LadderId, Voting};
use jcm_quantity::{Unit, show};

/// Schedule 5, if there is a board.
pub(super) fn schedule(w: &Wording<'_>) -> Option<Block> {
    let boards = with_ids(&w.program.boards, BoardId).enumerate();
    let parts: Vec<Block> = boards
        .map(|(place, (id, board))| {
            let def = Def::Board(id);
            let mut blocks = documentation(&board.head.doc);
            blocks.push(Block::Picture(crate::diagrams::governance(w, id, board).picture()));
            blocks.push(terms_of_reference(board));
            blocks.push(seats(w, board));
            blocks.push(decisions(w, board));
            schedule_part(5, place, &heading(w, def), &w.anchor(def), blocks)
        })
        .collect();
    let parts: Vec<Block> =
        parts.into_iter().chain(super::decisions::part(w)).chain(super::powers::part(w)).collect();
    (!parts.is_empty()).then(|| super::schedule(5, "Governance", parts))
}

fn terms_of_reference(board: &Board) -> Block {
    let mut table = particulars("Particulars of the board");
    let size = board.size();
    particular(&mut table, "Seats", said(&size.to_string()));
    particular(&mut table, "Quorum", said(&format!("{} of {size} seats", board.quorum)));
    particular(&mut table, "Chair", said(&sentence(&board.chair)));
    particular(&mut table, "Meets", said(&sentence(&board.meets)));
    particular(&mut table, "Reserved: not for this board to decide", said(&board.reserved.join("; ")));
    Block::Table(table)
}

fn seats(w: &Wording<'_>, board: &Board) -> Block {
    let mut table = Table::new("Seats", &[("Partner", Align::Left), ("Seats", Align::Right)]);
    for (partner, count) in &board.seats {
        table.row(vec![capitalised(w.name(Def::Partner(*partner)).text), said(&count.to_string())]);
    }
    Block::Table(table)
}

fn decisions(w: &Wording<'_>, board: &Board) -> Block {
    let mut table =
        Table::new("How decisions are taken", &[("Decision", Align::Left), ("Rule", Align::Left)]);
    for decision in &board.decisions {
        let matters = decision.matters.iter().map(|matter| sentence(matter)).collect::<Vec<_>>().join("; ");
        let matters = if matters.is_empty() { "Everything else".to_string() } else { matters };
        table.row(vec![said(&matters), rule(w, &decision.rule)]);
    }
    Block::Table(table)
}

pub(crate) fn rule(w: &Wording<'_>, rule: &Voting) -> Text {
    match rule {
        Voting::Unanimous => said("Unanimous: every seat present agrees"),
        Voting::Majority(None) => said("Majority: more than half of the seats present agree"),
        Voting::Majority(Some(share)) => {
            said(&format!("Majority: at least {} of the seats present agree", show(share, &Unit::percent())))
        }
        Voting::Delegated(partner) => decided_by(w, *partner, " decides"),
        Voting::Reserved(partner) => decided_by(w, *partner, " keeps the decision to itself"),
    }
}

fn decided_by(w: &Wording<'_>, partner: jcm_model::PartnerId, does: &str) -> Text {
    let mut text = capitalised(w.name(Def::Partner(partner)).text);
    text.extend(said(does));
    text
}

/// Schedule 9, if there is a ladder.
pub(super) fn disputes(w: &Wording<'_>) -> Option<Block> {
    let ladders = with_ids(&w.program.ladders, LadderId).enumerate();
    let parts: Vec<Block> = ladders
        .map(|(place, (id, ladder))| {
            let def = Def::Ladder(id);
            let mut blocks = documentation(&ladder.head.doc);
            blocks.push(Block::Picture(crate::diagrams::ladder(ladder).picture()));
            blocks.push(steps(ladder));
            blocks.push(paragraph(&format!("All the steps together take {} at the most.", ladder.total())));
            schedule_part(9, place, &heading(w, def), &w.anchor(def), blocks)
        })
        .collect();
    (!parts.is_empty()).then(|| super::schedule(9, "Disputes", parts))
}

fn steps(ladder: &Ladder) -> Block {
    let heads = [
        ("Step", Align::Right),
        ("Who or what", Align::Left),
        ("What happens", Align::Left),
        ("Within", Align::Left),
    ];
    let mut table = Table::new("Steps", &heads);
    for (number, step) in (1usize..).zip(&ladder.steps) {
        let mut happens = sentence(&step.does);
        if step.binds {
            happens = "Binds the partners".to_string();
        }
        table.row(vec![
            said(&number.to_string()),
            said(&sentence(&step.who)),
            said(&happens),
            said(&clock(&step.within)),
        ]);
    }
    Block::Table(table)
}

fn clock(clock: &Clock) -> String {
    format!("{} {}", clock.count, clock.unit)
}

/// Words as the start of a sentence.
fn sentence(words: &str) -> String {
    super::front::capital(words.trim())
}
