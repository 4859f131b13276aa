//! A graph in columns from left to right. What leads over a column gets a place of its own in it, so that no stroke
//! crosses a box.

use super::graph::{Boxed, Graph, Place, apart, count, page};
use super::{Anchor, Drawing, Mark, Point, text_width};
use std::collections::BTreeMap;

/// What takes a place in a column: a thing, or the way of an edge over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    Thing(usize),
    Way(usize, usize),
}

const WAY: i32 = 10;
/// Between strokes at the side of a box.
const PORT: i32 = 11;
const MARGIN: i32 = 4;
const LABEL: i32 = 8;

pub(super) fn drawn(graph: &Graph) -> Drawing {
    let graph = &dense(graph);
    let columns = ordered(graph);
    let wide = count(columns.len().max(1));
    let gap = match wide {
        1 => 0,
        2 => 110,
        3 => 66,
        4 => 44,
        _ => 32,
    };
    let width = (page() - 2 * MARGIN - gap * (wide - 1)) / wide;
    let mut boxes: BTreeMap<usize, Boxed> =
        graph.nodes.iter().enumerate().map(|(id, node)| (id, boxed(graph, id, node, width))).collect();
    let tall = |slot: &Slot, boxes: &BTreeMap<usize, Boxed>| match slot {
        Slot::Thing(id) => boxes.get(id).map_or(0, |own| own.height),
        Slot::Way(..) => WAY,
    };
    let heights: Vec<i32> = columns
        .iter()
        .map(|column| column.iter().map(|slot| tall(slot, &boxes) + apart()).sum::<i32>() - apart())
        .collect();
    let tallest = heights.iter().copied().max().unwrap_or(0);
    let mut ways: BTreeMap<(usize, usize), Point> = BTreeMap::new();
    for (place, (column, height)) in (0i32..).zip(columns.iter().zip(&heights)) {
        let x = MARGIN + place * (width + gap);
        let mut y = MARGIN + (tallest - height) / 2;
        for slot in column {
            let high = tall(slot, &boxes);
            match slot {
                Slot::Thing(id) => {
                    if let Some(own) = boxes.get_mut(id) {
                        own.at = Point { x, y };
                    }
                }
                Slot::Way(edge, column) => {
                    ways.insert((*edge, *column), Point { x, y: y + high / 2 });
                }
            }
            y += high + apart();
        }
    }
    let mut drawing = Drawing::new(page(), tallest + 2 * MARGIN);
    edges(graph, &boxes, &ways, width, &mut drawing);
    for (id, node) in graph.nodes.iter().enumerate() {
        if let Some(own) = boxes.get(&id) {
            own.draw(node, &mut drawing);
        }
    }
    drawing
}

/// A box that is tall enough for the strokes at its sides.
fn boxed(graph: &Graph, id: usize, node: &super::graph::Node, width: i32) -> Boxed {
    let mut own = Boxed::of(node, width);
    let beside =
        |at: fn(&super::graph::Edge) -> usize| graph.edges.iter().filter(|edge| at(edge) == id).count();
    let strokes = count(beside(|edge| edge.from).max(beside(|edge| edge.to)));
    own.height = own.height.max((strokes + 1) * PORT);
    own
}

/// The same graph without columns in which nothing stands.
fn dense(graph: &Graph) -> Graph {
    let mut used: Vec<usize> = (0..graph.nodes.len()).map(|id| column_of(graph, id)).collect();
    used.sort_unstable();
    used.dedup();
    let mut graph = graph.clone();
    for id in 0..graph.nodes.len() {
        let column = used.iter().position(|own| *own == column_of(&graph, id)).unwrap_or(0);
        if let Some(node) = graph.nodes.get_mut(id) {
            node.place = Place::Column(column);
        }
    }
    graph
}

fn column_of(graph: &Graph, id: usize) -> usize {
    match graph.nodes.get(id).map(|node| node.place) {
        Some(Place::Column(column)) => column,
        _ => 0,
    }
}

/// The columns, each in an order in which few strokes cross: by the middle of where its things come from.
fn ordered(graph: &Graph) -> Vec<Vec<Slot>> {
    let last = (0..graph.nodes.len()).map(|id| column_of(graph, id)).max().unwrap_or(0);
    let mut columns: Vec<Vec<Slot>> = vec![Vec::new(); last + 1];
    for id in 0..graph.nodes.len() {
        if let Some(column) = columns.get_mut(column_of(graph, id)) {
            column.push(Slot::Thing(id));
        }
    }
    for (number, edge) in graph.edges.iter().enumerate() {
        for between in column_of(graph, edge.from) + 1..column_of(graph, edge.to) {
            if let Some(column) = columns.get_mut(between) {
                column.push(Slot::Way(number, between));
            }
        }
    }
    let mut at: BTreeMap<Slot, usize> = BTreeMap::new();
    for place in 0..columns.len() {
        let Some(column) = columns.get_mut(place) else { continue };
        let mut keyed: Vec<(usize, usize, Slot)> =
            column.iter().enumerate().map(|(own, slot)| (weight(graph, *slot, &at), own, *slot)).collect();
        keyed.sort_by_key(|(weight, own, _)| (*weight, *own));
        *column = keyed.into_iter().map(|(_, _, slot)| slot).collect();
        at.extend(column.iter().enumerate().map(|(own, slot)| (*slot, own)));
    }
    columns
}

/// A thousand times the mean place of what leads here.
fn weight(graph: &Graph, slot: Slot, at: &BTreeMap<Slot, usize>) -> usize {
    let before = |edge: usize| {
        let own = graph.edges.get(edge)?;
        let column = match slot {
            Slot::Thing(id) => column_of(graph, id),
            Slot::Way(_, column) => column,
        };
        let from = column.checked_sub(1)?;
        let slot =
            if column_of(graph, own.from) == from { Slot::Thing(own.from) } else { Slot::Way(edge, from) };
        at.get(&slot).copied()
    };
    let places: Vec<usize> = match slot {
        Slot::Thing(id) => {
            let own = graph.edges.iter().enumerate().filter(|(_, edge)| edge.to == id);
            own.filter_map(|(edge, _)| before(edge)).collect()
        }
        Slot::Way(edge, _) => before(edge).into_iter().collect(),
    };
    places.iter().sum::<usize>().saturating_mul(1000) / places.len().max(1)
}

/// Every edge from its port to its port, by its ways.
fn edges(
    graph: &Graph,
    boxes: &BTreeMap<usize, Boxed>,
    ways: &BTreeMap<(usize, usize), Point>,
    width: i32,
    drawing: &mut Drawing,
) {
    let middle = |id: usize| boxes.get(&id).map_or(0, Boxed::middle);
    // The ports of a box stand in the order of what they lead to, and share its side evenly.
    let port = |edge: usize, id: usize, leaving: bool| -> Option<Point> {
        let own = boxes.get(&id)?;
        let mut beside: Vec<(i32, usize)> = Vec::new();
        for (number, other) in graph.edges.iter().enumerate() {
            let (here, there) = if leaving { (other.from, other.to) } else { (other.to, other.from) };
            if here == id {
                let column = column_of(graph, id);
                let next = if leaving { column + 1 } else { column.saturating_sub(1) };
                let way = ways.get(&(number, next)).map(|point| point.y);
                beside.push((way.unwrap_or_else(|| middle(there)), number));
            }
        }
        beside.sort_unstable();
        let place = beside.iter().position(|(_, number)| *number == edge)?;
        let step = own.height * count(place + 1) / count(beside.len() + 1);
        Some(Point { x: own.at.x + if leaving { own.width } else { 0 }, y: own.at.y + step })
    };
    for (number, edge) in graph.edges.iter().enumerate() {
        let ends = (port(number, edge.from, true), port(number, edge.to, false));
        let (Some(from), Some(to)) = ends else { continue };
        let mut points = vec![from];
        for between in column_of(graph, edge.from) + 1..column_of(graph, edge.to) {
            if let Some(way) = ways.get(&(number, between)) {
                points.extend([*way, Point { x: way.x + width, y: way.y }]);
            }
        }
        points.extend([Point { x: to.x - stub(graph, edge.to), y: to.y }, to]);
        drawing.marks.push(Mark::Path { points, weight: 8, dashed: false, arrow: true });
        if !edge.label.is_empty() {
            label(&edge.label, to, drawing);
        }
    }
}

/// How long the last, level piece of every stroke to a thing is, so that their labels find room above it.
fn stub(graph: &Graph, to: usize) -> i32 {
    let labels = graph.edges.iter().filter(|edge| edge.to == to && !edge.label.is_empty());
    labels.map(|edge| text_width(&edge.label, LABEL, false) + 11).max().unwrap_or(9).min(40)
}

/// A label above the end of its stroke.
fn label(text: &str, to: Point, drawing: &mut Drawing) {
    if text_width(text, LABEL, false) < 30 {
        drawing.words(Point { x: to.x - 9, y: to.y - 2 }, Anchor::End, LABEL, false, text);
    }
}
