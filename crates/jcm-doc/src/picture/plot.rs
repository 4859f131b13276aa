//! A plot of a scale or of bands: each row as a stroke, and each cliff as a broken line between two dots, the filled one
//! where the value itself belongs.

use super::{Anchor, Drawing, Picture, Point, text_width, wrapped};
use jcm_quantity::{Exact, RoundingMode};

/// A row of what is plotted.
pub(crate) struct Stroke {
    /// From where; open where there is no limit.
    pub(crate) lower: Option<(Exact, bool)>,
    /// To where; open where there is no limit.
    pub(crate) upper: Option<(Exact, bool)>,
    /// The result at the lower end.
    pub(crate) from: Exact,
    /// The result at the upper end.
    pub(crate) to: Exact,
}

/// What is plotted, and how its figures are printed.
pub(crate) struct Plot<'a> {
    pub(crate) title: String,
    pub(crate) across: String,
    pub(crate) up: String,
    pub(crate) strokes: Vec<Stroke>,
    /// Whether a jump between two rows is a cliff.
    pub(crate) cliffs: bool,
    pub(crate) show_across: &'a dyn Fn(&Exact) -> String,
    pub(crate) show_up: &'a dyn Fn(&Exact) -> String,
}

const WIDTH: i32 = 450;
const HEIGHT: i32 = 200;
const TOP: i32 = 26;
const FLOOR: i32 = 154;
const RIGHT: i32 = 436;
const SIZE: i32 = 9;

/// Where values lie on the paper.
struct Scaled {
    least: Exact,
    most: Exact,
    start: i32,
    end: i32,
}

impl Scaled {
    fn at(&self, value: &Exact) -> i32 {
        let part = (value - &self.least).checked_div(&(&self.most - &self.least)).unwrap_or_default();
        let way = part * Exact::from_int(i64::from(self.end - self.start));
        let whole = way.round(&Exact::one(), RoundingMode::HalfEven).parts();
        let offset = whole.and_then(|(whole, _)| i32::try_from(whole).ok()).unwrap_or(0);
        self.start + offset
    }
}

impl Plot<'_> {
    /// The plot, if it has two ends to be drawn between.
    pub(crate) fn picture(&self) -> Option<Picture> {
        let ends: Vec<&Exact> = self
            .strokes
            .iter()
            .flat_map(|row| [&row.lower, &row.upper])
            .flatten()
            .map(|end| &end.0)
            .collect();
        let (first, last) = (*ends.iter().min()?, *ends.iter().max()?);
        let margin = self.margin(first, last)?;
        let results: Vec<&Exact> = self.strokes.iter().flat_map(|row| [&row.from, &row.to]).collect();
        let (low, high) = (*results.iter().min()?, *results.iter().max()?);
        let room = if low == high { Exact::one() } else { (high - low).checked_div(&Exact::from_int(12))? };
        let labels = results.iter().map(|value| text_width(&short(&(self.show_up)(value)), SIZE, false));
        let left = labels.max().unwrap_or(30).clamp(24, 110) + 14;
        let across = Scaled { least: first - &margin, most: last + &margin, start: left, end: RIGHT };
        let up = Scaled { least: low - &room, most: high + &room, start: FLOOR, end: TOP };
        let mut drawing = Drawing::new(WIDTH, HEIGHT);
        self.axes(&mut drawing, left, &across, &up);
        for row in &self.strokes {
            let lower = row.lower.as_ref().map_or(&across.least, |end| &end.0);
            let upper = row.upper.as_ref().map_or(&across.most, |end| &end.0);
            let at = |x: &Exact, y: &Exact| Point { x: across.at(x), y: up.at(y) };
            drawing.marks.push(super::Mark::Path {
                points: vec![at(lower, &row.from), at(upper, &row.to)],
                weight: 18,
                dashed: false,
                arrow: false,
            });
        }
        let cliffs = self.jumps(&mut drawing, &across, &up);
        let note = self.note(&cliffs);
        Some(Picture { title: self.title.clone(), note, description: String::new(), drawing, former: None })
    }

    /// How far a row without an end is drawn.
    fn margin(&self, first: &Exact, last: &Exact) -> Option<Exact> {
        let span = if first == last { first.abs() } else { last - first };
        let span = if span.is_zero() { Exact::one() } else { span };
        let open = self.strokes.iter().any(|row| row.lower.is_none() || row.upper.is_none());
        span.checked_div(&Exact::from_int(if open { 4 } else { 20 }))
    }

    fn axes(&self, drawing: &mut Drawing, left: i32, across: &Scaled, up: &Scaled) {
        drawing.path(&[Point { x: left, y: TOP }, Point { x: left, y: FLOOR }, Point { x: RIGHT, y: FLOOR }]);
        let title = wrapped(&self.up, WIDTH - 8, SIZE, true, 1).join(" ");
        drawing.words(Point { x: 4, y: 12 }, Anchor::Start, SIZE, true, &title);
        let below = Point { x: (left + RIGHT) / 2, y: HEIGHT - 10 };
        let title = wrapped(&self.across, RIGHT - left, SIZE, true, 2);
        drawing.centred(below, SIZE, true, &title);
        let mut ends: Vec<&Exact> = self
            .strokes
            .iter()
            .flat_map(|row| [&row.lower, &row.upper])
            .flatten()
            .map(|end| &end.0)
            .collect();
        ends.sort();
        ends.dedup();
        let mut free = left - 20;
        for value in ends {
            let (x, label) = (across.at(value), short(&(self.show_across)(value)));
            drawing.path(&[Point { x, y: FLOOR }, Point { x, y: FLOOR + 4 }]);
            let half = text_width(&label, SIZE, false) / 2;
            if x - half > free {
                drawing.words(Point { x, y: FLOOR + 14 }, Anchor::Middle, SIZE, false, &label);
                free = x + half + 6;
            }
        }
        let mut results: Vec<&Exact> = self.strokes.iter().flat_map(|row| [&row.from, &row.to]).collect();
        results.sort();
        results.dedup();
        let mut free = HEIGHT;
        for value in results {
            let (y, label) = (up.at(value), short(&(self.show_up)(value)));
            drawing.path(&[Point { x: left - 4, y }, Point { x: left, y }]);
            if y + 4 < free {
                drawing.words(Point { x: left - 6, y: y + 3 }, Anchor::End, SIZE, false, &label);
                free = y - 7;
            }
        }
    }

    /// Marks each jump between two rows; gives the words for each.
    fn jumps(&self, drawing: &mut Drawing, across: &Scaled, up: &Scaled) -> Vec<String> {
        let mut found = Vec::new();
        for (below, above) in self.strokes.iter().zip(self.strokes.iter().skip(1)) {
            let (Some((at, upper_holds)), Some((from, _))) = (&below.upper, &above.lower) else { continue };
            if at != from || below.to == above.from {
                continue;
            }
            let x = across.at(at);
            let (under, over) = (Point { x, y: up.at(&below.to) }, Point { x, y: up.at(&above.from) });
            drawing.marks.push(super::Mark::Path {
                points: vec![under, over],
                weight: 8,
                dashed: true,
                arrow: false,
            });
            if self.cliffs {
                drawing.marks.push(super::Mark::Dot { at: under, filled: *upper_holds });
                drawing.marks.push(super::Mark::Dot { at: over, filled: !upper_holds });
            }
            found.push(format!(
                "at {} from {} to {}",
                (self.show_across)(at),
                (self.show_up)(&below.to),
                (self.show_up)(&above.from)
            ));
        }
        found
    }

    fn note(&self, jumps: &[String]) -> String {
        let ends = match jumps {
            _ if !self.cliffs => {
                "Each part is rated on its own, so the result itself has no jump.".to_owned()
            }
            [] => "There is no cliff: the result never jumps.".to_owned(),
            [only] => format!("There is one cliff: the result jumps {only}."),
            many => format!("There are {} cliffs: the result jumps {}.", many.len(), many.join("; ")),
        };
        if jumps.is_empty() || !self.cliffs {
            return ends;
        }
        format!("{ends} A filled dot belongs to the value itself, a ring does not.")
    }
}

/// A figure without its unit, which the axis says.
fn short(text: &str) -> String {
    text.split(' ').next().unwrap_or(text).to_owned()
}
