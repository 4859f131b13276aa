//! A drawing of ranges: for each row a bar from the lower to the upper end, a stroke at the middle and a ring at the
//! expected figure, over one scale with nought marked.

use super::{Anchor, Drawing, Mark, Picture, Point, text_width, wrapped};
use jcm_quantity::{Exact, RoundingMode};

/// A row: what it is of, and its figures.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What it is of.
    pub title: String,
    /// The lower end.
    pub low: Exact,
    /// The middle.
    pub middle: Exact,
    /// The upper end.
    pub high: Exact,
    /// The expected figure.
    pub expected: Exact,
}

const WIDTH: i32 = 450;
const WORDS: i32 = 150;
const RIGHT: i32 = 440;
const ROW: i32 = 24;
const TOP: i32 = 6;
const SIZE: i32 = 9;

/// How much longer than a bar the scale may be: beyond it, nobody sees where the bar begins and ends.
const MOST_TIMES: i64 = 12;

/// Rows that can be read to one scale, in their order: those whose bars would be too small stand by themselves. `ends` has
/// what a row reaches from and to.
pub fn of_like_size<T>(rows: Vec<T>, ends: impl Fn(&T) -> Option<(Exact, Exact)>) -> Vec<Vec<T>> {
    let size = |row: &T| {
        let (low, high) = ends(row).unwrap_or_default();
        high.max(Exact::zero()) - low.min(Exact::zero())
    };
    let mut left = rows;
    let mut groups = Vec::new();
    while !left.is_empty() {
        let most = left.iter().map(&size).max().unwrap_or_default();
        let fits = |row: &T| size(row) * Exact::from_int(MOST_TIMES) >= most;
        let (group, smaller): (Vec<T>, Vec<T>) = left.into_iter().partition(fits);
        groups.push(group);
        left = smaller;
    }
    groups
}

/// The pictures of some rows: one, or several of which each has bars of like size and a scale of its own.
pub fn pictures(title: &str, bars: Vec<Bar>, show: &dyn Fn(&Exact) -> String) -> Vec<Picture> {
    let groups = of_like_size(bars, |bar| Some((bar.low.clone(), bar.high.clone())));
    let several = groups.len() > 1;
    let picture = |(number, bars): (usize, Vec<Bar>)| {
        let title = match number {
            0 => title.to_owned(),
            _ => format!("{title}: smaller amounts"),
        };
        let mut picture = picture(&title, &bars, show)?;
        if several {
            picture.note.push_str(" What is much smaller is drawn by itself, to a scale of its own.");
        }
        Some(picture)
    };
    groups.into_iter().enumerate().filter_map(picture).collect()
}

/// The picture of some rows; `None` where all figures are nought.
pub fn picture(title: &str, bars: &[Bar], show: &dyn Fn(&Exact) -> String) -> Option<Picture> {
    let figures = || bars.iter().flat_map(|bar| [&bar.low, &bar.high, &bar.middle, &bar.expected]);
    let nought = Exact::zero();
    let least = figures().chain([&nought]).min()?.clone();
    let most = figures().chain([&nought]).max()?.clone();
    if least == most {
        return None;
    }
    let at = |value: &Exact| {
        let part = (value - &least).checked_div(&(&most - &least)).unwrap_or_default();
        let way = part * Exact::from_int(i64::from(RIGHT - WORDS));
        let whole = way.round(&Exact::one(), RoundingMode::HalfEven).parts();
        WORDS + whole.and_then(|(whole, _)| i32::try_from(whole).ok()).unwrap_or(0)
    };
    let rows = i32::try_from(bars.len()).unwrap_or(0);
    let floor = TOP + rows * ROW;
    let mut drawing = Drawing::new(WIDTH, floor + 22);
    let line = at(&nought);
    let points = vec![Point { x: line, y: TOP }, Point { x: line, y: floor + 4 }];
    drawing.marks.push(Mark::Path { points, weight: 6, dashed: true, arrow: false });
    for (row, bar) in (0i32..).zip(bars) {
        draw(&mut drawing, bar, TOP + row * ROW + ROW / 2, &at);
    }
    scale(&mut drawing, &[&least, &nought, &most], floor, show, &at);
    let note = "A bar runs from the lower to the upper end of the range, the stroke across it is the middle, the ring is the \
                expected figure, and the broken line is nought."
        .to_owned();
    let rows = bars.iter().map(|bar| {
        format!("{}: {} to {}, expected {}", bar.title, show(&bar.low), show(&bar.high), show(&bar.expected))
    });
    let description = rows.collect::<Vec<_>>().join("; ");
    Some(Picture { title: title.to_owned(), note, description, drawing, former: None })
}

fn draw(drawing: &mut Drawing, bar: &Bar, y: i32, at: &impl Fn(&Exact) -> i32) {
    let words = wrapped(&bar.title, WORDS - 12, SIZE, false, 2);
    let first = y + SIZE * 7 / 20 - (SIZE + 2) * (i32::try_from(words.len()).unwrap_or(1) - 1) / 2;
    for (place, line) in (0i32..).zip(&words) {
        drawing.words(Point { x: 2, y: first + place * (SIZE + 2) }, Anchor::Start, SIZE, false, line);
    }
    let mut stroke = |from: Point, to: Point, weight: i32| {
        let points = vec![from, to];
        drawing.marks.push(Mark::Path { points, weight, dashed: false, arrow: false });
    };
    stroke(Point { x: at(&bar.low), y }, Point { x: at(&bar.high), y }, 40);
    let middle = at(&bar.middle);
    stroke(Point { x: middle, y: y - 6 }, Point { x: middle, y: y + 6 }, 18);
    drawing.marks.push(Mark::Dot { at: Point { x: at(&bar.expected), y }, filled: false });
}

/// The figures below the drawing: the ends, and nought where there is room between them.
fn scale(
    drawing: &mut Drawing,
    ends: &[&Exact; 3],
    floor: i32,
    show: &dyn Fn(&Exact) -> String,
    at: &impl Fn(&Exact) -> i32,
) {
    let y = floor + 16;
    let [least, nought, most] = ends;
    let mut free = WORDS - 60;
    let mut last = WIDTH;
    if *most > nought {
        let label = show(most);
        last = WIDTH - 4 - text_width(&label, SIZE, false) - 6;
        drawing.words(Point { x: WIDTH - 4, y }, Anchor::End, SIZE, false, &label);
    }
    if *least < nought {
        let label = show(least);
        let half = text_width(&label, SIZE, false) / 2;
        drawing.words(Point { x: at(least), y }, Anchor::Middle, SIZE, false, &label);
        free = at(least) + half + 6;
    }
    let label = show(nought);
    let (x, half) = (at(nought), text_width(&label, SIZE, false) / 2);
    if x - half >= free && x + half <= last {
        drawing.words(Point { x, y }, Anchor::Middle, SIZE, false, &label);
    }
}
