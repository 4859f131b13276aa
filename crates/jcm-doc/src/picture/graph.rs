//! Things and how they lead to each other, drawn in columns from left to right or along a spine from top to bottom, and
//! written as text for programs that draw (DOT and Mermaid).

use super::{Anchor, Drawing, Mark, Picture, Point, wrapped};

/// Where a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a column, from the left.
    Column(usize),
    /// On the spine, below the one before it.
    Spine,
    /// To the left of a thing on the spine, and leading to it.
    Before(usize),
    /// To the right of a thing on the spine, as a remark.
    Beside(usize),
    /// To the right of a thing on the spine, and led to by it.
    Branch(usize),
    /// Below the spine.
    After,
}

/// A thing.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) title: String,
    /// What is said of it, in smaller letters.
    pub(crate) note: String,
    pub(crate) place: Place,
    pub(crate) shaded: bool,
    pub(crate) round: bool,
}

/// One thing leads to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) label: String,
}

/// Things and how they lead to each other.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
}

/// The letters of titles and of notes, and the height of their lines.
const TITLE: i32 = 9;
const NOTE: i32 = 8;
const LINE: i32 = 11;
const WIDTH: i32 = 450;
const APART: i32 = 14;

impl Graph {
    /// Adds a thing; gives its place in the list.
    pub(crate) fn node(&mut self, title: &str, note: &str, place: Place) -> usize {
        let (title, note) = (title.trim().to_owned(), note.trim().to_owned());
        let round = matches!(place, Place::Column(0) | Place::Before(_) | Place::Branch(_) | Place::After);
        self.nodes.push(Node { title, note, place, shaded: false, round });
        self.nodes.len() - 1
    }

    /// Adds that one thing leads to another, once.
    pub(crate) fn edge(&mut self, from: usize, to: usize, label: &str) {
        let edge = Edge { from, to, label: label.to_owned() };
        if !self.edges.contains(&edge) {
            self.edges.push(edge);
        }
    }

    /// The graph as a picture.
    pub fn picture(&self) -> Picture {
        let on_spine = self.nodes.iter().any(|node| node.place == Place::Spine);
        let drawing = if on_spine { super::spine::drawn(self) } else { super::columns::drawn(self) };
        let (title, description) = (self.title.clone(), self.description.clone());
        Picture { title, note: String::new(), description, drawing, former: None }
    }

    /// The graph in the language of Graphviz.
    pub fn dot(&self) -> String {
        let direction = if self.nodes.iter().any(|node| node.place == Place::Spine) { "TB" } else { "LR" };
        let mut out = format!(
            "digraph contract {{\n  rankdir={direction};\n  label={};\n  node [shape=box, fontname=\"Arial\"];\n",
            quoted(&self.title)
        );
        for (place, words) in self.told("\n") {
            out.push_str(&format!("  n{place} [label={}];\n", quoted(&words)));
        }
        for edge in self.all_edges() {
            let label = match edge.label.as_str() {
                "" => String::new(),
                label => format!(" [label={}]", quoted(label)),
            };
            out.push_str(&format!("  n{} -> n{}{label};\n", edge.from, edge.to));
        }
        out.push_str("}\n");
        out
    }

    /// The graph in the language of Mermaid.
    pub fn mermaid(&self) -> String {
        let direction = if self.nodes.iter().any(|node| node.place == Place::Spine) { "TB" } else { "LR" };
        let mut out = format!("flowchart {direction}\n  accTitle: {}\n", plain(&self.title));
        for (place, words) in self.told(": ") {
            out.push_str(&format!("  n{place}[\"{}\"]\n", plain(&words)));
        }
        for edge in self.all_edges() {
            let label = match edge.label.as_str() {
                "" => String::new(),
                label => format!("|\"{}\"|", plain(label)),
            };
            out.push_str(&format!("  n{} -->{label} n{}\n", edge.from, edge.to));
        }
        out
    }

    /// Every thing with its words, to which its remarks belong.
    fn told(&self, joint: &str) -> Vec<(usize, String)> {
        let mut told = Vec::new();
        for (place, node) in self.nodes.iter().enumerate() {
            if matches!(node.place, Place::Beside(_)) {
                continue;
            }
            let remarks = self.nodes.iter().filter(|other| other.place == Place::Beside(place));
            let words = [node.title.as_str(), node.note.as_str()].into_iter();
            let words =
                words.chain(remarks.map(|remark| remark.note.as_str())).filter(|words| !words.is_empty());
            told.push((place, words.collect::<Vec<_>>().join(joint)));
        }
        told
    }

    /// Every edge, and those that the place of a thing stands for.
    fn all_edges(&self) -> Vec<Edge> {
        let leads = |(from, node): (usize, &Node)| match node.place {
            Place::Before(to) => Some(Edge { from, to, label: String::new() }),
            _ => None,
        };
        let before = self.nodes.iter().enumerate().filter_map(leads);
        before.chain(self.edges.iter().cloned()).collect()
    }
}

/// A text between quotation marks, as Graphviz reads it.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{text}\"")
}

/// A text with the marks of Mermaid as numbers of characters.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '<' | '>' | '&' | '#' | ';' | '[' | ']' | '{' | '}' | '|' | '`' | '\\' => {
                out.push_str(&format!("#{};", u32::from(c)));
            }
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// A thing in its box.
pub(super) struct Boxed {
    pub(super) title: Vec<String>,
    pub(super) note: Vec<String>,
    pub(super) at: Point,
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Boxed {
    /// The words of a thing in a box of a width; where it stands comes later.
    pub(super) fn of(node: &Node, width: i32) -> Boxed {
        let lines = |text: &str, size, bold, most| match text {
            "" => Vec::new(),
            text => wrapped(text, width - 10, size, bold, most),
        };
        let (title, note) = (lines(&node.title, TITLE, true, 7), lines(&node.note, NOTE, false, 8));
        let height = LINE * count(title.len() + note.len()) + 10;
        Boxed { title, note, at: Point { x: 0, y: 0 }, width, height }
    }

    pub(super) fn middle(&self) -> i32 {
        self.at.y + self.height / 2
    }

    /// The box with its words.
    pub(super) fn draw(&self, node: &Node, drawing: &mut Drawing) {
        let Boxed { at, width, height, .. } = *self;
        drawing.marks.push(Mark::Box { at, width, height, shaded: node.shaded, round: node.round });
        let lines = LINE * count(self.title.len() + self.note.len());
        self.words(drawing, Point { x: at.x + width / 2, y: at.y + (height - lines) / 2 }, Anchor::Middle);
    }

    /// Only the words, from a place down.
    pub(super) fn words(&self, drawing: &mut Drawing, from: Point, anchor: Anchor) {
        let titles = self.title.iter().map(|line| (line, TITLE, true));
        let notes = self.note.iter().map(|line| (line, NOTE, false));
        for (place, (line, size, bold)) in (0i32..).zip(titles.chain(notes)) {
            let y = from.y + place * LINE + 9;
            drawing.words(Point { x: from.x, y }, anchor, size, bold, line);
        }
    }
}

pub(super) fn count(things: usize) -> i32 {
    i32::try_from(things).unwrap_or(i32::from(u16::MAX))
}

/// Between the boxes of a column.
pub(super) fn apart() -> i32 {
    APART
}

/// How wide a page lets a drawing be.
pub(super) fn page() -> i32 {
    WIDTH
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph() -> Graph {
        let mut graph = Graph { title: "Money".into(), ..Graph::default() };
        let council = graph.node("Council \"A\" & <B>", "", Place::Column(0));
        let fund = graph.node("Fund", "hosted by Council", Place::Column(1));
        let trust = graph.node("Trust", "", Place::Column(2));
        graph.edge(council, fund, "");
        graph.edge(fund, trust, "40%");
        graph.edge(council, trust, "a | b");
        graph
    }

    #[test]
    fn marks_of_the_languages_are_text_in_them() {
        assert!(graph().dot().contains("n0 [label=\"Council \\\"A\\\" & <B>\"];"));
        assert!(graph().mermaid().contains("n0[\"Council #34;A#34; #38; #60;B#62;\"]"));
        assert!(graph().mermaid().contains("n0 -->|\"a #124; b\"| n2"));
    }

    #[test]
    fn an_edge_over_a_column_keeps_clear_of_its_boxes() {
        let drawing = graph().picture().drawing;
        let boxes: Vec<(i32, i32, i32, i32)> = drawing
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Box { at, width, height, .. } => Some((at.x, at.y, at.x + width, at.y + height)),
                _ => None,
            })
            .collect();
        for mark in &drawing.marks {
            let Mark::Path { points, .. } = mark else { continue };
            for point in points {
                let inside = |b: &&(i32, i32, i32, i32)| {
                    point.x > b.0 && point.x < b.2 && point.y > b.1 && point.y < b.3
                };
                assert_eq!(boxes.iter().find(inside), None, "{point:?}");
            }
        }
        assert!(drawing.width <= WIDTH && drawing.height > 0);
    }
}
