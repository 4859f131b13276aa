//! Pictures: what is drawn, as marks that any renderer can set, and the words that say the same.
//!
//! Everything is black on white with one grey, so that a copy on paper loses nothing; a drawing has no clock, no colour
//! and no fraction, so the same contract gives the same picture.

mod columns;
mod graph;
mod letters;
pub(crate) mod plot;
pub(crate) mod ranges;
mod spine;
mod svg;

pub use graph::Graph;
pub(crate) use graph::Place;
pub use svg::head_of;

pub(crate) use letters::{text_width, wrapped};

use crate::clean::clean;

/// A drawing with what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its caption.
    pub title: String,
    /// What is to be noticed in it, printed below it; may be empty.
    pub note: String,
    /// What it shows, for those who do not see it: everything that can be read off it.
    pub description: String,
    /// What is drawn.
    pub drawing: Drawing,
    /// What it was, where a change gives it another note or drawing.
    pub former: Option<Box<Picture>>,
}

/// What is drawn, in points of a 72nd of an inch from the upper left corner. A page holds 450 of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawing {
    /// How wide it is.
    pub width: i32,
    /// How tall it is.
    pub height: i32,
    /// What is drawn, from back to front.
    pub marks: Vec<Mark>,
}

/// A place in a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From above.
    pub y: i32,
}

/// One thing that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Straight strokes from point to point.
    Path {
        /// From where, by which places, to where.
        points: Vec<Point>,
        /// How thick, in tenths of a point.
        weight: i32,
        /// Whether it is broken into dashes.
        dashed: bool,
        /// Whether it ends in the head of an arrow.
        arrow: bool,
    },
    /// A box with a black edge.
    Box {
        /// Its upper left corner.
        at: Point,
        /// How wide it is.
        width: i32,
        /// How tall it is.
        height: i32,
        /// Whether it is grey and not white.
        shaded: bool,
        /// Whether its corners are round.
        round: bool,
    },
    /// A dot: filled, or a ring.
    Dot {
        /// Its middle.
        at: Point,
        /// Whether it is filled.
        filled: bool,
    },
    /// Words on one line, in a plain typeface.
    Words {
        /// Where they stand on their line.
        at: Point,
        /// Which of their ends that is.
        anchor: Anchor,
        /// How large.
        size: i32,
        /// Whether they are bold.
        bold: bool,
        /// The words.
        text: String,
    },
}

/// Which part of a line of words stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Picture {
    /// Makes every text harmless.
    pub(crate) fn clean(&mut self) {
        self.title = clean(&self.title);
        self.note = clean(&self.note);
        self.description = clean(&self.description);
        for mark in &mut self.drawing.marks {
            if let Mark::Words { text, .. } = mark {
                *text = clean(text);
            }
        }
        if let Some(former) = &mut self.former {
            former.clean();
        }
    }

    /// What it was, where something else was drawn.
    pub fn former_drawing(&self) -> Option<&Picture> {
        self.former.as_deref().filter(|former| former.drawing != self.drawing)
    }

    /// What stands below it.
    pub fn caption(&self) -> String {
        [self.title.trim(), self.note.trim()].join(" ").trim().to_owned()
    }

    /// The picture as an element to stand in a page above its caption.
    pub fn element(&self) -> String {
        svg::in_page(self)
    }

    /// The picture as a file of its own, with its title and description inside.
    pub fn svg(&self) -> String {
        svg::file(self)
    }
}

impl Drawing {
    /// A drawing of a size, with nothing on it.
    pub(crate) fn new(width: i32, height: i32) -> Drawing {
        Drawing { width, height, marks: Vec::new() }
    }

    pub(crate) fn path(&mut self, points: &[Point]) {
        self.marks.push(Mark::Path { points: points.to_vec(), weight: 10, dashed: false, arrow: false });
    }

    pub(crate) fn words(&mut self, at: Point, anchor: Anchor, size: i32, bold: bool, text: &str) {
        self.marks.push(Mark::Words { at, anchor, size, bold, text: text.to_owned() });
    }

    /// Words in lines around the middle of a place.
    pub(crate) fn centred(&mut self, middle: Point, size: i32, bold: bool, lines: &[String]) {
        let step = size + 2;
        let count = i32::try_from(lines.len()).unwrap_or(1);
        let first = middle.y - step * (count - 1) / 2 + size * 7 / 20;
        for (place, line) in (0i32..).zip(lines) {
            self.words(Point { x: middle.x, y: first + place * step }, Anchor::Middle, size, bold, line);
        }
    }
}
