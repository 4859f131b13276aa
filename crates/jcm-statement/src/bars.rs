//! Amounts as bars, legible in black and white: what is paid to a payee is grey, what it pays is white.

use jcm_doc::{Anchor, Drawing, Mark, Picture, Point};
use jcm_quantity::{Exact, RoundingMode, Unit, show};

/// How wide the drawing is, and how much of it the longest bars take.
const WIDTH: i32 = 450;
const BARS: i32 = 330;
/// How tall each bar is with the words above it.
const ROW: i32 = 34;
const BAR: i32 = 14;

/// A bar for each amount, under what it is; nothing where all of them are nought.
pub(crate) fn bars(title: &str, amounts: &[(&str, &Exact)], unit: &Unit) -> Option<Picture> {
    let nought = Exact::zero();
    let least = amounts.iter().map(|(_, amount)| (*amount).clone()).min()?.min(nought.clone());
    let most = amounts.iter().map(|(_, amount)| (*amount).clone()).max()?.max(nought.clone());
    let all = &most - &least;
    let across = |amount: &Exact| -> Option<i32> {
        let way = (amount - &least).checked_div(&all)? * Exact::from_int(i64::from(BARS));
        way.fixed(0, RoundingMode::HalfEven).parse().ok()
    };
    let zero = across(&nought)?;
    let mut marks = Vec::new();
    let mut top = 12;
    for (name, amount) in amounts {
        let end = across(amount)?;
        let text = show(amount, unit);
        marks.push(words(2, top, false, name));
        let (left, width) = (zero.min(end), zero.max(end) - zero.min(end));
        let at = Point { x: left + 2, y: top + 4 };
        let shaded = !amount.is_negative();
        marks.push(Mark::Box { at, width: width.max(1), height: BAR, shaded, round: false });
        let nought = [top + 2, top + BAR + 6].map(|y| Point { x: zero + 2, y });
        marks.push(Mark::Path { points: nought.to_vec(), weight: 20, dashed: false, arrow: false });
        marks.push(words(left + width + 8, top + 15, true, &text));
        top += ROW;
    }
    let said: Vec<String> =
        amounts.iter().map(|(name, amount)| format!("{name}: {}", show(amount, unit))).collect();
    Some(Picture {
        title: title.to_owned(),
        note: "Grey is paid to whom it names; white is paid by them.".to_owned(),
        description: format!("{}.", said.join("; ")),
        drawing: Drawing { width: WIDTH, height: top, marks },
        former: None,
    })
}

fn words(x: i32, y: i32, bold: bool, text: &str) -> Mark {
    // Longer names would leave the drawing; they are whole in the words below it.
    let text: String = text.chars().take(92).collect();
    Mark::Words { at: Point { x, y }, anchor: Anchor::Start, size: 10, bold, text }
}
