//! A plot of a scale or of bands: each row as a stroke, and each step as a broken line between two dots, the filled one
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
    /// Whether the result itself steps where two rows do not meet.
    pub(crate) steps: bool,
    pub(crate) show_across: &'a dyn Fn(&Exact) -> String,
    pub(crate) show_up: &'a dyn Fn(&Exact) -> String,
    /// How far it is from one result to another.
    pub(crate) show_apart: &'a dyn Fn(&Exact) -> String,
    /// What the steps move elsewhere, in sentences.
    pub(crate) moved: &'a dyn Fn(&[Step]) -> String,
}

/// A value at which the result steps.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) at: Exact,
    pub(crate) below: Exact,
    pub(crate) above: Exact,
    /// Whether the value itself has the result of the row below it.
    pub(crate) held_below: bool,
}

impl Step {
    pub(crate) fn apart(&self) -> Exact {
        (&self.above - &self.below).abs()
    }
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
        let steps = self.marked(&mut drawing, &across, &up);
        let note = self.note(&steps);
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

    /// Marks each step between two rows, and gives them.
    fn marked(&self, drawing: &mut Drawing, across: &Scaled, up: &Scaled) -> Vec<Step> {
        let mut found = Vec::new();
        for (below, above) in self.strokes.iter().zip(self.strokes.iter().skip(1)) {
            let (Some((at, held_below)), Some((from, _))) = (&below.upper, &above.lower) else { continue };
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
            if self.steps {
                drawing.marks.push(super::Mark::Dot { at: under, filled: *held_below });
                drawing.marks.push(super::Mark::Dot { at: over, filled: !held_below });
            }
            found.push(Step {
                at: at.clone(),
                below: below.to.clone(),
                above: above.from.clone(),
                held_below: *held_below,
            });
        }
        found
    }

    fn note(&self, steps: &[Step]) -> String {
        if !self.steps {
            return "Each part is rated on its own, so the result itself does not step.".to_owned();
        }
        if steps.is_empty() {
            return "The result does not step at any value.".to_owned();
        }
        let mut sentences: Vec<String> = steps.iter().map(|step| self.sentence(step)).collect();
        sentences.push((self.moved)(steps));
        sentences.push("A filled dot belongs to the value itself, a ring does not.".to_owned());
        sentences.retain(|sentence| !sentence.is_empty());
        sentences.join(" ")
    }

    /// `At 4 stars the result steps up by 5 percentage points, from 0% for anything below to 5% at 4 stars.`
    fn sentence(&self, step: &Step) -> String {
        let at = (self.show_across)(&step.at);
        let way = if step.above > step.below { "up" } else { "down" };
        let (below, above) = ((self.show_up)(&step.below), (self.show_up)(&step.above));
        let apart = (self.show_apart)(&step.apart());
        let (first, then) = match step.held_below {
            true => (format!("{below} at {at} itself"), format!("{above} for anything more")),
            false => (format!("{below} for anything less"), format!("{above} at {at} itself")),
        };
        format!("At {at} the result steps {way} by {apart}, from {first} to {then}.")
    }
}

/// A figure without its unit, which the axis says.
fn short(text: &str) -> String {
    text.split(' ').next().unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Exact {
        Exact::parse(text).unwrap_or_default()
    }

    fn note(strokes: Vec<Stroke>) -> String {
        let plot = Plot {
            title: "Bonus".into(),
            across: "Value".into(),
            up: "Result".into(),
            strokes,
            steps: true,
            show_across: &|value| format!("{} stars", value.text()),
            show_up: &|value| format!("£{}", value.text()),
            show_apart: &|value| format!("£{}", value.text()),
            moved: &|_| String::new(),
        };
        plot.picture().map(|picture| picture.note).unwrap_or_default()
    }

    fn row(lower: Option<(&str, bool)>, upper: Option<(&str, bool)>, result: &str) -> Stroke {
        let end = |end: Option<(&str, bool)>| end.map(|(value, included)| (number(value), included));
        Stroke { lower: end(lower), upper: end(upper), from: number(result), to: number(result) }
    }

    #[test]
    fn each_step_says_where_it_is_by_how_much_and_whose_the_value_itself_is() {
        let up = note(vec![row(None, Some(("4", false)), "0"), row(Some(("4", true)), None, "500")]);
        assert_eq!(
            up,
            "At 4 stars the result steps up by £500, from £0 for anything less to £500 at 4 stars itself. A filled dot \
             belongs to the value itself, a ring does not."
        );
        let down = note(vec![row(None, Some(("4", true)), "500"), row(Some(("4", false)), None, "200")]);
        assert!(down.starts_with(
            "At 4 stars the result steps down by £300, from £500 at 4 stars itself to £200 for anything more."
        ));
    }

    #[test]
    fn rows_that_meet_have_no_step() {
        let level = note(vec![row(None, Some(("4", false)), "1"), row(Some(("4", true)), None, "1")]);
        assert_eq!(level, "The result does not step at any value.");
    }
}
