//! A graph along a spine from top to bottom: what comes in stands to the left, remarks to the right, and what follows
//! from the last below it.

use super::graph::page;
use super::graph::{Boxed, Graph, Place};
use super::{Anchor, Drawing, Mark, Point};

/// The left edge of each column and how wide it is.
const BEFORE: (i32, i32) = (2, 118);
const SPINE: (i32, i32) = (146, 154);
const BESIDE: (i32, i32) = (322, 126);
const AFTER: (i32, i32) = (182, 266);
const GAP: i32 = 18;
const MARGIN: i32 = 4;
/// Strokes that pass things of the spine by run beside it, so far apart.
const TRACK: i32 = 5;
const TRACKS: usize = 3;

pub(super) fn drawn(graph: &Graph) -> Drawing {
    let of = |place: Place| {
        graph.nodes.iter().enumerate().filter(move |(_, node)| node.place == place).map(|(id, _)| id)
    };
    let spine: Vec<usize> = of(Place::Spine).collect();
    let has_before = graph.nodes.iter().any(|node| matches!(node.place, Place::Before(_)));
    // Without anything that comes in, the spine begins at the left and has more room.
    let (left, width) = if has_before { SPINE } else { (BEFORE.0, SPINE.0 + SPINE.1 - BEFORE.0) };
    let mut drawing = Drawing::new(page(), 0);
    let mut boxes: Vec<(usize, Boxed)> = Vec::new();
    let mut y = MARGIN;
    for id in &spine {
        let Some(node) = graph.nodes.get(*id) else { continue };
        let mut own = Boxed::of(node, width);
        let column = |place: Place, wide: i32| -> Vec<(usize, Boxed)> {
            of(place).filter_map(|id| Some((id, Boxed::of(graph.nodes.get(id)?, wide)))).collect()
        };
        let tall = |list: &[(usize, Boxed)]| list.iter().map(|(_, own)| own.height + 4).sum::<i32>();
        let (mut before, beside) =
            (column(Place::Before(*id), BEFORE.1), column(Place::Beside(*id), BESIDE.1));
        let mut branches = column(Place::Branch(*id), BESIDE.1);
        let high = own.height.max(tall(&before)).max(tall(&beside) + tall(&branches));
        own.at = Point { x: left, y: y + (high - own.height) / 2 };
        let mut top = y + (high - tall(&before)) / 2;
        for (_, incoming) in &mut before {
            incoming.at = Point { x: BEFORE.0, y: top };
            top += incoming.height + 4;
        }
        let mut top = y + (high - tall(&beside) - tall(&branches)) / 2;
        for (_, remark) in &beside {
            remark.words(&mut drawing, Point { x: BESIDE.0, y: top + 5 }, Anchor::Start);
            top += remark.height + 4;
        }
        for (_, branch) in &mut branches {
            branch.at = Point { x: BESIDE.0, y: top };
            top += branch.height + 4;
        }
        incoming(&mut drawing, &before, &own);
        outgoing(&mut drawing, &own, &branches);
        boxes.extend(before);
        boxes.extend(branches);
        boxes.push((*id, own));
        y += high + GAP;
    }
    along(graph, &spine, &boxes, &mut drawing);
    let bottom = boxes.last().map_or(MARGIN, |(_, own)| own.at.y + own.height);
    let end = after(of(Place::After), graph, (left, bottom), &mut boxes, &mut drawing);
    for (id, own) in &boxes {
        if let Some(node) = graph.nodes.get(*id) {
            own.draw(node, &mut drawing);
        }
    }
    drawing.height = end.max(y - GAP) + MARGIN;
    drawing
}

/// Arrows from what comes in.
fn incoming(drawing: &mut Drawing, before: &[(usize, Boxed)], to: &Boxed) {
    for (_, own) in before {
        let from = Point { x: own.at.x + own.width, y: own.middle() };
        // Straight across where that meets the box, and to the nearest place on its side otherwise.
        let y = from.y.clamp(to.at.y + 4, to.at.y + to.height - 4);
        let points = vec![from, Point { x: to.at.x - 9, y }, Point { x: to.at.x, y }];
        drawing.marks.push(Mark::Path { points, weight: 8, dashed: false, arrow: true });
    }
}

/// Arrows to what a thing on the spine leads to beside it.
fn outgoing(drawing: &mut Drawing, from: &Boxed, branches: &[(usize, Boxed)]) {
    let x = from.at.x + from.width;
    for (_, own) in branches {
        let y = own.middle().clamp(from.at.y + 4, from.at.y + from.height - 4);
        let bend = own.at.x - 9;
        let points = vec![
            Point { x, y },
            Point { x: bend, y },
            Point { x: bend, y: own.middle() },
            Point { x: own.at.x, y: own.middle() },
        ];
        drawing.marks.push(Mark::Path { points, weight: 8, dashed: false, arrow: true });
    }
}

/// Arrows along the spine: straight to the next, beside it to those further on.
fn along(graph: &Graph, spine: &[usize], boxes: &[(usize, Boxed)], drawing: &mut Drawing) {
    let own = |id: usize| boxes.iter().find(|(other, _)| *other == id).map(|(_, own)| own);
    let place = |id: usize| spine.iter().position(|other| *other == id);
    let mut tracks: Vec<usize> = vec![0; TRACKS];
    for edge in &graph.edges {
        let (Some(first), Some(last)) = (place(edge.from), place(edge.to)) else { continue };
        let (Some(from), Some(to)) = (own(edge.from), own(edge.to)) else { continue };
        if last == first + 1 {
            let x = from.at.x + from.width / 2;
            let points = vec![Point { x, y: from.at.y + from.height }, Point { x, y: to.at.y }];
            drawing.marks.push(Mark::Path { points, weight: 8, dashed: false, arrow: true });
            if !edge.label.is_empty() {
                let y = (from.at.y + from.height + to.at.y) / 2 + 3;
                drawing.words(Point { x: x + 8, y }, Anchor::Start, 8, false, &edge.label);
            }
            continue;
        }
        // The first track that is free from here on; where all are taken, the last is shared.
        let track = tracks.iter().position(|until| *until <= first).unwrap_or(TRACKS - 1);
        if let Some(until) = tracks.get_mut(track) {
            *until = last;
        }
        let edge_of = from.at.x + from.width;
        let x = edge_of + 7 + TRACK * i32::try_from(track).unwrap_or(0);
        let (leave, enter) = (from.at.y + from.height - 7, to.at.y + 7);
        let points = vec![
            Point { x: edge_of, y: leave },
            Point { x, y: leave },
            Point { x, y: enter },
            Point { x: edge_of, y: enter },
        ];
        drawing.marks.push(Mark::Path { points, weight: 8, dashed: false, arrow: true });
    }
}

/// What follows from the last of the spine, each on a branch; gives where it ends.
fn after(
    ids: impl Iterator<Item = usize>,
    graph: &Graph,
    (left, bottom): (i32, i32),
    boxes: &mut Vec<(usize, Boxed)>,
    drawing: &mut Drawing,
) -> i32 {
    let trunk = left + 18;
    let mut y = bottom + GAP;
    for id in ids {
        let Some(node) = graph.nodes.get(id) else { continue };
        let mut own = Boxed::of(node, AFTER.1);
        own.at = Point { x: AFTER.0, y };
        let points = vec![
            Point { x: trunk, y: bottom },
            Point { x: trunk, y: own.middle() },
            Point { x: AFTER.0, y: own.middle() },
        ];
        drawing.marks.push(Mark::Path { points, weight: 8, dashed: false, arrow: true });
        y += own.height + 8;
        boxes.push((id, own));
    }
    y - 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_paid_hangs_from_the_line_that_is_paid() {
        let mut graph = Graph::default();
        let first = graph.node("1. Withheld", "", Place::Spine);
        let last = graph.node("2. Paid out", "", Place::Spine);
        graph.edge(first, last, "");
        let payer = graph.node("The payer", "from the hospital", Place::Branch(first));
        graph.edge(first, payer, "");
        let hospital = graph.node("The hospital", "", Place::After);
        graph.edge(last, hospital, "");
        let drawing = drawn(&graph);
        let boxes: Vec<(Point, i32, i32)> = drawing
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Box { at, width, height, .. } => Some((*at, *width, *height)),
                _ => None,
            })
            .collect();
        let [(branch, ..), (first, width, height), (last, .., last_height), (after, ..)] = boxes.as_slice()
        else {
            panic!("{boxes:?}")
        };
        let ends: Vec<(Point, Point)> = drawing
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Path { points, arrow: true, .. } => Some((*points.first()?, *points.last()?)),
                _ => None,
            })
            .collect();
        let leads = |from: &dyn Fn(&Point) -> bool, to: &Point| {
            ends.iter().any(|(start, end)| from(start) && end.x == to.x && end.y >= to.y)
        };
        assert!(leads(&|start| start.x == first.x + width && start.y < first.y + height, branch), "{ends:?}");
        assert!(leads(&|start| start.y == last.y + last_height, after), "{ends:?}");
        assert!(branch.y < last.y, "{boxes:?}");
    }
}
