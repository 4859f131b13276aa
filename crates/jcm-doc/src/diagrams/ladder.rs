//! The ladder of a dispute: its steps from top to bottom, each with its clock.

use crate::picture::{Graph, Place};
use jcm_model::Ladder;

/// The diagram of a ladder.
pub(crate) fn ladder(ladder: &Ladder) -> Graph {
    let mut graph =
        Graph { title: format!("{}: the steps of a dispute.", ladder.head.title.trim()), ..Graph::default() };
    let mut before: Option<usize> = None;
    let mut sentences = Vec::new();
    for (number, step) in (1usize..).zip(&ladder.steps) {
        let who = crate::contract::capital(&step.who.replace('_', " "));
        let does = if step.binds { "binds the partners" } else { step.does.trim() };
        let place = graph.node(&format!("{number}  {who}"), does, Place::Spine);
        let clock = format!("{} {}", step.within.count, step.within.unit);
        graph.node("", &format!("within {clock}"), Place::Beside(place));
        if let Some(node) = graph.nodes.get_mut(place) {
            node.shaded = step.binds;
        }
        if let Some(before) = before {
            graph.edge(before, place, "if it is not settled");
        }
        before = Some(place);
        sentences.push(format!("Step {number}: {who} {does}, within {clock}."));
    }
    graph.description =
        format!("{} All the steps together take {} at the most.", sentences.join(" "), ladder.total());
    graph
}
