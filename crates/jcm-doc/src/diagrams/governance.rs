//! Governance: who sits on a board, and how it decides what.

use super::listed;
use crate::document::plain;
use crate::english::Wording;
use crate::picture::{Graph, Place};
use jcm_model::{Board, BoardId, Def};

/// The diagram of a board.
pub(crate) fn governance(w: &Wording<'_>, id: BoardId, board: &Board) -> Graph {
    let title = w.title(Def::Board(id));
    let mut graph =
        Graph { title: format!("{title}: who sits on it and how it decides."), ..Graph::default() };
    let seats: Vec<usize> = board
        .seats
        .iter()
        .map(|(partner, count)| {
            let seats = if *count == 1 { "1 seat".to_owned() } else { format!("{count} seats") };
            graph.node(w.title(Def::Partner(*partner)), &seats, Place::Column(0))
        })
        .collect();
    let mut notes = vec![format!("quorum {} of {} seats", board.quorum, board.size())];
    let words = [("chair: ", &board.chair), ("meets ", &board.meets)];
    notes.extend(
        words.iter().filter(|(_, said)| !said.is_empty()).map(|(what, said)| format!("{what}{said}")),
    );
    let middle = graph.node(title, &notes.join("; "), Place::Column(1));
    if let Some(node) = graph.nodes.get_mut(middle) {
        node.shaded = true;
    }
    for seat in seats {
        graph.edge(seat, middle, "");
    }
    let mut rules = Vec::new();
    for decision in &board.decisions {
        let rule = plain(&crate::contract::voting(w, &decision.rule));
        let matters = match decision.matters.as_slice() {
            [] => "everything else".to_owned(),
            matters => matters.join("; "),
        };
        let (head, _) = rule.split_once(':').unwrap_or((rule.as_str(), ""));
        let rest = rule.split_once(": ").map_or("", |(_, rest)| rest);
        let head = if rest.is_empty() { rule.as_str() } else { head };
        let note = if rest.is_empty() { matters.clone() } else { format!("{matters} ({rest})") };
        let place = graph.node(head, &note, Place::Column(2));
        graph.edge(middle, place, "");
        rules.push(format!("{matters}: {}", crate::english::lower_first(&rule)));
    }
    if !board.reserved.is_empty() {
        graph.node("Reserved: not for this board", &board.reserved.join("; "), Place::Column(2));
        rules.push(format!("reserved, and not for it to decide: {}", board.reserved.join("; ")));
    }
    let who: Vec<String> = board
        .seats
        .iter()
        .map(|(partner, count)| format!("{} ({count})", w.title(Def::Partner(*partner))))
        .collect();
    graph.description = format!(
        "Seats: {}. {}. How it decides: {}.",
        listed(&who),
        crate::contract::capital(&notes.join("; ")),
        rules.join("; ")
    );
    graph
}
