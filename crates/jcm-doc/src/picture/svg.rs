//! A drawing as SVG: whole numbers, no styles from outside, no script.

use super::{Anchor, Drawing, Mark, Picture, Point};
use std::fmt::Write as _;

/// A picture as a file, which says what it shows to programs that read aloud.
pub(super) fn file(picture: &Picture) -> String {
    let mut inner = String::new();
    let _ = write!(
        inner,
        "<title id=\"title\">{}</title><desc id=\"desc\">{}</desc>\
         <rect width=\"{}\" height=\"{}\" fill=\"#fff\"/>",
        escaped(&picture.title),
        escaped([picture.note.trim(), picture.description.trim()].join(" ").trim()),
        picture.drawing.width,
        picture.drawing.height
    );
    let named = "xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\"";
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", element(&picture.drawing, named, &inner))
}

/// A picture as an element of a page. Its caption is said below it, so it only says what else it shows.
pub(super) fn in_page(picture: &Picture) -> String {
    let words = [picture.title.as_str(), picture.description.as_str()].join(" ");
    element(&picture.drawing, &format!("role=\"img\" aria-label=\"{}\"", escaped(words.trim())), "")
}

/// The `svg` element, with what comes before the marks.
fn element(drawing: &Drawing, attributes: &str, first: &str) -> String {
    let (width, height) = (drawing.width, drawing.height);
    let mut out = format!(
        "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}pt\" \
         height=\"{height}pt\" {attributes} font-family=\"Arial, Helvetica, 'Liberation Sans', sans-serif\">{first}"
    );
    for mark in &drawing.marks {
        self::mark(&mut out, mark);
    }
    out.push_str("</svg>");
    out
}

fn mark(out: &mut String, mark: &Mark) {
    // Writing into a text does not fail.
    let _ = match mark {
        Mark::Path { points, weight, dashed, arrow } => {
            let dashes = if *dashed { " stroke-dasharray=\"4 3\"" } else { "" };
            let _ = write!(
                out,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"#000\" stroke-width=\"{}.{}\"{dashes}></polyline>",
                listed(points),
                weight / 10,
                weight % 10
            );
            match head_of(points).filter(|_| *arrow) {
                Some(head) => write!(out, "<polygon points=\"{}\"></polygon>", listed(&head)),
                None => Ok(()),
            }
        }
        Mark::Box { at, width, height, shaded, round } => write!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\" rx=\"{}\" fill=\"{}\" stroke=\"#000\"></rect>",
            at.x,
            at.y,
            if *round { 6 } else { 0 },
            if *shaded { "#e8e8e8" } else { "#fff" }
        ),
        Mark::Dot { at, filled } => write!(
            out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"3\" fill=\"{}\" stroke=\"#000\"></circle>",
            at.x,
            at.y,
            if *filled { "#000" } else { "#fff" }
        ),
        Mark::Words { at, anchor, size, bold, text } => write!(
            out,
            "<text x=\"{}\" y=\"{}\" font-size=\"{size}\" fill=\"#000\" text-anchor=\"{}\"{}>{}</text>",
            at.x,
            at.y,
            match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            },
            if *bold { " font-weight=\"bold\"" } else { "" },
            escaped(text)
        ),
    };
}

/// The head of an arrow along the last stroke, which runs along an axis or slants.
pub fn head_of(points: &[Point]) -> Option<[Point; 3]> {
    let (tip, before) = (points.last()?, points.iter().rev().nth(1)?);
    let (across, down) = (tip.x - before.x, tip.y - before.y);
    let (x, y) = (tip.x, tip.y);
    let at = |x: i32, y: i32| Point { x, y };
    Some(if across.abs() >= down.abs() {
        let back = -7 * across.signum();
        [at(x, y), at(x + back, y - 4), at(x + back, y + 4)]
    } else {
        let back = -7 * down.signum();
        [at(x, y), at(x - 4, y + back), at(x + 4, y + back)]
    })
}

fn listed(points: &[Point]) -> String {
    points.iter().map(|point| format!("{},{}", point.x, point.y)).collect::<Vec<_>>().join(" ")
}

/// A text with nothing that SVG would read as a mark, and nothing that it cannot hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push(char::REPLACEMENT_CHARACTER);
            }
            _ => out.push(c),
        }
    }
    out
}
